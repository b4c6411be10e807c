import { type Assumptions } from './assumptions.js';
import { type RecorderEvent } from './events.js';
import { identifiers } from './identifiers.js';
import { type NotificationSettings } from './notification-settings.js';
import { type Outbox } from './outbox.js';
import { type Random, seededRandom } from './random.js';
import { spellEvent } from './spelling.js';
import { type Task } from './task.js';

export interface NotifierOptions {
  outbox: Outbox;
  settings: () => NotificationSettings;
  assumptions: () => Assumptions;
}

/** One notification that is sent as ordered, whatever the settings say. */
export interface OrderedNotification {
  event: RecorderEvent;
  uid: string;
  sendts: number;
  /** Deliveries with the same noticeId. */
  copies: number;
}

/** Turns events into notifications: numbers them, and decides by the settings how each fares. The caller saves the task. */
export class Notifier {
  readonly #options: NotifierOptions;
  #random: Random;

  constructor(options: NotifierOptions) {
    this.#options = options;
    this.#random = seededRandom(options.settings().seed);
  }

  /** Starts the sequence of random numbers anew. */
  reseed(): void {
    this.#random = seededRandom(this.#options.settings().seed);
  }

  /** Tells of events that happened to a task at one time, in this order. */
  tell(task: Task, at: number, ...happened: RecorderEvent[]): void {
    const { events } = this.#options.settings();
    const assumptions = this.#options.assumptions();
    for (const event of happened) {
      const subscribed = events === null || events.includes(event.eventType);
      // An event that is not subscribed to has its number all the same, if every one counts.
      if (!subscribed && !assumptions.sequenceCountsAllEvents) continue;
      const told = spellEvent(event, task.mode, assumptions);
      const payload = this.#payload(task, at, task.recorderUid, told);
      if (subscribed) this.#send(task, at, event.eventType, payload);
    }
  }

  /** Sends one as ordered, and says which. */
  order(task: Task, order: OrderedNotification, now: number): { noticeId: string; sequence: number } {
    const { event, uid, sendts, copies } = order;
    const sequence = task.sequences[uid] ?? 0;
    const payload = this.#payload(task, sendts, uid, event);
    const noticeId = identifiers.hex32();
    for (let copy = 0; copy < copies; copy++) this.#add(task, noticeId, event.eventType, payload, now);
    return { noticeId, sequence };
  }

  #payload(task: Task, sendts: number, uid: string, event: RecorderEvent): string {
    const sequence = task.sequences[uid] ?? 0;
    task.sequences[uid] = sequence + 1;
    return JSON.stringify({
      cname: task.cname,
      uid,
      sid: task.sid,
      sequence,
      sendts,
      serviceType: event.serviceType,
      details: event.details,
    });
  }

  #send(task: Task, at: number, eventType: number, payload: string): void {
    const { repetition, redundant } = this.#options.settings();
    // All numbers are drawn for every notification, so that changing one share leaves the fate by the others alone.
    const [repeat, copy] = [this.#random(), this.#random()];
    const noticeId = identifiers.hex32();
    this.#dispatch(task, noticeId, eventType, payload, at);
    if (repeat < repetition) this.#dispatch(task, noticeId, eventType, payload, at);
    if (copy < redundant) {
      const other = this.#options.assumptions().redundantCopyHasOtherNoticeId;
      this.#dispatch(task, other ? identifiers.hex32() : noticeId, eventType, payload, at);
    }
  }

  #dispatch(task: Task, noticeId: string, eventType: number, payload: string, at: number): void {
    const { loss, delayMs, disorderMs } = this.#options.settings();
    const [fate, disorder] = [this.#random(), this.#random()];
    if (fate < loss) {
      task.notifications.lost++;
      return;
    }
    this.#add(task, noticeId, eventType, payload, at + delayMs + Math.floor(disorder * disorderMs));
  }

  #add(task: Task, noticeId: string, eventType: number, payload: string, dueAt: number): void {
    const { sid } = task;
    if (this.#options.outbox.add({ sid, noticeId, eventType, payload, dueAt })) task.notifications.sent++;
  }
}
