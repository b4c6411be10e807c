/**
 * Economy: many active recordings, many front ends that read them, normal speed. Fails where Agora's limit is broken, a
 * mutation waits too long, or reading costs calls. `small` as the second argument gives a quick look.
 */
import { join } from 'node:path';
import { request, subscribe } from '../support/graphql-client.js';
import {
  freePort,
  runGateway,
  type RunningProcess,
  runSandbox,
  temporaryDirectory,
} from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';
import { preload, takePattern } from './preload.js';

const SMALL = process.argv.includes('small');
const ACTIVE = SMALL ? 200 : 2_000;
const FRONT_ENDS = SMALL ? 60 : 1_000;
const WARM_UP_MS = SMALL ? 5_000 : 30_000;
const MEASURED_MS = SMALL ? 15_000 : 60_000;
/** Half of the front ends follow a recording live; the others read one this often. */
const READ_INTERVAL_MS = 5_000;
const MUTATION_INTERVAL_MS = 1_000;

const MAX_CALLS_PER_SECOND = 10;
const MAX_TURN_S = 1;

const directory = temporaryDirectory();
const ports = { gateway: await freePort(), sandbox: await freePort() };
const sandboxFile = join(directory.path, 'sandbox.db');
const gatewayFile = join(directory.path, 'gateway.db');

const children: RunningProcess[] = [];
// Also when the measurement fails.
process.on('exit', () => {
  for (const { child } of children) child.kill();
  directory.remove();
});

async function begun<T extends RunningProcess>(starting: Promise<T>): Promise<T> {
  const running = await starting;
  children.push(running);
  return running;
}

const startSandbox = () =>
  begun(
    runSandbox({
      port: ports.sandbox,
      gatewayPort: ports.gateway,
      dataFile: sandboxFile,
      env: { CLOCK_SPEED: '1' },
    }),
  );
const startGateway = (sandboxUrl: string, databaseFile: string) =>
  begun(runGateway({ port: ports.gateway, sandboxUrl, databaseFile, env: { LOG_LEVEL: 'error' } }));

