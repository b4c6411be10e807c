/**
 * Ingest: signed notifications that are acknowledged each second over 64 connections, as a ratio to those that the same
 * server's route only verifies and answers: notifications of another product, which do not belong to a recording. On
 * SQLite, and on PostgreSQL (of TEST_DATABASE_URL, else one that is started here). `small` gives a quick look, SQLite or
 * PostgreSQL one of the two.
 */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { sign } from '@agora-recording-gateway/agora/webhook/signature';
import { administer } from '../support/databases.js';
import { startPostgresServer } from '../support/postgres-server.js';
import {
  freePort,
  runGateway,
  type RunningGateway,
  type RunningProcess,
  runSandbox,
  temporaryDirectory,
} from '../support/processes.js';

const SMALL = process.argv.includes('small');
const CONNECTIONS = 64;
const RECORDINGS = 100;
const WARM_UP_MS = SMALL ? 500 : 3_000;
const MEASURED_MS = SMALL ? 1_500 : 10_000;
const ROUNDS = SMALL ? 1 : 3;
/** The store is measured with so many events in it, and again with so many. */
const FEW_EVENTS = SMALL ? 1_000 : 10_000;
const MANY_EVENTS = SMALL ? 5_000 : Number(process.env.BENCH_EVENTS ?? 1_000_000);

const AIMS = { SQLite: 0.5, PostgreSQL: 0.25 };
const MAX_SLOWDOWN = 1.3;

const RECORDING_PRODUCT = 3;
const OTHER_PRODUCT = 1;

const directory = temporaryDirectory();
const children: RunningProcess[] = [];
process.on('exit', () => {
  for (const { child } of children) child.kill();
  directory.remove();
});

let sent = 0;

