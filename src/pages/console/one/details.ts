import { follow } from '@agora-recording-gateway/client';
import { useGateway } from '@agora-recording-gateway/client/react';
import { useEffect, useState } from 'react';
import {
  type ConsoleDetailsFragment,
  ConsoleRecordingDocument,
  ConsoleRecordingFollowedDocument,
} from '../generated/graphql';

export type Details = ConsoleDetailsFragment;

/** Events after the end of a recording that come within this time are followed by one reading of it. Milliseconds. */
const COLLECT_MS = 250;

export interface RecordingDetails {
  details: Details | null;
  /** Why it does not come, or no longer. */
  error: Error | null;
  isInterrupted: boolean;
}

/**
 * A recording after each change, as the subscription brings it. That ends with the recording; what is learned later, as of its files, is
 * read when an event came. `latestEvent`: the id of the latest one.
 */
export function useDetails(id: string, latestEvent: string | null): RecordingDetails {
  const client = useGateway();
  const [details, setDetails] = useState<Details | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [isInterrupted, setInterrupted] = useState(false);
  const [hasEnded, setEnded] = useState(false);

  useEffect(() => {
    const closing = new AbortController();
    const { signal } = closing;
    const onInterruption = (failure: Error | null) => setInterrupted(failure !== null);
    setEnded(false);
    const watch = async () => {
      try {
        for await (const { recordingChanged } of follow(
          client,
          ConsoleRecordingFollowedDocument,
          { id },
          { signal, onInterruption },
        )) {
          setDetails(recordingChanged);
          setError(null);
        }
        if (!signal.aborted) setEnded(true);
      } catch (failure) {
        if (!signal.aborted) setError(failure as Error);
      }
    };
    void watch();
    return () => closing.abort();
  }, [client, id]);

  useEffect(() => {
    if (!hasEnded || latestEvent === null) return;
    const closing = new AbortController();
    const { signal } = closing;
    const read = async () => {
      try {
        const { recording } = await client.request(ConsoleRecordingDocument, { id }, { signal });
        if (recording === null) throw new Error('The recording was removed.');
        setDetails(recording);
      } catch (failure) {
        if (!signal.aborted) setError(failure as Error);
      }
    };
    const timer = setTimeout(() => void read(), COLLECT_MS);
    return () => {
      clearTimeout(timer);
      closing.abort();
    };
  }, [client, id, hasEnded, latestEvent]);

  return { details, error, isInterrupted };
}
