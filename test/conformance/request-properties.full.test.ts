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
import { type ProxiedCall, recordingProxy } from '../support/agora/recording-proxy.js';
import { type Group, type Json, type Row, UID } from './request-properties/row.js';
import { EXCEPTIONS, GROUPS } from './request-properties/rows.js';
import { merged, whole, withStorage } from './request-properties/whole.js';

const documented = readFileSync(new URL('request-properties/documented.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');

const directory = temporaryDirectory();
let sandbox: RunningSandbox;
let gateway: RunningGateway;
let proxy: Awaited<ReturnType<typeof recordingProxy>>;
let profileStorage: Json;
const running: Partial<Record<'composite' | 'web', string>> = {};

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
    expect(call.body).toEqual(withStorage(whole(group, 'body'), profileStorage));
    for (const row of group.rows) {
      expect(merged(call.body, withStorage(row.body, profileStorage)), row.property).toEqual(call.body);
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
