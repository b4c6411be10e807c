import { get } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_OPERATION_NAMES } from '../../src/telemetry/operation-measures.js';
import { type ApiKeysFile, bearer, newApiKeysFile } from '../support/api-keys.js';
import { freePort } from '../support/processes.js';
import { openStage, type Stage } from '../support/stage.js';
import { overWebSocket, postRequest } from '../support/transports.js';
import { waitFor } from '../support/wait-for.js';

let stage: Stage;
let atFirst: Samples;

beforeAll(async () => {
  stage = await openStage({ speed: 20 });
  atFirst = await samples();
});

afterAll(async () => await stage.close());

/** The value of each series, by its name with its labels in their order, without the host of Agora. */
type Samples = Map<string, number>;

function samplesIn(text: string): Samples {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space).replace(/,host="[^"]*"/, ''), Number(line.slice(space + 1))];
    }),
  );
}

async function samples(): Promise<Samples> {
  return samplesIn(await (await fetch(`${stage.gateway.url}/metrics`)).text());
}

/** By how much a series has grown since; one that is not there counts as 0. */
function grown(before: Samples, after: Samples, series: string): number {
  return (after.get(series) ?? 0) - (before.get(series) ?? 0);
}

/** Asks under another host name, which `fetch` cannot. */
async function getAs(host: string, url: string): Promise<{ status?: number; type?: string; text: string }> {
  return await new Promise((resolve, reject) => {
    get(url, { headers: { host } }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      const { statusCode: status, headers } = response;
      response.on('end', () => resolve({ status, type: headers['content-type'], text }));
    }).on('error', reject);
  });
}

