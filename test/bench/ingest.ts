/**
 * Ingest: signed notifications that are acknowledged each second over 64 connections, as a ratio to those that the same
 * server's route only verifies and answers: notifications of another product, which do not belong to a recording. On
 * SQLite, and on PostgreSQL (of TEST_DATABASE_URL, else one that is started here). `small` gives a quick look, SQLite or
 * PostgreSQL one of the two.
 */
import { join } from 'node:path';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { administer } from '../support/databases/databases.js';
import { startPostgresServer } from '../support/databases/postgres-server.js';
import {
  freePort,
  runGateway,
  type RunningGateway,
  type RunningProcess,
  runSandbox,
  temporaryDirectory,
} from '../support/processes.js';
import {
  type Enough,
  median,
  OTHER_PRODUCT,
  perSecond,
  RECORDING_PRODUCT,
  send,
} from './send-notifications.js';

const SMALL = process.argv.includes('small');
const TIMES = SMALL ? { warmUpMs: 500, measuredMs: 1_500 } : { warmUpMs: 3_000, measuredMs: 10_000 };
const ROUNDS = SMALL ? 1 : 3;
/** The store is measured with so many events in it, and again with so many. */
const FEW_EVENTS = SMALL ? 1_000 : 10_000;
const MANY_EVENTS = SMALL ? 5_000 : Number(process.env.BENCH_EVENTS ?? 1_000_000);

const AIMS = { SQLite: 0.5, PostgreSQL: 0.25 };
const MAX_SLOWDOWN = 1.3;

const directory = temporaryDirectory();
const children: RunningProcess[] = [];
process.on('exit', () => {
  for (const { child } of children) child.kill();
  directory.remove();
});

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
    const verified = await perSecond(verify, TIMES);
    const acknowledged = await perSecond(store, TIMES);
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
  for (let round = 0; round < ROUNDS; round += 1) many.push(await perSecond(store, TIMES));
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
