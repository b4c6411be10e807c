import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../support/stage.js';
import { type GraphQLRequest, overHttp, overWebSocket, postRequest } from '../support/transports.js';

let stage: Stage;
const url = () => stage.gateway.url;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

const start = (channel: string, name = '') =>
  `mutation ${name} { startRecording(input: { channel: "${channel}", uid: "7", config: { composite: {} } }) {
    recording { id } userErrors { code } } }`;

const SUBSCRIPTION = 'subscription { recordingListChanged { cursor } }';

async function get(request: GraphQLRequest, headers: Record<string, string> = {}) {
  const parameters = new URLSearchParams({ query: request.query });
  if (request.operationName !== undefined) parameters.set('operationName', request.operationName);
  return await fetch(`${url()}/graphql?${parameters.toString()}`, { headers });
}

/** What the gateway started, by what Agora was asked and by what the gateway keeps. */
async function startedIn(channel: string): Promise<number> {
  const query = `{ recordings(filter: { channels: ["${channel}"] }) { edges { node { id } } } }`;
  const { data } = await overHttp(url)({ query });
  const { edges } = data?.recordings as { edges: object[] };
  return edges.length + (await stage.tasks(channel)).length;
}

describe('A mutation sent by GET', () => {
  it.each([
    ['anonymous', '', undefined, 405],
    ['named', 'm', undefined, 405],
    ['named, with its operationName', 'm', 'm', 405],
    ['anonymous, with an unknown operationName', '', 'x', 400],
    ['named, with an unknown operationName', 'm', 'x', 400],
    ['anonymous, with an empty operationName', '', '', 400],
    ['named, with an empty operationName', 'm', '', 400],
  ])('does not run: %s', async (form, name, operationName, status) => {
    const channel = `get ${form}`;
    const request = { query: start(channel, name), operationName };
    const headers: Record<string, string>[] = [
      {},
      { accept: 'application/graphql-response+json' },
      { 'sec-fetch-site': 'none' },
    ];
    for (const header of headers) {
      const response = await get(request, header);
      const { data, errors } = (await response.json()) as { data?: object; errors?: object[] };
      expect(response.status).toBe(status);
      expect(data).toBeUndefined();
      expect(errors).toHaveLength(1);
    }
    expect((await get(request, { accept: 'image/*' })).status).toBeGreaterThanOrEqual(400);
    expect(await startedIn(channel)).toBe(0);
  });

  it('does not run by a document that holds a query too, whatever operationName names', async () => {
    const query = `query q { __typename } ${start('next to a query', 'm')}`;
    expect((await get({ query, operationName: 'm' })).status).toBe(405);
    expect((await get({ query, operationName: 'x' })).status).toBe(400);
    expect((await get({ query })).status).toBe(400);
    expect(await (await get({ query, operationName: 'q' })).json()).toEqual({
      data: { __typename: 'Query' },
    });
    expect(await startedIn('next to a query')).toBe(0);
  });

  it('names the method that is allowed', async () => {
    const response = await get({ query: start('allow') });
    expect(response.headers.get('allow')).toBe('POST');
  });
});

describe('A mutation for a client that takes no JSON', () => {
  it('does not run, since no reply could be sent', async () => {
    const response = await fetch(`${url()}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'image/*' },
      body: JSON.stringify({ query: start('image') }),
    });
    expect(response.status).toBe(406);
    expect(await startedIn('image')).toBe(0);
  });
});

describe.each([
  ['HTTP', overHttp(url)],
  ['WebSocket', overWebSocket(url)],
])('operationName over %s', (_name, send) => {
  it.each(['nosuch', ''])(
    'is an error if the document has no such operation: "%s"',
    async (operationName) => {
      for (const query of ['{ __typename }', 'query q { __typename }', start('wrong name'), SUBSCRIPTION]) {
        expect(await send({ query, operationName })).toMatchObject({
          errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
        });
      }
      expect(await startedIn('wrong name')).toBe(0);
    },
  );

  it('chooses among several operations, and is needed there', async () => {
    const query = 'query a { a: __typename } query b { b: __typename }';
    expect(await send({ query, operationName: 'b' })).toEqual({ data: { b: 'Query' } });
    expect(await send({ query })).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });
});

describe('A subscription over HTTP', () => {
  it.each([
    ['plain', SUBSCRIPTION],
    ['with a variable', 'subscription ($by: RecordingBy!) { recordingChanged(by: $by) { id } }'],
  ])('is answered with 405 and the way to subscribe: %s', async (_name, query) => {
    const variables = { by: { id: 'x' } };
    const { status, body } = await postRequest(url(), { query, variables });
    expect(status).toBe(405);
    expect(body).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(body.errors?.[0]?.message).toMatch(/WebSocket.*POST to \/graphql\/stream/);
    const byGet = await get({ query });
    expect(byGet.status).toBe(405);
  });
});

describe('A persisted query', () => {
  it.each([
    ['with its document', { query: '{ __typename }' }],
    ['alone', {}],
  ])('is refused as not supported: %s', async (_name, request) => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'x' } };
    const { status, body } = await postRequest(url(), { ...request, extensions } as GraphQLRequest);
    expect(status).toBeLessThan(500);
    expect(body).toMatchObject({ errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } }] });
  });
});

describe('What a foreign page can send', () => {
  const query = start('foreign');

  it.each([
    ['a list of operations', 'application/json', JSON.stringify([{ query }, { query }])],
    ['text', 'text/plain', JSON.stringify({ query })],
    ['a form', 'application/x-www-form-urlencoded', `query=${encodeURIComponent(query)}`],
    ['a multipart form', 'multipart/form-data; boundary=x', `--x\r\n\r\n${query}\r\n--x--`],
  ])('does not run: %s', async (_name, contentType, body) => {
    const response = await fetch(`${url()}/graphql`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
    });
    expect([400, 415]).toContain(response.status);
    expect(await startedIn('foreign')).toBe(0);
  });

  it('does not run by a GET that the browser marks as cross-site', async () => {
    const response = await get({ query: '{ __typename }' }, { 'sec-fetch-site': 'cross-site' });
    expect(response.status).toBe(400);
  });
});

describe.each([
  ['HTTP', overHttp(url)],
  ['WebSocket', overWebSocket(url)],
])('A forged cursor over %s', (_name, send) => {
  it.each(['x', '', 'bnVsbA', 'W10', Buffer.from('[1,2,3]').toString('base64url'), '__proto__'])(
    'is refused: "%s"',
    async (after) => {
      const query = 'query ($after: String) { recordings(after: $after) { changeCursor } }';
      const { errors } = await send({ query, variables: { after } });
      expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
    },
  );
});
