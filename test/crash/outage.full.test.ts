import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  administer,
  endStatements,
  postgresDatabase,
  type TestDatabase,
} from '../support/databases/databases.js';
import { type GraphQLReply, post, subscribe } from '../support/graphql-client.js';
import { type PostgresServer, startPostgresServer } from '../support/databases/postgres-server.js';
import { canMount, mountDisk, unmountDisk } from '../support/faults/memory-disk.js';
import { temporaryDirectory } from '../support/processes.js';
import { notificationSender, type SendNotification } from '../support/agora/send-notification.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

const SID = '7f0b2d3c4e6a7b8c9d0e1f2a3b4c5d6e';
const STARTED_AT = Date.now();

/** Mutations that need the store, with and without an idempotency key. */
const MUTATIONS = [
  'startRecording(input: { channel: "a", uid: "1", config: { composite: {} } })',
  'startRecording(input: { channel: "a", uid: "1", config: { composite: {} }, idempotencyKey: "k" })',
  'acquireResource(input: { channel: "a", uid: "1" })',
  'stopRecording(input: { recordingId: "r" })',
  'updateRecording(input: { recordingId: "r", change: { web: { paused: true } } })',
  'updateLayout(input: { recordingId: "r" })',
  'refreshRecording(input: { recordingId: "r" })',
].map((field) => `mutation { ${field} { userErrors { code retryable message } } }`);

const SNAPSHOTS = `filter: { types: [RECORDER_SNAPSHOT_FILE] }`;

let stage: Stage;
let send: SendNotification;
let next = 0;
const acknowledged: number[] = [];

/** Sends the next notification and returns the status of the reply. */
async function notify(bytes = 0): Promise<number> {
  const sequence = next++;
  const status = await send({
    noticeId: `notice-${sequence}`,
    productId: 3,
    eventType: 45,
    notifyMs: STARTED_AT + sequence,
    payload: {
      cname: 'lesson',
      uid: '7',
      sid: SID,
      sequence,
      sendts: STARTED_AT + sequence,
      serviceType: 1,
      details: { msgName: 'recorder_snapshot_file', fileName: `${'x'.repeat(bytes)}${sequence}.jpg` },
    },
  });
  if (status === 200) acknowledged.push(sequence);
  return status;
}

const readiness = async () => (await fetch(`${stage.gateway.url}/readyz`)).status;
const read = () => post(stage.gateway.url, '{ recordings { edges { node { id } } } }');

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${stage.gateway.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1]);
}

function lines(message: string): number {
  return stage.gateway
    .output()
    .split('\n')
    .filter((line) => line.includes(message)).length;
}

/** Waits for the lines, which arrive independently of the replies. */
async function expectLines(message: string, count: number): Promise<void> {
  await waitFor(() => lines(message) >= count);
  expect(lines(message)).toBe(count);
}

/** The numbers of the snapshots that are stored. */
async function stored(): Promise<number[]> {
  const numbers: number[] = [];
  for (let after: string | null = null; ;) {
    const reply: GraphQLReply<{ recording: { events: Events } }> = await post(
      stage.gateway.url,
      `query ($sid: String, $after: String) { recording(by: { sid: $sid }) {
         events(first: 100, after: $after, types: [RECORDER_SNAPSHOT_FILE]) {
           edges { node { ... on NotificationEvent { sequence } } } pageInfo { hasNextPage endCursor } } } }`,
      { sid: SID, after },
    );
    const { edges, pageInfo } = reply.data.recording.events;
    numbers.push(...edges.map(({ node }) => node.sequence));
    if (!pageInfo.hasNextPage) return numbers;
    after = pageInfo.endCursor;
  }
}

