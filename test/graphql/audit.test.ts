import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSchema } from '../../src/graphql/schema.js';
import { type ApiKeysFile, bearer, newApiKeysFile } from '../support/api-keys.js';
import { openStage, type Stage } from '../support/stage.js';
import { postRequest } from '../support/transports.js';
import { waitFor } from '../support/wait-for.js';

interface Entry {
  mutation: string;
  caller: string | null;
  address: string;
  gatewayRequestId: string;
  recordingId: string | null;
  channel: string | null;
  input: Record<string, unknown>;
  mutationResult: string;
  errorCodes: string[];
}

let keys: ApiKeysFile;
let stage: Stage;
const credentials: Record<string, string> = {};

async function send(caller: string, query: string, variables: Record<string, unknown> = {}) {
  const { body } = await postRequest(
    stage.gateway.url,
    { query, variables },
    bearer(credentials[caller] ?? ''),
  );
  return body;
}

async function entries(caller: string, options = 'first: 100'): Promise<Entry[]> {
  const { data, errors } = await send(
    caller,
    `{ auditEntries(${options}) { nodes { mutation caller address gatewayRequestId recordingId channel input mutationResult errorCodes } } }`,
  );
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return (data as { auditEntries: { nodes: Entry[] } }).auditEntries.nodes;
}

async function start(caller: string, channel: string): Promise<string> {
  const input = { channel, uid: '7', token: 'CANARY-token', config: { composite: {} } };
  const { data } = await send(
    caller,
    'mutation ($input: StartRecordingInput!) { startRecording(input: $input) { recording { id } userErrors { code } } }',
    { input },
  );
  return (data as { startRecording: { recording: { id: string } } }).startRecording.recording.id;
}

beforeAll(async () => {
  keys = newApiKeysFile();
  const add = (name: string, scope: 'read' | 'control' | 'admin', channels: string[]) =>
    (credentials[name] = keys.add(name, {
      scopes: [`recordings:${scope}`],
      channels,
      storageProfiles: ['*'],
    }));
  add('reader', 'read', ['*']);
  add('teacher', 'control', ['own-*']);
  add('admin', 'admin', ['*']);
  add('own-admin', 'admin', ['own-*']);
  stage = await openStage({ env: { ...keys.env, LOG_LEVEL: 'info' } });
});

afterAll(async () => {
  await stage.close();
  keys.remove();
});

const ID = '00000000-0000-7000-8000-000000000000';
const PLACE = 'channel: "own-refused", uid: "0"';

/** A mutation of each field that ends with user errors. */
const REFUSED: Record<string, string> = {
  acquireResource: PLACE,
  startRecording: `${PLACE}, config: { composite: {} }`,
  stopRecording: `recordingId: "${ID}"`,
  updateRecording: `recordingId: "${ID}", change: {}`,
  updateLayout: `recordingId: "${ID}", mixedVideoLayout: ADAPTIVE`,
  updateMetadata: `recordingId: "${ID}", metadata: []`,
  adoptRecording: `${PLACE}, resourceId: "", sid: "", mode: COMPOSITE`,
  refreshRecording: `recordingId: "${ID}"`,
  forgetRecording: `recordingId: "${ID}"`,
};

it('Every mutation of the schema leaves an entry, and a line in the log, with the codes of its errors', async () => {
  const mutations = Object.keys(createSchema().getMutationType()?.getFields() ?? {});
  expect(Object.keys(REFUSED).sort()).toEqual(mutations.sort());
  for (const [mutation, input] of Object.entries(REFUSED)) {
    const body = await send('admin', `mutation { ${mutation}(input: { ${input} }) { userErrors { code } } }`);
    const { userErrors } = body.data?.[mutation] as { userErrors: { code: string }[] };
    const [entry] = await entries('admin', 'first: 1');
    expect(entry).toMatchObject({
      mutation,
      caller: 'admin',
      address: '127.0.0.1',
      mutationResult: 'USER_ERROR',
    });
    expect(entry?.errorCodes).toEqual([...new Set(userErrors.map(({ code }) => code))]);
    const id = entry?.gatewayRequestId ?? 'missing';
    await waitFor(() => Promise.resolve(stage.gateway.output().includes(id)), {
      what: 'the line in the log',
    });
  }
  const lines = stage.gateway.output().split('\n');
  expect(lines.filter((line) => line.includes('a mutation was executed'))).toHaveLength(mutations.length);
});

it('A mutation about a recording is an event of it, with the input without secrets', async () => {
  const recordingId = await start('teacher', 'own-1');
  const [entry] = await entries('admin', 'first: 1');
  expect(entry).toMatchObject({
    mutation: 'startRecording',
    caller: 'teacher',
    recordingId,
    channel: 'own-1',
    input: { channel: 'own-1', uid: '7', token: '[redacted]', config: { composite: {} } },
    mutationResult: 'OK',
    errorCodes: [],
  });
  const { data } = await send(
    'reader',
    `{ recording(by: { id: "${recordingId}" }) { version events(last: 50, types: [MUTATION]) { nodes {
      type source ... on MutationEvent { mutation caller input gatewayRequestId mutationResult errorCodes } } } } }`,
  );
  const { events } = (data as { recording: { events: { nodes: Record<string, unknown>[] } } }).recording;
  expect(events.nodes).toMatchObject([
    {
      type: 'MUTATION',
      source: 'COMMAND',
      mutation: 'startRecording',
      caller: 'teacher',
      input: entry?.input,
    },
  ]);
  expect(stage.gateway.output()).not.toContain('CANARY-token');
});

it('What a caller may not do leaves an entry, and no event', async () => {
  const recordingId = await start('admin', 'other-1');
  const stop = `mutation { stopRecording(input: { recordingId: "${recordingId}" }) { userErrors { code } } }`;
  await send('reader', stop);
  await send('teacher', stop);
  const about = `first: 3, filter: { recordingId: "${recordingId}" }`;
  expect(await entries('admin', about)).toMatchObject([
    { caller: 'teacher', mutationResult: 'USER_ERROR', errorCodes: ['RECORDING_NOT_FOUND'] },
    { caller: 'reader', mutationResult: 'ERROR', errorCodes: ['FORBIDDEN'] },
    { caller: 'admin', mutation: 'startRecording', mutationResult: 'OK' },
  ]);
  const { data } = await send(
    'admin',
    `{ recording(by: { id: "${recordingId}" }) { events(types: [MUTATION]) { totalCount { count } } } }`,
  );
  expect(data).toEqual({ recording: { events: { totalCount: { count: 1 } } } });
});

it('An administrator of some channels reads the entries of these, and others read none', async () => {
  const channels = new Set((await entries('own-admin')).map(({ channel }) => channel));
  expect([...channels].sort()).toEqual(['own-1', 'own-refused']);
  const { errors } = await send('teacher', '{ auditEntries { nodes { mutation } } }');
  expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
});
