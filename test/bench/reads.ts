/**
 * Reads: CPU time of a server for each reply to one recording by id, one by sid, and a page of 100 recordings with their files.
 * The gateway, and servers that answer the same documents from memory with the same data (test/bench/peers), are measured in
 * turns, as ratios to a bare `node:http` server that sends the same bytes. So is a gateway that is safe to expose: its caller
 * has a token, may see some channels only, and is limited and of another origin. Every reply is checked for its length. `small`
 * gives a quick look; `id`, `sid` or `page` measures that one alone.
 */
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { SQLITE_FILES } from '../../src/store/drivers/sqlite-file.js';
import { openStore } from '../../src/store/store.js';
import { notification, SECOND, T0 } from '../recordings/observations.js';
import {
  freePort,
  runGateway,
  type RunningProcess,
  runSandbox,
  temporaryDirectory,
} from '../support/processes.js';
import { AUDIENCE, ISSUER } from '../support/identity-provider.js';
import { cpuOf } from './cpu.js';
import { installPeers, startPeer } from './peers.js';
import { median } from './send-notifications.js';

const SMALL = process.argv.includes('small');
const RECORDINGS = SMALL ? 200 : Number(process.env.BENCH_RECORDINGS ?? 1_000);
const ROUNDS = SMALL ? 1 : 3;
const WARM_UP_MS = SMALL ? 300 : 4_000;
const ROUND_MS = SMALL ? 700 : 2_000;
const CONNECTIONS = 8;
const FILES = 10;

const ROOT = process.env.BENCH_ROOT ?? '.';
const KINDS = ['bare', 'apollo', 'mercurius', 'yoga'] as const;

const FIELDS = `
  id channel uid sid mode phase phaseInferred version startedAt endedAt observedAt explanation
  upload { state progress }
  delivery { received duplicates missingCount }
  files(first: ${FILES}) { nodes { fileName kind uid } pageInfo { hasNextPage endCursor } }`;

const DOCUMENTS = {
  id: `query ById($id: ID!) { recording(by: { id: $id }) {${FIELDS} } }`,
  sid: `query BySid($sid: String!) { recording(by: { sid: $sid }) {${FIELDS} } }`,
  page: `query Page($first: Int!) { recordings(first: $first, orderBy: STARTED_AT_ASC) {
    edges { cursor node {${FIELDS} } } pageInfo { hasNextPage endCursor } } }`,
};

type Case = keyof typeof DOCUMENTS;

interface ReadRecording {
  id: string;
  sid: string;
  files: { nodes: object[] };
}

const directory = temporaryDirectory();
const children: { kill(): unknown }[] = [];
process.on('exit', () => {
  for (const child of children) child.kill();
  directory.remove();
});

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

interface Address {
  port: number;
  /** What each request has besides its length and type. */
  headers: Record<string, string>;
}

