import { type Requester } from '../requester.js';
import { type Held, HeldAmounts } from './held-amounts.js';
import { networkOf } from './network.js';
import { TokenBuckets } from './token-buckets.js';

/** What each caller may use; null for as much as the gateway has. */
export interface LimitSettings {
  /** Operations in a minute. */
  operations: number | null;
  /** Values in a minute that the replies of operations may hold, by the sizes of their pages and lists. */
  cost: number | null;
  /** Subscriptions that run at once. */
  subscriptions: number | null;
  /** WebSockets and streams of server-sent events that are open at once. */
  connections: number | null;
}

export type CallerLimit = keyof LimitSettings;

/** How long a client waits before it asks again for what ends only when something else of it ends. Seconds. */
const RETRY_AFTER_OPEN_SECONDS = 10;

/** A caller uses as much as it may. */
export class LimitExceededError extends Error {
  override name = 'LimitExceededError';
  readonly limit: CallerLimit;
  /** Seconds after which the client may try again. */
  readonly retryAfter: number;

  constructor(limit: CallerLimit, retryAfter: number, message: string) {
    super(message);
    this.limit = limit;
    this.retryAfter = retryAfter;
  }
}

/** Whose something is; without `caller` its credential is not known yet. */
type Owner = Pick<Requester, 'address'> & Partial<Pick<Requester, 'caller'>>;

/** The bounds on what one caller uses, for every transport. Each gives why not, if the caller uses as much as it may. */
export interface CallerLimits {
  /** Counts an operation. */
  operation(requester: Requester): LimitExceededError | null;
  /** Counts what an operation may read. */
  cost(requester: Requester, cost: number): LimitExceededError | null;
  /** Counts a subscription until it ends. */
  subscription(requester: Requester): Held | LimitExceededError;
  /** Counts a WebSocket or a stream until it closes. Before its credential is known it counts for its address. */
  connection(owner: Owner): Held | LimitExceededError;
}

export interface CallerLimitsParts {
  settings: LimitSettings;
  monotonic: () => number;
  /** Called with each bound that a caller meets. */
  onExceeded: (limit: CallerLimit) => void;
}

function keyOf({ caller, address }: Owner): string {
  const name = caller?.name ?? null;
  return name === null ? `address ${networkOf(address)}` : `caller ${name}`;
}

/** Callers are known by the name of their credential, and where there is none by their address. */
export function createCallerLimits({ settings, monotonic, onExceeded }: CallerLimitsParts): CallerLimits {
  const buckets = (perMinute: number | null) =>
    perMinute === null ? null : new TokenBuckets({ perMinute, monotonic });
  const operations = buckets(settings.operations);
  const costs = buckets(settings.cost);
  const open = { subscriptions: new HeldAmounts(), connections: new HeldAmounts() };

  function exceeded(limit: CallerLimit, retryAfter: number, message: string): LimitExceededError {
    onExceeded(limit);
    return new LimitExceededError(limit, retryAfter, `${message} Try again in ${retryAfter} seconds.`);
  }

  function begin(
    limit: 'subscriptions' | 'connections',
    key: string,
    what: string,
  ): Held | LimitExceededError {
    const max = settings[limit];
    if (max !== null && open[limit].of(key) >= max) {
      return exceeded(limit, RETRY_AFTER_OPEN_SECONDS, `A caller may have at most ${max} ${what} at once.`);
    }
    return open[limit].hold(key, 1);
  }

  return {
    operation(requester) {
      const wait = operations?.take(keyOf(requester), 1) ?? 0;
      if (wait === 0) return null;
      const message = `A caller may send at most ${settings.operations} operations in a minute.`;
      return exceeded('operations', Math.ceil(wait / 1_000), message);
    },
    cost(requester, cost) {
      const wait = costs?.take(keyOf(requester), cost) ?? 0;
      if (wait === 0) return null;
      const message = `The operations of a caller may ask for at most ${settings.cost} values in a minute. Ask for smaller pages.`;
      return exceeded('cost', Math.ceil(wait / 1_000), message);
    },
    subscription: (requester) => begin('subscriptions', keyOf(requester), 'subscriptions'),
    connection: (owner) => begin('connections', keyOf(owner), 'WebSockets and streams'),
  };
}
