/** What the gateway depends on, and what an outage of it means. */
export const DEPENDENCIES = [
  { name: 'STORE', description: "The gateway's store: it could not be read or written." },
  { name: 'AGORA', description: "Agora's REST API: no call was answered." },
] as const;

export type Dependency = (typeof DEPENDENCIES)[number]['name'];

/** Outages that are kept of each dependency. */
const MAX_OUTAGES = 20;

/** Times of one outage, Unix milliseconds; `to` is null while it lasts. */
export interface Outage {
  dependency: Dependency;
  from: number;
  to: number | null;
}

/** The latest outages of each dependency since the start. */
export class Outages {
  readonly #now: () => number;
  readonly #outages: Record<Dependency, Outage[]> = { STORE: [], AGORA: [] };

  constructor(now: () => number) {
    this.#now = now;
  }

  /** `from`: when it began; by default now. */
  begin(dependency: Dependency, from = this.#now()): void {
    const known = this.#outages[dependency];
    if (known.at(-1)?.to === null) return;
    this.#outages[dependency] = [...known, { dependency, from, to: null }].slice(-MAX_OUTAGES);
  }

  end(dependency: Dependency): void {
    const last = this.#outages[dependency].at(-1);
    if (last !== undefined) last.to ??= this.#now();
  }

  /** The latest first. */
  list(): Outage[] {
    return Object.values(this.#outages)
      .flat()
      .map((outage) => ({ ...outage }))
      .sort((left, right) => right.from - left.from);
  }
}
