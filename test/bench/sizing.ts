/**
 * Sizing: what an event, a recording, a subscriber and a cached recording take of disk, memory and processor, on SQLite and on
 * PostgreSQL. docs/operating.md has the figures. `small` gives a quick look, SQLite or PostgreSQL one of the two.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseSync } from '@photostructure/sqlite';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { sign } from '@agora-recording-gateway/agora/webhook/signature';
import { administer } from '../support/databases/databases.js';
import { startPostgresServer } from '../support/databases/postgres-server.js';
import { request } from '../support/graphql-client.js';
import {
  freePort,
  runGateway,
  type RunningGateway,
  type RunningProcess,
  type RunningSandbox,
  runSandbox,
  temporaryDirectory,
} from '../support/processes.js';
import { openReadySocket } from '../support/raw-socket.js';
import { waitFor } from '../support/wait-for.js';
import { RECORDING_PRODUCT, send } from './send-notifications.js';

const SMALL = process.argv.includes('small');
const EVENTS = SMALL ? 2_000 : 20_000;
const CACHED = SMALL ? 200 : 2_000;
const SUBSCRIBERS = SMALL ? 200 : 1_000;
/** Recordings that really run, each for some minutes of gateway time, which passes SPEED times faster. */
const LESSONS = SMALL ? 2 : 8;
const LESSON_MINUTES = SMALL ? 5 : 50;
const SPEED = 60;
/** Files of a recording whose memory is measured. */
const FILES = 10;
/** Memory and the log of SQLite are read once nothing has happened for this long. Real milliseconds. */
const SETTLE_MS = SMALL ? 500 : 4_000;

const KINDS = ['SQLite', 'PostgreSQL'] as const;
type Kind = (typeof KINDS)[number];

const ROOT = process.env.BENCH_ROOT ?? '.';
const START =
  'mutation ($channel: String!) { startRecording(input: { channel: $channel, uid: "901001", config: { composite: {} } }) { recording { id } } }';
const STOP = 'mutation ($id: ID!) { stopRecording(input: { recordingId: $id }) { userErrors { code } } }';

const directory = temporaryDirectory();
const children: RunningProcess[] = [];
process.on('exit', () => {
  for (const { child } of children) child.kill();
  directory.remove();
});

const rounded = (value: number) => Math.round(value).toLocaleString('en-US');

function report(kind: Kind, what: string, value: string): void {
  console.log(`${kind}: ${what}: ${value}`);
}

async function metric(gateway: RunningGateway, name: string): Promise<number> {
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1]);
}

/** The least of several readings: garbage that is not collected yet is left out as far as possible. */
async function residentBytes(gateway: RunningGateway): Promise<number> {
  let least = Infinity;
  for (let reading = 0; reading < 5; reading += 1) {
    await pause(SETTLE_MS / 5);
    least = Math.min(least, await metric(gateway, 'process_resident_memory_bytes'));
  }
  return least;
}

/** The database of a gateway, with its sizes. Bytes. */
interface Disk {
  url: string;
  size(): Promise<number>;
  /** What was written to the log of the database since the beginning, or how large its file is. */
  log(): Promise<number>;
  connections(): Promise<number | null>;
}

function onFile(): Disk {
  const file = join(directory.path, 'gateway.db');
  const sizeOf = (path: string) => Promise.resolve(existsSync(path) ? statSync(path).size : 0);
  return {
    url: `file:${file}`,
    size() {
      // What is in the log only is moved into the file, which would be done later.
      const database = new DatabaseSync(file);
      database.exec('pragma wal_checkpoint(passive)');
      database.close();
      return sizeOf(file);
    },
    log: () => sizeOf(`${file}-wal`),
    connections: () => Promise.resolve(null),
  };
}

function onServer(url: string): Disk {
  async function ask(query: string): Promise<number> {
    let answer = NaN;
    await administer(url, async (client) => {
      answer = Number((await client.query<{ value: string }>(query)).rows[0]?.value);
    });
    return answer;
  }
  return {
    url,
    async size() {
      return await ask('select pg_database_size(current_database()) as value');
    },
    log: () => ask(`select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as value`),
    connections: () =>
      ask(
        `select count(*) as value from pg_stat_activity where application_name = 'agora-recording-gateway' and datname = current_database()`,
      ),
  };
}

let backups = 0;

/** Bytes of a backup of the store, made while the gateway runs. */
function backUp(disk: Disk, appId: string): number {
  const file = join(directory.path, `backup-${(backups += 1)}`);
  const env = { PATH: process.env.PATH ?? '', DATABASE_URL: disk.url, AGORA_APP_ID: appId };
  const settings = { AGORA_CUSTOMER_ID: 'customer', AGORA_CUSTOMER_SECRET: 'secret' };
  execFileSync(process.execPath, [join(ROOT, 'dist/cli.js'), 'backup', file], {
    env: { ...env, ...settings },
  });
  return statSync(file).size;
}

