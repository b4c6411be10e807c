import { type Assumptions } from '../control/assumptions.js';
import { type RecorderEvent } from './events.js';
import { identifiers } from '../tasks/identifiers.js';
import { type Log } from '../log.js';
import { type NotificationSettings } from './notification-settings.js';
import { type Outbox } from './outbox.js';
import { type Random, seededRandom, seedOf } from '../random.js';
import { spellEvent } from '../api/spelling.js';
import { type Task } from '../tasks/task.js';

export interface NotifierOptions {
  outbox: Outbox;
  settings: () => NotificationSettings;
  assumptions: () => Assumptions;
  /** How many tasks of the same channel and uid came before this one. */
  predecessors: (task: Task) => number;
  log: Log;
}

/** One notification that is sent as ordered, whatever the settings say. */
export interface OrderedNotification {
  event: RecorderEvent;
  uid: string;
  sendts: number;
  /** Deliveries with the same noticeId. */
  copies: number;
}

/** What is drawn for one delivery; each of the first three is struck where it lies below its share. */
interface Fate {
  loss: number;
  delay: number;
  disorder: number;
  /** Share of the longest further delay. */
  further: number;
}

function fateFrom(random: Random): Fate {
  return { loss: random(), delay: random(), disorder: random(), further: random() };
}

/** Turns events into notifications: numbers them, and decides by the settings how each fares. The caller saves the task. */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #predecessors = new WeakMap<Task, number>();

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /** Tells of events that happened to a task at one time, in this order. */
  tell(task: Task, at: number, ...happened: RecorderEvent[]): void {
    const { events } = this.#options.settings();
    const assumptions = this.#options.assumptions();
    for (const event of happened) {
      const random = this.#randomFor(task);
      const subscribed = events === 'all' || events.includes(event.eventType);
      // An event that is not subscribed to has its number all the same, if every one counts.
      if (!subscribed && !assumptions.sequenceCountsAllEvents) continue;
      const told = spellEvent(event, task.mode, assumptions);
      const payload = this.#payload(task, at, task.recorderUid, told);
      if (subscribed) this.#send(task, at, event.eventType, payload, random);
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

  /**
   * Random numbers for the next notification of a task. They follow from the seed and from what it is about, not from how
   * many others came before: neither what happens in other channels, nor the timing, nor a restart changes how it fares.
   */
  #randomFor(task: Task): Random {
    let predecessors = this.#predecessors.get(task);
    if (predecessors === undefined) {
      predecessors = this.#options.predecessors(task);
      this.#predecessors.set(task, predecessors);
    }
    const told = Object.values(task.sequences).reduce((sum, next) => sum + next, 0);
    return seededRandom(seedOf(this.#options.settings().seed, task.cname, task.uid, predecessors, told));
  }

  #send(task: Task, at: number, eventType: number, payload: string, random: Random): void {
    const { repetition, redundant } = this.#options.settings();
    // All numbers are drawn for every notification, so that changing one share leaves the fate by the others alone.
    const [repeat, copy] = [random(), random()];
    const [first, second, third] = [fateFrom(random), fateFrom(random), fateFrom(random)];
    const noticeId = identifiers.hex32();
    const dispatch = (id: string, fate: Fate) => this.#dispatch(task, id, eventType, payload, at, fate);
    dispatch(noticeId, first);
    if (repeat < repetition) dispatch(noticeId, second);
    if (copy < redundant) {
      const other = this.#options.assumptions().redundantCopyHasOtherNoticeId;
      dispatch(other ? identifiers.hex32() : noticeId, third);
    }
  }

  #dispatch(task: Task, noticeId: string, eventType: number, payload: string, at: number, fate: Fate): void {
    const { loss, delay, delayMs, disorder, disorderMs } = this.#options.settings();
    if (fate.loss < loss) {
      task.notifications.lost++;
      this.#options.log('info', 'notification.lost', { sid: task.sid, noticeId, eventType });
      return;
    }
    const delayed = fate.delay < delay ? delayMs : 0;
    const overtaken = fate.disorder < disorder ? Math.floor(fate.further * disorderMs) : 0;
    this.#add(task, noticeId, eventType, payload, at + delayed + overtaken);
  }

  #add(task: Task, noticeId: string, eventType: number, payload: string, dueAt: number): void {
    const { sid } = task;
    if (this.#options.outbox.add({ sid, noticeId, eventType, payload, dueAt })) task.notifications.sent++;
    else this.#options.log('info', 'notification.dropped', { sid, noticeId, eventType });
  }
}
