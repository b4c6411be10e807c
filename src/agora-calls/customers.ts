import { type Credentials } from '@agora-recording-gateway/agora/client/client';
import { type Log } from '../telemetry/log.js';

/**
 * The pairs of customer ID and secret that may be used, of which one can replace another: the first one that Agora accepts
 * is used.
 */
export interface Customers {
  /** The pair to call with, none of `tried`; null when there is none left. */
  choose(tried: ReadonlySet<Credentials>): Credentials | null;
  /** Agora answered 401. */
  refused(pair: Credentials): void;
  /** Agora answered anything else. */
  accepted(pair: Credentials): void;
  /** Puts the pairs of settings that were read again into use. */
  replace(pairs: readonly Credentials[]): void;
}

export function createCustomers(initial: readonly Credentials[], log: Log): Customers {
  let pairs = initial;
  const refused = new Set<Credentials>();
  return {
    choose(tried) {
      const left = pairs.filter((pair) => !tried.has(pair));
      return left.find((pair) => !refused.has(pair)) ?? left[0] ?? null;
    },
    refused(pair) {
      if (!pairs.includes(pair) || refused.has(pair)) return;
      refused.add(pair);
      const { customerId } = pair;
      log.warn(
        { customerId, pairsLeft: pairs.length - refused.size },
        'Agora refused a customer ID and secret',
      );
    },
    accepted(pair) {
      if (!refused.delete(pair)) return;
      log.info({ customerId: pair.customerId }, 'Agora accepts a customer ID and secret again');
    },
    replace(next) {
      pairs = next;
      refused.clear();
    },
  };
}
