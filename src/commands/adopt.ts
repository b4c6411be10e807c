import { DEFAULT_RESOURCE_EXPIRED_HOURS, type Mode } from '@agora-recording-gateway/agora/tables/operations';
import { replyMeaning } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { type Clock } from '../recordings/clock.js';
import { type StartFacts } from '../recordings/observation.js';
import { type RecordingState, resourceIdOf } from '../recordings/state.js';
import { type Store } from '../store/store.js';
import { type KnownSecrets } from '../telemetry/known-secrets.js';
import { NoTurnError } from '../agora-calls/budget.js';
import { observeAdoption, observeCall } from '../agora-calls/observe.js';
import { timedCall } from '../agora-calls/timed-call.js';
import { type Upstream } from '../agora-calls/upstream.js';
import { type Choice, chooseAppId } from './start/prepare.js';
import { check, isUid, outside, type Rule } from './start/rules/rules.js';
import { NO_TURN } from './start/start.js';
import { COMMAND_WAITS_MS } from './start/start-attempts.js';
import { callError, type CommandResult, failed, userError } from './user-errors.js';
import { isResourceId } from './start/rules/validate-start.js';

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

  /** The recording as it is known: by its sid, or as a start in doubt by its resource. */
  async function findKnown(appId: string, { sid, resourceId }: AdoptInput): Promise<RecordingState | null> {
    const id = (await store.recordingIdBySid(sid)) ?? (await store.findByResource(appId, resourceId));
    const [found] = id === null ? [null] : await store.states([id]);
    return found?.appId === appId ? found : null;
  }

  /** Takes over a recording that was started elsewhere: Agora has to know it by what the caller says of it. */
  return async function adoptRecording(input: AdoptInput): Promise<CommandResult> {
    const errors = check(ADOPT_RULES, input, []);
    const appId = chooseAppId(parts, input.appId);
    if (Array.isArray(appId)) errors.push(...appId);
    if (errors.length > 0 || Array.isArray(appId)) return failed(...errors);
    const { channel, uid, resourceId, sid, mode } = input;
    const known = await findKnown(appId, input);
    const isSame = known?.sid?.value === sid && known.channel === channel && known.uid === uid;
    if (known !== null && isSame && resourceIdOf(known) === resourceId) {
      return { recordingId: known.id, userErrors: [] };
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
      const { cname: itsChannel, uid: itsUid } = result.reply;
      if ((itsChannel ?? channel) !== channel || (itsUid ?? uid) !== uid) {
        const message = `Agora's recording of this sid is of channel ${itsChannel} with uid ${itsUid}: give those.`;
        const error = userError('INVALID_PARAMETER', message, { field: ['sid'] });
        return { recordingId: known?.id ?? null, userErrors: [error] };
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
      const { recordingId } = await store.record(
        observeAdoption(sid, facts, { ...about, id: mintId(), recordingId: known?.id ?? null }),
      );
      await store.record(observeCall(result, { ...about, id: mintId(), recordingId }));
      return { recordingId, userErrors: [] };
    } catch (error) {
      if (!(error instanceof NoTurnError)) throw error;
      return { recordingId: known?.id ?? null, userErrors: [NO_TURN] };
    }
  };
}
