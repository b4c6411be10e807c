import { type UidLists } from '@agora-recording-gateway/agora/client/requests';
import { SUBSCRIPTION_PARAMETERS } from '@agora-recording-gateway/agora/parameters/channel';
import { factsOf } from '@agora-recording-gateway/agora/parameters/facts';
import { WEB_PARAMETERS } from '@agora-recording-gateway/agora/parameters/web';
import { pushAddressParts } from '@agora-recording-gateway/agora/redaction/address';
import { type RecordingState } from '../../recordings/state.js';
import { withoutEmptyValues } from '../empty-values.js';
import { findRecording } from '../find-recording.js';
import { type EffectRule, type InputWarning, splitEffects } from '../input-warnings.js';
import { given } from '../start/given.js';
import { errorsOf, fail, ok, type Result } from '../result.js';
import { type Choice, chooseStorage, type StorageInput } from '../start/choose-storage.js';
import { withControlCharacters } from '../start/rules/control-characters.js';
import { STORAGE_CONFIG_EFFECTS } from '../start/rules/effects.js';
import { withPrivateAddresses } from '../start/rules/outgoing-addresses.js';
import { check } from '../start/rules/rules.js';
import { MEDIA_RULES } from '../start/rules/stream-rules.js';
import { sentSecrets } from '../start/sent-secrets.js';
import { SUBSCRIPTION_RULES } from '../start/rules/subscription-rules.js';
import { OUTPUT_RULES } from '../start/rules/web-rules.js';
import { type PushOutputInput, type SubscriptionInput } from '../start/start-input.js';
import { type ChosenStorage } from '../start/storage.js';
import { type CommandResult, userError, type UserError, UNKNOWN_RECORDING } from '../user-errors.js';
import { credentialsChange, isSameStorage } from './credentials-change.js';
import { type ChangeParts, type ChangeSender, type UpdateChange } from './send-change.js';

export interface WebChangeInput {
  paused?: boolean | null;
  outputs?: PushOutputInput[] | null;
}

export interface ChangeInput {
  streams?: SubscriptionInput | null;
  web?: WebChangeInput | null;
  storageCredentials?: { profile?: string | null; storageConfig?: StorageInput['storageConfig'] } | null;
}

export interface UpdateInput {
  recordingId: string;
  change: ChangeInput;
}

function invalid(field: string, message: string): UserError {
  return userError('INVALID_PARAMETER', message, { field: ['change', field] });
}

/** For a change of which nothing has an effect. */
function nothingLeft(warnings: readonly InputWarning[]): UserError[] {
  const message = 'At least one of streams, web and storageCredentials is required.';
  if (warnings.length === 0) return [userError('INVALID_PARAMETER', message, { field: ['change'] })];
  return warnings.map((warning) =>
    userError('INVALID_PARAMETER', warning.message, { field: [...warning.field] }),
  );
}

/** What an update changes only in some modes (docs/agora/starting-and-stopping.md). */
function modeEffects(isWeb: boolean): EffectRule<ChangeInput>[] {
  return [
    {
      field: ['streams'],
      message: 'streams has no effect in a web page recording; use change.web.',
      hasNoEffect: ({ streams }) => streams != null && isWeb,
    },
    {
      field: ['web'],
      message: 'web has an effect in a web page recording only; use change.streams.',
      hasNoEffect: ({ web }) => web != null && !isWeb,
    },
    ...STORAGE_CONFIG_EFFECTS.map(({ field, message, hasNoEffect }): EffectRule<ChangeInput> => ({
      field: ['storageCredentials', 'storageConfig', ...field],
      message,
      hasNoEffect: ({ storageCredentials }) =>
        storageCredentials?.storageConfig != null && hasNoEffect(storageCredentials.storageConfig),
    })),
  ];
}

