/**
 * Live: CPU time of a server for each message to a subscriber, when one recording changes that all of them follow, and how long
 * it takes until the last one has it. The gateway, mercurius and graphql-yoga, in turns and as ratios to a bare `ws` server that
 * sends the same bytes. `small` gives a quick look; a number measures that many subscribers alone.
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { notificationPoster, notificationSeries } from '../support/agora/send-notification.js';
import { request } from '../support/graphql-client.js';
import { freePort, runGateway, runSandbox, temporaryDirectory } from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';
import { cpuOf } from './cpu.js';
import { installPeers, startPeer } from './peers.js';
import { median } from './send-notifications.js';

const SMALL = process.argv.includes('small');
const given = process.argv.map(Number).filter((number) => number > 0);
const AMOUNTS = given.length > 0 ? given : SMALL ? [200] : [1_000, 5_000, 10_000];
const MESSAGES = SMALL ? 5 : 20;
const WARM_UP_MESSAGES = SMALL ? 2 : 10;
/** Two changes a second. */
const INTERVAL_MS = 500;
const KINDS = ['bare', 'mercurius', 'yoga'] as const;

const ROOT = process.env.BENCH_ROOT ?? '.';
const CHANNEL = 'live';

const FIELDS = `
  id channel uid sid mode phase phaseInferred version startedAt endedAt observedAt explanation
  upload { state progress }
  delivery { received duplicates missingCount }`;
const QUERY = `subscription { recordingChanged(by: { sid: "SID" }) {${FIELDS} } }`;

const directory = temporaryDirectory();
const children: { kill(): unknown }[] = [];
process.on('exit', () => {
  for (const child of children) child.kill();
  directory.remove();
});

interface Server {
  name: string;
  pid: number;
  url: string;
  /** Makes it send one message to each subscriber. */
  change(): Promise<void>;
}

interface Subscribers {
  /** When the last one had the message with this number, which begins at 1. */
  lastAt(message: number): Promise<number>;
  close(): void;
}

async function subscribe({ url }: Server, amount: number, query: string): Promise<Subscribers> {
  const program = join(ROOT, 'test/bench/subscribers.mjs');
  const address = `${url.replace('http', 'ws')}/graphql`;
  const child = spawn(process.execPath, [program, address, String(amount), query], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const times = new Map<number, number>();
  let isReady = false;
  let isOver = false;
  child.once('exit', () => (isOver = true));
  createInterface(child.stdout).on('line', (line) => {
    const { ready, message, at } = JSON.parse(line) as { ready?: number; message?: number; at?: number };
    if (ready !== undefined) isReady = true;
    if (message !== undefined && at !== undefined) times.set(message, at);
  });
  const there = async <T>(read: () => T | undefined | false, what: string): Promise<T> =>
    await waitFor(
      () => {
        if (isOver) throw new Error('The subscribers have ended.');
        return read();
      },
      { what, everyMs: 5 },
    );
  await there(() => isReady, `${amount} subscribers`);
  return {
    lastAt: (message) => there(() => times.get(message), `message ${message}`),
    close: () => child.kill('SIGKILL'),
  };
}

/** A peer, which sends what `message` gives. */
async function peerServer(kind: string, file: string, message: () => string): Promise<Server> {
  const { pid, port } = await startPeer('live-server.mjs', kind, file);
  const url = `http://127.0.0.1:${port}`;
  return {
    name: kind,
    pid,
    url,
    async change() {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${url}/publish`, { method: 'POST', headers, body: message() });
      if (!response.ok) throw new Error(`${kind} answered ${response.status}: ${await response.text()}`);
      await response.text();
    },
  };
}

installPeers();
const ports = { gateway: await freePort(), sandbox: await freePort() };
const sandbox = await runSandbox({
  port: ports.sandbox,
  gatewayPort: 9,
  dataFile: join(directory.path, 'sandbox.db'),
});
children.push(sandbox.child);
const running = await runGateway({
  port: ports.gateway,
  sandboxUrl: sandbox.url,
  databaseFile: join(directory.path, 'gateway.db'),
  env: {
    ...{ LOG_LEVEL: 'error', NODE_ENV: 'production', SANDBOX: 'on' },
    ...{ LIMIT_CONNECTIONS: 'off', LIMIT_SUBSCRIPTIONS: 'off' },
  },
  nodeOptions: (process.env.BENCH_NODE_OPTIONS ?? '').split(' ').filter((option) => option !== ''),
});
children.push(running.child);

const post = await notificationPoster(sandbox);
const series = notificationSeries(
  (body) => post(running.url, body),
  () => Date.now(),
);
let progress = 0;
const gateway: Server = {
  name: 'gateway',
  pid: running.child.pid ?? 0,
  url: running.url,
  change: () =>
    series.notify(CHANNEL, 33, { msgName: 'uploading_progress', progress: (progress += 1) % 10_000 }),
};
await series.notify(CHANNEL, 40, { msgName: 'recorder_started' });
const sid = series.sidOf(CHANNEL);
const query = QUERY.replace('SID', sid);
/** What the gateway sends, with another version each time. */
async function reply(): Promise<string> {
  const data = await request<{ recording: object }>(
    running.url,
    `query { recording(by: { sid: "${sid}" }) {${FIELDS} } }`,
  );
  return JSON.stringify({ data: { recordingChanged: data.recording } });
}
const payload = await reply();
const schemaFile = join(directory.path, 'schema.json');
const schema = readFileSync(join(ROOT, 'schema/schema.graphql'), 'utf8');
writeFileSync(schemaFile, JSON.stringify({ schema }));
const servers = [gateway];
for (const kind of KINDS) servers.push(await peerServer(kind, schemaFile, () => payload));

console.log(
  `Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model}, ${payload.length} bytes a message`,
);
for (const amount of AMOUNTS) {
  const measured: { name: string; cpu: number; last: number }[] = [];
  for (const server of servers) {
    const subscribers = await subscribe(server, amount, query);
    // A subscription of the gateway begins with the state that is there.
    let message = server === gateway ? 1 : 0;
    if (message === 1) await subscribers.lastAt(message);
    const next = async () => {
      const began = Date.now();
      await server.change();
      return (await subscribers.lastAt((message += 1))) - began;
    };
    for (let sent = 0; sent < WARM_UP_MESSAGES; sent += 1) await next();
    const before = cpuOf(server.pid);
    const lasts: number[] = [];
    for (let sent = 0; sent < MESSAGES; sent += 1) {
      const began = performance.now();
      lasts.push(await next());
      await sleep(Math.max(0, INTERVAL_MS - (performance.now() - began)));
    }
    const cpu = (cpuOf(server.pid) - before) / (MESSAGES * amount);
    measured.push({ name: server.name, cpu, last: median(lasts) });
    subscribers.close();
    await sleep(INTERVAL_MS);
  }
  const bare = measured.find(({ name }) => name === 'bare')?.cpu ?? Number.NaN;
  for (const { name, cpu, last } of measured) {
    console.log(
      `${amount} subscribers: ${name} ${cpu.toFixed(1)} us of CPU a message, ${(cpu / bare).toFixed(2)} x bare, ` +
        `the last one after ${last.toFixed(0)} ms`,
    );
  }
}
process.exit(0);
