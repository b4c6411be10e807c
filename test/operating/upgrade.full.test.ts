import { afterEach, describe, expect, it } from 'vitest';
import { startAgoraGateway } from '../support/agora/agora-gateway.js';
import { DATABASES } from '../support/databases/databases.js';
import { request } from '../support/graphql-client.js';
import { BASELINE, type ReleasedRecording, releasedStore } from '../support/databases/releases.js';

const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const READ = `{ recordings(first: 50, orderBy: STARTED_AT_ASC) { edges { node {
  id appId channel uid sid mode phase
  files(first: 100) { edges { node { fileName } } }
  events(first: 100) { edges { node { id source type occurredAt ... on NotificationEvent { typeCode sequence } } }
    pageInfo { hasNextPage } } } } } }`;

/**
 * Later observations by the clock are not something the release knew, and may change the phase of what still ran. It showed the
 * number and sequence of notifications on every event, as null where there is none.
 */
function comparable(recording: ReleasedRecording) {
  const { phase, events, ...rest } = recording;
  const known = events.edges
    .filter(({ node }) => node.source !== 'CLOCK')
    .map(({ node }) => Object.assign({ typeCode: null, sequence: null }, node));
  return { ...rest, events: known, ...(phase === 'COMPLETED' ? { phase } : {}) };
}

describe.each(DATABASES)('A store on %s that the first release left behind', (kind) => {
  it('is brought to this release by a start, and shows all that it showed then', async () => {
    const store = await releasedStore(BASELINE, kind);
    cleanUps.push(() => store.database.remove());
    expect(store.recordings.map(({ mode }) => mode)).toEqual(
      expect.arrayContaining(['COMPOSITE', 'INDIVIDUAL', 'WEB']),
    );
    // With another customer pair than the one that the store was made with.
    const gateway = await startAgoraGateway(store.database.url, { appId: store.appId });
    cleanUps.push(() => gateway.kill('SIGKILL'));
    await gateway.untilReady();
    const { recordings } = await request<{ recordings: { edges: { node: ReleasedRecording }[] } }>(
      gateway.url,
      READ,
    );
    const completed = new Set(
      store.recordings.filter(({ phase }) => phase === 'COMPLETED').map(({ id }) => id),
    );
    expect(completed.size).toBe(3);
    expect(recordings.edges.map(({ node }) => comparable(node))).toEqual(store.recordings.map(comparable));
    expect(await gateway.kill()).toBe(0);
  });
});
