import { MAX_CHANNELS } from './channels.js';
import { type FatalError } from './task.js';

/** How the next start in a channel fails after it was accepted. Kept in memory. */
export class StartRefusals {
  readonly #byChannel = new Map<string, FatalError>();

  /** Returns false if MAX_CHANNELS wait already. */
  add(cname: string, error: FatalError): boolean {
    if (!this.#byChannel.has(cname) && this.#byChannel.size >= MAX_CHANNELS) return false;
    this.#byChannel.set(cname, error);
    return true;
  }

  /** The refusal of a start in this channel, which it uses up; null as a rule. */
  take(cname: string): FatalError | null {
    const error = this.#byChannel.get(cname) ?? null;
    this.#byChannel.delete(cname);
    return error;
  }

  clear(): void {
    this.#byChannel.clear();
  }
}
