import {
  follow,
  type GatewayClient,
  isCursorExpired,
  resuming,
  type ResumeOptions,
} from '@agora-recording-gateway/client';
import { useGateway } from '@agora-recording-gateway/client/react';
import { useCallback, useEffect, useState } from 'react';
import {
  ConsoleEventsDocument,
  ConsoleEventsFollowedDocument,
  type ConsoleEventsQuery,
} from '../generated/graphql';
import { type EventList, NO_EVENTS, withEarlier, withNext } from './event-list';

type Page = NonNullable<ConsoleEventsQuery['recording']>['events'];

export type TimelineEvent = Page['nodes'][number];

/** Events of a page; the largest that the gateway gives. */
const PAGE_SIZE = 100;

/** The latest events, tried again until the gateway answers; null if it is aborted before, or the recording is not there. */
async function latest(client: GatewayClient, id: string, options: ResumeOptions): Promise<Page | null> {
  const attempt = async function* (signal: AbortSignal, works: () => void) {
    const { recording } = await client.request(
      ConsoleEventsDocument,
      { id, last: PAGE_SIZE, before: null },
      { signal },
    );
    works();
    yield recording?.events ?? null;
  };
  for await (const page of resuming(attempt, options)) return page;
  return null;
}

const before = ({ pageInfo }: Page) => (pageInfo.hasPreviousPage ? pageInfo.startCursor : null);

export interface RecordingEvents extends EventList<TimelineEvent> {
  error: Error | null;
  /** Reads the events before those that are shown. */
  loadEarlier: () => void;
}

/** The events of a recording: the latest are read once, and each later one comes with the subscription. */
export function useEvents(id: string): RecordingEvents {
  const client = useGateway();
  const [list, setList] = useState<EventList<TimelineEvent>>(NO_EVENTS);
  const [error, setError] = useState<Error | null>(null);

  useEffect(() => {
    const closing = new AbortController();
    const { signal } = closing;
    /** Returns whether it must begin again, because what followed its cursor was removed. */
    const run = async (): Promise<boolean> => {
      const page = await latest(client, id, { signal });
      if (page === null) return false;
      setList({ events: page.nodes, before: before(page), isFull: false });
      setError(null);
      const variables = { id, after: page.headCursor };
      try {
        for await (const { recordingEvents } of follow(client, ConsoleEventsFollowedDocument, variables, {
          signal,
        }))
          setList((known) => withNext(known, recordingEvents.node));
        return false;
      } catch (failure) {
        if (isCursorExpired(failure)) return true;
        throw failure;
      }
    };
    const watch = async () => {
      try {
        while (await run());
      } catch (failure) {
        if (!signal.aborted) setError(failure as Error);
      }
    };
    void watch();
    return () => closing.abort();
  }, [client, id]);

  const cursor = list.before;
  const loadEarlier = useCallback(() => {
    client.request(ConsoleEventsDocument, { id, last: PAGE_SIZE, before: cursor }).then(
      ({ recording }) => {
        if (recording === null) return;
        const { events } = recording;
        setList((known) =>
          known.before === cursor ? withEarlier(known, events.nodes, before(events)) : known,
        );
      },
      (failure: unknown) => setError(failure as Error),
    );
  }, [client, id, cursor]);

  return { ...list, error, loadEarlier };
}
