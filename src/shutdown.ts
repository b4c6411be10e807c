/**
 * Every limit of a shutdown, in real milliseconds. The first four count from the signal. The longest work is a stop: Agora
 * takes up to 20 s to stop a recording synchronously, so a reply has that long after the last call is sent.
 */
export const SHUTDOWN = {
  /** Until then queued calls to Agora are still sent; those that remain are dropped and recorded as not sent. */
  queueMs: 18_000,
  /** Until then replies from Agora are awaited. */
  repliesMs: 38_000,
  /** Until then work in flight may end; then sockets are closed whatever is left. */
  workMs: 40_000,
  /** Then the process exits with a failure, whatever is left. */
  processMs: 45_000,
  /** From the close of the HTTP server: connections that are still open are cut. */
  connectionsMs: 3_000,
} as const;
