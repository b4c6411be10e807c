import { afterEach, describe, expect, it } from 'vitest';
import { DATABASES } from '../support/databases.js';
import { request } from '../support/graphql-client.js';
import { freePort, run, type RunningProcess } from '../support/processes.js';
import { BASELINE, type ReleasedRecording, type ReleasedStore, releasedStore } from '../support/releases.js';
import { waitFor } from '../support/wait-for.js';

const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const READ = `{ recordings(first: 50, orderBy: STARTED_AT_ASC) { edges { node {
  id appId channel uid sid mode phase
  files(first: 100) { edges { node { fileName } } }
  events(first: 100) { edges { node { id source type typeCode sequence occurredAt } } pageInfo { hasNextPage } } } } } }`;

/** A gateway for the project of the store, with another customer pair, and with an address that refuses connections. */
async function startGateway({ database, appId }: ReleasedStore): Promise<RunningProcess & { url: string }> {
  const port = await freePort();
  const gateway = run('dist/main.js', {
    PORT: String(port),
    AGORA_APP_ID: appId,
    AGORA_CUSTOMER_ID: 'the-next-customer-id',
    AGORA_CUSTOMER_SECRET: 'secret',
    AGORA_API_URLS: 'http://127.0.0.1:1',
    DATABASE_URL: database.url,
  });
  cleanUps.push(() => gateway.kill('SIGKILL'));
  const url = `http://127.0.0.1:${port}`;
  await waitFor(async () => (await fetch(`${url}/readyz`)).ok, { withinMs: 60_000, what: 'readiness' });
  return { ...gateway, url };
}

/** What the clock adds later is no part of what the release knew, and may change the phase of what still ran. */
function comparable(recording: ReleasedRecording) {
  const { phase, events, ...rest } = recording;
  const known = events.edges.filter(({ node }) => node.source !== 'CLOCK');
  return { ...rest, events: known, ...(phase === 'COMPLETED' ? { phase } : {}) };
}

describe.each(DATABASES)('A store on %s that the first release left behind', (kind) => {
  it('is brought to this release by a start, and shows all that it showed then', async () => {
    const store = await releasedStore(BASELINE, kind);
    cleanUps.push(() => store.database.remove());
    expect(store.recordings.map(({ mode }) => mode)).toEqual(
      expect.arrayContaining(['COMPOSITE', 'INDIVIDUAL', 'WEB']),
    );
    const gateway = await startGateway(store);
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
