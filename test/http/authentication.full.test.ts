import { type Client, createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { REFUSALS } from '../../src/auth/credential-error.js';
import { type ApiKeysFile, bearer, newApiKeysFile } from '../support/api-keys.js';
import { type IdentityProvider, openIdentityProvider } from '../support/identity-provider.js';
import { openStage, type Stage } from '../support/stage.js';
import { postRequest } from '../support/transports.js';
import { waitFor } from '../support/wait-for.js';

const LIST = { query: '{ recordings(first: 1) { edges { cursor } } }' };

const asPost = (url: string, authorization?: string) =>
  postRequest(url, LIST, authorization === undefined ? {} : { authorization });

/** Opens a socket with a connection_init; its close, or that it was acknowledged. */
async function connect(url: string, payload?: object): Promise<string> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
  return await new Promise((resolve, reject) => {
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload })));
    socket.on('message', (data: Buffer) => {
      resolve((JSON.parse(data.toString()) as { type: string }).type);
      socket.close();
    });
    socket.on('close', (code, reason) => resolve(`${code} ${reason.toString()}`));
    socket.on('error', reject);
  });
}

interface Watcher {
  closes: { code: number; reason: string }[];
  acknowledged: () => number;
  client: Client;
}

/** A client that stays connected, connects again by itself, and asks for a new credential each time. */
function watch(url: string, credential: () => string | Promise<string>): Watcher {
  const closes: Watcher['closes'] = [];
  let acknowledged = 0;
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    lazy: false,
    retryAttempts: Infinity,
    retryWait: () => new Promise((resolve) => setTimeout(resolve, 50)),
    connectionParams: async () => bearer(await credential()),
    onNonLazyError: () => undefined,
    on: {
      connected: () => (acknowledged += 1),
      closed: (event) => closes.push(event as { code: number; reason: string }),
    },
  });
  // It rejects with the close of a connection that was about to be made.
  onTestFinished(async () => void (await Promise.resolve(client.dispose()).catch(() => undefined)));
  return { closes, acknowledged: () => acknowledged, client };
}

