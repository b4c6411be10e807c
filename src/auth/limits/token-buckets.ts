import { LRUCache } from 'lru-cache';

/** Buckets that are kept at once. The one that was used least recently is forgotten, and then counts as full. */
export const MAX_BUCKETS = 50_000;

const MINUTE_MS = 60_000;

export interface TokenBucketsOptions {
  /** What a bucket holds, and what flows into it in a minute. */
  perMinute: number;
  /** Milliseconds of a clock that never goes back. */
  monotonic: () => number;
  /** Default: MAX_BUCKETS. */
  maxBuckets?: number;
}

interface Bucket {
  level: number;
  at: number;
}

/**
 * An allowance for each key, which refills steadily (token bucket). rate-limiter-flexible, the usual library, is not used: in memory it keeps
 * every key, with a timer for each, and has no clock from outside.
 */
export class TokenBuckets {
  readonly #perMinute: number;
  readonly #monotonic: () => number;
  readonly #buckets: LRUCache<string, Bucket>;

  constructor({ perMinute, monotonic, maxBuckets = MAX_BUCKETS }: TokenBucketsOptions) {
    this.#perMinute = perMinute;
    this.#monotonic = monotonic;
    this.#buckets = new LRUCache({ max: maxBuckets });
  }

  /**
   * Takes an amount, and gives 0; or takes nothing, and gives the milliseconds until it could be taken. An amount that no bucket
   * holds is taken from a full one, which then owes the rest.
   */
  take(key: string, amount: number): number {
    const wait = this.waitFor(key, amount);
    if (wait === 0) this.#buckets.set(key, { level: this.#levelOf(key) - amount, at: this.#monotonic() });
    return wait;
  }

  /** The milliseconds until an amount could be taken. */
  waitFor(key: string, amount: number): number {
    const missing = Math.min(amount, this.#perMinute) - this.#levelOf(key);
    return missing <= 0 ? 0 : Math.ceil((missing / this.#perMinute) * MINUTE_MS);
  }

  #levelOf(key: string): number {
    const bucket = this.#buckets.get(key);
    if (bucket === undefined) return this.#perMinute;
    const inflow = ((this.#monotonic() - bucket.at) / MINUTE_MS) * this.#perMinute;
    return Math.min(bucket.level + inflow, this.#perMinute);
  }
}
