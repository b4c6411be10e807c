import { type SandboxStore } from './store.js';
import { type Publisher } from './subscription.js';

/** Most channels whose publishers can be told. */
export const MOST_CHANNELS = 10_000;

/** Most users of one channel. */
export const MOST_PUBLISHERS = 1_000;

const SETTING = 'channels';

/** Unless told otherwise one user publishes audio and video in every channel. */
const DEFAULT_PUBLISHERS: readonly Publisher[] = [{ uid: '71', audio: true, video: true }];

/** Who publishes in which channel. */
export class Channels {
  readonly #store: SandboxStore;
  readonly #publishers: Map<string, Publisher[]>;

  constructor(store: SandboxStore) {
    this.#store = store;
    this.#publishers = new Map(Object.entries(store.setting<Record<string, Publisher[]>>(SETTING) ?? {}));
  }

  publishers(cname: string): readonly Publisher[] {
    return this.#publishers.get(cname) ?? DEFAULT_PUBLISHERS;
  }

  /** Whether anybody publishes; a user who sends neither audio nor video does not keep a recording alive. */
  isIdle(cname: string): boolean {
    return !this.publishers(cname).some((publisher) => publisher.audio || publisher.video);
  }

  /** False when there are MOST_CHANNELS already. */
  set(cname: string, publishers: Publisher[]): boolean {
    if (!this.#publishers.has(cname) && this.#publishers.size >= MOST_CHANNELS) return false;
    this.#publishers.set(cname, publishers);
    this.#store.saveSetting(SETTING, Object.fromEntries(this.#publishers));
    return true;
  }

  clear(): void {
    this.#publishers.clear();
    this.#store.deleteSetting(SETTING);
  }
}
