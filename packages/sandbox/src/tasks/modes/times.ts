/** When the steps of a task happen, sandbox milliseconds. Agora does not publish them; these are plausible. */
export const TIMES = {
  /** After start. */
  initialized: 400,
  starting: 900,
  partlyReady: 1_500,
  ready: 2_000,
  uploaderStarted: 2_100,
  joined: 3_000,
  /** An asynchronous check has refused the parameters. */
  refused: 1_500,
  /** After the first slice began. */
  firstFile: 3_000,
  /** Between two reports of progress (callback page, event 33). */
  progress: 60_000,
  /** After the recorder opened a page that cannot be reached. */
  pageUnreachable: 3_000,
  /** After the recorder opened a page that it cannot render. */
  pageTooHeavy: 8_000,
  /** After the recorder connected to a CDN. */
  pushConnected: 1_000,
  /** After a stop. */
  left: 500,
  /** After the upload, or after a failure. */
  exit: 1_000,
} as const;

/** If the upload has not ended this long after a stop, Agora answers with code 50 (stop page). */
export const STOP_TIMEOUT_MS = 20_000;
