import {
  createGatewayClient,
  type RecordingStatus,
  startRecording,
  stopRecording,
} from '@agora-recording-gateway/client';
import {
  GatewayProvider,
  useGateway,
  useLiveList,
  useRecording,
} from '@agora-recording-gateway/client/react';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';

/** A live list of recordings: start one, open one, stop it. Everything else comes by itself, also after a cut. */
function Recordings() {
  const client = useGateway();
  const { status, recordings, hasMore, loadMore } = useLiveList({ pageSize: 10 });
  const [openId, setOpenId] = useState<string | null>(null);
  const [message, setMessage] = useState('');

  async function start(form: FormData): Promise<void> {
    const channel = form.get('channel') as string;
    const outcome = await startRecording(client, { channel, uid: '7', config: { composite: {} } });
    setMessage(outcome.ok ? '' : outcome.userErrors.map((error) => error.message).join(' '));
  }

  return (
    <main data-status={status}>
      <form action={start}>
        <input name="channel" aria-label="Channel" required />
        <button>Start</button>
      </form>
      <p role="status">{message}</p>
      <ul>
        {recordings.map(({ id, channel, phase }) => (
          <li key={id}>
            <button onClick={() => setOpenId(id)}>{channel}</button> {phase}
          </li>
        ))}
      </ul>
      {hasMore && <button onClick={loadMore}>More</button>}
      {openId !== null && <OneRecording id={openId} />}
    </main>
  );
}

function OneRecording({ id }: { id: RecordingStatus['id'] }) {
  const client = useGateway();
  const { recording, error } = useRecording({ id });
  if (error !== null) return <article>{error.message}</article>;
  if (recording === null) return <article>Loading…</article>;
  return (
    <article>
      <h2>{recording.channel}</h2>
      <p>{recording.phase}</p>
      <button onClick={() => void stopRecording(client, { recordingId: id })}>Stop</button>
    </article>
  );
}

const client = createGatewayClient({ url: '/graphql' });
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <GatewayProvider value={client}>
      <Recordings />
    </GatewayProvider>,
  );
}
