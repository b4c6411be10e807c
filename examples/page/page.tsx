import {
  type GatewayClient,
  type Outcome,
  type RecordingStatus,
  startRecording,
  stopRecording,
} from '@agora-recording-gateway/client';
import { type ReactNode, useState } from 'react';

/** What to show after a command: why it was refused or could not be sent; nothing if it did what was asked. */
async function complaintOf(command: Promise<Outcome<unknown>>): Promise<string> {
  try {
    const outcome = await command;
    return outcome.ok ? '' : outcome.userErrors.map(({ message }) => message).join(' ');
  } catch (error) {
    return (error as Error).message;
  }
}

interface ListPageProps {
  /** The client that commands are sent with. */
  gateway: GatewayClient;
  status: string;
  recordings: readonly RecordingStatus[];
  hasMore: boolean;
  loadMore: () => void;
  /** Shows the recording that was opened. */
  renderOne: (id: string) => ReactNode;
}

/**
 * A list of recordings with a form that starts one. Commands do not go through the cache of a GraphQL library: what they change comes from
 * the subscription, in order, and a reply that is late cannot undo it.
 */
export function ListPage({ gateway, status, recordings, hasMore, loadMore, renderOne }: ListPageProps) {
  const [openId, setOpenId] = useState<string | null>(null);
  const [message, setMessage] = useState('');

  async function start(form: FormData): Promise<void> {
    const channel = form.get('channel') as string;
    setMessage(await complaintOf(startRecording(gateway, { channel, uid: '7', config: { composite: {} } })));
  }

  return (
    <main data-status={status}>
      <form action={start}>
        <input name="channel" aria-label="Channel" required />
        <button>Start</button>
      </form>
      <p role="status">{message}</p>
      {status === 'interrupted' && <p>Reconnecting…</p>}
      <ul>
        {recordings.map(({ id, channel, phase }) => (
          <li key={id}>
            <button onClick={() => setOpenId(id)}>{channel}</button> {phase}
          </li>
        ))}
      </ul>
      {hasMore && <button onClick={loadMore}>More</button>}
      {openId !== null && renderOne(openId)}
    </main>
  );
}

interface OnePageProps {
  gateway: GatewayClient;
  recording: RecordingStatus | null;
  /** Why it cannot be shown. */
  error: Error | null;
}

/** One recording, with a button that stops it. */
export function OnePage({ gateway, recording, error }: OnePageProps) {
  const [message, setMessage] = useState('');
  if (error !== null) return <article>{error.message}</article>;
  if (recording === null) return <article>Loading…</article>;
  const stop = async () =>
    setMessage(await complaintOf(stopRecording(gateway, { recordingId: recording.id })));
  return (
    <article>
      <h2>{recording.channel}</h2>
      <p>{recording.phase}</p>
      <button onClick={() => void stop()}>Stop</button>
      <p role="alert">{message}</p>
    </article>
  );
}
