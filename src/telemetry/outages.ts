/** Outages that are kept. */
const SIZE = 20;

/** Times of one outage, Unix milliseconds; `to` is null while it lasts. */
export interface Outage {
  from: number;
  to: number | null;
}

/** The latest outages of something since the start. */
export class Outages {
  readonly #now: () => number;
  #outages: Outage[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  begin(): void {
    if (this.#outages.at(-1)?.to === null) return;
    this.#outages = [...this.#outages, { from: this.#now(), to: null }].slice(-SIZE);
  }

  end(): void {
    const last = this.#outages.at(-1);
    if (last !== undefined) last.to ??= this.#now();
  }

  /** The latest first. */
  list(): Outage[] {
    return this.#outages.map((outage) => ({ ...outage })).reverse();
  }
}