describe('With API keys', () => {
  let stage: Stage;
  let keys: ApiKeysFile;
  beforeAll(async () => {
    keys = newApiKeysFile();
    stage = await openStage({ env: keys.env });
  });
  afterAll(async () => {
    await stage.close();
    keys.remove();
  });
  const url = () => stage.gateway.url;

  /** A key that the gateway knows already. */
  async function newKey(name: string, key: Parameters<ApiKeysFile['add']>[1] = {}): Promise<string> {
    const credential = keys.add(name, key);
    await waitFor(async () => (await asPost(url(), `Bearer ${credential}`)).status === 200, {
      what: 'the key',
    });
    return credential;
  }

  it('a request and a socket without a credential, or with a wrong one, are refused with the reason', async () => {
    const credential = await newKey('reader');
    for (const [authorization, reason] of [
      [undefined, 'missing'],
      ['', 'missing'],
      ['Bearer ark_wrong', 'invalid'],
      [credential, 'invalid'],
      [`Basic ${credential}`, 'invalid'],
      [`Bearer ${credential}x`, 'invalid'],
      [`Bearer ${'x'.repeat(9_000)}`, 'invalid'],
    ] as const) {
      const { status, headers, body } = await asPost(url(), authorization);
      expect([authorization, status]).toEqual([authorization, 401]);
      expect(headers.get('www-authenticate')).toBe('Bearer');
      expect(body).toEqual({
        errors: [{ message: REFUSALS[reason], extensions: { code: 'UNAUTHENTICATED' } }],
      });
      expect(await connect(url(), { authorization })).toBe(`4403 ${REFUSALS[reason]}`);
    }
    for (const payload of [undefined, { authorization: 7 }, { authorization: [] }, { token: credential }]) {
      expect(await connect(url(), payload)).toContain('4403');
    }
  });

  it('a valid one is accepted in the header and in connection_init', async () => {
    const credential = await newKey('valid');
    expect((await asPost(url(), `Bearer ${credential}`)).status).toBe(200);
    expect((await asPost(url(), `bearer  ${credential}`)).status).toBe(200);
    expect(await connect(url(), bearer(credential))).toBe('connection_ack');
    const query = new URLSearchParams({ query: LIST.query }).toString();
    expect((await fetch(`${url()}/graphql?${query}`, { headers: bearer(credential) })).status).toBe(200);
    expect((await fetch(`${url()}/graphql?${query}`)).status).toBe(401);
  });

  it('health checks and the webhook need none; metrics need the admin scope', async () => {
    expect((await fetch(`${url()}/healthz`)).status).toBe(200);
    expect((await fetch(`${url()}/readyz`)).status).toBe(200);
    const webhook = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    const { error } = (await (await fetch(`${url()}/webhooks/agora`, webhook)).json()) as { error: string };
    expect(error).toMatch(/signature/i);
    expect((await fetch(`${url()}/metrics`)).status).toBe(401);
    const reader = await newKey('metrics-reader');
    expect((await fetch(`${url()}/metrics`, { headers: bearer(reader) })).status).toBe(403);
    const admin = await newKey('metrics-admin', { scopes: ['recordings:admin'] });
    const metrics = await fetch(`${url()}/metrics`, { headers: bearer(admin) });
    expect(await metrics.text()).toMatch(
      /gateway_credentials_refused_total\{transport="http",reason="missing"\} [1-9]/,
    );
  });

  it('a key that is revoked, changed or expired closes its sockets, and no others', async () => {
    const staying = watch(url(), await newKey('staying').then((credential) => () => credential));
    const revoked = await newKey('revoked');
    const changed = await newKey('changed');
    const brief = await newKey('brief');
    const sockets = [revoked, changed, brief].map((credential) => watch(url(), () => credential));
    await waitFor(() => [staying, ...sockets].every(({ acknowledged }) => acknowledged() === 1), {
      what: 'sockets',
    });

    keys.revoke('revoked');
    keys.change('changed', { channels: ['other'] });
    keys.change('brief', { expiresAt: new Date(Date.now() + 3_000).toISOString() });
    stage.gateway.child.kill('SIGHUP');
    const closedWith = (reason: string) => ({ code: 4403, reason });
    await waitFor(() => sockets.every(({ closes }) => closes.length > 0), { what: 'closes' });
    expect(sockets.map(({ closes }) => closes[0])).toMatchObject([
      closedWith(REFUSALS.revoked),
      closedWith(REFUSALS.revoked),
      closedWith(REFUSALS.revoked),
    ]);
    // With the changed key the client is back at once; so is the brief one, until it expires.
    await waitFor(() => sockets[1]?.acknowledged() === 2, { what: 'a new socket with the changed key' });
    await waitFor(() => sockets[2]?.closes.some(({ reason }) => reason === REFUSALS.expired) ?? false, {
      what: 'the expiry',
    });
    expect((await asPost(url(), `Bearer ${revoked}`)).status).toBe(401);
    expect((await asPost(url(), `Bearer ${brief}`)).body.errors?.[0]?.message).toBe(REFUSALS.expired);
    expect(staying.closes).toEqual([]);
    expect(staying.acknowledged()).toBe(1);
  });

  it('logs refusals without the credential', () => {
    expect(stage.gateway.output()).toMatch(/"transport":"http","reason":"invalid".*refused a credential/);
    expect(stage.gateway.output()).not.toContain('ark_');
  });
});

describe('With tokens of an identity provider', () => {
  let stage: Stage;
  let provider: IdentityProvider;
  beforeAll(async () => {
    provider = await openIdentityProvider();
    stage = await openStage({ env: provider.env });
  });
  afterAll(async () => {
    await stage.close();
    await provider.close();
  });
  const url = () => stage.gateway.url;

  it('one that is signed by it is accepted in both transports; without one, or unsigned, none is', async () => {
    const token = await provider.token();
    expect((await asPost(url(), `Bearer ${token}`)).status).toBe(200);
    expect(await connect(url(), bearer(token))).toBe('connection_ack');
    expect((await asPost(url())).status).toBe(401);
    const [, claims] = token.split('.');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`;
    expect((await asPost(url(), `Bearer ${unsigned}`)).status).toBe(401);
    expect(await connect(url(), bearer(unsigned))).toBe(`4403 ${REFUSALS.invalid}`);
  });

  it('a socket ends when its token expires, and the client is back with a new one', async () => {
    // The tolerance of 30 seconds counts, too.
    const lifetimes = [-28, 300];
    const watcher = watch(url(), () =>
      provider.token({ exp: Math.floor(Date.now() / 1000) + (lifetimes.shift() ?? 300) }),
    );
    await waitFor(() => watcher.acknowledged() === 2, { what: 'a second connection' });
    expect(watcher.closes).toMatchObject([{ code: 4403, reason: REFUSALS.expired }]);
  });

  it('a token with a new key is accepted once the provider has published it', async () => {
    const before = await provider.token();
    expect((await asPost(url(), `Bearer ${before}`)).status).toBe(200);
    await provider.rotate();
    const after = await provider.token();
    await waitFor(async () => (await asPost(url(), `Bearer ${after}`)).status === 200, {
      what: 'the new key',
    });
    expect((await asPost(url(), `Bearer ${before}`)).status).toBe(401);
  });
});
