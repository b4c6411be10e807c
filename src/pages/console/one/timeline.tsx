import { useGateway } from '@agora-recording-gateway/client/react';
import { useState } from 'react';
import { ConsoleRawEventDocument, type ConsoleRawEventQuery } from '../generated/graphql';
import { fullTime, time } from '../shell/text';
import { MAX_EVENTS } from './event-list';
import { type RecordingEvents, type TimelineEvent } from './events';
import { eventDetail, eventTitle, isFailure, SOURCE_WORDS } from './event-text';

function rawText(node: ConsoleRawEventQuery['node']): string {
  if (node === null || !('raw' in node)) return 'The event was removed.';
  return node.raw === null ? 'Nothing was received with it.' : JSON.stringify(node.raw, null, 2);
}

/** The JSON of an event as it was received, without secrets; read when it is asked for. */
function RawEvent({ id }: { id: string }) {
  const client = useGateway();
  const [text, setText] = useState<string | null>(null);

  async function read(): Promise<void> {
    try {
      const { node } = await client.request(ConsoleRawEventDocument, { id });
      setText(rawText(node));
    } catch (error) {
      setText((error as Error).message);
    }
  }

  return (
    <details
      onToggle={({ currentTarget }) => {
        if (currentTarget.open && text === null) void read();
      }}
    >
      <summary>Raw</summary>
      <pre tabIndex={0}>{text ?? 'Loading…'}</pre>
    </details>
  );
}

function Entry({ event }: { event: TimelineEvent }) {
  const detail = eventDetail(event);
  return (
    <li className="entry" data-source={event.source} data-failure={isFailure(event)}>
      <time dateTime={event.occurredAt} title={fullTime(event.occurredAt)}>
        {time(event.occurredAt)}
      </time>
      <div>
        <p>
          <strong>{eventTitle(event)}</strong> <span className="source">{SOURCE_WORDS[event.source]}</span>
        </p>
        {detail !== '' && <p className="quiet">{detail}</p>}
        <RawEvent id={event.id} />
      </div>
    </li>
  );
}

/** Everything that was learned of the recording, the latest first. */
export function Timeline({ events, before, isFull, loadEarlier }: RecordingEvents) {
  return (
    <>
      <ol className="timeline">
        {events.toReversed().map((event) => (
          <Entry key={event.id} event={event} />
        ))}
      </ol>
      {before !== null && <button onClick={loadEarlier}>Earlier events</button>}
      {isFull && <p className="quiet">Of a longer life only the latest {MAX_EVENTS} events are shown.</p>}
    </>
  );
}
