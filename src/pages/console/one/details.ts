import { recordingEvents } from '@agora-recording-gateway/client';
import { useGateway, useRecording } from '@agora-recording-gateway/client/react';
import { useCallback, useEffect, useState } from 'react';
import {
  ConsoleEventsDocument,
  type ConsoleEventsQuery,
  ConsoleRecordingDocument,
  type ConsoleRecordingQuery,
} from '../generated/graphql';

export type Details = NonNullable<ConsoleRecordingQuery['recording']>;
export type TimelineEvent = NonNullable<ConsoleEventsQuery['recording']>['events']['nodes'][number];

/** Changes that come within this time are read together. Milliseconds. */
const COLLECT_MS = 250;

/** Events of a page; the largest that the gateway gives. */
const PAGE_SIZE = 100;

/** Events that are shown; a longer life is read in parts with "Earlier events". */
const MAX_EVENTS = 2_000;

interface State {
  details: Details | null;
  events: readonly TimelineEvent[];
  /** Where the events before those begin; null if there are none. */
  before: string | null;
  error: Error | null;
}

const EMPTY: State = { details: null, events: [], before: null, error: null };

/** The known events with a page of them; each once, the earliest first. */
function merged(known: readonly TimelineEvent[], page: readonly TimelineEvent[]): TimelineEvent[] {
  const byId = new Map([...known, ...page].map((event) => [event.id, event]));
  return [...byId.values()]
    .sort((left, right) => Date.parse(left.receivedAt) - Date.parse(right.receivedAt))
    .slice(-MAX_EVENTS);
}

export interface RecordingDetails extends State {
  isInterrupted: boolean;
  /** Reads the events before those that are shown. */
  loadEarlier: () => void;
}

/** A recording with its events, read again whenever either has changed. */
export function useDetails(id: string): RecordingDetails {
  const client = useGateway();
  const live = useRecording({ id });
  const [state, setState] = useState<State>(EMPTY);
  const [changes, setChanges] = useState(0);
  const version = live.recording?.version ?? 0;

  useEffect(() => setState(EMPTY), [client, id]);

  useEffect(() => {
    const closing = new AbortController();
    const { signal } = closing;
    const follow = async () => {
      try {
        for await (const _ of recordingEvents(client, { filter: { recordingId: id }, signal }))
          setChanges((count) => count + 1);
      } catch (error) {
        if (!signal.aborted) setState((known) => ({ ...known, error: error as Error }));
      }
    };
    void follow();
    return () => closing.abort();
  }, [client, id]);

  useEffect(() => {
    const closing = new AbortController();
    const { signal } = closing;
    const read = async () => {
      try {
        const [{ recording }, page] = await Promise.all([
          client.request(ConsoleRecordingDocument, { id }, { signal }),
          client.request(ConsoleEventsDocument, { id, last: PAGE_SIZE, before: null }, { signal }),
        ]);
        const events = page.recording?.events;
        if (recording === null || events === undefined)
          throw new Error('The recording was removed, or your credential does not reach it.');
        setState((known) => ({
          details: recording,
          events: merged(known.events, events.nodes),
          before:
            known.events.length === 0
              ? events.pageInfo.hasPreviousPage
                ? events.pageInfo.startCursor
                : null
              : known.before,
          error: null,
        }));
      } catch (error) {
        if (!signal.aborted) setState((known) => ({ ...known, error: error as Error }));
      }
    };
    const timer = setTimeout(() => void read(), COLLECT_MS);
    return () => {
      clearTimeout(timer);
      closing.abort();
    };
  }, [client, id, version, changes]);

  const { before } = state;
  const loadEarlier = useCallback(() => {
    client.request(ConsoleEventsDocument, { id, last: PAGE_SIZE, before }).then(
      ({ recording }) => {
        const events = recording?.events;
        if (events === undefined) return;
        setState((known) => ({
          ...known,
          events: merged(known.events, events.nodes),
          before: events.pageInfo.hasPreviousPage ? events.pageInfo.startCursor : null,
        }));
      },
      (error: unknown) => setState((known) => ({ ...known, error: error as Error })),
    );
  }, [client, id, before]);

  return { ...state, error: live.error ?? state.error, isInterrupted: live.isInterrupted, loadEarlier };
}
