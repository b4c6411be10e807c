import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCollector } from '../support/collector.js';
import { openStage, type Stage } from '../support/stage.js';
import { overWebSocket, postRequest } from '../support/transports.js';
import { waitFor } from '../support/wait-for.js';

/** A span as OTLP has it in JSON, as far as it is looked at. */
interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: Record<string, unknown>;
  links: { traceId: string; spanId: string }[];
  /** 2 is an error. */
  status: { code?: number; message?: string };
  resource: Record<string, unknown>;
}

interface Attribute {
  key: string;
  value: Record<string, unknown>;
}

interface Export {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: { spans: (Omit<Span, 'attributes' | 'resource'> & { attributes: Attribute[] })[] }[];
  }[];
}

const valuesOf = (attributes: Attribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

function spansIn({ resourceSpans }: Export): Span[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        ...span,
        links: span.links ?? [],
        attributes: valuesOf(span.attributes),
        resource: valuesOf(resource.attributes),
      })),
    ),
  );
}

/** A collector, and the spans that it has received. */
async function openSpanCollector() {
  const collector = await openCollector();
  const spans = () => collector.received.flatMap(({ text }) => spansIn(JSON.parse(text) as Export));
  return { ...collector, spans };
}

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

let collector: Awaited<ReturnType<typeof openSpanCollector>>;
let stage: Stage;

beforeAll(async () => {
  collector = await openSpanCollector();
  stage = await openStage({
    speed: 20,
    env: {
      LOG_LEVEL: 'info',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      OTEL_SERVICE_NAME: 'recordings-test',
      OTEL_BSP_SCHEDULE_DELAY: '100',
    },
  });
});

afterAll(async () => {
  await stage.close();
  await collector.close();
});

const START =
  'mutation Begin($input: StartRecordingInput!) { startRecording(input: $input) { recording { id } userErrors { code agora { requestId } } } }';

async function start(channel: string, headers: Record<string, string> = {}) {
  const input = { channel, uid: '901001', token: 'canary-token', config: { composite: {} } };
  const { body } = await postRequest(stage.gateway.url, { query: START, variables: { input } }, headers);
  expect(body.errors).toBeUndefined();
  return body.data?.startRecording as {
    recording: { id: string } | null;
    userErrors: { agora: { requestId: string } | null }[];
  };
}

const ofTrace = (traceId: string) => collector.spans().filter((span) => span.traceId === traceId);

/** The spans of a trace, once its first one has ended, which ends last. */
async function wholeTrace(traceId: string): Promise<Span[]> {
  await waitFor(() => ofTrace(traceId).some(({ name }) => name.startsWith('graphql')), { what: 'the trace' });
  return ofTrace(traceId);
}

describe('A start that fails', () => {
  it('has one trace from the client through GraphQL to the call to Agora, the log and the error', async () => {
    await stage.sandbox.control('POST', '/faults', {
      ...{ operation: 'start', cname: 'traced', status: 400, body: { code: 2, reason: 'canary-reason' } },
    });
    const failed = await start('traced', { traceparent: `00-${TRACE}-${PARENT}-01`, 'x-request-id': 'r-1' });
    const spans = await wholeTrace(TRACE);
    const [mutation] = spans.filter(({ name }) => name === 'graphql mutation');
    expect(mutation).toMatchObject({
      parentSpanId: PARENT,
      attributes: { 'graphql.operation.name': 'Begin', 'graphql.transport': 'http' },
    });
    const named = (name: string) => spans.filter((span) => span.name === name);
    const children = ['permit wait', 'agora acquire', 'agora start'];
    for (const name of children) {
      expect(named(name).length, name).toBeGreaterThan(0);
      for (const span of named(name)) expect(span.parentSpanId).toBe(mutation?.spanId);
    }
    expect(named('agora acquire')[0]?.attributes).toMatchObject({
      'agora.operation': 'acquire',
      'http.response.status_code': 200,
    });
    const [call] = named('agora start');
    expect(call).toMatchObject({ status: { code: 2 }, attributes: { 'http.response.status_code': 400 } });
    expect(call?.attributes['agora.request_id']).toBe(failed.userErrors[0]?.agora?.requestId);
    const line = await waitFor(() =>
      stage.gateway
        .output()
        .split('\n')
        .find((each) => each.includes('"operation":"start"') && each.includes('called Agora')),
    );
    expect(JSON.parse(line)).toMatchObject({ traceId: TRACE, requestId: 'r-1' });
  });

  it('is sent to the collector under the names that the environment gives', async () => {
    const { resource = {} } = (await wholeTrace(TRACE))[0] ?? {};
    expect(resource).toMatchObject({
      'service.name': 'recordings-test',
      'deployment.environment.name': 'test',
    });
    expect(resource['service.version']).toBeTypeOf('string');
    expect(collector.received[0]).toMatchObject({ path: '/v1/traces', type: 'application/json' });
  });

  it('is not recorded where its client does not record the trace', async () => {
    const unsampled = TRACE.replace('4', '5');
    await start('unsampled', { traceparent: `00-${unsampled}-${PARENT}-00` });
    const after = TRACE.replace('4', '6');
    await start('sampled', { traceparent: `00-${after}-${PARENT}-01` });
    await wholeTrace(after);
    expect(ofTrace(unsampled)).toEqual([]);
  });
});

