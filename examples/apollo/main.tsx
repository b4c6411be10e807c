import {
  applyChange,
  createGatewayClient,
  isCursorExpired,
  observe,
  RecordingChangedDocument,
  RecordingListChangedDocument,
  RecordingsDocument,
} from '@agora-recording-gateway/client';
import { possibleTypes, typePolicies } from '@agora-recording-gateway/client/apollo';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, Observable } from '@apollo/client';
import { ApolloProvider, useQuery, useSubscription } from '@apollo/client/react';
import { OperationTypeNode } from 'graphql';
import { useEffect, useState } from 'react';
import { createInterruption } from '../page/interruption';
import { ListPage, OnePage } from '../page/page';
import { show } from '../page/show';

const gateway = createGatewayClient({ url: '/graphql' });
const interruption = createInterruption();

/** Subscriptions go through the gateway's client: after a cut it continues after the last cursor. */
const live = new ApolloLink(
  ({ query, variables }) =>
    new Observable((observer) =>
      observe<Record<string, unknown>, object>(gateway, query, variables, observer, interruption),
    ),
);

const apollo = new ApolloClient({
  cache: new InMemoryCache({ possibleTypes, typePolicies }),
  link: ApolloLink.split(
    ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
    live,
    new HttpLink({ uri: '/graphql' }),
  ),
});

/** A live list in Apollo's cache: pages become one list there, and the subscription keeps it right. */
function Recordings() {
  const { data, error, fetchMore, refetch, subscribeToMore } = useQuery(RecordingsDocument, {
    variables: { first: 10 },
  });
  const isInterrupted = interruption.useInterrupted();
  const [failure, setFailure] = useState<Error | null>(null);
  // Of the first page: that of a later page does not replace it.
  const after = data?.recordings.changeCursor;

  useEffect(() => {
    if (after === undefined) return;
    return subscribeToMore({
      document: RecordingListChangedDocument,
      variables: { after },
      updateQuery: (_, { complete, previousData, subscriptionData }) => {
        if (!complete) return;
        const { recordingListChanged } = subscriptionData.data;
        return { recordings: applyChange(previousData.recordings, recordingListChanged) };
      },
      onError: (reason) => {
        if (isCursorExpired(reason)) void refetch();
        else setFailure(reason);
      },
    });
  }, [after, refetch, subscribeToMore]);

  const problem = error ?? failure;
  if (problem != null) return <main data-status="failed">{problem.message}</main>;
  if (data === undefined) return <main data-status="loading">Loading…</main>;
  const { edges, pageInfo } = data.recordings;
  return (
    <ListPage
      gateway={gateway}
      status={isInterrupted ? 'interrupted' : 'live'}
      recordings={edges.map(({ node }) => node)}
      hasMore={pageInfo.hasNextPage}
      loadMore={() => void fetchMore({ variables: { after: pageInfo.endCursor } })}
      renderOne={(id) => <One id={id} />}
    />
  );
}

function One({ id }: { id: string }) {
  const { data, error } = useSubscription(RecordingChangedDocument, { variables: { by: { id } } });
  return <OnePage gateway={gateway} recording={data?.recordingChanged ?? null} error={error ?? null} />;
}

show(
  <ApolloProvider client={apollo}>
    <Recordings />
  </ApolloProvider>,
);
