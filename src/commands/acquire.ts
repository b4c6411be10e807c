import { RESOURCE_VALID_MS, START_AFTER_ACQUIRE_MS } from '@agora-recording-gateway/agora/tables/operations';
import { type Upstream } from '../agora-calls/upstream.js';
import { notSentInOutage } from '../coordination/lease-guard.js';
import { type Clock } from '../recordings/clock.js';
import { type KnownSecrets } from '../telemetry/known-secrets.js';
import { type InputWarning } from './input-warnings.js';
import { COMMAND_WAIT_MS } from './limits.js';
import { type AcquiredResources } from './start/acquired-resources.js';
import { type Choice } from './start/choose-storage.js';
import { prepareAcquire } from './start/prepare.js';
import { type AcquireInput } from './start/start-input.js';
import { callError, type UserError } from './user-errors.js';

/** A resource that Agora reserved for one recording. Times are Unix milliseconds. */
export interface Resource {
  resourceId: string;
  appId: string;
  channel: string;
  uid: string;
  startBefore: number;
  validUntil: number;
}

export interface AcquireResult {
  resource: Resource | null;
  userErrors: UserError[];
  /** For values of the input that have no effect; absent if there are none. */
  warnings?: InputWarning[];
}

export interface AcquireParts extends Choice {
  upstream: Upstream;
  clock: Clock;
  knownSecrets: KnownSecrets;
  acquired: AcquiredResources;
}

export function createAcquire(parts: AcquireParts) {
  const { upstream, clock, knownSecrets, acquired } = parts;
  /**
   * Reserves a resource. What it was acquired for is stored while it can be started. Rejects with NotSentError, and with
   * StoreUnavailableError if that cannot be stored: the resource then expires unused.
   */
  return async function acquireResource(input: AcquireInput): Promise<AcquireResult> {
    const prepared = await prepareAcquire(parts, input, clock.now());
    if (!prepared.ok) return { resource: null, userErrors: prepared.error };
    const { appId, channel, uid, request, scene, startParameters, secrets, minted, publicTexts } =
      prepared.value;
    await notSentInOutage(knownSecrets.keep({ appId, channel, recordingId: null }, secrets, publicTexts));
    const redact = await notSentInOutage(knownSecrets.replyRedactor({ appId, channel, sid: null }));
    const { result, askedAt } = await upstream.call(request, {
      priority: 'start',
      reason: 'START',
      waitMs: COMMAND_WAIT_MS,
      redact,
    });
    const resourceId = result.answered && result.httpStatus === 200 ? result.reply.resourceId : null;
    if (resourceId === null) return { resource: null, userErrors: [callError('acquire', result)] };
    const purpose = { appId, channel, uid, scene, startParameters, input };
    await acquired.add(resourceId, purpose, askedAt, minted?.issuedAt ?? null);
    const times = {
      startBefore: askedAt + START_AFTER_ACQUIRE_MS,
      validUntil: askedAt + RESOURCE_VALID_MS,
    };
    return { resource: { resourceId, appId, channel, uid, ...times }, userErrors: [] };
  };
}
