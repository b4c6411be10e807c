/** Agora answers this many calls in any sliding second (query-endpoint.md: 10 requests per second per account). */
export const CALLS_PER_SECOND = 10;

/** Lets at most `most` calls pass in any sliding second. Refused calls do not count, so a caller that backs off gets in. */
export class RateLimit {
  readonly #most: number;
  #passed: number[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** Whether a call may pass now; `now` is a real time in milliseconds that never goes back. */
  admit(now: number): boolean {
    this.#passed = this.#passed.filter((earlier) => now - earlier < 1000);
    if (this.#passed.length >= this.#most) return false;
    this.#passed.push(now);
    return true;
  }
}
