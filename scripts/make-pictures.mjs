/**
 * `npm run pictures`: makes the pictures of the console in docs/pictures. It starts the gateway with another sandbox, plays a
 * morning of a school, and photographs the list and one recording, light and dark. It needs Chromium: CHROMIUM names it.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const { CHROMIUM = '/usr/bin/chromium' } = process.env;
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'docs', 'pictures');

/** The largest size of a picture. Bytes. */
const MAX_BYTES = 150_000;

/** For how long something may be awaited. Milliseconds. */
const TIMEOUT_MS = 60_000;

const LESSONS = [
  { channel: 'algebra-7b', course: 'algebra', room: '104' },
  { channel: 'algebra-8a', course: 'algebra', room: '105' },
  { channel: 'biology-9c', course: 'biology', room: '201' },
  { channel: 'chemistry-10a', course: 'chemistry', room: '202' },
  { channel: 'drama-club', course: 'drama', room: 'hall' },
  { channel: 'geography-6a', course: 'geography', room: '106' },
  { channel: 'history-8b', course: 'history', room: '107' },
  { channel: 'music-5c', course: 'music', room: '012' },
  { channel: 'parents-evening', course: 'school', room: 'hall' },
  { channel: 'physics-9a', course: 'physics', room: '203' },
  { channel: 'physics-10b', course: 'physics', room: '203' },
  { channel: 'staff-meeting', course: 'school', room: '001' },
];

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function until(what, ask) {
  const end = Date.now() + TIMEOUT_MS;
  for (;;) {
    // What does not answer yet is asked again, until the time is up.
    const answer = await ask().catch((error) => error);
    if (answer === true) return;
    if (Date.now() > end) throw new Error(`${what} did not come: ${String(answer)}`);
    await pause(200);
  }
}

/** Starts the gateway, which starts a sandbox. Everything of them is in `directory`. */
async function startGateway(directory) {
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, [join(root, 'dist/main.js')], {
    cwd: directory,
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      SANDBOX_PORT: String(sandboxPort),
      LOG_LEVEL: 'error',
      LIMIT_OPERATIONS: 'off',
      LIMIT_COST: 'off',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  await until('The gateway', async () => (await fetch(`${url}/readyz`)).ok);
  const send = async (address, method, body) => {
    const response = await fetch(address, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${await response.text()}`);
    return await response.json();
  };
  return {
    url,
    sandbox: (method, path, body) => send(`http://127.0.0.1:${sandboxPort}/sandbox${path}`, method, body),
    async graphql(query, variables) {
      const { data, errors } = await send(`${url}/graphql`, 'POST', { query, variables });
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      return data;
    },
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

const user = (uid, audio = true, video = true) => ({ uid, audio, video });

/** Starts the lessons, and lets some minutes pass. Returns the id of the recording that is looked at. */
async function playMorning({ sandbox, graphql }) {
  const ids = new Map();
  for (const [index, { channel, course, room }] of LESSONS.entries()) {
    const config =
      channel === 'staff-meeting'
        ? { individual: { streamTypes: 'AUDIO', streamMode: 'ORIGINAL' } }
        : { composite: { avFileType: ['HLS', 'MP4'], transcodingConfig: { width: 1280, height: 720 } } };
    const input = {
      ...{ channel, uid: String(900 + index), config },
      metadata: [
        { key: 'course', value: course },
        { key: 'room', value: room },
      ],
    };
    const { startRecording } = await graphql(
      'mutation ($input: StartRecordingInput!) { startRecording(input: $input) { recording { id } userErrors { message } } }',
      { input },
    );
    if (startRecording.userErrors.length > 0) throw new Error(JSON.stringify(startRecording.userErrors));
    ids.set(channel, startRecording.recording.id);
  }
  const phases = async () => {
    const { recordings } = await graphql('{ recordings(first: 50) { nodes { channel phase } } }');
    return new Map(recordings.nodes.map(({ channel, phase }) => [channel, phase]));
  };
  await until('The recordings', async () =>
    [...(await phases()).values()].every((phase) => phase === 'RECORDING'),
  );

  const { recordings: tasks } = await sandbox('GET', '/recordings');
  const sidOf = (channel) => tasks.find(({ cname }) => cname === channel).sid;
  await sandbox('PUT', '/channels/physics-9a', { publishers: [user('71'), user('72')] });
  await sandbox('PUT', '/clock', { stepMs: 60_000 });
  await pause(1_000);
  await sandbox('PUT', '/channels/physics-9a', {
    publishers: [user('71'), user('72', true, false), user('73')],
  });
  await sandbox('PUT', '/notifications', { loss: 0.3 });
  await sandbox('PUT', '/clock', { stepMs: 90_000 });
  await pause(1_500);
  await sandbox('PUT', '/notifications', { loss: 0 });
  await sandbox('POST', '/faults', { operation: 'query', cname: 'physics-9a', reply: 'request-timeout' });
  await graphql(
    'mutation ($id: ID!) { refreshRecording(input: { recordingId: $id }) { userErrors { code } } }',
    {
      id: ids.get('physics-9a'),
    },
  );
  await sandbox('PUT', '/channels/physics-9a', { publishers: [user('71'), user('73')] });
  await sandbox('PUT', `/recordings/${sidOf('biology-9c')}`, { uploadMs: 3_600_000 });
  await sandbox('PUT', `/recordings/${sidOf('drama-club')}`, { uploadFails: true });
  for (const channel of ['algebra-7b', 'biology-9c', 'geography-6a', 'music-5c', 'drama-club']) {
    await graphql(
      'mutation ($id: ID!) { stopRecording(input: { recordingId: $id }) { userErrors { code } } }',
      {
        id: ids.get(channel),
      },
    );
  }
  await sandbox('PUT', '/clock', { stepMs: 120_000 });
  await until('The end of a lesson', async () => (await phases()).get('music-5c') === 'COMPLETED');
  await pause(3_000);
  return ids.get('physics-9a');
}

async function photograph(browser, colorScheme, { name, address, shown, viewport }) {
  const context = await browser.newContext({ colorScheme, viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(address);
  await page.locator(shown).first().waitFor();
  await pause(1_500);
  const path = join(folder, `${name}-${colorScheme}.png`);
  await page.screenshot({ path });
  await context.close();
  const { size } = statSync(path);
  console.log(`${path.slice(root.length)}: ${size} bytes`);
  if (size > MAX_BYTES) throw new Error(`${path} is larger than ${MAX_BYTES} bytes.`);
}

const directory = mkdtempSync(join(tmpdir(), 'pictures-'));
mkdirSync(folder, { recursive: true });
const gateway = await startGateway(directory);
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--disable-gpu'] });
try {
  const id = await playMorning(gateway);
  const viewport = { width: 1280, height: 720 };
  const pages = [
    { name: 'console-list', address: `${gateway.url}/console`, shown: '.row', viewport },
    {
      name: 'console-recording',
      address: `${gateway.url}/console?recording=${id}&tab=Timeline`,
      shown: '.life-span',
      viewport,
    },
  ];
  for (const colorScheme of ['light', 'dark'])
    for (const page of pages) await photograph(browser, colorScheme, page);
} finally {
  await browser.close();
  await gateway.close();
  rmSync(directory, { recursive: true, force: true });
}
