import {
  RefreshRecordingDocument,
  stopRecording,
  UpdateRecordingDocument,
  type UserError,
} from '@agora-recording-gateway/client';
import { useGateway } from '@agora-recording-gateway/client/react';
import { useState } from 'react';
import { type Details } from './details';
import { supportTicket } from './ticket';

interface Result {
  isRefused: boolean;
  text: string;
}

function resultOf(done: string, userErrors: readonly UserError[]): Result {
  if (userErrors.length === 0) return { isRefused: false, text: done };
  return { isRefused: true, text: userErrors.map(({ code, message }) => `${code}: ${message}`).join(' ') };
}

/** The commands for a recording. Those that are impossible now are disabled, and say why. */
export function Actions({ details }: { details: Details }) {
  const client = useGateway();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<Result | null>(null);
  const recordingId = details.id;
  const { stop, refresh, update } = details.actions;

  async function run(command: () => Promise<Result>): Promise<void> {
    setBusy(true);
    setResult(null);
    try {
      setResult(await command());
    } catch (error) {
      setResult({ isRefused: true, text: (error as Error).message });
    }
    setBusy(false);
  }

  const stopIt = async () => {
    const outcome = await stopRecording(client, { recordingId });
    return resultOf('The stop was accepted.', outcome.ok ? [] : outcome.userErrors);
  };
  const refreshIt = async () => {
    const { refreshRecording } = await client.request(RefreshRecordingDocument, { input: { recordingId } });
    return resultOf('Agora was asked; this is its state.', refreshRecording.userErrors);
  };
  const pauseIt = async (paused: boolean) => {
    const input = { recordingId, change: { web: { paused } } };
    const { updateRecording } = await client.request(UpdateRecordingDocument, { input });
    return resultOf(paused ? 'It is paused.' : 'It records again.', updateRecording.userErrors);
  };
  const copyIt = async () => {
    await navigator.clipboard.writeText(await supportTicket(client, details));
    return { isRefused: false, text: 'The ticket is in the clipboard.' };
  };

  const paused = details.web?.paused ?? false;
  return (
    <div className="actions">
      <div className="buttons">
        <button
          className="danger"
          disabled={busy || !stop.possible}
          title={stop.message ?? undefined}
          onClick={() => void run(stopIt)}
        >
          Stop
        </button>
        {details.mode === 'WEB' && (
          <button
            disabled={busy || !update.possible}
            title={update.message ?? undefined}
            onClick={() => void run(() => pauseIt(!paused))}
          >
            {paused ? 'Resume' : 'Pause'}
          </button>
        )}
        <button
          disabled={busy || !refresh.possible}
          title={refresh.message ?? undefined}
          onClick={() => void run(refreshIt)}
        >
          Refresh
        </button>
        <button disabled={busy} onClick={() => void run(copyIt)}>
          Copy as support ticket
        </button>
      </div>
      <p role="status" className={result === null ? '' : `notice ${result.isRefused ? 'error' : ''}`}>
        {result?.text}
      </p>
    </div>
  );
}
