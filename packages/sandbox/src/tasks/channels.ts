import * as z from 'zod';
import { type SandboxStore, type Setting } from './store.js';
import { type Publisher, publisher } from './subscription.js';

/** Channels whose publishers can be set. */
export const MAX_CHANNELS = 10_000;

/** Users of one channel. */
export const MAX_PUBLISHERS = 1_000;

const SETTING: Setting<Record<string, Publisher[]>> = {
  name: 'channels',
  schema: z.record(z.string(), z.array(publisher)),
};

/** By default, one user publishes audio and video in every channel. */
const DEFAULT_PUBLISHERS: readonly Publisher[] = [{ uid: '71', audio: true, video: true }];

/** The users who publish in each channel. */
export class Channels {
  readonly #store: SandboxStore;
  readonly #publishers: Map<string, Publisher[]>;

  constructor(store: SandboxStore) {
    this.#store = store;
    this.#publishers = new Map(Object.entries(store.setting(SETTING) ?? {}));
  }

  publishers(cname: string): readonly Publisher[] {
    return this.#publishers.get(cname) ?? DEFAULT_PUBLISHERS;
  }

  /** Whether no user publishes; a user who sends neither audio nor video does not keep a recording alive. */
  isIdle(cname: string): boolean {
    return !this.publishers(cname).some((publisher) => publisher.audio || publisher.video);
  }

  /** Returns false if MAX_CHANNELS are set already. */
  set(cname: string, publishers: Publisher[]): boolean {
    if (!this.#publishers.has(cname) && this.#publishers.size >= MAX_CHANNELS) return false;
    this.#publishers.set(cname, publishers);
    this.#store.saveSetting(SETTING, Object.fromEntries(this.#publishers));
    return true;
  }

  clear(): void {
    this.#publishers.clear();
    this.#store.deleteSetting(SETTING);
  }
}