/** A notification that differs from all others, signed, as it goes over the wire. Its noticeId is as Agora's are. */
function notification(secret: Secret, productId: number): string {
  const number = (sent += 1);
  const recording = number % RECORDINGS;
  const body = JSON.stringify({
    noticeId: randomBytes(16).toString('hex'),
    productId,
    eventType: 33,
    notifyMs: Date.now(),
    payload: {
      cname: `channel-${recording}`,
      uid: '901001',
      sid: String(recording).padStart(32, 'a'),
      sequence: Math.floor(number / RECORDINGS),
      sendts: Date.now(),
      serviceType: 2,
      details: { msgName: 'uploading_progress', progress: number % 10_000 },
    },
  });
  const signature = sign('sha256', secret, Buffer.from(body));
  return (
    `POST /webhooks/agora HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n` +
    `Agora-Signature-V2: ${signature}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  );
}

/** The status of a reply once it is there whole, else null. */
function statusOf(reply: string): number | null {
  const head = reply.indexOf('\r\n\r\n');
  const length = /content-length: (\d+)/i.exec(reply)?.[1];
  return head < 0 || reply.length < head + 4 + Number(length) ? null : Number(reply.slice(9, 12));
}

interface Connection {
  /** Sends one request, and resolves with the status of its reply. */
  ask(request: string): Promise<number>;
  close(): void;
}

/** HTTP over a bare socket: what sends takes little of the two cores from what is measured. */
function openConnection(url: string): Connection {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let [reply, answer, fail] = ['', (_status: number) => {}, (_error: Error) => {}];
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    reply += chunk;
    const status = statusOf(reply);
    if (status !== null) answer(status);
  });
  socket.on('error', (error) => fail(error));
  socket.on('close', () => fail(new Error('The connection was closed.')));
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        [reply, answer, fail] = ['', resolve, reject];
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

/** Whether enough was sent, by the number of answers and the time they took. */
type Enough = (answered: number, milliseconds: number) => boolean;

type Measured = { seconds: number; answered: number };

/** Sends over all connections, each its next as soon as its last was answered, until `enough` says so. */
async function send(url: string, secret: Secret, productId: number, enough: Enough): Promise<Measured> {
  const connections = Array.from({ length: CONNECTIONS }, () => openConnection(url));
  const beganAt = performance.now();
  let answered = 0;
  await Promise.all(
    connections.map(async (connection) => {
      while (!enough(answered, performance.now() - beganAt)) {
        const status = await connection.ask(notification(secret, productId));
        if (status !== 200) throw new Error(`A notification was answered with ${status}.`);
        answered += 1;
      }
    }),
  );
  for (const connection of connections) connection.close();
  return { seconds: (performance.now() - beganAt) / 1000, answered };
}

const forTime =
  (limitMs: number): Enough =>
  (_answered, milliseconds) =>
    milliseconds >= limitMs;

/** How many each second are answered, once it has warmed up. */
async function perSecond(sending: (enough: Enough) => Promise<Measured>): Promise<number> {
  await sending(forTime(WARM_UP_MS));
  const { answered, seconds } = await sending(forTime(MEASURED_MS));
  return answered / seconds;
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

const failures: string[] = [];

async function measure(kind: keyof typeof AIMS, gateway: RunningGateway, secret: Secret): Promise<void> {
  let stored = 0;
  const store = async (enough: Enough) => {
    const measured = await send(gateway.url, secret, RECORDING_PRODUCT, enough);
    stored += measured.answered;
    return measured;
  };
  const verify = (enough: Enough) => send(gateway.url, secret, OTHER_PRODUCT, enough);
  await store((answered) => answered >= FEW_EVENTS);
  const ratios: number[] = [];
  const few: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const verified = await perSecond(verify);
    const acknowledged = await perSecond(store);
    few.push(acknowledged);
    ratios.push(acknowledged / verified);
    console.log(
      `${kind}: ${Math.round(acknowledged)}/s stored and acknowledged, ${Math.round(verified)}/s verified and answered, ` +
        `ratio ${(acknowledged / verified).toFixed(2)} (${stored} events stored)`,
    );
  }
  const missing = MANY_EVENTS - stored;
  if (missing > 0) await store((answered) => answered >= missing);
  const many: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) many.push(await perSecond(store));
  const slower = median(few) / median(many);
  console.log(
    `${kind}: ${many.map(Math.round).join(', ')}/s with ${stored} events stored: ${slower.toFixed(2)} times slower`,
  );
  if (SMALL) return;
  const ratio = median(ratios);
  if (ratio < AIMS[kind]) failures.push(`${kind}: the ratio is ${ratio.toFixed(2)}, the aim ${AIMS[kind]}`);
  if (slower >= MAX_SLOWDOWN) failures.push(`${kind}: ${slower.toFixed(2)} times slower with many events`);
}

const sandbox = await runSandbox({
  port: await freePort(),
  gatewayPort: 9,
  dataFile: join(directory.path, 'sandbox.db'),
});
children.push(sandbox);
const { webhookSecret } = (await sandbox.control('GET', '')) as { webhookSecret: string };

async function on(kind: keyof typeof AIMS, databaseUrl: string): Promise<void> {
  const gateway = await runGateway({
    port: await freePort(),
    sandboxUrl: sandbox.url,
    databaseFile: 'unused',
    env: { LOG_LEVEL: 'error', DATABASE_URL: databaseUrl },
  });
  children.push(gateway);
  await measure(kind, gateway, new Secret(webhookSecret));
  await gateway.kill();
}

/** One of the two can be named: `npm run bench -- ingest PostgreSQL`. */
const named = Object.keys(AIMS).filter((kind) => process.argv.includes(kind));
const isWanted = (kind: keyof typeof AIMS) => named.length === 0 || named.includes(kind);

if (isWanted('SQLite')) await on('SQLite', `file:${join(directory.path, 'gateway.db')}`);

async function onPostgres(): Promise<void> {
  const given = process.env.TEST_DATABASE_URL ?? '';
  const server = given === '' ? await startPostgresServer() : null;
  const postgres = new URL(server?.url ?? given);
  await administer(postgres.href, async (client) => {
    await client.query('drop database if exists bench_ingest with (force)');
    await client.query('create database bench_ingest');
  });
  const administrator = postgres.href;
  postgres.pathname = '/bench_ingest';
  await on('PostgreSQL', postgres.href);
  await administer(administrator, async (client) => {
    await client.query('drop database bench_ingest with (force)');
  });
  await server?.close();
}

if (isWanted('PostgreSQL')) await onPostgres();
await sandbox.kill();
for (const failure of failures) console.error(failure);
process.exit(failures.length > 0 ? 1 : 0);
