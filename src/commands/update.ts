import { type UidLists, type UpdateBody } from '../agora/requests.js';
import { replyMeaning } from '../agora/tables/reply-meanings.js';
import { streamKeys, withoutStreamKey } from '../agora/tables/push-address.js';
import { type Clock } from '../recordings/clock.js';
import { type UpdateFacts } from '../recordings/observation.js';
import { type RecordingState } from '../recordings/state.js';
import { type Store } from '../store/store.js';
import { type KnownSecrets } from '../telemetry/known-secrets.js';
import { NoTurnError } from '../upstream/budget.js';
import { observeCall } from '../upstream/observe.js';
import { timedCall } from '../upstream/timed-call.js';
import { type Upstream } from '../upstream/upstream.js';
import { controllable } from './controllable.js';
import { given } from './given.js';
import { check } from './rules.js';
import { NO_TURN } from './start.js';
import { COMMAND_WAITS_MS } from './start-attempts.js';
import { type PushOutputInput, type SubscriptionInput } from './start-input.js';
import { SUBSCRIPTION_RULES } from './subscription-rules.js';
import {
  callError,
  type CommandResult,
  userError,
  type UserError,
  UNKNOWN_RECORDING,
} from './user-errors.js';
import { OUTPUT_RULES } from './web-rules.js';

export interface WebChangeInput {
  paused?: boolean | null;
  outputs?: PushOutputInput[] | null;
}

export interface UpdateInput {
  recordingId: string;
  change: { subscription?: SubscriptionInput | null; web?: WebChangeInput | null };
}

export interface UpdateParts {
  upstream: Upstream;
  store: Store;
  clock: Clock;
  mintId: () => string;
  knownSecrets: KnownSecrets;
}

/** Updates of one recording that may wait for one another. */
const MOST_WAITING = 20;

function validate({ change }: UpdateInput, state: RecordingState): UserError[] {
  const { subscription, web } = change;
  const isWeb = state.start?.mode === 'web';
  const wrongMode = (field: string, message: string) =>
    userError('INVALID_PARAMETER', message, { field: ['change', field] });
  const errors: UserError[] = [];
  if (subscription != null) {
    if (isWeb)
      errors.push(wrongMode('subscription', 'A page recording subscribes to no streams: use change.web.'));
    errors.push(...check(SUBSCRIPTION_RULES, subscription, ['change', 'subscription']));
    if (Object.values(subscription).every((list) => list == null)) {
      errors.push(wrongMode('subscription', 'Give at least one list.'));
    }
  }
  if (web != null) {
    if (!isWeb)
      errors.push(
        wrongMode('web', 'Only a page recording can be paused or pushed: use change.subscription.'),
      );
    errors.push(...check(OUTPUT_RULES, web, ['change', 'web']));
    if (web.paused == null && web.outputs == null)
      errors.push(wrongMode('web', 'Give paused, outputs, or both.'));
  }
  return errors;
}

function uidLists(input: SubscriptionInput): UidLists {
  const { subscribeAudioUids, unsubscribeAudioUids, subscribeVideoUids, unsubscribeVideoUids } = input;
  const audioUidList = given({ subscribeAudioUids, unsubscribeAudioUids });
  const videoUidList = given({ subscribeVideoUids, unsubscribeVideoUids });
  return {
    ...(Object.keys(audioUidList).length > 0 ? { audioUidList } : {}),
    ...(Object.keys(videoUidList).length > 0 ? { videoUidList } : {}),
  };
}

function clientRequest({ subscription, web }: UpdateInput['change']): UpdateBody['clientRequest'] {
  return {
    ...(subscription == null ? {} : { streamSubscribe: uidLists(subscription) }),
    ...(web?.paused == null ? {} : { webRecordingConfig: { onhold: web.paused } }),
    ...(web?.outputs == null ? {} : { rtmpPublishConfig: { outputs: web.outputs } }),
  };
}

/** What the update changes, without the stream keys. The lists of an update replace those before it. */
function facts({ subscription, web }: UpdateInput['change']): UpdateFacts {
  return {
    subscription:
      subscription == null
        ? null
        : {
            subscribeAudioUids: subscription.subscribeAudioUids ?? null,
            unsubscribeAudioUids: subscription.unsubscribeAudioUids ?? null,
            subscribeVideoUids: subscription.subscribeVideoUids ?? null,
            unsubscribeVideoUids: subscription.unsubscribeVideoUids ?? null,
          },
    paused: web?.paused ?? null,
    outputs: web?.outputs?.map(({ rtmpUrl }) => withoutStreamKey(rtmpUrl)) ?? null,
  };
}

export function createUpdate(parts: UpdateParts) {
  const { upstream, store, clock, mintId, knownSecrets } = parts;
  const lanes = new Map<string, { last: Promise<unknown>; waiting: number }>();

  /** One after another: each update begins when the one before it was answered (rest-api-reference.md, update). */
  async function inLine<T>(recordingId: string, run: () => Promise<T>): Promise<T | null> {
    const lane = lanes.get(recordingId) ?? { last: Promise.resolve(), waiting: 0 };
    if (lane.waiting >= MOST_WAITING) return null;
    lanes.set(recordingId, lane);
    lane.waiting += 1;
    const turn = lane.last.then(run, run);
    lane.last = turn;
    try {
      return await turn;
    } finally {
      lane.waiting -= 1;
      if (lane.waiting === 0) lanes.delete(recordingId);
    }
  }

  async function send(state: RecordingState, input: UpdateInput): Promise<UserError[]> {
    const { id, appId, channel, uid } = state;
    const found = controllable(state);
    if ('userError' in found) return [found.userError];
    knownSecrets.hold(
      appId,
      channel,
      (input.change.web?.outputs ?? []).flatMap(({ rtmpUrl }) => streamKeys(rtmpUrl)),
    );
    const { result, askedAt } = await timedCall(
      upstream,
      clock,
      {
        operation: 'update',
        appId,
        ...found.control,
        body: { cname: channel, uid, clientRequest: clientRequest(input.change) },
      },
      {
        priority: 'update',
        waitMs: COMMAND_WAITS_MS,
        secrets: knownSecrets.of(appId, channel),
      },
    );
    const receivedAt = clock.now();
    const about = { id: mintId(), appId, recordingId: id, source: 'COMMAND' as const, askedAt, receivedAt };
    await store.record(observeCall(result, { ...about, update: facts(input.change) }));
    const done =
      result.answered && replyMeaning('update', result.httpStatus, result.reply.code).verdict === 'done';
    return done ? [] : [callError('update', result)];
  }

  /** Changes who is subscribed to, or pauses, resumes and pushes a page recording. */
  return async function updateRecording(input: UpdateInput): Promise<CommandResult> {
    const [state] = await store.states([input.recordingId]);
    if (state == null) return UNKNOWN_RECORDING;
    const errors = validate(input, state);
    if (errors.length > 0) return { recordingId: state.id, userErrors: errors };
    try {
      const userErrors = await inLine(state.id, () => send(state, input));
      return { recordingId: state.id, userErrors: userErrors ?? [NO_TURN] };
    } catch (error) {
      if (!(error instanceof NoTurnError)) throw error;
      return { recordingId: state.id, userErrors: [NO_TURN] };
    }
  };
}
