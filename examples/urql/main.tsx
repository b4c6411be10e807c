import {
  createGatewayClient,
  isCursorExpired,
  observe,
  RecordingChangedDocument,
  RecordingListChangedDocument,
  RecordingsDocument,
} from '@agora-recording-gateway/client';
import { keys, possibleTypes, updates } from '@agora-recording-gateway/client/urql';
import { cacheExchange } from '@urql/exchange-graphcache';
import { useEffect, useState } from 'react';
import { Client, fetchExchange, Provider, subscriptionExchange, useQuery, useSubscription } from 'urql';
import { createInterruption } from '../page/interruption';
import { ListPage, OnePage } from '../page/page';
import { show } from '../page/show';

const PAGE_SIZE = 10;
/** The largest page of the gateway. */
const MAX_PAGE_SIZE = 100;

const gateway = createGatewayClient({ url: '/graphql' });
const interruption = createInterruption();

const urql = new Client({
  url: '/graphql',
  preferGetMethod: false,
  exchanges: [
    cacheExchange({ keys, possibleTypes, updates }),
    fetchExchange,
    subscriptionExchange({
      // Subscriptions go through the gateway's client: after a cut it continues after the last cursor.
      forwardSubscription: (_request, { query, variables }) => ({
        subscribe: (observer) => ({
          unsubscribe: observe(gateway, query, variables, observer, interruption),
        }),
      }),
    }),
  ],
});

/** A live list in graphcache: `updates` of the client package changes it there as the subscription says. */
function Recordings() {
  const [first, setFirst] = useState(PAGE_SIZE);
  const [{ data, error }, read] = useQuery({ query: RecordingsDocument, variables: { first } });
  const after = data?.recordings.changeCursor;
  const [{ error: ended }] = useSubscription({
    query: RecordingListChangedDocument,
    variables: { after },
    pause: after === undefined,
  });
  const isInterrupted = interruption.useInterrupted();

  useEffect(() => {
    if (isCursorExpired(ended?.networkError)) read({ requestPolicy: 'network-only' });
  }, [ended, read]);

  const problem = error ?? (isCursorExpired(ended?.networkError) ? undefined : ended);
  if (problem !== undefined) return <main data-status="failed">{problem.message}</main>;
  if (data === undefined) return <main data-status="loading">Loading…</main>;
  const { edges, pageInfo } = data.recordings;
  return (
    <ListPage
      gateway={gateway}
      status={isInterrupted ? 'interrupted' : 'live'}
      recordings={edges.map(({ node }) => node)}
      hasMore={pageInfo.hasNextPage && first < MAX_PAGE_SIZE}
      loadMore={() => setFirst(Math.min(first + PAGE_SIZE, MAX_PAGE_SIZE))}
      renderOne={(id) => <One id={id} />}
    />
  );
}

function One({ id }: { id: string }) {
  const [{ data, error }] = useSubscription({
    query: RecordingChangedDocument,
    variables: { by: { id } },
  });
  return <OnePage gateway={gateway} recording={data?.recordingChanged ?? null} error={error ?? null} />;
}

show(
  <Provider value={urql}>
    <Recordings />
  </Provider>,
);
