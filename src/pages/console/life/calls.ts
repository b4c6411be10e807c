import { RecordingCallsDocument } from '@agora-recording-gateway/client';
import { useGateway } from '@agora-recording-gateway/client/react';
import { useEffect, useState } from 'react';
import { type Calls } from './source';

/** Calls that are made within this time are read together. Milliseconds. */
const COLLECT_MS = 500;

/** The calls about a recording, with the times of each; read again when there is another one, which `latest` names. */
export function useCalls(id: string, latest: string | null): Calls {
  const client = useGateway();
  const [calls, setCalls] = useState<Calls>([]);
  useEffect(() => {
    const closing = new AbortController();
    const timer = setTimeout(() => {
      client.request(RecordingCallsDocument, { by: { id } }, { signal: closing.signal }).then(
        ({ recording }) => setCalls(recording?.calls ?? []),
        // The list of events says why the gateway does not answer; the next call is another occasion.
        () => undefined,
      );
    }, COLLECT_MS);
    return () => {
      clearTimeout(timer);
      closing.abort();
    };
  }, [client, id, latest]);
  return calls;
}
