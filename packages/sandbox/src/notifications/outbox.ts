import { type Secret } from '@agora-recording-gateway/agora/client/secret';
import { type VirtualClock } from '../control/clock.js';
import { type Log } from '../log.js';
import { notificationBody } from './notification.js';
import { Poster, type PostResult } from './post.js';
import { type Scheduler } from '../tasks/scheduler.js';
import { type OwedDelivery, type SandboxStore } from '../tasks/store.js';

/** Most deliveries under way at once. */
export const MOST_DELIVERIES_IN_FLIGHT = 64;

/** Most deliveries that wait, for their time, a retry or a turn. What comes on top is dropped and counted. */
export const MOST_DELIVERIES_WAITING = 10_000;

/** When more than this are due and not under way, whoever makes time pass should wait a little. */
const MANY_DUE = 1_000;

/**
 * Gaps before the retries, sandbox time: at once, then growing, three in all. Agora publishes that much and not the
 * lengths (agora-facts.md, section 1, "Retry").
 */
export const RETRY_GAPS_MS = [0, 1_000, 5_000] as const;

export type DeliveryOutcome = 'delivered' | 'gaveUp';

export interface OutboxOptions {
  clock: VirtualClock;
  scheduler: Scheduler;
  store: SandboxStore;
  webhookSecret: Secret;
  webhookUrl: () => string;
  settled: (sid: string, outcome: DeliveryOutcome) => void;
  log: Log;
}

/** Delivers notifications to the webhook address, again where it does not answer with 200, and keeps what it owes. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #poster: Poster;
  readonly #owed = new Map<number, OwedDelivery>();
  readonly #ready: OwedDelivery[] = [];
  #closed = false;
  #receiverFails = false;
  #inFlight = 0;
  #dropped = 0;
  #nextId = 1;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#poster = new Poster(options.webhookSecret, MOST_DELIVERIES_IN_FLIGHT);
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

  /** Whether much is due that the receiver is still taking; not where it takes nothing. */
  get isBehind(): boolean {
    return !this.#closed && !this.#receiverFails && this.#ready.length > MANY_DUE;
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
    this.#closed = true;
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
    while (this.#inFlight < MOST_DELIVERIES_IN_FLIGHT && !this.#closed) {
      const delivery = this.#ready.shift();
      if (delivery === undefined) return;
      this.#inFlight++;
      void this.#attempt(delivery).then((result) => {
        this.#inFlight--;
        if (this.#closed) return;
        // Forgotten while under way: the sandbox was started afresh.
        if (this.#owed.get(delivery.id) === delivery) this.#settle(delivery, result);
        this.#send();
      });
    }
  }

  #attempt({ noticeId, eventType, payload }: OwedDelivery): Promise<PostResult> {
    const { clock, webhookUrl } = this.#options;
    const body = notificationBody({ noticeId, eventType, payload, notifyMs: clock.now() });
    return this.#poster.post(new URL(webhookUrl()), body);
  }

  #settle(delivery: OwedDelivery, result: PostResult): void {
    const { store, clock, settled } = this.#options;
    const delivered = 'status' in result && result.status === 200;
    const gap = delivered ? undefined : RETRY_GAPS_MS[delivery.attempts];
    this.#log(delivery, result, delivered, gap);
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

  #log(delivery: OwedDelivery, result: PostResult, delivered: boolean, gap: number | undefined): void {
    const { log } = this.#options;
    const { sid, noticeId, eventType, attempts } = delivery;
    // Not the answer: what a receiver says may hold anything.
    const outcome = 'status' in result ? { httpStatus: result.status } : { failure: result.failure };
    const fields = { sid, noticeId, eventType, attempt: attempts + 1, ...outcome };
    if (delivered) log('info', 'notification.delivered', fields);
    else if (gap === undefined) log('info', 'notification.gaveUp', fields);
    else log('info', 'notification.failed', { ...fields, retryInMs: gap });
    if (delivered !== this.#receiverFails) return;
    // Once each way, not once a notification: a sandbox without a gateway is no fault.
    this.#receiverFails = !delivered;
    if (delivered) log('info', 'receiver.answers', outcome);
    else log('warn', 'receiver.fails', outcome);
  }
}