/** A recording with files that another program started, as three notifications report it. */
async function deliver(gateway: RunningGateway, secret: Secret, number: number): Promise<void> {
  const sid = `cached-${number}`.padStart(32, '0');
  const fileList = Array.from({ length: FILES }, (_, index) => ({
    fileName: `acme/lesson${number}/${sid}_lesson-${number}__uid_s_${index}__uid_e_audio.m3u8`,
    trackType: 'audio',
    uid: String(index),
    mixedAllUser: false,
    isPlayable: true,
    sliceStartTime: Date.now(),
  }));
  const steps: [number, object][] = [
    [40, { msgName: 'recorder_started', status: 0 }],
    [31, { msgName: 'uploaded', status: 0, fileList }],
    [11, { msgName: 'session_exit', exitStatus: 0 }],
  ];
  for (const [sequence, [eventType, details]] of steps.entries()) {
    const about = { cname: `lesson-${number}`, uid: '7', sid, sequence, sendts: Date.now(), serviceType: 1 };
    const body = Buffer.from(
      JSON.stringify({
        ...{ noticeId: `${sid}-${sequence}`, productId: RECORDING_PRODUCT, eventType, notifyMs: Date.now() },
        payload: { ...about, details },
      }),
    );
    const response = await fetch(`${gateway.url}/webhooks/agora`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'agora-signature-v2': sign('sha256', secret, body) },
      body,
    });
    if (response.status !== 200) throw new Error(`A notification was answered with ${response.status}.`);
    await response.arrayBuffer();
  }
}

interface Parts {
  kind: Kind;
  disk: Disk;
  gateway: RunningGateway;
  sandbox: RunningSandbox;
  secret: Secret;
  appId: string;
}

async function measureRecordings({ kind, disk, gateway, appId }: Parts): Promise<void> {
  const observations = () => metric(gateway, 'gateway_store_observations_total');
  const processor = () => metric(gateway, 'process_cpu_seconds_total');
  await pause(SETTLE_MS);
  const idleFrom = await processor();
  await pause(SETTLE_MS);
  const idle = ((await processor()) - idleFrom) / (SETTLE_MS / 1_000);
  const before = { size: await disk.size(), backup: backUp(disk, appId), events: await observations() };
  const began = { at: performance.now(), processor: await processor() };
  const ids: string[] = [];
  for (let number = 0; number < LESSONS; number += 1) {
    const { startRecording } = await request<{ startRecording: { recording: { id: string } } }>(
      gateway.url,
      START,
      { channel: `lesson-${number}` },
    );
    ids.push(startRecording.recording.id);
  }
  await pause((LESSON_MINUTES * 60_000) / SPEED);
  for (const id of ids) await request(gateway.url, STOP, { id });
  await waitFor(
    async () => {
      const query = 'query ($id: ID!) { recording(by: { id: $id }) { phase } }';
      for (const id of ids) {
        const { recording } = await request<{ recording: { phase: string } }>(gateway.url, query, { id });
        if (recording.phase !== 'COMPLETED') return false;
      }
      return true;
    },
    { what: 'the end of the recordings', everyMs: 250 },
  );
  const seconds = (performance.now() - began.at) / 1_000;
  const used = (await processor()) - began.processor - idle * seconds;
  await pause(SETTLE_MS);
  const perRecording = (now: number, then: number) => rounded((now - then) / LESSONS);
  const name = `a recording of ${LESSON_MINUTES} minutes`;
  report(kind, `events of ${name}`, perRecording(await observations(), before.events));
  report(kind, `bytes of ${name}`, perRecording(await disk.size(), before.size));
  report(kind, `bytes of ${name} in a backup`, perRecording(backUp(disk, appId), before.backup));
  report(
    kind,
    `processor time of ${name}, its start and stop included`,
    `${rounded((used / LESSONS) * 1_000)} ms`,
  );
}

async function measureEvents({ kind, disk, gateway, secret, appId }: Parts): Promise<void> {
  const before = { size: await disk.size(), backup: backUp(disk, appId), log: await disk.log() };
  const processor = await metric(gateway, 'process_cpu_seconds_total');
  let largestLog = 0;
  let isDone = false;
  const watching = (async () => {
    while (!isDone) {
      largestLog = Math.max(largestLog, await disk.log());
      await pause(100);
    }
  })();
  const { answered } = await send(gateway.url, secret, RECORDING_PRODUCT, (sent) => sent >= EVENTS);
  isDone = true;
  await watching;
  const used = (await metric(gateway, 'process_cpu_seconds_total')) - processor;
  await pause(SETTLE_MS);
  report(kind, 'bytes of an event', rounded(((await disk.size()) - before.size) / answered));
  report(kind, 'bytes of an event in a backup', rounded((backUp(disk, appId) - before.backup) / answered));
  report(kind, 'processor time of an event', `${rounded((used / answered) * 1_000_000)} µs`);
  if (kind === 'SQLite') report(kind, 'largest log (gateway.db-wal)', rounded(largestLog));
  else
    report(
      kind,
      'bytes that an event adds to the log of the server',
      rounded(((await disk.log()) - before.log) / answered),
    );
}