function validate({ streams, web, storageCredentials }: ChangeInput, state: RecordingState): UserError[] {
  const errors: UserError[] = [];
  if (streams != null) {
    errors.push(...check(SUBSCRIPTION_RULES, streams, ['change', 'streams']));
    const streamTypes = state.start?.settings?.streamTypes ?? null;
    errors.push(...check(MEDIA_RULES, { ...streams, streamTypes }, ['change', 'streams']));
    if (Object.values(streams).every((list) => list == null)) {
      errors.push(invalid('streams', 'At least one list is required.'));
    }
  }
  if (web != null) {
    errors.push(...check(OUTPUT_RULES, web, ['change', 'web']));
    if (web.outputs != null && state.start?.settings?.web?.outputs.length === 0) {
      const message =
        'The recording was started without outputs, so outputs cannot be changed. Start a recording with outputs.';
      errors.push(invalid('web', message));
    }
    if (web.paused == null && web.outputs == null)
      errors.push(invalid('web', 'paused, outputs, or both are required.'));
  }
  if (storageCredentials?.profile != null && storageCredentials.storageConfig != null) {
    errors.push(invalid('storageCredentials', 'profile and storageConfig exclude each other.'));
  }
  return withControlCharacters({ streams, web, storageCredentials }, errors, ['change']);
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

/** The request, and what is recorded of it: no stream keys. The lists of an update replace those before it. */
function plainChange({ streams, web }: ChangeInput): UpdateChange {
  return {
    operation: 'update',
    clientRequest: {
      ...(streams == null ? {} : { streamSubscribe: uidLists(streams) }),
      ...(web?.paused == null ? {} : { webRecordingConfig: { onhold: web.paused } }),
      ...(web?.outputs == null ? {} : { rtmpPublishConfig: { outputs: web.outputs } }),
    },
    facts: given({
      subscription: streams == null ? null : factsOf(SUBSCRIPTION_PARAMETERS, streams),
      paused: web?.paused,
      outputs: web?.outputs?.map(({ rtmpUrl }) => pushAddressParts(rtmpUrl).shown),
    }),
    secrets: sentSecrets(WEB_PARAMETERS, { outputs: web?.outputs }),
  };
}

/** Both changes in one request. */
function joined(left: UpdateChange, right: UpdateChange): UpdateChange {
  return {
    operation: 'update',
    clientRequest: { ...left.clientRequest, ...right.clientRequest },
    facts: { ...left.facts, ...right.facts },
    secrets: [...left.secrets, ...right.secrets],
  };
}

export function createUpdate(parts: ChangeParts & Choice, changes: ChangeSender) {
  const { store, clock } = parts;

  async function chooseCredentials(
    { profile, storageConfig }: NonNullable<ChangeInput['storageCredentials']>,
    state: RecordingState,
  ): Promise<Result<ChosenStorage, UserError[]>> {
    const at = ['change', 'storageCredentials'];
    const name = profile ?? state.start?.storage?.profile;
    const chosen = await chooseStorage(parts, { storage: name, storageConfig }, clock.now(), {
      storage: [...at, 'profile'],
      storageConfig: [...at, 'storageConfig'],
    });
    if (!chosen.ok || isSameStorage(chosen.value, state)) return chosen;
    const message =
      'An update can renew credentials, but not move the files. Use credentials of the same bucket.';
    return fail([userError('INVALID_PARAMETER', message, { field: at })]);
  }

  /**
   * Changes subscriptions, pauses, resumes or pushes a web page recording, or renews the credentials of its storage.
   * Rejects with NotSentError.
   */
  return async function updateRecording({ recordingId, change: given }: UpdateInput): Promise<CommandResult> {
    const state = await findRecording(store, recordingId);
    if (state === null) return UNKNOWN_RECORDING;
    const isWeb = state.start?.mode === 'web';
    const { input: change, warnings } = splitEffects(modeEffects(isWeb), withoutEmptyValues(given), [
      'change',
    ]);
    const { storageCredentials } = change;
    const storage =
      storageCredentials == null ? ok(null) : await chooseCredentials(storageCredentials, state);
    const found = [...validate(change, state), ...errorsOf(storage)];
    const errors = withPrivateAddresses(change, found, parts.permitsHost, ['change']);
    if (Object.keys(change).length === 0) errors.push(...nothingLeft(warnings));
    if (errors.length > 0 || !storage.ok) return { recordingId: state.id, userErrors: errors, warnings };
    const plain = plainChange(change);
    const prepared = storage.value === null ? plain : joined(plain, credentialsChange(storage.value));
    const userErrors = await changes.exclusively(state.id, (guard) =>
      changes.send(state, prepared, 'COMMAND', guard),
    );
    return { recordingId: state.id, userErrors, warnings };
  };
}
