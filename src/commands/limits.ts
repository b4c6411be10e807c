/** How long the calls of a mutation may wait for their permits, real milliseconds. */
export const COMMAND_WAIT_MS = 5_000;
