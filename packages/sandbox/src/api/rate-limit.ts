/** Calls that Agora answers in any sliding second. */
export const CALLS_PER_SECOND = 10;

/** Admits at most `limit` calls in any sliding second. Refused calls do not count, so that a caller that backs off is admitted. */
export class RateLimit {
  readonly #limit: number;
  #admitted: number[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether a call is admitted now; `now` is a monotonic real time in milliseconds. */
  admit(now: number): boolean {
    this.#admitted = this.#admitted.filter((earlier) => now - earlier < 1000);
    if (this.#admitted.length >= this.#limit) return false;
    this.#admitted.push(now);
    return true;
  }
}