async function measureMemory({ kind, disk, gateway, secret }: Parts): Promise<RunningGateway> {
  for (let number = 0; number < CACHED; number += 8)
    await Promise.all(Array.from({ length: 8 }, (_, index) => deliver(gateway, secret, number + index)));
  // A new process has none of them in memory.
  await gateway.kill();
  const next = await startGateway(disk.url, Number(new URL(gateway.url).port));
  interface Page {
    recordings: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
  }
  const query = `query ($after: String) { recordings(first: 100, after: $after) {
    edges { node { id phase files(first: 5) { nodes { fileName } } } } pageInfo { hasNextPage endCursor } } }`;
  const page = (after: string | null) => request<Page>(next.url, query, { after });
  // What reading itself takes is there before.
  for (let round = 0; round < 20; round += 1) await page(null);
  const cached = {
    bytes: await residentBytes(next),
    count: await metric(next, 'gateway_read_model_recordings'),
  };
  report(kind, 'memory of a gateway that serves nothing yet', rounded(cached.bytes));
  let id = '';
  for (let after: string | null = null, more = true; more;) {
    const { recordings }: Page = await page(after);
    id = recordings.edges[0]?.node.id ?? id;
    after = recordings.pageInfo.endCursor;
    more = recordings.pageInfo.hasNextPage;
  }
  const all = await residentBytes(next);
  const count = (await metric(next, 'gateway_read_model_recordings')) - cached.count;
  const estimated = await metric(next, 'gateway_read_model_bytes');
  report(
    kind,
    `memory of a cached recording with ${FILES} files (of ${rounded(count)})`,
    rounded((all - cached.bytes) / count),
  );
  report(kind, 'the same as the gateway estimates it', rounded(estimated / (count + cached.count)));
  const sockets = [];
  for (let index = 0; index < SUBSCRIBERS; index += 1) {
    const socket = await openReadySocket(next.url);
    socket.subscribe('1', 'subscription ($id: ID!) { recordingChanged(by: { id: $id }) { id phase } }', {
      id,
    });
    sockets.push(socket);
  }
  await waitFor(async () => (await metric(next, 'gateway_subscriptions')) === SUBSCRIBERS);
  report(kind, 'memory of an idle subscriber', rounded(((await residentBytes(next)) - all) / SUBSCRIBERS));
  for (const socket of sockets) socket.close();
  const connections = await disk.connections();
  if (connections !== null) report(kind, 'connections of one gateway', rounded(connections));
  return next;
}

let sandboxUrl = '';

async function startGateway(databaseUrl: string, port: number): Promise<RunningGateway> {
  const gateway = await runGateway({
    port,
    sandboxUrl,
    databaseFile: 'unused',
    env: {
      LOG_LEVEL: 'error',
      DATABASE_URL: databaseUrl,
      LIMIT_CONNECTIONS: 'off',
      LIMIT_SUBSCRIPTIONS: 'off',
      LIMIT_UNKNOWN_RECORDINGS: 'off',
    },
  });
  children.push(gateway);
  return gateway;
}

async function measure(kind: Kind, disk: Disk): Promise<void> {
  const port = await freePort();
  const sandbox = await runSandbox({
    port: await freePort(),
    gatewayPort: port,
    dataFile: join(directory.path, `sandbox-${kind}.db`),
    env: { CLOCK_SPEED: String(SPEED) },
  });
  children.push(sandbox);
  sandboxUrl = sandbox.url;
  const { webhookSecret, appId } = (await sandbox.control('GET', '')) as Record<string, string>;
  const gateway = await startGateway(disk.url, port);
  const parts = { kind, disk, gateway, sandbox, secret: new Secret(webhookSecret ?? ''), appId: appId ?? '' };
  await measureRecordings(parts);
  await measureEvents(parts);
  const last = await measureMemory(parts);
  await last.kill();
  await sandbox.kill();
}

const named = KINDS.filter((kind) => process.argv.includes(kind));
const isWanted = (kind: Kind) => named.length === 0 || named.includes(kind);

if (isWanted('SQLite')) await measure('SQLite', onFile());
if (isWanted('PostgreSQL')) {
  const server = await startPostgresServer();
  await measure('PostgreSQL', onServer(server.url));
  await server.close();
}
process.exit(0);
