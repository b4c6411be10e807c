import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../support/stage.js';
import { type GraphQLBody, overHttp, overWebSocket, type Send } from '../support/transports.js';

/**
 * The checks of graphql-cop (https://github.com/dolevf/graphql-cop), in our words and by name. What it calls a finding and the
 * gateway does on purpose has a test that says what makes it harmless.
 */
let open: Stage;
let exposed: Stage;

beforeAll(async () => {
  open = await openStage();
  exposed = await openStage({ env: { INTROSPECTION: 'off', PLAYGROUND: 'off', CONSOLE: 'off' } });
});

afterAll(async () => {
  await open.close();
  await exposed.close();
});

const TRANSPORTS: [string, Send][] = [
  ['HTTP', overHttp(() => exposed.gateway.url)],
  ['WebSocket', overWebSocket(() => exposed.gateway.url)],
];

function repeat(times: number, part: (index: number) => string): string {
  return Array.from({ length: times }, (_, index) => part(index)).join(' ');
}

const text = (body: GraphQLBody) => JSON.stringify(body);

async function get(
  query: string,
  headers: Record<string, string> = { 'apollo-require-preflight': 'true' },
): Promise<{ status: number; text: string }> {
  const address = `${exposed.gateway.url}/graphql?query=${encodeURIComponent(query)}`;
  const response = await fetch(address, { headers });
  return { status: response.status, text: await response.text() };
}

async function postBody(type: string, body: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`${exposed.gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
  return { status: response.status, text: await response.text() };
}

describe.each(TRANSPORTS)('By %s, graphql-cop finds', (_name, send) => {
  it('no Alias Overloading: 101 aliases are refused', async () => {
    const body = await send({ query: `query cop { ${repeat(101, (i) => `alias${i}: __typename`)} }` });
    expect(body.data).toBeUndefined();
    expect(text(body)).toContain('aliases');
  });

  it('no Field Duplication: one field 500 times is refused', async () => {
    const body = await send({ query: `query cop { ${repeat(500, () => '__typename')} }` });
    expect(body.data).toBeUndefined();
  });

  it('no Directive Overloading: a directive that is repeated gives a bounded number of errors', async () => {
    const body = await send({ query: `query cop { __typename ${repeat(10, () => '@aa')} }` });
    expect(body.data).toBeUndefined();
    expect(body.errors).toHaveLength(10);
    const more = await send({ query: `query cop { __typename ${repeat(1_000, () => '@aa')} }` });
    expect(more.errors?.length).toBeLessThanOrEqual(10);
  });

  it('no circular query: a fragment that spreads itself is refused', async () => {
    const body = await send({
      query: 'query cop { ...a } fragment a on Query { ...b } fragment b on Query { ...a }',
    });
    expect(body.data).toBeUndefined();
  });

  it('no Introspection, no query through it, and no Field Suggestions, with INTROSPECTION=off', async () => {
    for (const query of [
      'query cop { __schema { types { name fields { name } } } }',
      'query cop { __schema { types { fields { type { fields { type { name } } } } } } }',
      'query cop { __type(name: "Recording") { name } }',
      'query cop { recording(by: { id: "x" }) { channl } }',
    ]) {
      const body = await send({ query });
      expect(body.data ?? null).toBeNull();
      expect(text(body)).not.toMatch(/Did you mean|RecordedFile|"channel"/);
    }
  });

  it('no Trace Mode and no stack: replies have no extensions but the codes of errors', async () => {
    const good = await send({ query: 'query cop { __typename }' });
    expect(good).toEqual({ data: { __typename: 'Query' } });
    const wrong = await send({ query: 'qwerty cop { abc }' });
    expect(wrong.errors?.[0]?.extensions?.code).toBe('GRAPHQL_PARSE_FAILED');
    expect(text(wrong)).not.toMatch(/exception|stacktrace|node_modules/i);
  });
});

describe('By HTTP alone, graphql-cop finds', () => {
  it('no Array-based Query Batching: a list of operations is refused', async () => {
    const one = { query: 'query cop { __typename }' };
    const { status, text: body } = await postBody('application/json', JSON.stringify(Array(10).fill(one)));
    expect(status).toBe(400);
    expect(body).not.toContain('"data"');
  });

  it('no mutation by GET', async () => {
    const { status, text: body } = await get(
      'mutation cop { stopRecording(input: { recordingId: "x" }) { userErrors { code } } }',
    );
    expect(status).toBe(405);
    expect(body).not.toContain('"data"');
  });

  it.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'])(
    'no operation in a form that pages of any origin can send: %s',
    async (type) => {
      const body = type.startsWith('application')
        ? 'query=query%20cop%20%7B__typename%7D'
        : '{"query":"{ __typename }"}';
      const { status, text: answer } = await postBody(type, body);
      expect([400, 415]).toContain(status);
      expect(answer).not.toContain('"data"');
    },
  );

  it('queries by GET, on purpose: pages of other origins are refused, and nothing can be changed', async () => {
    const { status, text: body } = await get('query cop { __typename }', {});
    expect(status).toBe(200);
    expect(body).toContain('"data"');
    const foreign = await get('query cop { __typename }', { origin: 'https://elsewhere.example' });
    expect(foreign.status).toBe(403);
    expect(foreign.text).not.toContain('"data"');
  });

  it('no GraphQL IDE with PLAYGROUND=off and CONSOLE=off', async () => {
    for (const path of ['/', '/graphiql', '/playground', '/console', '/graphql']) {
      const response = await fetch(`${exposed.gateway.url}${path}`, { headers: { accept: 'text/html' } });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(await response.text()).not.toMatch(/graphiql|graphql-playground|<html/i);
    }
  });
});

describe('In sandbox mode graphql-cop finds, on purpose,', () => {
  it('introspection and suggestions, whose cost is bounded', async () => {
    const send = overHttp(() => open.gateway.url);
    expect(text(await send({ query: '{ __schema { queryType { name } } }' }))).toContain('"Query"');
    const circular = `{ __schema { types { ${repeat(12, () => 'fields { type {')} name ${'}}'.repeat(12)} } } }`;
    expect((await send({ query: circular })).data).toBeUndefined();
  });
});
