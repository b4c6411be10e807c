import { type Caller, isPermittedProfile } from '../../auth/caller.js';
import { type CommandResult, type UserError } from '../../commands/user-errors.js';
import { isInRange } from '../../store/reads/range.js';
import { forbidden } from '../errors.js';
import { ownKey } from './own-key.js';
import { type CallerCommands, type Configuration, type ReadStore } from '../services.js';

/** An id that no recording has. */
const NO_RECORDING = '00000000-0000-0000-0000-000000000000';

/** An empty text in an input counts as left out. */
function given(text: string | null | undefined): string | null {
  return text == null || text === '' ? null : text;
}

/**
 * The commands as a caller may use them. A recording outside the caller's range is as unknown as one that never was;
 * `visible` is the store as the caller sees it.
 */
export function scopedCommands(
  commands: CallerCommands,
  visible: ReadStore,
  caller: Caller,
  { defaultAppId, profiles }: Configuration,
): CallerCommands {
  const { range } = caller;

  function permitPlace({ appId, channel }: { appId?: string | null; channel: string }): void {
    if (isInRange(range, { appId: given(appId) ?? defaultAppId ?? '', channel })) return;
    throw forbidden('The credential does not permit this channel and App ID.');
  }

  function permitProfile(asked: string | null | undefined): void {
    const standard = profiles().find(({ isDefault }) => isDefault)?.name ?? null;
    const name = given(asked) ?? standard;
    // Without a default profile the command itself refuses.
    if (name === null || isPermittedProfile(caller, { name, isDefault: name === standard })) return;
    throw forbidden('The credential does not permit this storage profile.');
  }

  async function visibleId(id: string): Promise<string> {
    const [recording] = await visible.recordings([id]);
    return recording == null ? NO_RECORDING : id;
  }

  /** A user error may name another recording, or list what the caller may not use. */
  async function seen(error: UserError): Promise<UserError> {
    if (error.code === 'STORAGE_PROFILE_UNKNOWN' && caller.storageProfiles !== 'all') {
      return { ...error, message: 'Unknown storage profile.' };
    }
    if (error.recordingId == null || (await visibleId(error.recordingId)) === error.recordingId) return error;
    return { ...error, recordingId: null };
  }

  async function seenResult<Result extends Pick<CommandResult, 'userErrors'>>(
    running: Promise<Result>,
  ): Promise<Result> {
    const result = await running;
    return { ...result, userErrors: await Promise.all(result.userErrors.map(seen)) };
  }

  return {
    ...commands,
    async acquireResource(input) {
      permitPlace(input);
      if (input.storageConfig == null) permitProfile(input.storage);
      return await seenResult(commands.acquireResource(input));
    },
    async startRecording(input, name) {
      permitPlace(input);
      if (input.storageConfig == null) permitProfile(input.storage);
      const { idempotencyKey: key } = input;
      const own = key == null ? input : { ...input, idempotencyKey: ownKey(caller, key) };
      return await seenResult(commands.startRecording(own, name));
    },
    async adoptRecording(input) {
      permitPlace(input);
      return await seenResult(commands.adoptRecording(input));
    },
    async stopRecording(input) {
      const recordingId = await visibleId(input.recordingId);
      return await seenResult(commands.stopRecording({ ...input, recordingId }));
    },
    async updateRecording(input) {
      const { storageCredentials } = input.change;
      if (given(storageCredentials?.profile) !== null) permitProfile(storageCredentials?.profile);
      const recordingId = await visibleId(input.recordingId);
      return await seenResult(commands.updateRecording({ ...input, recordingId }));
    },
    async updateLayout(input) {
      const recordingId = await visibleId(input.recordingId);
      return await seenResult(commands.updateLayout({ ...input, recordingId }));
    },
    async updateMetadata(input, name) {
      const recordingId = await visibleId(input.recordingId);
      return await seenResult(commands.updateMetadata({ ...input, recordingId }, name));
    },
    async forgetRecording(id) {
      return await seenResult(commands.forgetRecording(await visibleId(id)));
    },
    async refreshRecording(id) {
      return await seenResult(commands.refreshRecording(await visibleId(id)));
    },
  };
}