/** The reply to one request, as text. */
function post({ port, headers: own }: Address, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { ...own, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const options = { agent, port, host: '127.0.0.1', path: '/graphql', method: 'POST', headers };
    const sent = request(options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (data: string) => (text += data));
      response.on('end', () =>
        response.statusCode === 200 ? resolve(text) : reject(new Error(`${response.statusCode}: ${text}`)),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function preload(databaseUrl: string, appId: string): Promise<void> {
  let minted = 0;
  // Old recordings would be removed while they are measured.
  const now = Math.floor((Date.now() - T0) / SECOND) - 60;
  const store = await openStore({
    databaseUrl,
    appIds: [appId],
    mintId: () => `recording-${String((minted += 1)).padStart(7, '0')}`,
    mintKey: () => 'bench',
  });
  for (let from = 0; from < RECORDINGS; from += 50) {
    const indexes = Array.from({ length: Math.min(50, RECORDINGS - from) }, (_, index) => from + index);
    for (const events of [40, 42, 31]) {
      await Promise.all(
        indexes.map((index) => {
          const sid = index.toString(16).padStart(32, '0');
          const fileList = Array.from({ length: FILES }, (_, file) => ({
            fileName: `bench/${sid}_${file}.mp4`,
            trackType: 'audio_and_video',
            uid: String(file),
            mixedAllUser: false,
            isPlayable: true,
            sliceStartTime: 1_623_058_193_000 + file,
          }));
          const details = events === 31 ? { status: 0, fileList } : {};
          const about = {
            recordingId: null,
            sid,
            cname: `channel-${index}`,
            uid: '527841',
            at: now + events,
            noticeId: `${events}-${index}`,
          };
          return store.record({ ...notification(events, details, about), appId });
        }),
      );
    }
  }
  await store.close();
}

interface Server extends Address {
  name: string;
  pid: number;
}

/** Sends requests over all connections for a time; how many were answered, each with the length it had before. */
async function load(
  server: Server,
  bodies: readonly string[],
  lengths: ReadonlyMap<string, number>,
  milliseconds: number,
): Promise<number> {
  const until = performance.now() + milliseconds;
  let answered = 0;
  let next = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() < until) {
        const body = bodies[(next += 1) % bodies.length] ?? '';
        const { length } = await post(server, body);
        if (length !== lengths.get(body)) {
          throw new Error(`${server.name} sent ${length} characters in place of ${lengths.get(body)}.`);
        }
        answered += 1;
      }
    }),
  );
  return answered;
}

/** Checks each reply of a server against the gateway's, and returns the lengths that its replies must have from then on. */
async function verify(server: Server, replies: ReadonlyMap<string, string>): Promise<Map<string, number>> {
  const lengths = new Map<string, number>();
  for (const [body, expected] of replies) {
    const text = await post(server, body);
    const { data } = JSON.parse(text) as { data: unknown };
    if (!isDeepStrictEqual(data, (JSON.parse(expected) as { data: unknown }).data)) {
      throw new Error(
        `${server.name} gives other data: ${text.slice(0, 500)}\nin place of ${expected.slice(0, 500)}`,
      );
    }
    lengths.set(body, text.length);
  }
  return lengths;
}

installPeers();
const sandbox = await runSandbox({
  port: await freePort(),
  gatewayPort: 9,
  dataFile: join(directory.path, 'sandbox.db'),
});
children.push({ kill: () => sandbox.child.kill() });
const { appId } = (await sandbox.control('GET', '')) as { appId: string };
const databaseFile = join(directory.path, 'gateway.db');
await preload(`file:${databaseFile}`, appId);
const safeFile = join(directory.path, 'safe.db');
// What was written may still be in the log of the file.
for (const suffix of SQLITE_FILES) {
  if (existsSync(`${databaseFile}${suffix}`))
    copyFileSync(`${databaseFile}${suffix}`, `${safeFile}${suffix}`);
}

async function startGateway(
  name: string,
  file: string,
  { env, headers }: { env: Record<string, string>; headers: Record<string, string> },
): Promise<Server> {
  const port = await freePort();
  const gateway: RunningProcess = await runGateway({
    port,
    sandboxUrl: sandbox.url,
    databaseFile: file,
    env: { LOG_LEVEL: 'error', NODE_ENV: 'production', SANDBOX: 'on', ...env },
    nodeOptions: (process.env.BENCH_NODE_OPTIONS ?? '').split(' ').filter((option) => option !== ''),
  });
  children.push({ kill: () => gateway.child.kill() });
  return { name, pid: gateway.child.pid ?? 0, port, headers };
}

/** Everything that makes a gateway safe to expose; its limits are counted and never reached. */
async function safety(): Promise<{ env: Record<string, string>; headers: Record<string, string> }> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const claims = { scope: 'recordings:read', agora_channels: ['channel-*'], agora_app_ids: [appId] };
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject('bench')
    .setExpirationTime('1 hour')
    .sign(privateKey);
  const origin = 'https://app.example.com';
  return {
    env: {
      AUTH: 'jwt',
      AUTH_ISSUER: ISSUER,
      AUTH_AUDIENCE: AUDIENCE,
      AUTH_JWT_PUBLIC_KEY: await exportSPKI(publicKey),
      ALLOWED_ORIGINS: origin,
      LIMIT_OPERATIONS: '1000000000',
      LIMIT_COST: '1000000000',
    },
    headers: { authorization: `Bearer ${token}`, origin },
  };
}

