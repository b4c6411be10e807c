import {
  type GatewayClient,
  type RecordingFilter,
  RecordingsDocument,
  type RecordingStatus,
} from '@agora-recording-gateway/client';

const read = (client: GatewayClient, filter: RecordingFilter, after: string | null) =>
  client.request(RecordingsDocument, { first: 100, after, filter });

/** Everything that the store lists, read page by page. */
export async function listed(client: GatewayClient, filter: RecordingFilter): Promise<RecordingStatus[]> {
  const all: RecordingStatus[] = [];
  let after: string | null = null;
  do {
    const { recordings }: Awaited<ReturnType<typeof read>> = await read(client, filter, after);
    all.push(...recordings.edges.map(({ node }) => node));
    after = recordings.pageInfo.hasNextPage ? recordings.pageInfo.endCursor : null;
  } while (after !== null);
  return all;
}
