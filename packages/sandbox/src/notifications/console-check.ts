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

/** Most test events under way at once. */
const MOST_AT_ONCE = 32;

/** Channel and user of the console's made-up events (agora-facts.md, section 1, 'Console "Check"'). */
const TEST_CHANNEL = 'test_webhook';
const OTHER_CHANNEL = 'another_test';
const TEST_UID = '12121212';

/**
 * What the console shows where there is no answer (same place). It has no number for a connection that is refused or
 * cut: the sandbox shows 590 for it, and `error` tells the difference.
 */
const CONSOLE_CODES: Readonly<Record<PostFailure, number>> = {
  timeout: 590,
  connection: 590,
  name: 591,
  tls: 592,
};

/** How the receiver took one test event. */
export interface EventCheck {
  eventType: number;
  success: boolean;
  /** The receiver's own status, or the console's number for why there is none. */
  httpCode: number;
  error: string;
  /** The beginning of the answer. */
  response: string;
}

export interface CheckReport {
  webhookUrl: string;
  /** Whether every event was answered with 200 in time. */
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

/** Agora's console check: one made-up event of each subscribed type, sent once, whatever the shares of loss and delay. */
export class ConsoleCheck {
  readonly #options: ConsoleCheckOptions;
  readonly #poster: Poster;
  #running = false;

  constructor(options: ConsoleCheckOptions) {
    this.#options = options;
    this.#poster = new Poster(options.webhookSecret, MOST_AT_ONCE);
  }

  /** Null while another check runs. Takes as long as the receiver, at most about 10 s for each 32 events. */
  async run(): Promise<CheckReport | null> {
    if (this.#running) return null;
    this.#running = true;
    try {
      const { webhookUrl, events } = this.#options.settings();
      const waiting = events === 'all' ? EVENT_TYPES.map(({ code }) => code) : [...events];
      const checks: EventCheck[] = [];
      while (waiting.length > 0) {
        const turn = waiting.splice(0, MOST_AT_ONCE).map((eventType) => this.#check(webhookUrl, eventType));
        checks.push(...(await Promise.all(turn)));
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
    const body = notificationBody({ noticeId: identifiers.hex32(), eventType, notifyMs: now, payload });
    return verdict(eventType, await this.#poster.post(new URL(webhookUrl), body));
  }
}
