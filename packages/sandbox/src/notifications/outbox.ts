import { type Secret } from '@agora-recording-gateway/agora/client/secret';
import { type VirtualClock } from '../control/clock.js';
import { type Log } from '../log.js';
import { type Scheduler } from '../tasks/scheduler.js';
import { type PendingDelivery, type SandboxStore } from '../tasks/store.js';
import { type Assumptions } from '../control/assumptions.js';
import { notificationBody } from './notification.js';
import { Poster, type PostResult } from './post.js';

/** Deliveries in flight at once. */
export const MAX_DELIVERIES_IN_FLIGHT = 64;

/** Deliveries that wait for their time, a retry or a connection. Further ones are dropped and counted. */
export const MAX_DELIVERIES_WAITING = 10_000;

/** With more due deliveries than this, a step of the clock waits for the receiver. */
const BACKLOG_LIMIT = 1_000;

/**
 * Delays of the retries, sandbox time: at once, then growing, three in all. Agora publishes their number, but not their
 * length.
 */
export const RETRY_DELAYS_MS = [0, 1_000, 5_000] as const;

export type DeliveryOutcome = 'delivered' | 'gaveUp';

export interface OutboxOptions {
  clock: VirtualClock;
  scheduler: Scheduler;
  store: SandboxStore;
  webhookSecret: Secret;
  webhookUrl: () => string;
  assumptions: () => Assumptions;
  onSettled: (sid: string, outcome: DeliveryOutcome) => void;
  log: Log;
}

/** Delivers notifications to the webhook, retries unless it answers with 200, and keeps pending deliveries over a restart. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #poster: Poster;
  readonly #pending = new Map<number, PendingDelivery>();
  readonly #due: PendingDelivery[] = [];
  #closed = false;
  #receiverFails = false;
  #inFlight = 0;
  #dropped = 0;
  #nextId = 1;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#poster = new Poster(options.webhookSecret, MAX_DELIVERIES_IN_FLIGHT);
  }

  /** Resumes deliveries that were pending before a restart. */
  load(): void {
    for (const delivery of this.#options.store.deliveries()) {
      this.#nextId = Math.max(this.#nextId, delivery.id + 1);
      this.#schedule(delivery);
    }
  }

  get counts(): { waiting: number; inFlight: number; dropped: number } {
    return {
      waiting: this.#pending.size - this.#inFlight,
      inFlight: this.#inFlight,
      dropped: this.#dropped,
    };
  }

  /** Whether a working receiver has a backlog. */
  get isBehind(): boolean {
    return !this.#closed && !this.#receiverFails && this.#due.length > BACKLOG_LIMIT;
  }

  /** Adds a delivery that is due at `dueAt`. Returns false if it was dropped because too many wait. */
  add(notice: Omit<PendingDelivery, 'id' | 'attempts'>): boolean {
    if (this.#pending.size - this.#inFlight >= MAX_DELIVERIES_WAITING) {
      this.#dropped++;
      return false;
    }
    const delivery = { ...notice, id: this.#nextId++, attempts: 0 };
    this.#options.store.saveDelivery(delivery);
    this.#schedule(delivery);
    return true;
  }

  clear(): void {
    this.#pending.clear();
    this.#due.length = 0;
    this.#dropped = 0;
  }

  /** Cuts deliveries in flight; they stay pending. */
  close(): void {
    this.#closed = true;
    this.#due.length = 0;
    this.#poster.close();
  }

  #schedule(delivery: PendingDelivery): void {
    this.#pending.set(delivery.id, delivery);
    this.#options.scheduler.add(delivery.dueAt, () => {
      if (this.#pending.get(delivery.id) !== delivery) return;
      this.#due.push(delivery);
      // Not immediately: the scheduler may run inside a transaction that must be committed first.
      setImmediate(() => this.#send());
    });
  }

  #send(): void {
    while (this.#inFlight < MAX_DELIVERIES_IN_FLIGHT && !this.#closed) {
      const delivery = this.#due.shift();
      if (delivery === undefined) return;
      this.#inFlight++;
      void this.#attempt(delivery).then((result) => {
        this.#inFlight--;
        if (this.#closed) return;
        // It is no longer pending if the sandbox was reset.
        if (this.#pending.get(delivery.id) === delivery) this.#settle(delivery, result);
        this.#send();
      });
    }
  }

  #attempt({ noticeId, eventType, payload }: PendingDelivery): Promise<PostResult> {
    const { clock, webhookUrl, assumptions } = this.#options;
    const body = notificationBody({ noticeId, eventType, payload, notifyMs: clock.now() }, assumptions());
    return this.#poster.post(new URL(webhookUrl()), body);
  }

  #settle(delivery: PendingDelivery, result: PostResult): void {
    const { store, clock, onSettled } = this.#options;
    const delivered = 'status' in result && result.status === 200;
    const retryDelay = delivered ? undefined : RETRY_DELAYS_MS[delivery.attempts];
    this.#log(delivery, result, delivered, retryDelay);
    this.#pending.delete(delivery.id);
    if (retryDelay === undefined) {
      store.transaction(() => {
        store.deleteDelivery(delivery.id);
        onSettled(delivery.sid, delivered ? 'delivered' : 'gaveUp');
      });
      return;
    }
    const retry = { ...delivery, attempts: delivery.attempts + 1, dueAt: clock.now() + retryDelay };
    store.saveDelivery(retry);
    this.#schedule(retry);
  }

  #log(
    delivery: PendingDelivery,
    result: PostResult,
    delivered: boolean,
    retryDelay: number | undefined,
  ): void {
    const { log } = this.#options;
    const { sid, noticeId, eventType, attempts } = delivery;
    // Without the answer, which may contain anything.
    const outcome = 'status' in result ? { httpStatus: result.status } : { failure: result.failure };
    const fields = { sid, noticeId, eventType, attempt: attempts + 1, ...outcome };
    if (delivered) log('info', 'notification.delivered', fields);
    else if (retryDelay === undefined) log('info', 'notification.gaveUp', fields);
    else log('info', 'notification.failed', { ...fields, retryInMs: retryDelay });
    if (delivered !== this.#receiverFails) return;
    // Logged once per change, not once per notification: a sandbox may run without a receiver.
    this.#receiverFails = !delivered;
    if (delivered) log('info', 'receiver.answers', outcome);
    else log('warn', 'receiver.fails', outcome);
  }
}
