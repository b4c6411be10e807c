import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox.js';
import { type Client, clientOf, type Json } from '../support/sandbox.js';

const run = promisify(execFile);

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const REDIRECT = pathOf('../../redirect.cjs');
const CLIENT = pathOf('node-client.cjs');

/** The client waits 3 s between two queries; here 6 s of sandbox time, so that files exist by the third. */
const SPEED = 100;
const PAUSE_MS = 60;

interface Line {
  operation: string;
  status: number;
  body: Json;
}

const directory = mkdtempSync(join(tmpdir(), 'sandbox-client-'));

let sandbox: Sandbox;
let client: Client;
let environment: Record<string, string>;

beforeAll(async () => {
  const dataFile = join(directory, 'sandbox.db');
  const webhookUrl = 'http://127.0.0.1:9/';
  sandbox = await startSandbox({ httpsPort: 0, dataFile, speed: SPEED, callsPerSecond: 1_000, webhookUrl });
  client = await clientOf(sandbox);
  const { appId, customerId, customerSecret, storage } = client.info;
  const { https } = (await client.control('GET', '')).body as { https: { url: string; caFile: string } };
  environment = {
    PATH: process.env.PATH ?? '',
    ...{ APP_ID: appId, CUSTOMER_ID: customerId, CUSTOMER_SECRET: customerSecret },
    STORAGE_CONFIG: JSON.stringify(storage),
    SANDBOX_HTTPS_PORT: new URL(https.url).port,
    NODE_EXTRA_CA_CERTS: https.caFile,
  };
});

afterAll(async () => {
  await sandbox.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Runs the client in a process that is pointed at the sandbox as the manual describes, over HTTPS. */
async function runClient(scenario: string, area: string): Promise<Line[]> {
  const options = ['--require', REDIRECT, CLIENT, scenario, area, scenario, '901001', String(PAUSE_MS)];
  const { stdout } = await run(process.execPath, options, { env: environment });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

const responseOf = (line: Line | undefined) => (line?.body.serverResponse ?? {}) as Json;

/** The payloads of the extension services, by their names. */
function servicesIn(line: Line | undefined): Record<string, Json> {
  const states = (responseOf(line).extensionServiceState ?? []) as { serviceName: string; payload: Json }[];
  return Object.fromEntries(states.map(({ serviceName, payload }) => [serviceName, payload]));
}

const files = (...endings: string[]) =>
  endings.map(
    (ending) => expect.objectContaining({ fileName: expect.stringMatching(ending) as string }) as unknown,
  );

/** What the client must find in the last query: it chooses the type of the reply by mode and fileListMode. */
const SCENARIOS: Record<
  string,
  [area: string, look: (line: Line | undefined) => unknown, expected: unknown]
> = {
  'mix-hls': [
    'US',
    (line) => responseOf(line),
    expect.objectContaining({
      ...{ status: 5, fileListMode: 'string', sliceStartTime: expect.any(Number) as number },
      fileList: expect.stringMatching(/_mix-hls\.m3u8$/) as string,
    }),
  ],
  'mix-hls-and-mp4': [
    'EU',
    (line) => responseOf(line),
    expect.objectContaining({ status: 5, fileListMode: 'json', fileList: files('_0\\.mp4$', '\\.m3u8$') }),
  ],
  'individual-recording': [
    'AP',
    (line) => responseOf(line),
    expect.objectContaining({
      ...{ status: 5, fileListMode: 'json', fileList: files('_audio\\.m3u8$', '_video\\.m3u8$') },
    }),
  ],
  'individual-snapshot': ['CN', (line) => 'fileList' in responseOf(line), false],
  'individual-recording-and-snapshot': ['US', (line) => 'fileList' in responseOf(line), false],
  web: [
    'EU',
    (line) => servicesIn(line),
    {
      web_recorder_service: expect.objectContaining({ onhold: true, state: 'inProgress' }) as unknown,
    },
  ],
  'web-and-push': [
    'CN',
    (line) => Object.keys(servicesIn(line)).sort(),
    ['rtmp_publish_service', 'web_recorder_service'],
  ],
};

describe('The scenarios of Agora’s Node client run over HTTPS, by the client’s own host names', () => {
  it.each(Object.entries(SCENARIOS))('%s', async (name, [area, look, expected]) => {
    const lines = await runClient(name, area);
    const layout = name.startsWith('mix') ? ['updateLayout'] : [];
    const queries = ['query', 'query', 'query'];
    expect(lines.map(({ operation }) => operation)).toEqual([
      ...['acquire', 'start', ...queries, 'update', ...layout, ...queries, 'stop'],
    ]);
    expect(lines.map(({ status }) => status)).toEqual(lines.map(() => 200));
    const sid = String(lines[1]?.body.sid);
    for (const { body } of lines.slice(2)) expect(body).toMatchObject({ cname: name, uid: '901001', sid });
    expect(look(lines.at(-2))).toEqual(expected);
    await expect.poll(async () => (await client.truth(sid)).phase).toBe('ended');
    expect(await client.truth(sid)).toMatchObject({ exitStatus: 0 });
  });
});
