import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { CLOSES } from '../../src/http/close-codes.js';
import { type ApiKeysFile, bearer, newApiKeysFile } from '../support/api-keys.js';
import { openStage, type Stage } from '../support/stage.js';
import { type GraphQLBody, postRequest } from '../support/transports.js';
import { waitFor } from '../support/wait-for.js';

const QUERY = '{ recordings(first: 1) { nodes { id } } }';
const EVENTS = 'subscription { recordingEvents { cursor } }';

let stage: Stage;
let keys: ApiKeysFile;
let addresses = 0;
beforeAll(async () => {
  keys = newApiKeysFile();
  stage = await openStage({
    env: {
      ...keys.env,
      TRUSTED_PROXIES: 'loopback',
      LIMIT_OPERATIONS: '20',
      LIMIT_COST: '5000',
      LIMIT_SUBSCRIPTIONS: '2',
      LIMIT_CONNECTIONS: '3',
    },
  });
});
afterAll(async () => {
  await stage.close();
  keys.remove();
});
const url = () => stage.gateway.url;

/** A caller that has used nothing yet, from an address that has not. */
async function newCaller(name: string): Promise<Record<string, string>> {
  const headers = { ...bearer(keys.add(name, { scopes: ['recordings:admin'] })), ...newAddress() };
  await waitFor(async () => (await fetch(`${url()}/metrics`, { headers })).ok, { what: 'the key' });
  return headers;
}

function newAddress() {
  addresses += 1;
  return { 'x-forwarded-for': `192.0.2.${addresses}` };
}

async function postStream(query: string, headers: Record<string, string>): Promise<Response> {
  const response = await fetch(`${url()}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query }),
  });
  onTestFinished(async () => await response.body?.cancel().catch(() => undefined));
  return response;
}

/** A socket that is acknowledged, or that was closed. */
async function connect(headers: Record<string, string>) {
  const socket = new WebSocket(`${url().replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', {
    headers,
  });
  onTestFinished(() => socket.terminate());
  const replies: { id?: string; type: string; payload?: unknown }[] = [];
  socket.on('message', (data: Buffer) =>
    replies.push(JSON.parse(data.toString()) as (typeof replies)[number]),
  );
  let close: { code: number; reason: string } | undefined;
  socket.on('close', (code, reason) => (close = { code, reason: reason.toString() }));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const send = (message: object) => socket.send(JSON.stringify(message));
  send({ type: 'connection_init', payload: { authorization: headers.authorization } });
  await waitFor(() => replies.length > 0 || close !== undefined, { what: 'a reply' });
  return {
    close: () => close,
    socket,
    replies,
    send,
    subscribe: async (id: string, query: string) => {
      send({ id, type: 'subscribe', payload: { query } });
      return await waitFor(() => replies.find((reply) => reply.id === id), { what: `a reply to ${id}` });
    },
  };
}

