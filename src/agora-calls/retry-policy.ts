import { type CallResult, type Credentials } from '@agora-recording-gateway/agora/client/client';
import { type Operation } from '@agora-recording-gateway/agora/tables/operations';
import { type Customers } from './customers.js';
import { type Host, type HostFault, type Hosts } from './hosts.js';

/** Operations that change nothing at Agora: they may be sent again even if they have reached it. */
const IDEMPOTENT_OPERATIONS: readonly Operation[] = ['query', 'ncsIp'];

/** Pauses before a call is sent again: to the same host first, then to others. Real milliseconds. */
const RETRY_DELAYS_MS = [1_000, 3_000, 6_000];

const MAX_ATTEMPTS_PER_HOST = 2;

/** Status codes of a proxy that cannot reach Agora; the body then has no code of Agora's. */
const PROXY_FAULTS = [502, 503, 504];

export type Answered = Extract<CallResult, { answered: true }>;

export function isRateLimited(result: CallResult): result is Answered {
  return result.answered && result.httpStatus === 429;
}

/** How the host failed, or null if it did not. */
export function hostFault(result: CallResult): HostFault | null {
  if (result.answered) {
    return PROXY_FAULTS.includes(result.httpStatus) && result.reply.code === null ? 'network' : null;
  }
  // It did answer. The call is not repeated, so that the reply is recorded; the next query asks again.
  if (result.failure === 'misdirected') return null;
  return result.nameUnresolved === true ? 'name' : 'network';
}

export function isIdempotent(operation: Operation): boolean {
  return IDEMPOTENT_OPERATIONS.includes(operation);
}

function isUnauthorized(result: CallResult): boolean {
  return result.answered && result.httpStatus === 401;
}

/** Where and as whom a call is sent. */
export interface Target {
  host: Host;
  credentials: Credentials;
}

/**
 * Where one call is sent, and whether it is sent again after a result. A call that may have reached Agora is sent again
 * only if it changes nothing there; a call answered 401 or 429 was not carried out.
 */
export class RetryPolicy {
  readonly #failures = new Map<number, number>();
  readonly #refused = new Set<Credentials>();
  #faults = 0;

  constructor(
    readonly hosts: Hosts,
    readonly customers: Customers,
    readonly operation: Operation,
  ) {}

  choose(): Target {
    const credentials = this.customers.choose(this.#refused);
    if (credentials === null) throw new Error('No customer ID and secret is configured.');
    return { host: this.hosts.choose(isIdempotent(this.operation)), credentials };
  }

  /** Notes a result. Returns the real milliseconds to wait before the call is sent again; null if it is not. */
  delayAfter(result: CallResult, { host, credentials }: Target): number | null {
    if (isUnauthorized(result)) {
      this.#refused.add(credentials);
      this.customers.refused(credentials);
      if (this.customers.choose(this.#refused) !== null) return 0;
    } else if (result.answered) this.customers.accepted(credentials);
    if (isRateLimited(result)) return 0;
    this.#failures.set(host.index, (this.#failures.get(host.index) ?? 0) + 1);
    const wasUnsent = !result.answered && result.failure === 'unsent';
    const maySendAgain = wasUnsent || (isIdempotent(this.operation) && hostFault(result) !== null);
    const delay = RETRY_DELAYS_MS[this.#faults];
    this.#faults += 1;
    if (!maySendAgain || delay === undefined) return null;
    const next = this.hosts.choose(false);
    if ((this.#failures.get(next.index) ?? 0) >= MAX_ATTEMPTS_PER_HOST) return null;
    return this.hosts.isReplaced(host) ? 0 : delay;
  }
}
