import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { request } from '../support/graphql-client.js';
import {
  freePort,
  runGateway,
  type RunningGateway,
  runSandbox,
  type RunningSandbox,
  temporaryDirectory,
} from '../support/processes.js';
import { type ProxiedCall, recordingProxy } from '../support/recording-proxy.js';
import { type Group, PROFILE_STORAGE, type Row, UID } from './request-properties/row.js';
import { EXCEPTIONS, GROUPS } from './request-properties/rows.js';

type Json = Record<string, unknown>;

const documented = readFileSync(new URL('request-properties/documented.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');

const directory = temporaryDirectory();
let sandbox: RunningSandbox;
let gateway: RunningGateway;
let proxy: Awaited<ReturnType<typeof recordingProxy>>;
let profileStorage: Json;
const running: Partial<Record<'composite' | 'web', string>> = {};

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}

/** Joins rows: objects by their properties, lists of objects by their places. */
function merged(left: unknown, right: unknown): unknown {
  if (isList(left) && isList(right) && [...left, ...right].every(isObject)) {
    const longer = left.length > right.length ? left : right;
    return longer.map((_, index) => merged(left[index], right[index]));
  }
  if (!isObject(left) || !isObject(right)) return right === undefined ? left : right;
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return Object.fromEntries([...names].map((name) => [name, merged(left[name], right[name])]));
}

/** With the storage of the default profile where a row names it. */
function filled(value: unknown): unknown {
  if (value === PROFILE_STORAGE) return profileStorage;
  if (Array.isArray(value)) return value.map(filled);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filled(inner)]));
}

const whole = (group: Group, part: 'input' | 'body') =>
  group.rows.reduce<unknown>((all, row) => merged(all, row[part]), group[part]) as Json;

const INPUT_TYPES = {
  acquireResource: ['AcquireResourceInput', 'resource { resourceId }'],
  startRecording: ['StartRecordingInput', 'recording { id sid resourceId }'],
  updateRecording: ['UpdateRecordingInput', 'recording { id sid resourceId }'],
  updateLayout: ['UpdateLayoutInput', 'recording { id sid resourceId }'],
  stopRecording: ['StopRecordingInput', 'recording { id sid resourceId }'],
} as const;

interface Payload {
  recording?: { id: string; sid: string; resourceId: string };
  userErrors: { code: string; message: string; field: string[] | null }[];
}

async function mutate(mutation: Group['mutation'], input: Json): Promise<Payload> {
  const [type, selection] = INPUT_TYPES[mutation];
  const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} userErrors { code message field } } }`;
  const data = await request<Record<string, Payload>>(gateway.url, document, { input });
  return data[mutation]!;
}

const OPERATIONS = {
  acquireResource: 'acquire',
  startRecording: 'start',
  updateRecording: 'update',
  updateLayout: 'updateLayout',
  stopRecording: 'stop',
} as const;

/** The last call of the operation that Agora received. */
function received(mutation: Group['mutation']): ProxiedCall {
  return proxy.calls.findLast(({ path }) => path.endsWith(`/${OPERATIONS[mutation]}`))!;
}

const WEB = {
  url: 'https://acme.example',
  audioProfile: 'MUSIC_STANDARD',
  videoWidth: 640,
  videoHeight: 360,
  maxRecordingHour: 1,
  outputs: [{ rtmpUrl: 'rtmp://cdn.example/live/key-0' }],
};

beforeAll(async () => {
  const gatewayPort = await freePort();
  sandbox = await runSandbox({
    port: await freePort(),
    gatewayPort,
    dataFile: join(directory.path, 'sandbox.db'),
  });
  proxy = await recordingProxy(() => sandbox.url);
  const config = join(directory.path, 'gateway.json');
  writeFileSync(config, JSON.stringify({ allowInlineStorage: true }));
  gateway = await runGateway({
    port: gatewayPort,
    sandboxUrl: proxy.url,
    databaseFile: join(directory.path, 'gateway.db'),
    env: { GATEWAY_CONFIG: config },
  });
  for (const kind of ['composite', 'web'] as const) {
    const { recording, userErrors } = await mutate('startRecording', {
      channel: `running-${kind}`,
      uid: UID,
      config: { [kind]: kind === 'web' ? WEB : {} },
    });
    expect(userErrors).toEqual([]);
    running[kind] = recording!.id;
  }
  const { storageConfig } = (received('startRecording').body as { clientRequest: { storageConfig: Json } })
    .clientRequest;
  profileStorage = storageConfig;
});

afterAll(async () => {
  await gateway.kill();
  await proxy.close();
  await sandbox.kill();
  directory.remove();
});

describe('Every documented request property', () => {
  const rows: Row[] = GROUPS.flatMap((group) => group.rows);

  it('has a row, or is an exception with a reason', () => {
    const covered = [...rows.map(({ property }) => property), ...Object.keys(EXCEPTIONS)];
    expect(covered.toSorted()).toEqual(documented.toSorted());
  });

  it.each(GROUPS.map((group) => [group.name, group] as const))('reaches Agora: %s', async (_name, group) => {
    const id = group.running === undefined ? {} : { recordingId: running[group.running] };
    const { recording, userErrors } = await mutate(group.mutation, { ...whole(group, 'input'), ...id });
    expect(userErrors).toEqual([]);
    const call = received(group.mutation);
    expect(call.body).toEqual(filled(whole(group, 'body')));
    for (const row of group.rows) {
      expect(merged(call.body, filled(row.body)), row.property).toEqual(call.body);
    }
    if (recording === undefined) return;
    const mode = call.path.split('/mode/')[1]?.split('/')[0];
    expect(call.path).toContain(`/resourceid/${recording.resourceId}/`);
    expect(['mix', 'individual', 'web']).toContain(mode);
    if (group.running !== undefined) {
      expect(call.path).toContain(`/sid/${recording.sid}/`);
      expect(mode).toBe(group.running === 'web' ? 'web' : 'mix');
    }
  });

  it('is the same in acquire as in the start that follows it', () => {
    const starts = proxy.calls.filter(({ path }) => path.endsWith('/start'));
    expect(starts.length).toBeGreaterThan(3);
    for (const start of starts) {
      const before = proxy.calls.slice(0, proxy.calls.indexOf(start));
      const acquire = before.findLast(({ path }) => path.endsWith('/acquire'))!;
      expect(acquire.path.split('/')[3]).toBe(start.path.split('/')[3]);
      expect((acquire.body as { clientRequest: Json }).clientRequest.startParameter).toEqual(
        (start.body as { clientRequest: Json }).clientRequest,
      );
    }
  });
});
