/**
 * Makes the stores that a release leaves behind, so that tests can bring them to the present: a SQLite file, a dump of
 * PostgreSQL, and what the API of that release answered about each.
 *
 *   node test/store/releases/make.mjs CHECKOUT NAME POSTGRES_URL
 *
 * CHECKOUT is a built working copy of the release, POSTGRES_URL an empty database on a server of which `pg_dump` is in
 * PATH. Every release adds its files; they are never made again.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [checkout, name, postgresUrl] = process.argv.slice(2);
if (postgresUrl === undefined) throw new Error('Usage: make.mjs CHECKOUT NAME POSTGRES_URL');
const target = (suffix) => fileURLToPath(new URL(`./${name}.${suffix}`, import.meta.url));

/** The sandbox's time runs so much faster, so that files and progress come within seconds. */
const SPEED = 30;

const CONFIGS = {
  composite: { composite: {} },
  individual: { individual: { subscribeUidGroup: 'UIDS_1_TO_2' } },
  web: {
    web: {
      ...{ url: 'https://example.com/lesson', audioProfile: 'MUSIC_HIGH_QUALITY', maxRecordingHour: 1 },
      ...{ videoWidth: 1280, videoHeight: 720 },
    },
  },
};

async function freePort() {
  return await new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

function run(entry, env) {
  const child = spawn(process.execPath, [join(resolve(checkout), entry)], {
    env: { PATH: process.env.PATH, ...env },
    stdio: 'inherit',
  });
  const exited = new Promise((done) => child.once('exit', done));
  process.once('exit', () => child.kill('SIGKILL'));
  return {
    async stop() {
      child.kill('SIGTERM');
      const code = await exited;
      if (code !== 0) throw new Error(`${entry} ended with ${code}.`);
    },
  };
}

async function until(what, condition) {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    const value = await condition().catch(() => false);
    if (value) return value;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`This did not happen within a minute: ${what}.`);
}

async function send(url, method, body) {
  const response = await fetch(url, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  const text = await response.text();
  return text === '' ? null : JSON.parse(text);
}

async function ask(gateway, query, variables = {}) {
  const { data, errors } = await send(`${gateway}/graphql`, 'POST', { query, variables });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

/** A notification of a recording that the gateway did not start. */
async function notifyOfAnother(gateway, { webhookSecret }, sequence) {
  const at = Date.now();
  const body = JSON.stringify({
    ...{ noticeId: `another-${sequence}`, productId: 3, eventType: 40, notifyMs: at },
    payload: {
      ...{ cname: 'another', uid: '9', sid: '0123456789abcdef0123456789abcdef', sequence, sendts: at },
      ...{ serviceType: 1, details: { msgName: 'recorder_started' } },
    },
  });
  const signature = createHmac('sha256', webhookSecret).update(body).digest('hex');
  const response = await fetch(`${gateway}/webhooks/agora`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'agora-signature-v2': signature },
    body,
  });
  if (response.status !== 200) throw new Error(`The webhook answered ${response.status}.`);
}

const START = `mutation ($input: StartRecordingInput!) {
  startRecording(input: $input) { recording { id } userErrors { code message } } }`;
const STOP = `mutation ($id: ID!) { stopRecording(input: { recordingId: $id }) { userErrors { code message } } }`;
const PHASE = `query ($id: ID) { recording(by: { id: $id }) { phase } }`;
const READ = `{ recordings(first: 50, orderBy: STARTED_AT_ASC) { edges { node {
  id appId channel uid sid mode phase
  files(first: 100) { edges { node { fileName } } }
  events(first: 100) { edges { node { id source type typeCode sequence occurredAt } } pageInfo { hasNextPage } } } } } }`;

/** Records in all three modes, some stopped and some not, with lost and repeated notifications. */
async function record(gateway, sandbox, project) {
  await send(`${sandbox}/sandbox/notifications`, 'PUT', {
    repetition: 0.2,
    redundant: 0.2,
    loss: 0.1,
    seed: 1,
  });
  for (const [mode, config] of Object.entries(CONFIGS)) {
    for (const isStopped of [true, false]) {
      const input = { channel: `${mode} ${isStopped ? 'stopped' : 'running'}`, uid: '7', config };
      const { startRecording } = await ask(gateway, START, { input });
      const { recording, userErrors } = startRecording;
      if (recording === null) throw new Error(JSON.stringify(userErrors));
      const { id } = recording;
      const phase = async () => (await ask(gateway, PHASE, { id })).recording.phase;
      await until(`${input.channel} runs`, async () => (await phase()) === 'RECORDING');
      if (!isStopped) continue;
      await new Promise((done) => setTimeout(done, 3_000));
      await ask(gateway, STOP, { id });
      await until(`${input.channel} is completed`, async () => (await phase()) === 'COMPLETED');
    }
  }
  for (const sequence of [0, 1, 3]) await notifyOfAnother(gateway, project, sequence);
}

async function make(databaseUrl, what) {
  const directory = mkdtempSync(join(tmpdir(), 'gateway-release-'));
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const [gateway, sandbox] = [port, sandboxPort].map((each) => `http://127.0.0.1:${each}`);
  const entries = ['packages/sandbox/dist/main.js', 'dist/sandbox/main.js'];
  const simulator = run(
    entries.find((entry) => existsSync(join(checkout, entry))),
    {
      ...{ SANDBOX_PORT: `${sandboxPort}`, SANDBOX_WEBHOOK_URL: `${gateway}/webhooks/agora` },
      ...{ SANDBOX_DATA: join(directory, 'sandbox.db'), CLOCK_SPEED: `${SPEED}`, LOG_LEVEL: 'warn' },
    },
  );
  const project = await until('the sandbox answers', () => send(`${sandbox}/sandbox`, 'GET'));
  const url = databaseUrl ?? `file:${join(directory, 'gateway.db')}`;
  const release = run('dist/main.js', {
    ...{ PORT: `${port}`, SANDBOX_URL: sandbox, DATABASE_URL: url, LOG_LEVEL: 'warn' },
  });
  await until('the gateway is ready', async () => (await fetch(`${gateway}/readyz`)).ok);
  await record(gateway, sandbox, project);
  const { recordings } = await ask(gateway, READ);
  await release.stop();
  await simulator.stop();
  const { appId, customerId } = project;
  const expected = { appId, customerId, recordings: recordings.edges.map(({ node }) => node) };
  writeFileSync(target(`${what}.json`), `${JSON.stringify(expected, null, 1)}\n`);
  return { directory };
}

const { directory } = await make(null, 'sqlite');
copyFileSync(join(directory, 'gateway.db'), target('sqlite.db'));
rmSync(directory, { recursive: true });

const made = await make(postgresUrl, 'postgres');
rmSync(made.directory, { recursive: true });
const dump = execFileSync('pg_dump', ['--inserts', '--no-owner', '--no-privileges', postgresUrl], {
  encoding: 'utf8',
  maxBuffer: 2 ** 28,
});
// Lines for psql alone, such as \restrict.
const sql = dump
  .split('\n')
  .filter((line) => !line.startsWith('\\'))
  .join('\n');
writeFileSync(target('postgres.sql'), sql);
