import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type ApiKeysFile, bearer, newApiKeysFile } from '../support/api-keys.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

const APP = 'https://app.example.com';
const QUERY = '/graphql?query=%7B__typename%7D';

interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** With headers that `fetch` does not let a client set. */
async function send(
  url: string,
  path: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<Reply> {
  const request = httpRequest(`${url}${path}`, { method, headers });
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: Buffer.concat(chunks).toString(),
  };
}

/** The status of an upgrade, and the body if it is refused. */
async function upgrade(
  url: string,
  headers: Record<string, string>,
): Promise<{ status: number; body: string }> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
  return await new Promise((resolve) => {
    socket.on('open', () => {
      resolve({ status: 101, body: '' });
      socket.close();
    });
    socket.on('unexpected-response', (_request, response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
      );
    });
  });
}

describe('A gateway in sandbox mode', () => {
  let stage: Stage;
  beforeAll(async () => (stage = await openStage()));
  afterAll(async () => await stage.close());
  const url = () => stage.gateway.url;

  it('answers pages that this machine serves on any port, and no others', async () => {
    for (const origin of ['http://localhost:5173', 'http://127.0.0.1:3000']) {
      const reply = await send(url(), QUERY, { origin });
      expect([reply.status, reply.headers['access-control-allow-origin']]).toEqual([200, origin]);
      expect((await upgrade(url(), { origin })).status).toBe(101);
    }
    for (const origin of [APP, 'null', 'http://localhost.evil.com']) {
      expect([origin, (await send(url(), QUERY, { origin })).status]).toEqual([origin, 403]);
      expect([origin, (await upgrade(url(), { origin })).status]).toEqual([origin, 403]);
    }
  });

  it('believes no X-Forwarded header, since no proxy is trusted', async () => {
    const forged = { origin: APP, 'x-forwarded-host': 'app.example.com', 'x-forwarded-proto': 'https' };
    expect((await send(url(), QUERY, forged)).status).toBe(403);
    expect((await upgrade(url(), forged)).status).toBe(403);
    const hidden = { host: 'evil.example.com', 'x-forwarded-host': 'localhost' };
    expect((await send(url(), QUERY, hidden)).status).toBe(421);
    expect((await upgrade(url(), hidden)).status).toBe(421);
  });
});

describe('With ALLOWED_ORIGINS and TRUSTED_PROXIES', () => {
  let stage: Stage;
  let keys: ApiKeysFile;
  let authorization: { authorization: string };
  beforeAll(async () => {
    keys = newApiKeysFile();
    authorization = bearer(keys.add('reader', { scopes: ['recordings:admin'] }));
    stage = await openStage({
      env: {
        ...keys.env,
        ALLOWED_ORIGINS: `${APP}, https://other.example.com:8443/`,
        ALLOWED_HOSTS: 'gateway.example.com',
        TRUSTED_PROXIES: '127.0.0.1',
      },
    });
  });
  afterAll(async () => {
    await stage.close();
    keys.remove();
  });
  const url = () => stage.gateway.url;

  it('a preflight of an allowed page is answered without a credential', async () => {
    const asked = {
      origin: APP,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization, content-type',
    };
    const { status, headers, body } = await send(url(), '/graphql', asked, 'OPTIONS');
    expect([status, body]).toEqual([204, '']);
    expect(headers).toMatchObject({
      'access-control-allow-origin': APP,
      'access-control-max-age': '7200',
      vary: 'origin',
    });
    expect(headers['access-control-allow-methods']).toContain('POST');
    expect(headers['access-control-allow-headers']).toContain('authorization');
    expect(headers['access-control-allow-credentials']).toBeUndefined();
    const foreign = await send(url(), '/graphql', { ...asked, origin: 'https://evil.example' }, 'OPTIONS');
    expect(foreign.status).toBe(403);
    expect(foreign.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('an allowed page can read replies, refusals of its credential among them', async () => {
    for (const origin of [APP, 'https://other.example.com:8443']) {
      const reply = await send(url(), QUERY, { ...authorization, origin, 'sec-fetch-site': 'cross-site' });
      expect([reply.status, reply.headers['access-control-allow-origin']]).toEqual([200, origin]);
      expect((await upgrade(url(), { origin })).status).toBe(101);
    }
    const refused = await send(url(), QUERY, { origin: APP });
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([401, APP]);
  });

  it('another page is refused with the reason, a log line with its origin, and a count', async () => {
    const origin = 'http://localhost:3000';
    const reply = await send(url(), QUERY, { ...authorization, origin });
    expect([reply.status, reply.headers['access-control-allow-origin']]).toEqual([403, undefined]);
    expect(reply.body).toContain('ALLOWED_ORIGINS');
    const refused = await upgrade(url(), { origin });
    expect(refused.status).toBe(403);
    expect(refused.body).toContain('ALLOWED_ORIGINS');
    for (const transport of ['http', 'websocket']) {
      const line = new RegExp(`"transport":"${transport}","origin":"${origin}".*refused a page`);
      await waitFor(() => line.test(stage.gateway.output()), { what: `a log line of ${transport}` });
    }
    const metrics = await send(url(), '/metrics', authorization);
    for (const transport of ['http', 'websocket'])
      expect(metrics.body).toMatch(
        new RegExp(`gateway_origins_refused_total\\{transport="${transport}"\\} [1-9]`),
      );
  });

  it('the host and scheme that a trusted proxy forwards are those of the gateway', async () => {
    const behind = (host: string, scheme = 'https') => ({
      ...authorization,
      host: 'internal:4000',
      'x-forwarded-host': host,
      'x-forwarded-proto': scheme,
    });
    const own = { origin: 'https://gateway.example.com' };
    for (const host of ['gateway.example.com', 'gateway.example.com:443', 'spoofed, gateway.example.com']) {
      const reply = await send(url(), QUERY, { ...behind(host), ...own });
      expect([host, reply.status, reply.headers['access-control-allow-origin']]).toEqual([
        host,
        200,
        undefined,
      ]);
      expect((await upgrade(url(), { ...behind(host), ...own })).status).toBe(101);
    }
    const inTheClear = { ...behind('gateway.example.com'), origin: 'http://gateway.example.com' };
    expect((await send(url(), QUERY, inTheClear)).status).toBe(403);
    expect((await upgrade(url(), inTheClear)).status).toBe(403);
    expect((await send(url(), QUERY, behind('evil.example.com'))).status).toBe(421);
    expect((await upgrade(url(), behind('evil.example.com'))).status).toBe(421);
  });

  it('a default port that is written out in Host is the same host', async () => {
    const request = {
      ...authorization,
      host: 'gateway.example.com:443',
      origin: 'https://gateway.example.com',
    };
    expect((await send(url(), QUERY, request)).status).toBe(200);
    expect((await upgrade(url(), request)).status).toBe(101);
  });
});
