import { isIP } from 'node:net';
import proxyAddress from '@fastify/proxy-addr';
import { LRUCache } from 'lru-cache';
import { type Held, HeldAmounts } from '../../auth/limits/held-amounts.js';
import { networkOf } from '../../auth/limits/network.js';
import { TokenBuckets } from '../../auth/limits/token-buckets.js';
import { MAX_BODY_BYTES } from '../../intake/intake.js';

/** Bytes of bodies that are read at once for addresses that have not proven that they know a secret. */
export const MAX_UNPROVEN_BYTES = 64 * MAX_BODY_BYTES;

/** The share of one of these addresses. */
export const MAX_UNPROVEN_BYTES_EACH = 4 * MAX_BODY_BYTES;

/** How long an address counts as proven after a request with a valid signature. Real milliseconds. */
export const PROVEN_MS = 60 * 60_000;

/** Proven addresses that are remembered at once; Agora sends from a few dozen. */
const MAX_PROVEN = 10_000;

/** Before an address is refused, the list of Agora's addresses may be at most this old. Gateway time, milliseconds. */
export const MAX_LIST_AGE_MS = 10 * 60_000;

/** Seconds after which a request that found too many others being read is sent again. */
const RETRY_AFTER_READING_SECONDS = 1;

/** Where notifications may come from. */
export interface WebhookSourceSettings {
  /** IP addresses and ranges, and `agora` for the servers that Agora names; null for everywhere. */
  allowed: readonly string[] | null;
  /** Requests of an address in a minute that may be refused before further ones are not read; null for any number. */
  refusals: number | null;
}

/** Why the body of a request is not read, and the seconds after which it may be sent again, if that helps. */
export interface NotAdmitted {
  refusal: 'address' | 'rate' | 'busy';
  retryAfter: number | null;
}

/**
 * Bounds what is done for senders of which nothing is known: anyone can call the webhook, and only a body that was read shows
 * whether it is signed. An address that has sent a valid signature lately is not bounded, so that others behind
 * the same proxy cannot keep Agora out.
 */
export interface WebhookSources {
  /**
   * Decides about a request by its head. `bytes`: the length of its body; null if the head does not say. What it gives is
   * released once the body is read, or never will be.
   */
  admit(address: string, bytes: number | null): Promise<Held | NotAdmitted>;
  /** A request of this address had a valid signature, or was refused without one. */
  note(address: string, isSigned: boolean): void;
}

export interface WebhookSourcesParts {
  settings: WebhookSourceSettings;
  monotonic: () => number;
  /** The addresses that Agora sends notifications from, from a list of at most this age; null while they are not known. */
  agoraAddresses: (maxAgeMs?: number) => Promise<readonly string[] | null>;
}

/** Whether an address is one of a list. Where Agora's list cannot be had, it lets all in: the signature still decides. */
function createAllowedAddresses(
  allowed: readonly string[] | null,
  agoraAddresses: WebhookSourcesParts['agoraAddresses'],
): (address: string) => Promise<boolean> {
  if (allowed === null) return () => Promise.resolve(true);
  const isListed = proxyAddress.compile(allowed.filter((entry) => entry !== 'agora'));
  const isAgoras = async (address: string, maxAgeMs?: number) => {
    const addresses = await agoraAddresses(maxAgeMs);
    return (
      addresses === null || proxyAddress.compile(addresses.filter((each) => isIP(each) !== 0))(address, 0)
    );
  };
  return async (address) => {
    if (isListed(address, 0)) return true;
    if (!allowed.includes('agora')) return false;
    return (await isAgoras(address)) || (await isAgoras(address, MAX_LIST_AGE_MS));
  };
}

export function createWebhookSources(parts: WebhookSourcesParts): WebhookSources {
  const { settings, monotonic } = parts;
  const isAllowed = createAllowedAddresses(settings.allowed, parts.agoraAddresses);
  const refusals =
    settings.refusals === null ? null : new TokenBuckets({ perMinute: settings.refusals, monotonic });
  const proven = new LRUCache<string, number>({ max: MAX_PROVEN });
  const reading = new HeldAmounts();

  const isProven = (address: string) => monotonic() < (proven.get(address) ?? -Infinity) + PROVEN_MS;

  function reserve(network: string, bytes: number): Held | NotAdmitted {
    const isTooMuch =
      reading.total() + bytes > MAX_UNPROVEN_BYTES || reading.of(network) + bytes > MAX_UNPROVEN_BYTES_EACH;
    return isTooMuch
      ? { refusal: 'busy', retryAfter: RETRY_AFTER_READING_SECONDS }
      : reading.hold(network, bytes);
  }

  return {
    async admit(address, bytes) {
      const network = networkOf(address);
      if (!isProven(address)) {
        const wait = refusals?.waitFor(network, 1) ?? 0;
        if (wait > 0) return { refusal: 'rate', retryAfter: Math.ceil(wait / 1_000) };
      }
      if (!(await isAllowed(address))) return { refusal: 'address', retryAfter: null };
      if (isProven(address)) return { release: () => undefined };
      return reserve(network, bytes ?? MAX_BODY_BYTES);
    },
    note(address, isSigned) {
      if (isSigned) proven.set(address, monotonic());
      else refusals?.take(networkOf(address), 1);
    },
  };
}
