import { type Layout, type UidLists, type UpdateBody } from '@agora-recording-gateway/agora/client/requests';
import { replyMeaning } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { streamKeys, withoutStreamKey } from '@agora-recording-gateway/agora/tables/push-address';
import { type Clock } from '../../recordings/clock.js';
import { type ObservationSource, type UpdateFacts } from '../../recordings/observation.js';
import { type RecordingState } from '../../recordings/state.js';
import { type Store } from '../../store/store.js';
import { type KnownSecrets } from '../../telemetry/known-secrets.js';
import { NoTurnError } from '../../agora-calls/budget.js';
import { type Hold, holding } from '../../coordination/hold.js';
import { observeCall } from '../../agora-calls/observe.js';
import { timedCall } from '../../agora-calls/timed-call.js';
import { type Upstream } from '../../agora-calls/upstream.js';
import { controllable } from '../controllable.js';
import { given } from '../start/given.js';
import { layoutRequest, layoutSettings } from '../start/layout.js';
import { LAYOUT_RULES } from '../start/rules/layout-rules.js';
import { createLanes } from '../../coordination/lanes.js';
import { type Choice, chooseStorage, type StorageInput } from '../start/prepare.js';
import { recordingCallError } from '../recording-call-error.js';
import { check } from '../start/rules/rules.js';
import { NO_TURN } from '../start/start.js';
import { COMMAND_WAITS_MS } from '../start/start-attempts.js';
import { type LayoutInput, type PushOutputInput, type SubscriptionInput } from '../start/start-input.js';
import { type ChosenStorage } from '../start/storage.js';
import { MEDIA_RULES } from '../start/rules/stream-rules.js';
import { SUBSCRIPTION_RULES } from '../start/rules/subscription-rules.js';
import { type CommandResult, userError, type UserError, UNKNOWN_RECORDING } from '../user-errors.js';
import { OUTPUT_RULES } from '../start/rules/web-rules.js';

export interface WebChangeInput {
  paused?: boolean | null;
  outputs?: PushOutputInput[] | null;
}

export interface ChangeInput {
  subscription?: SubscriptionInput | null;
  web?: WebChangeInput | null;
  storageCredentials?: { profile?: string | null; storageConfig?: StorageInput['storageConfig'] } | null;
}

export interface UpdateInput {
  recordingId: string;
  change: ChangeInput;
}

export interface UpdateLayoutInput extends LayoutInput {
  recordingId: string;
}

export interface UpdateParts extends Choice {
  upstream: Upstream;
  store: Store;
  clock: Clock;
  mintId: () => string;
  knownSecrets: KnownSecrets;
}

/** A change that is ready to be sent, by one of the two operations. */
type Change = { facts: UpdateFacts; secrets: string[] } & (
  | { operation: 'update'; clientRequest: UpdateBody['clientRequest'] }
  | { operation: 'updateLayout'; clientRequest: Layout }
);

function invalid(field: string, message: string): UserError {
  return userError('INVALID_PARAMETER', message, { field: ['change', field] });
}

