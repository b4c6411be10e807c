import { DEFAULT_RESOURCE_EXPIRED_HOURS, type Mode } from '../agora/tables/operations.js';
import { replyMeaning } from '../agora/tables/reply-meanings.js';
import { type Clock } from '../recordings/clock.js';
import { type StartFacts } from '../recordings/observation.js';
import { resourceIdOf } from '../recordings/state.js';
import { type Store } from '../store/store.js';
import { type KnownSecrets } from '../telemetry/known-secrets.js';
import { NoTurnError } from '../upstream/budget.js';
import { observeAdoption, observeCall } from '../upstream/observe.js';
import { timedCall } from '../upstream/timed-call.js';
import { type Upstream } from '../upstream/upstream.js';
import { type Choice, chooseAppId } from './prepare.js';
import { check, isUid, outside, type Rule } from './rules.js';
import { NO_TURN } from './start.js';
import { COMMAND_WAITS_MS } from './start-attempts.js';
import { callError, type CommandResult, failed, userError } from './user-errors.js';
import { isResourceId } from './validate-start.js';

export interface AdoptInput {
  appId?: string | null;
  channel: string;
  uid: string;
  resourceId: string;
  sid: string;
  mode: Mode;
  resourceExpiredHours?: number | null;
}

export const ADOPT_RULES: readonly Rule<AdoptInput>[] = [
  {
    field: ['channel'],
    source: 'rest-api-reference.md, acquire-request, cname',
    message: 'channel must be 1 to 1024 bytes.',
    broken: ({ channel }) => channel === '' || Buffer.byteLength(channel) > 1024,
  },
  {
    field: ['uid'],
    source: 'rest-api-reference.md, acquire-request, uid',
    message: 'uid must be the one that the recording was started with, an integer from 1 to 4294967295.',
    broken: ({ uid }) => !isUid(uid),
  },
  {
    field: ['resourceId'],
    source: 'agora-facts.md, section 1, "Id formats"',
    message: 'resourceId must be the one that the recording was started with.',
    broken: ({ resourceId }) => !isResourceId(resourceId),
  },
  {
    field: ['sid'],
    source: 'agora-facts.md, section 1, "Id formats"',
    message: "sid must be the one that start's reply gave.",
    broken: ({ sid }) => !/^[A-Za-z0-9_-]{1,255}$/.test(sid),
  },
  {
    field: ['resourceExpiredHours'],
    source: 'rest-api-reference.md, acquire-request, resourceExpiredHour',
    message: 'resourceExpiredHours must be from 1 to 720.',
    broken: ({ resourceExpiredHours }) => outside(resourceExpiredHours, 1, 720),
  },
];

export interface AdoptParts extends Choice {
  upstream: Upstream;
  store: Store;
  clock: Clock;
  mintId: () => string;
  knownSecrets: KnownSecrets;
}

export function createAdopt(parts: AdoptParts) {
  const { upstream, store, clock, mintId, knownSecrets } = parts;

  /** Takes over a recording that was started elsewhere: Agora has to know it by what the caller says of it. */
  return async function adoptRecording(input: AdoptInput): Promise<CommandResult> {
    const errors = check(ADOPT_RULES, input, []);
    const appId = chooseAppId(parts, input.appId);
    if (Array.isArray(appId)) errors.push(...appId);
    if (errors.length > 0 || Array.isArray(appId)) return failed(...errors);
    const { channel, uid, resourceId, sid, mode } = input;
    const knownId = await store.recordingIdBySid(sid);
    const [found] = knownId === null ? [null] : await store.states([knownId]);
    const known = found?.appId === appId ? found : null;
    if (known !== null && resourceIdOf(known) === resourceId)
      return { recordingId: known.id, userErrors: [] };
    if (known !== null && (known.channel !== channel || known.uid !== uid)) {
      const message = `The recording of this sid is of channel ${known.channel} with uid ${known.uid}: give those.`;
      return {
        recordingId: known.id,
        userErrors: [userError('INVALID_PARAMETER', message, { field: ['sid'] })],
      };
    }
    try {
      const { result, askedAt } = await timedCall(
        upstream,
        clock,
        { operation: 'query', appId, resourceId, sid, mode },
        { priority: 'refresh', waitMs: COMMAND_WAITS_MS, secrets: knownSecrets.of(appId, channel) },
      );
      if (
        !result.answered ||
        replyMeaning('query', result.httpStatus, result.reply.code).verdict !== 'done'
      ) {
        return { recordingId: known?.id ?? null, userErrors: [callError('query', result)] };
      }
      const facts: StartFacts = {
        channel,
        uid,
        mode,
        resourceId,
        resourceExpiredHour: input.resourceExpiredHours ?? DEFAULT_RESOURCE_EXPIRED_HOURS,
        settings: null,
        storage: null,
      };
      const about = { appId, source: 'COMMAND' as const, askedAt, receivedAt: clock.now() };
      const { recordingId } = await store.record(observeAdoption(sid, facts, { ...about, id: mintId() }));
      await store.record(observeCall(result, { ...about, id: mintId(), recordingId }));
      return { recordingId, userErrors: [] };
    } catch (error) {
      if (!(error instanceof NoTurnError)) throw error;
      return { recordingId: known?.id ?? null, userErrors: [NO_TURN] };
    }
  };
}
