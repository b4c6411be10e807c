import { type Secret } from '@agora-recording-gateway/agora/client/secret';
import { EVENT_TYPES } from '@agora-recording-gateway/agora/tables/event-types';
import { type Assumptions } from '../control/assumptions.js';
import { type VirtualClock } from '../control/clock.js';
import { anyEvent } from './events.js';
import { identifiers } from '../tasks/identifiers.js';
import { type Log } from '../log.js';
import { notificationBody } from './notification.js';
import { type NotificationSettings } from './notification-settings.js';
import { type PostFailure, Poster, type PostResult } from './post.js';

/** Test events in flight at once. */
const MAX_CONCURRENT_CHECKS = 32;

/** Channel and user of the invented events. */
const TEST_CHANNEL = 'test_webhook';
const OTHER_CHANNEL = 'another_test';
const TEST_UID = '12121212';

/**
 * The numbers that the console shows without an answer. It has none for a refused or dropped connection: the sandbox shows
 * 590, and `error` explains it.
 */
const CONSOLE_CODES: Readonly<Record<PostFailure, number>> = {
  timeout: 590,
  connection: 590,
  name: 591,
  tls: 592,
};

/** The receiver's answer to one test event. */
export interface EventCheck {
  eventType: number;
  success: boolean;
  /** The status of the receiver, or the console's number without an answer. */
  httpCode: number;
  error: string;
  /** The beginning of the answer. */
  response: string;
}

export interface CheckReport {
  webhookUrl: string;
  /** Whether every event got 200 in time. */
  success: boolean;
  events: EventCheck[];
}

export interface ConsoleCheckOptions {
  clock: VirtualClock;
  webhookSecret: Secret;
  settings: () => NotificationSettings;
  assumptions: () => Assumptions;
  log: Log;
}

function verdict(eventType: number, result: PostResult): EventCheck {
  const response = result.answer;
  if ('failure' in result) {
    return {
      eventType,
      success: false,
      httpCode: CONSOLE_CODES[result.failure],
      error: result.reason,
      response,
    };
  }
  const success = result.status === 200;
  const error = success ? '' : 'the receiver did not answer with 200';
  return { eventType, success, httpCode: result.status, error, response };
}

/** The check of the Agora console: one invented event of each subscribed type, sent once and undisturbed. */
export class ConsoleCheck {
  readonly #options: ConsoleCheckOptions;
  readonly #poster: Poster;
  #running = false;

  constructor(options: ConsoleCheckOptions) {
    this.#options = options;
    this.#poster = new Poster(options.webhookSecret, MAX_CONCURRENT_CHECKS);
  }

  /** Null while another check runs. Takes as long as the receiver needs, at most about 10 s for 32 events. */
  async run(): Promise<CheckReport | null> {
    if (this.#running) return null;
    this.#running = true;
    try {
      const { webhookUrl, events } = this.#options.settings();
      const waiting = events === 'all' ? EVENT_TYPES.map(({ code }) => code) : [...events];
      const checks: EventCheck[] = [];
      while (waiting.length > 0) {
        const batch = waiting
          .splice(0, MAX_CONCURRENT_CHECKS)
          .map((eventType) => this.#check(webhookUrl, eventType));
        checks.push(...(await Promise.all(batch)));
      }
      const success = checks.every((check) => check.success);
      this.#options.log('info', 'webhook.checked', { success, events: checks.length });
      return { webhookUrl, success, events: checks };
    } finally {
      this.#running = false;
    }
  }

  close(): void {
    this.#poster.close();
  }

  #channel(): string {
    return this.#options.assumptions().consoleCheckIsOfTestWebhook ? TEST_CHANNEL : OTHER_CHANNEL;
  }

  async #check(webhookUrl: string, eventType: number): Promise<EventCheck> {
    const now = this.#options.clock.now();
    const { serviceType, details } = anyEvent(eventType, {});
    const payload = JSON.stringify({
      ...{ cname: this.#channel(), uid: TEST_UID, sid: identifiers.hex32(), sequence: 0, sendts: now },
      ...{ serviceType, details },
    });
    const notice = { noticeId: identifiers.hex32(), eventType, notifyMs: now, payload };
    const body = notificationBody(notice, this.#options.assumptions());
    return verdict(eventType, await this.#poster.post(new URL(webhookUrl), body));
  }
}