async function overStream(query: string): Promise<string> {
  const response = await fetch(`${stage.gateway.url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query }),
  });
  return await response.text();
}

interface Payload {
  recording: { id: string } | null;
  userErrors: { code: string }[];
}

async function mutate(query: string, variables: object): Promise<Payload> {
  const { body } = await postRequest(stage.gateway.url, { query, variables: { input: variables } });
  expect(body.errors).toBeUndefined();
  return Object.values(body.data ?? {})[0] as Payload;
}

const start = (channel: string, uid = '901001') =>
  mutate(
    'mutation Begin($input: StartRecordingInput!) { startRecording(input: $input) { recording { id } userErrors { code } } }',
    { channel, uid, config: { composite: {} } },
  );

describe('Metrics of GraphQL', () => {
  const sent = 'query Counted { recordings(first: 5) { edges { node { id } } } }';

  it.each([
    ['http', async () => void (await postRequest(stage.gateway.url, { query: sent }))],
    ['websocket', async () => void (await overWebSocket(() => stage.gateway.url)({ query: sent }))],
    ['sse', async () => void (await overStream(sent))],
  ])('have duration and cost of each operation, by name and transport: %s', async (transport, send) => {
    const before = await samples();
    await send();
    const after = await samples();
    const labels = `operation="Counted",transport="${transport}"`;
    expect(grown(before, after, `gateway_graphql_seconds_count{${labels}}`)).toBe(1);
    expect(grown(before, after, `gateway_graphql_seconds_bucket{le="30",${labels}}`)).toBe(1);
    expect(grown(before, after, `gateway_graphql_cost_total{${labels}}`)).toBeGreaterThan(5);
  });

  it.each([
    ['http', async (query: string) => void (await postRequest(stage.gateway.url, { query }))],
    ['websocket', async (query: string) => void (await overWebSocket(() => stage.gateway.url)({ query }))],
    ['sse', async (query: string) => void (await overStream(query))],
  ])('have each error by its code, also where nothing could be read: %s', async (transport, send) => {
    const before = await samples();
    await send('query Lost { unknown }');
    await send('query Lost($n: Int!) { recordings(first: $n) { changeCursor } }');
    const after = await samples();
    const errors = (operation: string, code: string) =>
      grown(
        before,
        after,
        `gateway_graphql_errors_total{operation="${operation}",transport="${transport}",code="${code}"}`,
      );
    expect(errors('(unread)', 'GRAPHQL_VALIDATION_FAILED')).toBeGreaterThan(0);
    expect(errors('Lost', 'BAD_USER_INPUT')).toBe(1);
  });

  it('have the beginning of a subscription, and its error if it cannot begin', async () => {
    const before = await samples();
    const send = overWebSocket(() => stage.gateway.url);
    await send({ query: 'subscription Gone { recordingChanged(by: { id: "no-such" }) { id } }' });
    const after = await samples();
    const labels = 'operation="Gone",transport="websocket"';
    expect(grown(before, after, `gateway_graphql_seconds_count{${labels}}`)).toBe(1);
    expect(grown(before, after, `gateway_graphql_errors_total{${labels},code="RECORDING_NOT_FOUND"}`)).toBe(
      1,
    );
  });

  it('have mutations by their result, and user errors by their codes', async () => {
    const before = await samples();
    expect((await start('', 'x')).userErrors).not.toEqual([]);
    const { userErrors } = await mutate(
      'mutation ($input: StopRecordingInput!) { stopRecording(input: $input) { recording { id } userErrors { code } } }',
      { recordingId: '00000000-0000-0000-0000-000000000000' },
    );
    expect(userErrors).toEqual([{ code: 'RECORDING_NOT_FOUND' }]);
    const after = await samples();
    const failed = (mutation: string) =>
      grown(before, after, `gateway_mutations_total{mutation="${mutation}",result="USER_ERROR"}`);
    expect([failed('startRecording'), failed('stopRecording')]).toEqual([1, 1]);
    const series = 'mutation="stopRecording",transport="http",code="RECORDING_NOT_FOUND"';
    expect(grown(before, after, `gateway_user_errors_total{${series}}`)).toBe(1);
    expect(
      grown(
        before,
        after,
        'gateway_user_errors_total{mutation="startRecording",transport="http",code="INVALID_PARAMETER"}',
      ),
    ).toBe(1);
  });
});

describe('Metrics of the store and of recordings', () => {
  it('show what calls to Agora leave of the budget', async () => {
    expect(atFirst.get('gateway_calls_per_second')).toBe(9);
    let number = 0;
    await waitFor(
      async () => {
        await start(`budget-${(number += 1)}`);
        return ((await samples()).get('gateway_permits_left') ?? 9) <= 7;
      },
      { what: 'a scrape within a second of acquire and start' },
    );
  });

  it('show how long commits take, and how late the event loop of the thread is', async () => {
    const before = await samples();
    expect((await start('committed')).userErrors).toEqual([]);
    const after = await samples();
    expect(grown(before, after, 'gateway_store_commit_seconds_count')).toBeGreaterThan(0);
    expect(grown(before, after, 'gateway_store_commit_seconds_sum')).toBeGreaterThan(0);
    expect(grown(before, after, 'gateway_store_observations_total')).toBeGreaterThanOrEqual(
      grown(before, after, 'gateway_store_commit_seconds_count'),
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    const lag = await samples();
    const [p99 = 0, max = 0] = ['p99', 'max'].map((kind) =>
      lag.get(`gateway_store_thread_lag_${kind}_seconds`),
    );
    expect(p99).toBeGreaterThan(0);
    expect(max).toBeGreaterThanOrEqual(p99);
  });

  it('follow a recording by its phase, to its end and its removal', async () => {
    const before = await samples();
    const id = (await start('followed')).recording?.id ?? '';
    await waitFor(async () => grown(before, await samples(), 'gateway_recordings{phase="RECORDING"}') >= 1, {
      what: 'a recording',
    });
    await mutate(
      'mutation ($input: StopRecordingInput!) { stopRecording(input: $input) { recording { id } userErrors { code } } }',
      { recordingId: id, waitSeconds: 20 },
    );
    const ended = 'gateway_recordings_ended_total{phase="COMPLETED",end_reason="STOP_REQUESTED"}';
    await waitFor(async () => grown(before, await samples(), ended) === 1, { what: 'its end' });
    await waitFor(
      async () => {
        const { userErrors } = await mutate(
          'mutation ($input: ForgetRecordingInput!) { forgetRecording(input: $input) { userErrors { code } } }',
          { recordingId: id },
        );
        return userErrors.length === 0;
      },
      { what: 'its removal', everyMs: 250 },
    );
    const after = await samples();
    expect(grown(before, after, 'gateway_recordings_removed_total{cause="command"}')).toBe(1);
    expect(grown(before, after, ended)).toBe(1);
    const lastRun = after.get('gateway_retention_last_run_timestamp_seconds') ?? 0;
    expect(Math.abs(Date.now() / 1_000 - lastRun)).toBeLessThan(3_600);
  });

  it('show how late notifications are stored, which Agora is called, and what runs', async () => {
    const before = await samples();
    await start('notified');
    const lag = 'gateway_webhook_lag_seconds_count';
    await waitFor(async () => grown(before, await samples(), lag) > 0, { what: 'a notification' });
    const after = await samples();
    const valuesOf = (name: string) =>
      [...after].filter(([series]) => series.startsWith(`${name}{`)).map(([, value]) => value);
    expect(valuesOf('gateway_agora_host')).toEqual([1]);
    expect(valuesOf('gateway_build_info')).toEqual([1]);
    expect(after.get('gateway_graphql_cached_document_bytes')).toBeGreaterThan(0);
  });

  it('count streams of server-sent events while they are open', async () => {
    const before = await samples();
    const closing = new AbortController();
    const response = await fetch(`${stage.gateway.url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { recordingListChanged { __typename } }' }),
      signal: closing.signal,
    });
    expect(response.status).toBe(200);
    const open = async () => grown(before, await samples(), 'gateway_streams');
    expect(await open()).toBe(1);
    closing.abort();
    await waitFor(async () => (await open()) === 0, { what: 'the end of the stream' });
  });

  it('show what is kept in memory, and how often it was found there', async () => {
    const read = () =>
      postRequest(stage.gateway.url, { query: '{ recordings { edges { node { id phase } } } }' });
    await read();
    const before = await samples();
    await read();
    const after = await samples();
    expect(after.get('gateway_read_model_recordings')).toBeGreaterThan(0);
    expect(after.get('gateway_read_model_bytes')).toBeGreaterThan(0);
    expect(grown(before, after, 'gateway_read_model_hits_total')).toBeGreaterThan(0);
  });
});