interface Call {
  at: number;
  operation: string;
  httpStatus: number | null;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const START = `mutation ($channel: String!) { startRecording(input: { channel: $channel, uid: "901001", config: { composite: {} } }) {
  recording { id phase } userErrors { code } } }`;
const STOP = `mutation ($id: ID!) { stopRecording(input: { recordingId: $id, async: true }) { userErrors { code } } }`;
const REFRESH = `mutation ($id: ID!) { refreshRecording(input: { recordingId: $id }) { userErrors { code } } }`;
const READ = `query ($id: ID) { recording(by: { id: $id }) { id phase version observedAt files(first: 10) { edges { node { fileName } } } } }`;
const FOLLOW = `subscription ($id: ID) { recordingChanged(by: { id: $id }) { version phase } }`;

/** A recording that both sides really ran. */
async function makePattern(): Promise<string> {
  const sandbox = await startSandbox();
  const { appId } = (await sandbox.control('GET', '')) as { appId: string };
  const gateway = await startGateway(sandbox.url, join(directory.path, 'pattern.db'));
  const { startRecording } = await request<{ startRecording: { recording: { id: string } } }>(
    gateway.url,
    START,
    {
      channel: 'the-pattern',
    },
  );
  const read = `query ($id: ID) { recording(by: { id: $id }) { events(first: 50, types: [POLL]) { edges { cursor } }
    files(first: 1) { edges { cursor } } } }`;
  interface Seen {
    recording: { events: { edges: unknown[] }; files: { edges: unknown[] } };
  }
  await waitFor(
    async () => {
      const { recording } = await request<Seen>(gateway.url, read, { id: startRecording.recording.id });
      return recording.events.edges.length >= 2 && recording.files.edges.length > 0;
    },
    { withinMs: 60_000, what: 'a recording that was asked twice' },
  );
  await gateway.kill();
  await sandbox.kill();
  return appId;
}

/** A counter or the count of a histogram, by its name and labels as they are printed. */
function metric(text: string, name: string): number {
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined ? 0 : Number(line.slice(name.length + 1));
}

/** Turns that a priority had between two readings of the metrics, and how many of them within so many seconds. */
function turns(before: string, after: string, priority: string) {
  const delta = (name: string) => metric(after, name) - metric(before, name);
  const within = `gateway_turn_wait_seconds_bucket{le="${MAX_TURN_S}",priority="${priority}"}`;
  return { count: delta(`gateway_turn_wait_seconds_count{priority="${priority}"}`), inTime: delta(within) };
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

const failures: string[] = [];
function assert(holds: boolean, message: string): void {
  console.log(`${holds ? 'ok    ' : 'FAILED'} ${message}`);
  if (!holds) failures.push(message);
}

const appId = await makePattern();
const pattern = await takePattern(
  { gateway: join(directory.path, 'pattern.db'), sandbox: sandboxFile },
  appId,
);
const preloadedAt = Date.now();
const ids = await preload(pattern, { gateway: gatewayFile, sandbox: sandboxFile }, appId, {
  count: ACTIVE,
  spreadMs: 120_000,
  firstProgressAt: Date.now() + 30_000,
});
console.log(`${ids.length} recordings preloaded in ${((Date.now() - preloadedAt) / 1000).toFixed(1)} s`);

const sandbox = await startSandbox();
const gateway = await startGateway(sandbox.url, gatewayFile);
const metricsNow = async () => await (await fetch(`${gateway.url}/metrics`)).text();
const phases = [...(await metricsNow()).matchAll(/^gateway_recordings\{phase="\w+"\} (\d+)$/gm)];
const active = phases.reduce((sum, [, count]) => sum + Number(count), 0);
assert(active === ACTIVE, `${active} recordings are active`);

let running = true;
const reads: number[] = [];
let failedReads = 0;
const mutations: { operation: string; at: number; took: number; codes: string[] }[] = [];
const pick = (index: number) => ids[(index * 7_919) % ids.length];

const followers = Array.from({ length: FRONT_ENDS / 2 }, (_, index) =>
  subscribe(gateway.url, FOLLOW, { id: pick(index) }),
);
const readers = Array.from({ length: FRONT_ENDS / 2 }, async (_, index) => {
  await pause((READ_INTERVAL_MS * index) / (FRONT_ENDS / 2));
  for (let turn = 0; running; turn += 1) {
    const before = performance.now();
    const failed = await request(gateway.url, READ, { id: pick(index + turn) }).then(
      () => false,
      () => true,
    );
    if (failed) failedReads += 1;
    else reads.push(performance.now() - before);
    await pause(Math.max(0, READ_INTERVAL_MS - (performance.now() - before)));
  }
});
const inFlight = new Set<Promise<void>>();
const mutator = (async () => {
  const kinds = [
    ['start', START],
    ['refresh', REFRESH],
    ['stop', STOP],
    ['refresh', REFRESH],
  ] as const;
  for (let turn = 0; running; turn += 1) {
    const [operation, document] = kinds[turn % kinds.length] ?? kinds[0];
    const [at, before] = [Date.now(), performance.now()];
    const variables = { id: pick(turn + 13), channel: `bench-new-${turn}` };
    const mutation = request<Record<string, { userErrors: { code: string }[] }>>(
      gateway.url,
      document,
      variables,
    )
      .then((data) => {
        const codes = Object.values(data).flatMap(({ userErrors }) => userErrors.map(({ code }) => code));
        mutations.push({ operation, at, took: performance.now() - before, codes });
      })
      .catch(() => {
        mutations.push({ operation, at, took: performance.now() - before, codes: ['no answer'] });
      })
      .finally(() => inFlight.delete(mutation));
    inFlight.add(mutation);
    await pause(MUTATION_INTERVAL_MS);
  }
})();

console.log(`warming up for ${WARM_UP_MS / 1000} s, measuring for ${MEASURED_MS / 1000} s`);
await pause(WARM_UP_MS);
const readsBefore = reads.length;
const [metricsBefore, from] = [await metricsNow(), Date.now()];
await pause(MEASURED_MS);
const [metricsAfter, to] = [await metricsNow(), Date.now()];
running = false;
await Promise.all([...readers, mutator, ...inFlight]);
const messages = followers.reduce((sum, follower) => sum + follower.messages.length, 0);
await Promise.all(followers.map((follower) => follower.close()));
const { calls } = (await sandbox.control('GET', '/calls?limit=10000')) as { calls: Call[] };
await gateway.kill();
await sandbox.kill();

const measured = calls.filter(({ at }) => at >= from && at <= to);
const byOperation = new Map<string, number>();
for (const { operation } of measured) byOperation.set(operation, (byOperation.get(operation) ?? 0) + 1);
const peak = Math.max(
  ...measured.map(({ at }) => measured.filter((other) => other.at >= at && other.at < at + 1000).length),
);
const priorities = Object.fromEntries(
  ['stop', 'start', 'update', 'refresh', 'confirmation', 'heartbeat'].map((priority) => [
    priority,
    turns(metricsBefore, metricsAfter, priority),
  ]),
);
const sum = (names: readonly string[], field: 'count' | 'inTime') =>
  names.reduce((total, name) => total + (priorities[name]?.[field] ?? 0), 0);
const mutationTurns = ['stop', 'start', 'update', 'refresh'] as const;
const watchTurns = sum(['confirmation', 'heartbeat'], 'count');
const made = mutations.filter(({ at }) => at >= from && at <= to);
const refreshes = made.filter(({ operation }) => operation === 'refresh').length;
const queries = byOperation.get('query') ?? 0;
const measuredReads = reads.slice(readsBefore);
const inTime = sum(mutationTurns, 'inTime') / Math.max(1, sum(mutationTurns, 'count'));

console.log(`calls in ${MEASURED_MS / 1000} s: ${measured.length}`, Object.fromEntries(byOperation));
const cpu =
  metric(metricsAfter, 'process_cpu_seconds_total') - metric(metricsBefore, 'process_cpu_seconds_total');
console.log(`the gateway used ${((cpu * 100_000) / MEASURED_MS).toFixed(0)} % of a core`);
console.log(`turns: watch ${watchTurns}, mutations ${sum(mutationTurns, 'count')}`);
console.log(
  `reads: ${measuredReads.length}, p50 ${percentile(measuredReads, 0.5)} ms, p99 ${percentile(measuredReads, 0.99)} ms; ` +
    `${followers.length} live subscriptions had ${messages} messages`,
);
for (const operation of ['start', 'refresh', 'stop']) {
  const took = made.filter((each) => each.operation === operation).map((each) => each.took);
  console.log(
    `${operation}: ${took.length}, whole p50 ${percentile(took, 0.5)} ms, p99 ${percentile(took, 0.99)} ms`,
  );
}
assert(
  calls.every(({ httpStatus }) => httpStatus !== 429),
  'no call was answered with 429',
);
assert(peak <= MAX_CALLS_PER_SECOND, `at most ${peak} calls in any sliding second`);
assert(
  inTime >= 0.99,
  `${(inTime * 100).toFixed(1)} % of the mutations' calls had their turn within ${MAX_TURN_S} s`,
);
const refused = made.filter(({ codes }) => codes.length > 0);
assert(refused.length === 0, `mutations refused: ${JSON.stringify(refused.map(({ codes }) => codes))}`);
assert(failedReads === 0, `${failedReads} reads failed`);
// A call on its way at either end of the window counts on one side only.
const beyond = queries - watchTurns - refreshes;
assert(
  Math.abs(beyond) <= 5,
  `${queries} queries: ${watchTurns} of the watch, ${refreshes} of refreshRecording, and ${beyond} more`,
);
process.exit(failures.length > 0 ? 1 : 0);
