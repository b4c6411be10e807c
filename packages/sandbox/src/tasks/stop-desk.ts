/**
 * Where synchronous stops wait for the upload. A query that is under way together with a stop, either way round, spoils
 * the stop's reply: it becomes a 206 without files (quickstart.md, common errors).
 */
export class StopDesk {
  readonly #queries = new Map<string, number>();
  readonly #waiting = new Map<string, { spoilt: boolean; resolve: (spoilt: boolean) => void }>();

  /** A query of this recording has arrived; call what is returned when it has been answered. */
  queryArrives(sid: string): () => void {
    this.#queries.set(sid, (this.#queries.get(sid) ?? 0) + 1);
    const stop = this.#waiting.get(sid);
    if (stop !== undefined) stop.spoilt = true;
    return () => {
      const left = (this.#queries.get(sid) ?? 1) - 1;
      if (left === 0) this.#queries.delete(sid);
      else this.#queries.set(sid, left);
    };
  }

  /** Waits until the stop is settled, and says whether a query spoilt it. */
  wait(sid: string): Promise<boolean> {
    return new Promise((resolve) => {
      this.#waiting.set(sid, { spoilt: this.#queries.has(sid), resolve });
    });
  }

  /** Lets a waiting stop be answered, if there is one. */
  settle(sid: string): void {
    const stop = this.#waiting.get(sid);
    if (stop === undefined) return;
    this.#waiting.delete(sid);
    stop.resolve(stop.spoilt);
  }

  settleAll(): void {
    for (const sid of [...this.#waiting.keys()]) this.settle(sid);
  }
}
