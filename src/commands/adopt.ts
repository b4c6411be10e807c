import { DEFAULT_RESOURCE_EXPIRED_HOURS, type Mode } from '@agora-recording-gateway/agora/tables/operations';
import { replyMeaning } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { type Clock } from '../recordings/clock.js';
import { type StartFacts } from '../recordings/observation.js';
import { type RecordingState, resourceIdOf } from '../recordings/state.js';
import { type Store } from '../store/store.js';
import { type KnownSecrets } from '../telemetry/known-secrets.js';
import { type Upstream } from '../agora-calls/upstream.js';
import { type Choice } from './start/choose-storage.js';
import { chooseAppId } from './start/prepare.js';
import { errorsOf } from './result.js';
import { withControlCharacters } from './start/rules/control-characters.js';
import { check, outside, type Rule } from './start/rules/rules.js';
import { isUid, signedUidHint } from '@agora-recording-gateway/agora/parameters/formats';
import { notSentInOutage } from '../coordination/lease-guard.js';
import { findRecording } from './find-recording.js';
import { COMMAND_WAIT_MS } from './limits.js';
import { factsOfCall, observeAdoption, observeCall } from './query/observe-call.js';
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
    message: 'channel must be 1 to 1024 bytes.',
    broken: ({ channel }) => channel === '' || Buffer.byteLength(channel) > 1024,
  },
  {
    field: ['uid'],
    message: ({ uid }) =>
      `uid must be the one that the recording was started with, an integer from 1 to 4294967295.${signedUidHint(uid)}`,
    broken: ({ uid }) => !isUid(uid),
  },
  {
    field: ['resourceId'],
    message: 'resourceId must be the one that the recording was started with.',
    broken: ({ resourceId }) => !isResourceId(resourceId),
  },
  {
    field: ['sid'],
    message: 'sid must be the one in the reply to the start.',
    broken: ({ sid }) => !/^[A-Za-z0-9_-]{1,255}$/.test(sid),
  },
  {
    field: ['resourceExpiredHours'],
    message: 'resourceExpiredHours must be from 1 to 720.',
    broken: ({ resourceExpiredHours }) => outside(resourceExpiredHours, 1, 720),
  },
];

export interface AdoptParts extends Choice {
  upstream: Upstream;
  store: Pick<Store, 'states' | 'record' | 'recordingIdBySid' | 'findByResource'>;
  clock: Clock;
  mintId: () => string;
  knownSecrets: KnownSecrets;
}

export function createAdopt(parts: AdoptParts) {
  const { upstream, store, clock, mintId, knownSecrets } = parts;

  /** The recording if it is known, by its sid or, for an unconfirmed start, by its resource. */
  async function findKnown(appId: string, { sid, resourceId }: AdoptInput): Promise<RecordingState | null> {
    const id = await notSentInOutage(
      store.recordingIdBySid(sid).then((bySid) => bySid ?? store.findByResource(appId, resourceId)),
    );
    const found = id === null ? null : await findRecording(store, id);
    return found?.appId === appId ? found : null;
  }

  /**
   * Adopts a recording that was started elsewhere, once Agora has confirmed it by a query with what the caller knows of it.
   * Rejects with NotSentError.
   */
  return async function adoptRecording(input: AdoptInput): Promise<CommandResult> {
    const chosenAppId = chooseAppId(parts, input.appId);
    const errors = withControlCharacters(input, [...check(ADOPT_RULES, input, []), ...errorsOf(chosenAppId)]);
    if (errors.length > 0 || !chosenAppId.ok) return failed(...errors);
    const appId = chosenAppId.value;
    const { channel, uid, resourceId, sid, mode } = input;
    const known = await findKnown(appId, input);
    const isSame = known?.sid?.value === sid && known.channel === channel && known.uid === uid;
    if (known !== null && isSame && resourceIdOf(known) === resourceId) {
      return { recordingId: known.id, userErrors: [] };
    }
    const redact = await notSentInOutage(knownSecrets.replyRedactor({ appId, channel, sid }));
    const sent = await upstream.call(
      { operation: 'query', appId, resourceId, sid, mode },
      { priority: 'refresh', reason: 'REFRESH', waitMs: COMMAND_WAIT_MS, redact },
    );
    const { result, askedAt } = sent;
    if (!result.answered || replyMeaning('query', result.httpStatus, result.reply.code).verdict !== 'done') {
      return { recordingId: known?.id ?? null, userErrors: [callError('query', result)] };
    }
    const { cname: actualChannel, uid: actualUid } = result.reply;
    if ((actualChannel ?? channel) !== channel || (actualUid ?? uid) !== uid) {
      // Which one is for those to know who may see it.
      const message = 'This sid belongs to another channel or uid.';
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
    await store.record(
      observeCall(result, {
        ...about,
        ...factsOfCall(sent),
        id: mintId(),
        recordingId,
        place: { channel, uid },
      }),
    );
    return { recordingId, userErrors: [] };
  };
}