describe('Counters whose labels are known', () => {
  it.each([
    'gateway_webhook_refused_total{reason="signature"}',
    'gateway_webhook_ignored_total{reason="console-check"}',
    'gateway_notifications_total{outcome="stored"}',
    'gateway_agora_calls_total{operation="start",result="200"}',
    'gateway_agora_calls_by_reason_total{reason="STOP"}',
    'gateway_agora_call_seconds_count{operation="stop"}',
    'gateway_turn_wait_seconds_count{priority="start"}',
    'gateway_turns_refused_total{priority="start",reason="budget"}',
    'gateway_assumption_contradictions_total{assumption="namesAgree"}',
    'gateway_hosts_refused_total{reason="foreign"}',
    'gateway_origins_refused_total{transport="websocket"}',
    'gateway_credentials_refused_total{transport="http",reason="expired"}',
    'gateway_caller_limits_total{limit="operations"}',
    'gateway_graphql_limits_total{limit="depth"}',
    'gateway_sockets_refused_total{reason="full"}',
    'gateway_sockets_closed_total{reason="too-slow"}',
    'gateway_socket_operations_refused_total{bound="count"}',
    'gateway_playlists_total{outcome="served"}',
    'gateway_mutations_total{mutation="startRecording",result="USER_ERROR"}',
    'gateway_recordings_ended_total{phase="FAILED",end_reason="STORAGE_FAILED"}',
    'gateway_recordings_removed_total{cause="age"}',
    'gateway_notifications_late_total',
    'gateway_leases_lost_total{operation="watch"}',
    'gateway_leases{operation="stop"}',
  ])('are there from the start, at zero: %s', (series) => {
    expect(atFirst.get(series)).toBe(0);
  });
});

describe('Names of operations', () => {
  it('are distinguished up to a number, so that clients cannot add series without end', async () => {
    for (let index = 0; index < MAX_OPERATION_NAMES + 10; index += 1)
      await postRequest(stage.gateway.url, { query: `query Name${index} { __typename }` });
    await postRequest(stage.gateway.url, { query: `query ${'Long'.repeat(30)} { __typename }` });
    await postRequest(stage.gateway.url, { query: '{ __typename }' });
    const found = [...(await samples()).keys()].flatMap(
      (series) => /^gateway_graphql_seconds_count\{operation="([^"]+)"/.exec(series)?.[1] ?? [],
    );
    const names = new Set(found);
    expect([...names]).toEqual(expect.arrayContaining(['(anonymous)', '(other)']));
    expect(names.size).toBeLessThanOrEqual(MAX_OPERATION_NAMES + 3);
    expect([...names].join()).not.toContain('LongLong');
  });
});

describe('METRICS_PORT', () => {
  let keys: ApiKeysFile;
  let url: string;

  beforeAll(async () => {
    keys = newApiKeysFile();
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    await stage.gateway.kill();
    await stage.startGateway({ ...keys.env, METRICS_PORT: String(port) });
  });

  afterAll(() => keys.remove());

  it('serves metrics without a credential, and PORT does not serve them', async () => {
    for (const host of ['10.1.2.3:9464', '[fd00::1]:9464', 'gateway-1'])
      expect([host, (await getAs(host, `${url}/metrics`)).status]).toEqual([host, 200]);
    expect((await getAs('evil.example', `${url}/metrics`)).status).toBe(421);
    const apart = await getAs('localhost', `${url}/metrics`);
    expect(apart.status).toBe(200);
    expect(apart.type).toContain('text/plain');
    expect(samplesIn(apart.text).get('gateway_store_available')).toBe(1);
    const admin = keys.add('admin', { scopes: ['recordings:admin'] });
    const query = { query: '{ __typename }' };
    await waitFor(async () => (await postRequest(stage.gateway.url, query, bearer(admin))).status === 200, {
      what: 'the key',
    });
    const response = await fetch(`${stage.gateway.url}/metrics`, { headers: bearer(admin) });
    expect([response.status, await response.json()]).toEqual([
      404,
      { error: 'Metrics are served on the port of METRICS_PORT.' },
    ]);
  });

  it('answers health checks as PORT does, and nothing else', async () => {
    for (const base of [url, stage.gateway.url]) {
      expect((await fetch(`${base}/healthz`)).status).toBe(200);
      expect(await (await fetch(`${base}/readyz`)).json()).toEqual({ status: 'ready' });
    }
    for (const path of ['/', '/graphql', '/webhooks/agora', '/%secret-canary']) {
      const response = await fetch(`${url}${path}`, { method: 'POST', body: '{}' });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(await response.text()).not.toMatch(/secret-canary|fastify/i);
    }
  });
});
