import { sign } from '../agora/signature.js';
import { Secret } from '../agora/secret.js';
import { type VirtualClock } from './clock.js';
import { type Log } from './log.js';
import { Poster } from './post.js';
import { type Scheduler } from './scheduler.js';
import { type OwedDelivery, type SandboxStore } from './store.js';

/** Most deliveries under way at once. */
export const MOST_DELIVERIES_IN_FLIGHT = 64;

/** Most deliveries that wait, for their time, a retry or a turn. What comes on top is dropped and counted. */
export const MOST_DELIVERIES_WAITING = 10_000;

/** The receiver has to answer within this real time (agora-facts.md, section 1). */
export const DELIVERY_TIMEOUT_MS = 10_000;

/**
 * Gaps before the retries, sandbox time: at once, then growing, three in all. Agora publishes that much and not the
 * lengths (agora-facts.md, section 1, "Retry").
 */
export const RETRY_GAPS_MS = [0, 1_000, 5_000] as const;

/** productId of Cloud Recording. */
const CLOUD_RECORDING = 3;

export type DeliveryOutcome = 'delivered' | 'gaveUp';

export interface OutboxOptions {
  clock: VirtualClock;
  scheduler: Scheduler;
  store: SandboxStore;
  webhookSecret: string;
  webhookUrl: () => string;
  settled: (sid: string, outcome: DeliveryOutcome) => void;
  log: Log;
}

/** Delivers notifications to the webhook address, again where it does not answer with 200, and keeps what it owes. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #secret: Secret;
  readonly #poster = new Poster(MOST_DELIVERIES_IN_FLIGHT);
  readonly #closing = new AbortController();
  readonly #owed = new Map<number, OwedDelivery>();
  readonly #ready: OwedDelivery[] = [];
  #receiverFails = false;
  #inFlight = 0;
  #dropped = 0;
  #nextId = 1;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#secret = new Secret(options.webhookSecret);
  }

  /** Takes up what was owed before a restart. */
  load(): void {
    for (const delivery of this.#options.store.deliveries()) {
      this.#nextId = Math.max(this.#nextId, delivery.id + 1);
      this.#await(delivery);
    }
  }

  get counts(): { waiting: number; inFlight: number; dropped: number } {
    return { waiting: this.#owed.size - this.#inFlight, inFlight: this.#inFlight, dropped: this.#dropped };
  }

  /** Owes one more delivery from `dueAt` on. False when it was dropped because too many wait. */
  add(notice: Omit<OwedDelivery, 'id' | 'attempts'>): boolean {
    if (this.#owed.size - this.#inFlight >= MOST_DELIVERIES_WAITING) {
      this.#dropped++;
      return false;
    }
    const delivery = { ...notice, id: this.#nextId++, attempts: 0 };
    this.#options.store.saveDelivery(delivery);
    this.#await(delivery);
    return true;
  }

  clear(): void {
    this.#owed.clear();
    this.#ready.length = 0;
    this.#dropped = 0;
  }

  /** Cuts deliveries under way short; they stay owed. */
  close(): void {
    this.#closing.abort();
    this.#ready.length = 0;
    this.#poster.close();
  }

  #await(delivery: OwedDelivery): void {
    this.#owed.set(delivery.id, delivery);
    this.#options.scheduler.add(delivery.dueAt, () => {
      if (this.#owed.get(delivery.id) !== delivery) return;
      this.#ready.push(delivery);
      // Not at once: what is due may run inside a transaction that must be written first.
      setImmediate(() => this.#send());
    });
  }

  #send(): void {
    while (this.#inFlight < MOST_DELIVERIES_IN_FLIGHT && !this.#closing.signal.aborted) {
      const delivery = this.#ready.shift();
      if (delivery === undefined) return;
      this.#inFlight++;
      void this.#attempt(delivery).then((delivered) => {
        this.#inFlight--;
        if (this.#closing.signal.aborted) return;
        // Forgotten while under way: the sandbox was started afresh.
        if (this.#owed.get(delivery.id) === delivery) this.#settle(delivery, delivered);
        this.#send();
      });
    }
  }

  async #attempt(delivery: OwedDelivery): Promise<boolean> {
    const { clock, log, webhookUrl } = this.#options;
    // notifyMs is of this attempt, sendts inside the payload of the event (agora-facts.md, section 1).
    const body = Buffer.from(
      `{"noticeId":${JSON.stringify(delivery.noticeId)},"productId":${CLOUD_RECORDING},` +
        `"eventType":${delivery.eventType},"notifyMs":${clock.now()},"payload":${delivery.payload}}`,
    );
    const result = await this.#poster.post(new URL(webhookUrl()), {
      headers: {
        'content-type': 'application/json',
        'Agora-Signature': sign('sha1', this.#secret, body),
        'Agora-Signature-V2': sign('sha256', this.#secret, body),
      },
      body,
      timeoutMs: DELIVERY_TIMEOUT_MS,
      signal: this.#closing.signal,
    });
    const delivered = 'status' in result && result.status === 200;
    if (!this.#closing.signal.aborted && delivered === this.#receiverFails) {
      // Once each way, not once a notification: a sandbox without a gateway is no fault.
      this.#receiverFails = !delivered;
      log(delivered ? 'receiver.answers' : 'receiver.fails', { eventType: delivery.eventType, ...result });
    }
    return delivered;
  }

  #settle(delivery: OwedDelivery, delivered: boolean): void {
    const { store, clock, settled } = this.#options;
    const gap = delivered ? undefined : RETRY_GAPS_MS[delivery.attempts];
    this.#owed.delete(delivery.id);
    if (gap === undefined) {
      store.transaction(() => {
        store.deleteDelivery(delivery.id);
        settled(delivery.sid, delivered ? 'delivered' : 'gaveUp');
      });
      return;
    }
    const again = { ...delivery, attempts: delivery.attempts + 1, dueAt: clock.now() + gap };
    store.saveDelivery(again);
    this.#await(again);
  }
}
