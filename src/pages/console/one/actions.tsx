import {
  RefreshRecordingDocument,
  stopRecording,
  UpdateRecordingDocument,
  type UserError,
} from '@agora-recording-gateway/client';
import { useGateway } from '@agora-recording-gateway/client/react';
import { Outcome, useCommand } from '../shell/command';
import { type Details } from './details';
import { supportTicket } from './ticket';

/** What is said when a mutation was accepted. Throws what it was refused for. */
function saidOf(done: string, userErrors: readonly UserError[]): string {
  if (userErrors.length === 0) return done;
  throw new Error(userErrors.map(({ code, message }) => `${code}: ${message}`).join(' '));
}

/** The commands for a recording. Those that are impossible now are disabled, and say why. */
export function Actions({ details }: { details: Details }) {
  const client = useGateway();
  const { busy, done, run } = useCommand();
  const recordingId = details.id;
  const { stop, refresh, update } = details.actions;

  const stopIt = async () => {
    const outcome = await stopRecording(client, { recordingId });
    return saidOf('The stop was accepted.', outcome.ok ? [] : outcome.userErrors);
  };
  const refreshIt = async () => {
    const { refreshRecording } = await client.request(RefreshRecordingDocument, { input: { recordingId } });
    return saidOf('Agora was asked; this is its state.', refreshRecording.userErrors);
  };
  const pauseIt = async (paused: boolean) => {
    const input = { recordingId, change: { web: { paused } } };
    const { updateRecording } = await client.request(UpdateRecordingDocument, { input });
    return saidOf(paused ? 'It is paused.' : 'It records again.', updateRecording.userErrors);
  };
  const copyIt = async () => {
    await navigator.clipboard.writeText(await supportTicket(client, details));
    return 'The ticket is in the clipboard.';
  };

  const paused = details.web?.paused ?? false;
  return (
    <div className="actions">
      <div className="buttons">
        <button
          className="danger"
          disabled={busy || !stop.possible}
          title={stop.message ?? undefined}
          onClick={() => run(stopIt)}
        >
          Stop
        </button>
        {details.mode === 'WEB' && (
          <button
            disabled={busy || !update.possible}
            title={update.message ?? undefined}
            onClick={() => run(() => pauseIt(!paused))}
          >
            {paused ? 'Resume' : 'Pause'}
          </button>
        )}
        <button
          disabled={busy || !refresh.possible}
          title={refresh.message ?? undefined}
          onClick={() => run(refreshIt)}
        >
          Refresh
        </button>
        <button disabled={busy} onClick={() => run(copyIt)}>
          Copy as support ticket
        </button>
      </div>
      <Outcome done={done} />
    </div>
  );
}
