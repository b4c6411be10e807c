import { type Assumptions } from '../control/assumptions.js';
import { type Log } from '../log.js';
import { type Random, seededRandom, seedOf } from '../random.js';
import { identifiers } from '../tasks/identifiers.js';
import { type Task } from '../tasks/task.js';
import { type RecorderEvent } from './events.js';
import { formatEvent } from './format-event.js';
import { type NotificationSettings } from './notification-settings.js';
import { type Outbox } from './outbox.js';

export interface NotifierOptions {
  outbox: Outbox;
  settings: () => NotificationSettings;
  assumptions: () => Assumptions;
  /** The number of earlier tasks with the same channel and uid. */
  predecessors: (task: Task) => number;
  log: Log;
}

/** One notification that is sent on request, whatever the settings say. */
export interface RequestedNotification {
  event: RecorderEvent;
  uid: string;
  sendts: number;
  /** Deliveries with the same noticeId. */
  copies: number;
}

/** Random numbers for one delivery; a disturbance applies if its number is below its share. */
interface Draw {
  loss: number;
  delay: number;
  disorder: number;
  /** Share of the maximum delay by disorder. */
  disorderDelay: number;
}

function drawFrom(random: Random): Draw {
  return { loss: random(), delay: random(), disorder: random(), disorderDelay: random() };
}

/** Turns events into notifications: numbers them, and disturbs their delivery by the settings. The caller saves the task. */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #predecessors = new WeakMap<Task, number>();

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /** Sends notifications of events that happened to a task at one time, in this order. */
  emit(task: Task, at: number, ...happened: RecorderEvent[]): void {
    const { events } = this.#options.settings();
    const assumptions = this.#options.assumptions();
    for (const event of happened) {
      const random = this.#randomFor(task);
      const subscribed = events === 'all' || events.includes(event.eventType);
      // An event that is not subscribed to has a number, too, if every event counts.
      if (!subscribed && !assumptions.sequenceCountsAllEvents) continue;
      const formatted = formatEvent(event, task.mode, assumptions);
      const payload = this.#payload(task, at, task.recorderUid, formatted);
      if (subscribed) this.#send(task, at, event.eventType, payload, random);
    }
  }

  /** Sends one notification on request; returns its identity. */
  sendRequested(
    task: Task,
    request: RequestedNotification,
    now: number,
  ): { noticeId: string; sequence: number } {
    const { event, uid, sendts, copies } = request;
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
   * Random numbers for the next notification of a task. They depend on the seed and on the subject of the notification, not
   * on how many others were sent before: other channels, timing and restarts do not change how it is disturbed.
   */
  #randomFor(task: Task): Random {
    let predecessors = this.#predecessors.get(task);
    if (predecessors === undefined) {
      predecessors = this.#options.predecessors(task);
      this.#predecessors.set(task, predecessors);
    }
    const sent = Object.values(task.sequences).reduce((sum, next) => sum + next, 0);
    return seededRandom(seedOf(this.#options.settings().seed, task.cname, task.uid, predecessors, sent));
  }

  #send(task: Task, at: number, eventType: number, payload: string, random: Random): void {
    const { repetition, redundant } = this.#options.settings();
    // All numbers are drawn for every notification, so that changing one share does not change the other disturbances.
    const [repeat, copy] = [random(), random()];
    const [first, second, third] = [drawFrom(random), drawFrom(random), drawFrom(random)];
    const noticeId = identifiers.hex32();
    const dispatch = (id: string, draw: Draw) => this.#dispatch(task, id, eventType, payload, at, draw);
    dispatch(noticeId, first);
    if (repeat < repetition) dispatch(noticeId, second);
    if (copy < redundant) {
      const other = this.#options.assumptions().redundantCopyHasOtherNoticeId;
      dispatch(other ? identifiers.hex32() : noticeId, third);
    }
  }

  #dispatch(task: Task, noticeId: string, eventType: number, payload: string, at: number, draw: Draw): void {
    const { loss, delay, delayMs, disorder, disorderMs } = this.#options.settings();
    if (draw.loss < loss) {
      task.notifications.lost++;
      this.#options.log('info', 'notification.lost', { sid: task.sid, noticeId, eventType });
      return;
    }
    const delayed = draw.delay < delay ? delayMs : 0;
    const disordered = draw.disorder < disorder ? Math.floor(draw.disorderDelay * disorderMs) : 0;
    this.#add(task, noticeId, eventType, payload, at + delayed + disordered);
  }

  #add(task: Task, noticeId: string, eventType: number, payload: string, dueAt: number): void {
    const { sid } = task;
    if (this.#options.outbox.add({ sid, noticeId, eventType, payload, dueAt })) task.notifications.sent++;
    else this.#options.log('info', 'notification.dropped', { sid, noticeId, eventType });
  }
}
