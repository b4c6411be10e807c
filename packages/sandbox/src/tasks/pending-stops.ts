/**
 * Synchronous stops that wait for their upload. A query in flight at the same time as a stop disturbs it: the reply to the
 * stop is then a 206 without files (quick start, common errors).
 */
export class PendingStops {
  readonly #queries = new Map<string, number>();
  readonly #waiting = new Map<string, { disturbed: boolean; resolve: (disturbed: boolean) => void }>();

  /** A query for this recording begins; call the returned function when it is answered. */
  queryBegins(sid: string): () => void {
    this.#queries.set(sid, (this.#queries.get(sid) ?? 0) + 1);
    const stop = this.#waiting.get(sid);
    if (stop !== undefined) stop.disturbed = true;
    return () => {
      const left = (this.#queries.get(sid) ?? 1) - 1;
      if (left === 0) this.#queries.delete(sid);
      else this.#queries.set(sid, left);
    };
  }

  /** Waits until the stop is settled; true if a query disturbed it. */
  wait(sid: string): Promise<boolean> {
    return new Promise((resolve) => {
      this.#waiting.set(sid, { disturbed: this.#queries.has(sid), resolve });
    });
  }

  /** Settles the stop of this recording, if one waits. */
  settle(sid: string): void {
    const stop = this.#waiting.get(sid);
    if (stop === undefined) return;
    this.#waiting.delete(sid);
    stop.resolve(stop.disturbed);
  }

  settleAll(): void {
    for (const sid of [...this.#waiting.keys()]) this.settle(sid);
  }
}