describe('A request without a trace', () => {
  it('begins one, which the log names', async () => {
    const { recording } = await start('begun');
    const line = await waitFor(() =>
      stage.gateway
        .output()
        .split('\n')
        .find((each) => each.includes('a mutation was executed') && each.includes(recording?.id ?? 'none')),
    );
    const { traceId } = JSON.parse(line) as { traceId: string };
    const spans = await wholeTrace(traceId);
    const mutation = spans.find(({ name }) => name === 'graphql mutation');
    expect(mutation?.parentSpanId ?? '').toBe('');
    const commits = spans.filter(({ name }) => name === 'commit');
    expect(commits.length).toBeGreaterThan(0);
    expect(commits.every(({ parentSpanId }) => parentSpanId === mutation?.spanId)).toBe(true);
  });
});

describe('A notification', () => {
  it('has a trace from the webhook to its commit', async () => {
    const webhook = await waitFor(() => collector.spans().find(({ name }) => name === 'webhook'), {
      withinMs: 30_000,
    });
    expect(webhook.attributes).toMatchObject({ 'http.response.status_code': 200 });
    const commit = await waitFor(() =>
      collector.spans().find(({ attributes }) => attributes['observation.source'] === 'NOTIFICATION'),
    );
    const parent = collector.spans().find(({ spanId }) => spanId === commit.parentSpanId);
    expect(parent).toMatchObject({ name: 'webhook', traceId: commit.traceId });
  });

  it('has a trace for each subscriber, linked to the subscription', async () => {
    const { recording } = await start('followed');
    await overWebSocket(() => stage.gateway.url)({
      query: 'subscription Follow($id: ID) { recordingChanged(by: { id: $id }) { id phase } }',
      variables: { id: recording?.id },
    });
    const published = await waitFor(
      () => collector.spans().find(({ name, links }) => name === 'graphql subscription' && links.length > 0),
      { withinMs: 30_000 },
    );
    const subscription = collector.spans().find(({ spanId }) => spanId === published.links[0]?.spanId);
    expect(subscription).toMatchObject({
      name: 'graphql subscription',
      attributes: { 'graphql.operation.name': 'Follow', 'graphql.transport': 'websocket' },
    });
    expect(published.traceId).not.toBe(subscription?.traceId);
  });
});

describe('What the collector receives', () => {
  it('has no variables, no secrets and no replies of Agora', () => {
    const text = collector.received.map((each) => each.text).join('');
    for (const word of ['canary', 'traced', '901001', stage.directory]) expect(text).not.toContain(word);
  });

  it('is complete when the gateway has ended', async () => {
    const last = TRACE.replace('4', '7');
    await stage.gateway.kill();
    await stage.startGateway({ OTEL_BSP_SCHEDULE_DELAY: '60000' });
    await start('last', { traceparent: `00-${last}-${PARENT}-01` });
    await stage.gateway.kill();
    expect(ofTrace(last).map(({ name }) => name)).toContain('graphql mutation');
  });
});

describe('A gateway without these variables', () => {
  it('does not load the SDK when it starts', () => {
    const loaded = new Set<string>();
    const load = (file: string): void => {
      if (loaded.has(file)) return;
      loaded.add(file);
      const text = readFileSync(`dist/${file}`, 'utf8');
      expect(text).not.toContain('BatchSpanProcessor');
      for (const [, name = ''] of text.matchAll(/^(?:import|export)[^;]*?"\.\/([\w-]+\.js)";$/gm)) load(name);
    };
    load('main.js');
    // What main.js loads when it has its signals in hand.
    for (const [, name = ''] of readFileSync('dist/main.js', 'utf8').matchAll(
      /import\("\.\/([\w-]+\.js)"\)/g,
    ))
      load(name);
    expect(loaded.size).toBeGreaterThan(2);
  });
});
