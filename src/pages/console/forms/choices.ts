import { useGateway } from '@agora-recording-gateway/client/react';
import { useEffect, useState } from 'react';
import { ConsoleChoicesDocument, type ConsoleChoicesQuery } from '../generated/graphql';

const NO_CHOICES: ConsoleChoicesQuery = { projects: [], storageProfiles: [] };

/** The projects and storage profiles that the caller may name. */
export function useChoices(): ConsoleChoicesQuery {
  const client = useGateway();
  const [choices, setChoices] = useState(NO_CHOICES);
  useEffect(() => {
    const closing = new AbortController();
    client.request(ConsoleChoicesDocument, {}, { signal: closing.signal }).then(
      setChoices,
      // Without them the gateway's defaults are used.
      () => undefined,
    );
    return () => closing.abort();
  }, [client]);
  return choices;
}
