/**
 * A queue that is fair at two levels: it serves the projects in turn, and within each project its recordings in turn.
 * Items of one recording keep their order.
 */

export interface Owner {
  appId: string;
  /** Empty for a call that belongs to no recording yet. */
  recording: string;
}

/** In the order of service: the first is served first, and moves to the end if it has more. */
type RoundRobin<T> = Map<string, T>;

export class FairQueue<T> {
  readonly #projects: RoundRobin<RoundRobin<T[]>> = new Map();
  readonly #sizes = new Map<string, number>();

  get size(): number {
    return [...this.#sizes.values()].reduce((sum, size) => sum + size, 0);
  }

  /** The number of items of one project. */
  sizeOf(appId: string): number {
    return this.#sizes.get(appId) ?? 0;
  }

  add({ appId, recording }: Owner, item: T): void {
    const recordings = this.#projects.get(appId) ?? new Map<string, T[]>();
    this.#projects.set(appId, recordings);
    const items = recordings.get(recording) ?? [];
    recordings.set(recording, items);
    items.push(item);
    this.#sizes.set(appId, this.sizeOf(appId) + 1);
  }

  /** The next item that `isEligible` accepts; it stays in the queue. */
  peek(isEligible: (item: T) => boolean = () => true): { owner: Owner; item: T } | null {
    for (const [appId, recordings] of this.#projects) {
      for (const [recording, items] of recordings) {
        const item = items.find(isEligible);
        if (item !== undefined) return { owner: { appId, recording }, item };
      }
    }
    return null;
  }

  /** Removes an item that is served: its project and its recording move to the end of their rounds. */
  serve({ appId, recording }: Owner, item: T): void {
    const recordings = this.#projects.get(appId);
    const items = recordings?.get(recording);
    if (recordings === undefined || items === undefined) return;
    this.#projects.delete(appId);
    this.#projects.set(appId, recordings);
    recordings.delete(recording);
    recordings.set(recording, items);
    this.remove({ appId, recording }, item);
  }

  /** Removes an item that no longer waits. */
  remove({ appId, recording }: Owner, item: T): void {
    const recordings = this.#projects.get(appId);
    const items = recordings?.get(recording);
    const index = items?.indexOf(item) ?? -1;
    if (recordings === undefined || items === undefined || index < 0) return;
    items.splice(index, 1);
    if (items.length === 0) recordings.delete(recording);
    if (recordings.size === 0) this.#projects.delete(appId);
    const left = this.sizeOf(appId) - 1;
    if (left > 0) this.#sizes.set(appId, left);
    else this.#sizes.delete(appId);
  }

  /** The last item of the project with the most items, and its owner; null if the queue is empty. */
  last(): { owner: Owner; item: T } | null {
    const [largest] = [...this.#sizes].sort(([, left], [, right]) => right - left);
    const recordings = largest === undefined ? undefined : this.#projects.get(largest[0]);
    const last = [...(recordings ?? [])].at(-1);
    const item = last?.[1].at(-1);
    if (largest === undefined || last === undefined || item === undefined) return null;
    return { owner: { appId: largest[0], recording: last[0] }, item };
  }

  /** Removes and returns all items. */
  drain(): T[] {
    const all = [...this.#projects.values()].flatMap((recordings) => [...recordings.values()].flat());
    this.#projects.clear();
    this.#sizes.clear();
    return all;
  }
}
