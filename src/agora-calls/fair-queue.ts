/**
 * A queue that is fair at two levels: whose turn it is goes round the projects, and within each round its recordings.
 * Those of one recording stay in the order they came.
 */

export interface Owner {
  appId: string;
  /** Empty where a call is of no recording yet. */
  recording: string;
}

/** Whoever stands first is served first; one that has been served goes to the end if it has more. */
type Rounds<T> = Map<string, T>;

export class FairQueue<T> {
  readonly #projects: Rounds<Rounds<T[]>> = new Map();
  readonly #sizes = new Map<string, number>();

  get size(): number {
    return [...this.#sizes.values()].reduce((sum, size) => sum + size, 0);
  }

  /** How many wait for one project. */
  sizeOf(appId: string): number {
    return this.#sizes.get(appId) ?? 0;
  }

  add({ appId, recording }: Owner, item: T): void {
    const recordings = this.#projects.get(appId) ?? new Map<string, T[]>();
    this.#projects.set(appId, recordings);
    const lane = recordings.get(recording) ?? [];
    recordings.set(recording, lane);
    lane.push(item);
    this.#sizes.set(appId, this.sizeOf(appId) + 1);
  }

  /** The next one, which stays. With `may`, of those that it allows. */
  peek(may: (item: T) => boolean = () => true): { owner: Owner; item: T } | null {
    for (const [appId, recordings] of this.#projects) {
      for (const [recording, lane] of recordings) {
        const item = lane.find(may);
        if (item !== undefined) return { owner: { appId, recording }, item };
      }
    }
    return null;
  }

  /** Takes one out whose turn has come: its project and its recording go to the end of their rounds. */
  serve({ appId, recording }: Owner, item: T): void {
    const recordings = this.#projects.get(appId);
    const lane = recordings?.get(recording);
    if (recordings === undefined || lane === undefined) return;
    this.#projects.delete(appId);
    this.#projects.set(appId, recordings);
    recordings.delete(recording);
    recordings.set(recording, lane);
    this.remove({ appId, recording }, item);
  }

  /** Takes one out that waits no more. */
  remove({ appId, recording }: Owner, item: T): void {
    const recordings = this.#projects.get(appId);
    const lane = recordings?.get(recording);
    const index = lane?.indexOf(item) ?? -1;
    if (recordings === undefined || lane === undefined || index < 0) return;
    lane.splice(index, 1);
    if (lane.length === 0) recordings.delete(recording);
    if (recordings.size === 0) this.#projects.delete(appId);
    const left = this.sizeOf(appId) - 1;
    if (left > 0) this.#sizes.set(appId, left);
    else this.#sizes.delete(appId);
  }

  /** The last one of the project for which most wait, and that project; null if nothing waits. */
  last(): { owner: Owner; item: T } | null {
    const [longest] = [...this.#sizes].sort(([, left], [, right]) => right - left);
    const recordings = longest === undefined ? undefined : this.#projects.get(longest[0]);
    const lane = [...(recordings ?? [])].at(-1);
    const item = lane?.[1].at(-1);
    if (longest === undefined || lane === undefined || item === undefined) return null;
    return { owner: { appId: longest[0], recording: lane[0] }, item };
  }

  /** Takes all out. */
  drain(): T[] {
    const all = [...this.#projects.values()].flatMap((recordings) => [...recordings.values()].flat());
    this.#projects.clear();
    this.#sizes.clear();
    return all;
  }
}
