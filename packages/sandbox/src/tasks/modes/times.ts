/** When what happens in the life of a task, sandbox milliseconds. Chosen to fit agora-facts.md, section 4. */
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
  /** Between two reports of progress (callback-service.md, event 33). */
  progress: 60_000,
  /** After the recorder began to open a page that cannot be reached. */
  pageUnreachable: 3_000,
  /** After the page was opened: it proves to be more than the web recorder can show. */
  pageTooHeavy: 8_000,
  /** After an attempt to reach a CDN began. */
  pushConnected: 1_000,
  /** After a stop. */
  left: 500,
  /** After the upload, or after what went wrong. */
  exit: 1_000,
} as const;

/** Agora expects the upload to end within this time of a stop, else answers with code 50 (stop-endpoint.md). */
export const STOP_TIMEOUT_MS = 20_000;