interface Events {
  edges: { node: { sequence: number } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

/** What the check of Agora's console sends for an event. */
const CONSOLE_CHECK = {
  ...{ noticeId: 'check', productId: 3, eventType: 40, notifyMs: Date.now() },
  payload: { cname: 'test_webhook', uid: '12121212', sequence: 0, sendts: Date.now(), details: {} },
};

describe('A gateway whose PostgreSQL becomes unavailable and comes back', () => {
  let server: PostgresServer;
  let database: TestDatabase;

  beforeAll(async () => {
    server = await startPostgresServer();
    database = await postgresDatabase(server.url);
    stage = await openStage({ env: { DATABASE_URL: database.url, LOG_LEVEL: 'info' } });
    send = await notificationSender(stage);
    next = 0;
    acknowledged.length = 0;
  });

  afterAll(async () => {
    await stage.close();
    await server.close();
  });

  it.each([
    ['stops', () => server.stop()],
    ['crashes', () => server.crash()],
  ])('reports it when it %s, and recovers with its subscribers', async (_how, end) => {
    const outages = (await metric('gateway_store_outages_total')) || 0;
    expect(await notify()).toBe(200);
    const live = subscribe<{ recordingEvents: { node: { sequence: number } } }>(
      stage.gateway.url,
      `subscription { recordingEvents(${SNAPSHOTS}) { node { ... on NotificationEvent { sequence } } } }`,
    );
    await waitFor(async () => (await notify()) === 200 && live.messages.length > 0);

    await end();
    expect(await send(CONSOLE_CHECK)).toBe(503);
    await waitFor(async () => (await notify()) === 503);
    expect(await readiness()).toBe(503);
    expect((await read()).errors).toMatchObject([{ extensions: { code: 'STORE_UNAVAILABLE' } }]);
    for (const mutation of MUTATIONS) {
      const { errors, data } = await post<Record<string, { userErrors: object[] }>>(
        stage.gateway.url,
        mutation,
      );
      expect(errors).toBeUndefined();
      const message = expect.stringContaining('nothing was sent or changed') as string;
      expect(Object.values(data)).toMatchObject([
        { userErrors: [{ code: 'STORE_UNAVAILABLE', retryable: true, message }] },
      ]);
    }
    expect(await (await fetch(`${stage.gateway.url}/healthz`)).json()).toEqual({ status: 'ok' });
    expect(await metric('gateway_store_outages_total')).toBe(outages + 1);
    await expectLines('store unavailable', outages + 1);
    // The first refused notification is logged, and the others are summed up once a minute.
    const refusals = lines('refused a webhook request');
    for (let round = 0; round < 50; round += 1) expect(await notify()).toBe(503);
    expect(lines('refused a webhook request') - refusals).toBeLessThanOrEqual(1);

    await server.start();
    await waitFor(async () => (await readiness()) === 200);
    await expectLines('store available again', outages + 1);
    expect((await read()).errors).toBeUndefined();
    await waitFor(async () => (await notify()) === 200);
    const last = acknowledged.at(-1);
    await waitFor(() => live.messages.at(-1)?.recordingEvents.node.sequence === last);
    await live.close();
    const received = live.messages.map(({ recordingEvents }) => recordingEvents.node.sequence);
    expect(new Set(received).size).toBe(received.length);
    const kept = await stored();
    expect(kept.filter((sequence) => sequence >= (received[0] ?? 0))).toEqual(received);
    expect(acknowledged.filter((sequence) => !kept.includes(sequence))).toEqual([]);
  });

  it('stays ready while one read takes too long, and only the caller of that read gets an error', async () => {
    expect(await notify()).toBe(200);
    const before = await metric('gateway_store_outages_total');
    await administer(database.url, async (client) => {
      await client.query('begin; lock table recordings in access exclusive mode');
      const reply = read();
      await waitFor(async () => {
        return (await endStatements(database.url, 'select "recordings"."id"%', 'pg_cancel_backend')) === 1;
      });
      await client.query('rollback');
      expect((await reply).errors).toMatchObject([{ extensions: { code: 'READ_TIMED_OUT' } }]);
    });
    expect(await readiness()).toBe(200);
    expect(await metric('gateway_store_slow_reads_total')).toBe(1);
    await expectLines('read timed out', 1);
    expect(await metric('gateway_store_outages_total')).toBe(before);
    expect((await read()).errors).toBeUndefined();
  });
});

/** A separate disk whose size can be changed. */
const disk = temporaryDirectory();
const mount = (size: string, options = '') => mountDisk(disk.path, `${options}size=${size}`);

const unmount = () => unmountDisk(disk.path);

describe.skipIf(!canMount())('A gateway whose disk is full', () => {
  beforeAll(async () => {
    mount('4m');
    mkdirSync(join(disk.path, 'data'));
    stage = await openStage({
      env: { DATABASE_URL: `file:${join(disk.path, 'data', 'gateway.db')}`, LOG_LEVEL: 'info' },
    });
    send = await notificationSender(stage);
    next = 0;
    acknowledged.length = 0;
  });

  afterAll(async () => {
    await stage.close();
    unmount();
    disk.remove();
  });

  it('answers 503, is not ready, still reads, and recovers once there is space', async () => {
    let status = 200;
    while (status === 200) status = await notify(100_000);
    expect(status).toBe(503);
    expect(acknowledged.length).toBeGreaterThan(3);
    await waitFor(async () => (await readiness()) === 503);
    await waitFor(() => lines('store unavailable') === 1);
    expect(await metric('gateway_store_outages_total')).toBe(1);
    expect(await stored()).toEqual(acknowledged);

    mount('64m', 'remount,');
    await waitFor(async () => (await readiness()) === 200);
    expect(await send(CONSOLE_CHECK)).toBe(200);
    await expectLines('store available again', 1);
    expect(await notify(100_000)).toBe(200);
    expect(await stored()).toEqual(acknowledged);
    await stage.gateway.kill('SIGKILL');
    await stage.startGateway();
    expect(await stored()).toEqual(acknowledged);
  });
});
