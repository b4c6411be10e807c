import { findRecording, type RecordingStates } from '../find-recording.js';
import { layoutRequest, layoutSecrets, layoutSettings } from '../start/layout.js';
import { normalizeLayout } from '../start/normalize-input.js';
import { type Choice } from '../start/choose-storage.js';
import { withPrivateAddresses } from '../start/rules/outgoing-addresses.js';
import { withControlCharacters } from '../start/rules/control-characters.js';
import { LAYOUT_RULES } from '../start/rules/layout-rules.js';
import { check } from '../start/rules/rules.js';
import { type LayoutInput } from '../start/start-input.js';
import { type CommandResult, userError, UNKNOWN_RECORDING } from '../user-errors.js';
import { type Change, type ChangeSender } from './send-change.js';

export interface UpdateLayoutInput extends LayoutInput {
  recordingId: string;
}

export function createUpdateLayout(
  { store, permitsHost }: { store: RecordingStates } & Pick<Choice, 'permitsHost'>,
  changes: ChangeSender,
) {
  /** Replaces the layout of a composite recording: omitted fields fall back to Agora's defaults. Rejects with NotSentError. */
  return async function updateLayout({ recordingId, ...given }: UpdateLayoutInput): Promise<CommandResult> {
    const { input: layout, warnings } = normalizeLayout<LayoutInput>(given);
    const state = await findRecording(store, recordingId);
    if (state === null) return UNKNOWN_RECORDING;
    const found = withControlCharacters(layout, check(LAYOUT_RULES, layout, []));
    const errors = withPrivateAddresses(layout, found, permitsHost);
    if ((state.start?.mode ?? 'mix') !== 'mix') {
      const message = 'Only a composite recording has a layout.';
      errors.push(userError('INVALID_PARAMETER', message, { field: ['recordingId'] }));
    }
    if (errors.length > 0) return { recordingId: state.id, userErrors: errors, warnings };
    const change: Change = {
      operation: 'updateLayout',
      clientRequest: layoutRequest(layout),
      facts: { layout: layoutSettings(layout) },
      secrets: layoutSecrets(layout),
    };
    const userErrors = await changes.exclusively(state.id, (guard) =>
      changes.send(state, change, 'COMMAND', guard),
    );
    return { recordingId: state.id, userErrors, warnings };
  };
}
