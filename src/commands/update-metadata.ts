import { contentHash } from '@agora-recording-gateway/agora/webhook/content-hash';
import { notSentInOutage } from '../coordination/lease-guard.js';
import { type Clock } from '../recordings/clock.js';
import { changedMetadata, MAX_METADATA_ENTRIES } from '../recordings/metadata.js';
import { type Store } from '../store/store.js';
import { findRecording } from './find-recording.js';
import { withControlCharacters } from './start/rules/control-characters.js';
import { TOO_MANY_ENTRIES, validateMetadata } from './start/rules/metadata-rules.js';
import { type ChangeSender } from './update/send-change.js';
import { type CommandResult, userError, UNKNOWN_RECORDING } from './user-errors.js';

export interface UpdateMetadataInput {
  recordingId: string;
  /** Entries to set; one without a value is removed. Others stay. */
  metadata: { key: string; value?: string | null }[];
}

export interface UpdateMetadataParts {
  store: Pick<Store, 'states' | 'record'>;
  clock: Clock;
  mintId: () => string;
}

export function createUpdateMetadata(
  { store, clock, mintId }: UpdateMetadataParts,
  changes: Pick<ChangeSender, 'exclusively'>,
) {
  /** Changes entries of a recording's metadata, in whatever phase it is. Rejects with NotSentError. */
  return async function updateMetadata(
    { recordingId, metadata: asked }: UpdateMetadataInput,
    by: string | null,
  ): Promise<CommandResult> {
    const errors = withControlCharacters({ metadata: asked }, validateMetadata(asked, ['metadata']));
    const known = await findRecording(store, recordingId);
    if (known === null) return UNKNOWN_RECORDING;
    if (errors.length > 0) return { recordingId: known.id, userErrors: errors };
    return await changes.exclusively(known.id, async () => {
      const state = (await findRecording(store, known.id)) ?? known;
      const held = state.metadata?.value ?? [];
      const metadata = changedMetadata(held, asked);
      if (metadata.length > MAX_METADATA_ENTRIES) {
        const error = userError('INVALID_PARAMETER', TOO_MANY_ENTRIES, { field: ['metadata'] });
        return { recordingId: state.id, userErrors: [error] };
      }
      const text = JSON.stringify(metadata);
      if (text === JSON.stringify(held)) return { recordingId: state.id, userErrors: [] };
      const now = clock.now();
      await notSentInOutage(
        store.record({
          id: mintId(),
          appId: state.appId,
          recordingId: state.id,
          source: 'COMMAND',
          // After the change before it, also if that was made by a gateway whose clock is ahead.
          occurredAt: Math.max(now, (state.metadata?.stamp[1] ?? 0) + 1),
          receivedAt: now,
          content: { kind: 'metadata', metadata, by },
          raw: null,
          hash: contentHash('metadata', text),
        }),
      );
      return { recordingId: state.id, userErrors: [] };
    });
  };
}