/** The HTTP status and headers with which an upgrade is refused. */
async function refusedUpgrade(headers: Record<string, string>) {
  const socket = new WebSocket(`${url().replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', {
    headers,
  });
  return await new Promise<{ status?: number; retryAfter?: string } | 'opened'>((resolve) => {
    socket.once('open', () => resolve('opened'));
    socket.once('unexpected-response', (_request, response) => {
      resolve({ status: response.statusCode, retryAfter: response.headers['retry-after'] });
      response.resume();
    });
    socket.once('error', () => undefined);
    onTestFinished(() => socket.terminate());
  });
}

const limitedOf = (body: GraphQLBody) =>
  body.errors?.find(({ extensions }) => extensions?.code === 'RATE_LIMITED')?.extensions;

describe('A caller that sent as many operations as it may', () => {
  it('gets 429 with Retry-After by HTTP, and the same error with retryAfter by every transport; others do not', async () => {
    const caller = await newCaller('busy');
    /** The reply once the allowance is used up: on a slow machine it refills between two requests. */
    const limited = async <Reply extends { status: number }>(send: () => Promise<Reply>): Promise<Reply> =>
      await waitFor(async () => {
        const reply = await send();
        return reply.status === 429 ? reply : null;
      });
    const post = (query: string, headers = {}) => postRequest(url(), { query }, { ...caller, ...headers });
    const last = await limited(() => post(QUERY));
    const { retryAfter } = limitedOf(last.body) as { retryAfter: number };
    expect(retryAfter).toBeGreaterThan(0);
    expect(last.headers.get('retry-after')).toBe(String(retryAfter));
    expect(last.body.errors?.[0]?.message).toContain('at most 20 operations in a minute');

    const query = new URLSearchParams({ query: QUERY }).toString();
    await limited(() => fetch(`${url()}/graphql?${query}`, { headers: caller }));
    // What is not valid counts, too: it costs work.
    await limited(() => post('{ nothing }'));
    await limited(() => post(QUERY, { accept: 'application/json' }));

    const stream = await limited(async () => {
      const response = await postStream(QUERY, caller);
      if (response.status === 200) await response.text();
      return response;
    });
    expect(Number(stream.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(limitedOf((await stream.json()) as GraphQLBody)?.retryAfter).toBeGreaterThan(0);

    const socket = await connect(caller);
    let sent = 0;
    const refused = await waitFor(async () => {
      sent += 1;
      const reply = await socket.subscribe(`query ${sent}`, QUERY);
      return reply.type === 'error' ? reply : null;
    });
    expect(refused.payload).toMatchObject([
      { extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) as number } },
    ]);
    const other = await newCaller('other');
    expect(
      (
        await postRequest(
          url(),
          { query: QUERY },
          { ...other, ...{ 'x-forwarded-for': caller['x-forwarded-for']! } },
        )
      ).status,
    ).toBe(200);
    const metrics = await (await fetch(`${url()}/metrics`, { headers: other })).text();
    expect(metrics).toMatch(/gateway_caller_limits_total\{limit="operations"\} [1-9]/);
  });
});

describe('A caller that asked for as many values as it may', () => {
  it('is refused by what its documents may hold, and may still ask for little', async () => {
    const caller = await newCaller('greedy');
    const large =
      '{ recordings(first: 100) { nodes { id sid channel phase events(first: 10) { nodes { id } } } } }';
    const replies = [];
    for (let count = 0; count < 5; count += 1)
      replies.push(await postRequest(url(), { query: large }, caller));
    const refused = replies.find(({ status }) => status === 429);
    expect(refused?.body.errors?.[0]?.message).toContain('at most 5000 values in a minute');
    expect(replies[0]?.status).toBe(200);
  });
});

describe('A caller with as many subscriptions as it may have', () => {
  it('gets an error with retryAfter for another one, until one has ended', async () => {
    const caller = await newCaller('subscriber');
    const { subscribe, send, replies } = await connect(caller);
    /** Whether a subscription was begun. The reply to a query comes after the error of a subscription that was not. */
    const begins = async (id: string) => {
      send({ id, type: 'subscribe', payload: { query: EVENTS } });
      expect(await subscribe(`query after ${id}`, '{ __typename }')).toMatchObject({ type: 'next' });
      return !replies.some((reply) => reply.id === id);
    };
    expect([await begins('first'), await begins('second'), await begins('third')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(replies.find(({ id }) => id === 'third')).toMatchObject({
      payload: [{ extensions: { code: 'RATE_LIMITED', retryAfter: 10 } }],
    });
    expect(await (await postStream(EVENTS, caller)).text()).toContain('"retryAfter":10');
    send({ id: 'first', type: 'complete' });
    expect(await begins('fourth')).toBe(true);
  });
});

describe('A caller with as many connections as it may have', () => {
  it('gets no further stream or socket until one has closed, while others do', async () => {
    const caller = await newCaller('connected');
    const sockets = [await connect(caller), await connect({ ...caller, ...newAddress() })];
    const stream = await postStream(EVENTS, caller);
    expect(stream.status).toBe(200);

    const refused = await postStream(EVENTS, caller);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
    const fourth = await connect({ ...caller, ...newAddress() });
    await waitFor(() => fourth.close() !== undefined, { what: 'the close' });
    expect(fourth.close()).toEqual(CLOSES.tooMany);
    expect((await connect(await newCaller('unconnected'))).close()).toBeUndefined();

    sockets[0]?.socket.close();
    await waitFor(async () => (await postStream(EVENTS, caller)).status === 200, { what: 'a place' });
  });

  it('has no more sockets without a credential from one address, and a caller that has one counts for itself', async () => {
    const address = newAddress();
    const credentials = await Promise.all(['first', 'second'].map((name) => newCaller(name)));
    for (const caller of credentials)
      expect((await connect({ ...caller, ...address })).close()).toBeUndefined();
    const upgrades: unknown[] = [];
    await waitFor(async () => {
      upgrades.push(await refusedUpgrade(address));
      return upgrades.at(-1) !== 'opened';
    });
    // Those that sent no connection_init in time gave their places back.
    expect(upgrades.length).toBeGreaterThan(3);
    expect(upgrades.at(-1)).toEqual({ status: 429, retryAfter: '10' });
    expect(await refusedUpgrade(newAddress())).toBe('opened');
  });
});

describe('Without authentication', () => {
  it('each address is a caller, which only a trusted proxy can name', async () => {
    const open = await openStage({ env: { LIMIT_OPERATIONS: '3', TRUSTED_PROXIES: 'loopback' } });
    onTestFinished(() => open.close());
    const statusFrom = async (address: string) =>
      (await postRequest(open.gateway.url, { query: QUERY }, { 'x-forwarded-for': address })).status;
    const first = [];
    for (let count = 0; count < 4; count += 1) first.push(await statusFrom('192.0.2.1'));
    expect(first).toEqual([200, 200, 200, 429]);
    expect(await statusFrom('192.0.2.2')).toBe(200);

    await open.gateway.kill();
    await open.startGateway({ TRUSTED_PROXIES: '' });
    const untrusted = [];
    for (let count = 0; count < 4; count += 1) untrusted.push(await statusFrom(`192.0.2.${count}`));
    expect(untrusted).toEqual([200, 200, 200, 429]);
    const client = createClient({
      url: `${open.gateway.url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });
    const error = await new Promise((resolve, reject) => {
      client.subscribe({ query: QUERY }, { next: reject, error: resolve, complete: () => undefined });
    });
    expect(error).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    await client.dispose();
  });
});
