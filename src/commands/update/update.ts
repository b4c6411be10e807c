import { type UidLists } from '@agora-recording-gateway/agora/client/requests';
import { pushAddressParts } from '@agora-recording-gateway/agora/redaction/address';
import { type RecordingState } from '../../recordings/state.js';
import { findRecording } from '../find-recording.js';
import { given } from '../start/given.js';
import { errorsOf, fail, ok, type Result } from '../result.js';
import { type Choice, chooseStorage, type StorageInput } from '../start/choose-storage.js';
import { check } from '../start/rules/rules.js';
import { MEDIA_RULES } from '../start/rules/stream-rules.js';
import { pushSecrets } from '../start/start-modes.js';
import { SUBSCRIPTION_RULES } from '../start/rules/subscription-rules.js';
import { OUTPUT_RULES } from '../start/rules/web-rules.js';
import { type PushOutputInput, type SubscriptionInput } from '../start/start-input.js';
import { type ChosenStorage } from '../start/storage.js';
import { type CommandResult, userError, type UserError, UNKNOWN_RECORDING } from '../user-errors.js';
import { credentialsChange, isSameStorage } from './credentials-change.js';
import { type Change, type ChangeParts, type ChangeSender } from './send-change.js';

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
      errors.push(
        invalid('subscription', 'A web page recording has no stream subscription; use change.web.'),
      );
    errors.push(...check(SUBSCRIPTION_RULES, subscription, ['change', 'subscription']));
    const streamTypes = state.start?.settings?.streamTypes ?? null;
    errors.push(...check(MEDIA_RULES, { ...subscription, streamTypes }, ['change', 'subscription']));
    if (Object.values(subscription).every((list) => list == null)) {
      errors.push(invalid('subscription', 'At least one list is required.'));
    }
  }
  if (web != null) {
    if (!isWeb) {
      errors.push(
        invalid('web', 'Only a web page recording can be paused or pushed; use change.subscription.'),
      );
    }
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

/** The request, and what is recorded of it: no stream keys. The lists of an update replace those before it. */
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
      outputs: web?.outputs?.map(({ rtmpUrl }) => pushAddressParts(rtmpUrl).shown),
    }),
    secrets: pushSecrets(web?.outputs),
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
  return async function updateRecording({ recordingId, change }: UpdateInput): Promise<CommandResult> {
    const state = await findRecording(store, recordingId);
    if (state === null) return UNKNOWN_RECORDING;
    const { storageCredentials } = change;
    const storage =
      storageCredentials == null ? ok(null) : await chooseCredentials(storageCredentials, state);
    const errors = [...validate(change, state), ...errorsOf(storage)];
    if (errors.length > 0 || !storage.ok) return { recordingId: state.id, userErrors: errors };
    const prepared = storage.value === null ? plainChange(change) : credentialsChange(storage.value);
    const userErrors = await changes.exclusively(state.id, (guard) =>
      changes.send(state, prepared, 'COMMAND', guard),
    );
    return { recordingId: state.id, userErrors };
  };
}