const gateway = await startGateway('gateway', databaseFile, { env: {}, headers: {} });

const recordings: (object & { id: string; sid: string })[] = [];
for (let after: string | null = null, isLast = false; !isLast;) {
  const query = `query ($after: String) { recordings(first: 100, after: $after, orderBy: STARTED_AT_ASC) {
    edges { cursor node {${FIELDS} } } pageInfo { hasNextPage endCursor } } }`;
  const text = await post(gateway, JSON.stringify({ query, variables: { after } }));
  const { data } = JSON.parse(text) as {
    data: {
      recordings: {
        edges: { cursor: string; node: ReadRecording }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    };
  };
  for (const { cursor, node } of data.recordings.edges) {
    const allFiles = node.files.nodes.map((file) => ({
      ...file,
      cursor: Buffer.from((file as { fileName: string }).fileName).toString('base64url'),
    }));
    recordings.push({ ...node, cursor, allFiles } as object & { id: string; sid: string });
  }
  after = data.recordings.pageInfo.endCursor;
  isLast = !data.recordings.pageInfo.hasNextPage;
}
if (recordings.length !== RECORDINGS) throw new Error(`The gateway lists ${recordings.length} recordings.`);

/** The requests of each case. Those for one recording go through all of 100. */
const requests: Record<Case, string[]> = {
  id: recordings.slice(0, 100).map(({ id }) => JSON.stringify({ query: DOCUMENTS.id, variables: { id } })),
  sid: recordings
    .slice(0, 100)
    .map(({ sid }) => JSON.stringify({ query: DOCUMENTS.sid, variables: { sid } })),
  page: [JSON.stringify({ query: DOCUMENTS.page, variables: { first: 100 } })],
};
const replies = new Map<string, string>();
for (const body of Object.values(requests).flat()) replies.set(body, await post(gateway, body));
const dataFile = join(directory.path, 'peers.json');
const schema = readFileSync(join(ROOT, 'schema/schema.graphql'), 'utf8');
writeFileSync(dataFile, JSON.stringify({ schema, recordings, replies: Object.fromEntries(replies) }));

const servers = [gateway, await startGateway('safe gateway', safeFile, await safety())];
for (const kind of KINDS) {
  servers.push({ name: kind, headers: {}, ...(await startPeer('read-server.mjs', kind, dataFile)) });
}

console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model}, ${RECORDINGS} recordings`);
const cases = Object.keys(requests) as Case[];
const named = cases.filter((name) => process.argv.includes(name));
for (const name of named.length === 0 ? cases : named) {
  const bodies = requests[name];
  const own = new Map(bodies.map((body) => [body, replies.get(body) ?? '']));
  const measured = new Map<string, number[]>(servers.map((server) => [server.name, []]));
  const lengths = new Map<string, Map<string, number>>();
  for (const server of servers) {
    lengths.set(server.name, await verify(server, own));
    await load(server, bodies, lengths.get(server.name) ?? new Map(), WARM_UP_MS);
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const server of servers) {
      const before = cpuOf(server.pid);
      const answered = await load(server, bodies, lengths.get(server.name) ?? new Map(), ROUND_MS);
      measured.get(server.name)?.push((cpuOf(server.pid) - before) / answered);
    }
  }
  const bare = median(measured.get('bare') ?? []);
  for (const [server, each] of measured) {
    const cpu = median(each);
    console.log(`${name}: ${server} ${cpu.toFixed(0)} us of CPU a reply, ${(cpu / bare).toFixed(1)} x bare`);
  }
}
process.exit(0);