function validate(
  { subscription, web, storageCredentials }: ChangeInput,
  state: RecordingState,
): UserError[] {
  const isWeb = state.start?.mode === 'web';
  const errors: UserError[] = [];
  if (subscription != null) {
    if (isWeb)
      errors.push(invalid('subscription', 'A page recording subscribes to no streams: use change.web.'));
    errors.push(...check(SUBSCRIPTION_RULES, subscription, ['change', 'subscription']));
    const streamTypes = state.start?.settings?.streamTypes ?? null;
    errors.push(...check(MEDIA_RULES, { ...subscription, streamTypes }, ['change', 'subscription']));
    if (Object.values(subscription).every((list) => list == null)) {
      errors.push(invalid('subscription', 'Give at least one list.'));
    }
  }
  if (web != null) {
    if (!isWeb) {
      errors.push(invalid('web', 'Only a page recording can be paused or pushed: use change.subscription.'));
    }
    errors.push(...check(OUTPUT_RULES, web, ['change', 'web']));
    if (web.outputs != null && state.start?.settings?.web?.outputs.length === 0) {
      const message =
        'The recording was started without outputs, so that nothing is pushed: start one with outputs.';
      errors.push(invalid('web', message));
    }
    if (web.paused == null && web.outputs == null)
      errors.push(invalid('web', 'Give paused, outputs, or both.'));
  }
  if (storageCredentials?.profile != null && storageCredentials.storageConfig != null) {
    errors.push(invalid('storageCredentials', 'Give a profile or storageConfig, not both.'));
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

/** What is sent, and what is kept of it: no stream keys. The lists of an update replace those before it. */
function plainChange({ subscription, web }: ChangeInput): Change {
  return {
    operation: 'update',
    clientRequest: {
      ...(subscription == null ? {} : { streamSubscribe: uidLists(subscription) }),
      ...(web?.paused == null ? {} : { webRecordingConfig: { onhold: web.paused } }),
      ...(web?.outputs == null ? {} : { rtmpPublishConfig: { outputs: web.outputs } }),
    },
    facts: given({
      subscription:
        subscription == null
          ? null
          : {
              subscribeAudioUids: subscription.subscribeAudioUids ?? null,
              unsubscribeAudioUids: subscription.unsubscribeAudioUids ?? null,
              subscribeVideoUids: subscription.subscribeVideoUids ?? null,
              unsubscribeVideoUids: subscription.unsubscribeVideoUids ?? null,
            },
      paused: web?.paused,
      outputs: web?.outputs?.map(({ rtmpUrl }) => withoutStreamKey(rtmpUrl)),
    }),
    secrets: (web?.outputs ?? []).flatMap(({ rtmpUrl }) => streamKeys(rtmpUrl)),
  };
}

function credentialsChange({ config, location, secrets }: ChosenStorage): Change {
  const { profile, expireAt } = location;
  return {
    operation: 'update',
    clientRequest: { storageConfig: config },
    facts: { credentials: { profile, expireAt } },
    secrets,
  };
}

/** update changes the credentials of a storage, not the storage (rest-api-reference.md, storageConfig, stsExpiration). */
function isSamePlace({ location }: ChosenStorage, state: RecordingState): boolean {
  const started = state.start?.storage ?? null;
  if (started === null) return true;
  return (['vendor', 'region', 'bucket', 'endpoint'] as const).every(
    (name) => location[name] === started[name],
  );
}

export interface Updates {
  /** Changes who is subscribed to, pauses, resumes and pushes a page recording, or renews its storage's credentials. */
  updateRecording(input: UpdateInput): Promise<CommandResult>;
  /** Replaces the layout of a composite recording: what is left out falls back to Agora's default. */
  updateLayout(input: UpdateLayoutInput): Promise<CommandResult>;
  /** Sends the credentials that the recording's storage profile has now. Whatever comes of it is an observation. */
  renewStorage(recordingId: string): Promise<void>;
}

export function createUpdates(parts: UpdateParts): Updates {
  const { upstream, store, clock, mintId, knownSecrets } = parts;
  const lanes = createLanes();

  function about(state: RecordingState, source: ObservationSource) {
    return { id: mintId(), appId: state.appId, recordingId: state.id, source, receivedAt: clock.now() };
  }

  async function send(
    state: RecordingState,
    change: Change,
    source: ObservationSource,
    hold: Hold,
  ): Promise<UserError[]> {
    const { appId, channel, uid } = state;
    const found = controllable(state);
    if ('userError' in found) return [found.userError];
    knownSecrets.hold(
      appId,
      channel,
      change.secrets,
      change.facts.credentials === undefined ? 'push' : 'storage',
    );
    const place = { appId, ...found.control };
    const { result, askedAt } = await timedCall(
      upstream,
      clock,
      change.operation === 'update'
        ? {
            operation: 'update',
            ...place,
            body: { cname: channel, uid, clientRequest: change.clientRequest },
          }
        : {
            operation: 'updateLayout',
            ...place,
            body: { cname: channel, uid, clientRequest: change.clientRequest },
          },
      {
        priority: 'update',
        waitMs: COMMAND_WAITS_MS,
        secrets: knownSecrets.of(appId, channel),
        onTurn: () => hold.beforeSending(change.operation),
      },
    );
    await store.record(observeCall(result, { ...about(state, source), askedAt, update: change.facts }));
    const done =
      result.answered &&
      replyMeaning(change.operation, result.httpStatus, result.reply.code).verdict === 'done';
    return done ? [] : [recordingCallError(change.operation, result, state, clock.now())];
  }

  /** Updates of one recording go one after another, each when the one before it was answered, on whichever gateway. */
  function alone<T>(recordingId: string, work: (hold: Hold) => Promise<T>): Promise<T | null> {
    return lanes.run(recordingId, () =>
      holding(store.leases, recordingId, 'update', { waitMs: COMMAND_WAITS_MS }, work),
    );
  }

  async function inLine(state: RecordingState, change: Change): Promise<CommandResult> {
    try {
      const userErrors = await alone(state.id, (hold) => send(state, change, 'COMMAND', hold));
      return { recordingId: state.id, userErrors: userErrors ?? [NO_TURN] };
    } catch (error) {
      if (!(error instanceof NoTurnError)) throw error;
      return { recordingId: state.id, userErrors: [NO_TURN] };
    }
  }

  async function chooseCredentials(
    { profile, storageConfig }: NonNullable<ChangeInput['storageCredentials']>,
    state: RecordingState,
  ): Promise<ChosenStorage | UserError[]> {
    const at = ['change', 'storageCredentials'];
    const name = profile ?? state.start?.storage?.profile;
    const chosen = await chooseStorage(parts, { storage: name, storageConfig }, clock.now(), {
      storage: [...at, 'profile'],
      storageConfig: [...at, 'storageConfig'],
    });
    if (Array.isArray(chosen) || isSamePlace(chosen, state)) return chosen;
    const message =
      'An update renews credentials; it cannot move the files. Name credentials of the same bucket.';
    return [userError('INVALID_PARAMETER', message, { field: at })];
  }

  return {
    async updateRecording({ recordingId, change }) {
      const [state] = await store.states([recordingId]);
      if (state == null) return UNKNOWN_RECORDING;
      const errors = validate(change, state);
      if (errors.length > 0) return { recordingId: state.id, userErrors: errors };
      if (change.storageCredentials == null) return await inLine(state, plainChange(change));
      const storage = await chooseCredentials(change.storageCredentials, state);
      if (Array.isArray(storage)) return { recordingId: state.id, userErrors: storage };
      return await inLine(state, credentialsChange(storage));
    },
    async updateLayout({ recordingId, ...layout }) {
      const [state] = await store.states([recordingId]);
      if (state == null) return UNKNOWN_RECORDING;
      const errors = check(LAYOUT_RULES, layout, []);
      const mode = state.start?.mode ?? 'mix';
      if (mode !== 'mix') {
        const message = 'Only a composite recording has a layout (rest-api-reference.md, updateLayout).';
        errors.push(userError('INVALID_PARAMETER', message, { field: ['recordingId'] }));
      }
      if (errors.length > 0) return { recordingId: state.id, userErrors: errors };
      const facts = { layout: layoutSettings(layout) };
      return await inLine(state, {
        operation: 'updateLayout',
        clientRequest: layoutRequest(layout),
        facts,
        secrets: [],
      });
    },
    async renewStorage(recordingId) {
      await alone(recordingId, async (hold) => {
        const [state] = await store.states([recordingId]);
        const inForce = state?.credentials?.value ?? state?.start?.storage;
        if (state == null || inForce?.profile == null) return;
        const { profile, expireAt } = inForce;
        const storage = await chooseStorage(parts, { storage: profile }, clock.now());
        if (!Array.isArray(storage) && isSamePlace(storage, state)) {
          await send(state, credentialsChange(storage), 'CLOCK', hold);
          return;
        }
        // Nothing can be sent, and that is worth knowing before the credentials expire.
        const message = Array.isArray(storage)
          ? storage.map((error) => error.message).join(' ')
          : `Storage profile ${profile} names another place than the recording was started with.`;
        const at = clock.now();
        await store.record(
          observeCall(
            { answered: false, operation: 'update', failure: 'unsent', message },
            {
              ...about(state, 'CLOCK'),
              askedAt: at,
              update: { credentials: { profile, expireAt } },
            },
          ),
        );
      });
    },
  };
}
