import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiKeysFile, bearer, newApiKeysFile } from '../../support/api-keys.js';
import { startAgoraGateway } from '../../support/agora/agora-gateway.js';
import { openStage, type Stage } from '../../support/stage.js';

const NOTHING = { authorization: '' };

let stage: Stage;
let keys: ApiKeysFile;
let admin: Record<string, string>;
let control: Record<string, string>;
let reader: Record<string, string>;

beforeAll(async () => {
  stage = await openStage();
  keys = newApiKeysFile();
  admin = bearer(keys.add('admin', { scopes: ['recordings:admin'] }));
  control = bearer(keys.add('control', { scopes: ['recordings:control'], channels: ['lesson-*'] }));
  reader = bearer(keys.add('reader', { scopes: ['recordings:read'] }));
  await stage.gateway.kill();
  await stage.startGateway({ ...keys.env, CONSOLE: 'on' });
});

afterAll(async () => {
  await stage.close();
  keys.remove();
});

interface Asked {
  headers?: Record<string, string>;
  body?: unknown;
  url?: string;
}

async function ask(method: string, path: string, { headers = admin, body, url }: Asked = {}) {
  const response = await fetch(`${url ?? stage.gateway.url}/console/sandbox${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== '')),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}

/** A path as it is, which fetch would change. */
async function putRaw(path: string): Promise<number> {
  const { hostname, port } = new URL(stage.gateway.url);
  const headers = { ...admin, 'content-type': 'application/json' };
  const sent = request({ hostname, port, path, method: 'PUT', headers });
  sent.end('{"publishers":[]}');
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode ?? 0;
}

describe('The controls of the sandbox, below /console/sandbox', () => {
  it('set the clock, notifications, faults and publishers of the sandbox, and read them', async () => {
    expect(await ask('PUT', '/clock', { body: { stepMs: 1_000 } })).toMatchObject({ status: 200 });
    const { answer } = await ask('PUT', '/notifications', { body: { repetition: 1 } });
    expect(answer).toMatchObject({ repetition: 1 });
    expect(await stage.sandbox.control('GET', '/notifications')).toMatchObject({ repetition: 1 });
    await ask('PUT', '/notifications', { body: { repetition: 0 } });
    const fault = { operation: 'query', drop: 'request', times: 2 };
    expect(await ask('POST', '/faults', { body: fault })).toMatchObject({ status: 201 });
    expect(await stage.sandbox.control('GET', '/faults')).toMatchObject({ faults: [fault] });
    expect(await ask('DELETE', '/faults')).toMatchObject({ status: 200 });
    expect((await ask('GET', '/faults')).answer).toEqual({ faults: [] });
    const publishers = [{ uid: '5', audio: true, video: false }];
    await ask('PUT', '/channels/lesson-1', { body: { publishers }, headers: control });
    expect(await stage.sandbox.control('GET', '/channels/lesson-1')).toEqual({ publishers });
  });

  it('pass on why the sandbox refuses a value', async () => {
    const { status, answer } = await ask('PUT', '/clock', { body: { speed: -1 } });
    expect(status).toBe(400);
    expect(answer.message).toContain('speed');
  });

  it.each([
    ['DELETE', ''],
    ['GET', ''],
    ['GET', '/calls'],
    ['GET', '/recordings'],
    ['PUT', '/assumptions'],
    ['PUT', '/storage'],
    ['DELETE', '/clock'],
    ['PUT', '/channels/a/b'],
  ])('answer %s %s as nothing that the console controls', async (method, path) => {
    const body = method === 'PUT' ? { publishers: [] } : undefined;
    const before = await stage.sandbox.control('GET', '/recordings');
    expect(await ask(method, path, { body })).toMatchObject({ status: 404 });
    expect(await stage.sandbox.control('GET', '/recordings')).toEqual(before);
  });

  it.each(['.', '..', '%2e%2e'])('take %s for no channel, since an address would lose it', async (name) => {
    const before = await stage.sandbox.control('GET', '/channels/lesson-1');
    expect([400, 404]).toContain(await putRaw(`/console/sandbox/channels/${name}`));
    expect(await stage.sandbox.control('GET', '/channels/lesson-1')).toEqual(before);
  });

  it('take an encoded slash for a part of the name of a channel', async () => {
    const body = { publishers: [] };
    await ask('PUT', '/channels/..%2f..%2fclock', { body });
    expect(await stage.sandbox.control('GET', '/channels/..%2f..%2fclock')).toEqual(body);
  });

  it('do not take an address for notifications, or any property that is not listed', async () => {
    for (const body of [{ webhookUrl: 'http://127.0.0.1:1/' }, { events: [] }, { seed: 1 }, []])
      expect(await ask('PUT', '/notifications', { body })).toMatchObject({ status: 400 });
    const fault = { operation: 'start', status: 200, body: { sid: 'x' } };
    expect(await ask('POST', '/faults', { body: fault })).toMatchObject({ status: 400 });
  });

  it('refuse a large body, and one that is not JSON', async () => {
    const large = { publishers: [{ uid: '1'.repeat(70_000), audio: true, video: true }] };
    const { status, answer } = await ask('PUT', '/channels/lesson-1', { body: large });
    expect([status, answer.error]).toEqual([413, 'The body is larger than 65536 bytes.']);
    expect(await ask('PUT', '/clock', { body: '{' })).toMatchObject({ status: 400 });
    const headers = { ...admin, 'content-type': 'text/plain' };
    expect((await ask('PUT', '/clock', { body: '{}', headers })).status).toBeGreaterThanOrEqual(400);
  });

  it('refuse pages of other origins, also of those that may use GraphQL', async () => {
    const { host } = new URL(stage.gateway.url);
    const body = { stepMs: 0 };
    for (const origin of ['https://evil.example.com', 'http://localhost:3000', 'null'])
      expect(await ask('PUT', '/clock', { body, headers: { ...admin, origin } })).toMatchObject({
        status: 403,
        answer: { error: "Only the gateway's own pages may do this." },
      });
    expect(
      await ask('PUT', '/clock', { body, headers: { ...admin, origin: `http://${host}` } }),
    ).toMatchObject({ status: 200 });
  });

  it('ask for a credential, and for the scope of what is done', async () => {
    const stepped = { body: { stepMs: 0 } };
    expect(await ask('PUT', '/clock', { ...stepped, headers: NOTHING })).toMatchObject({ status: 401 });
    expect(await ask('GET', '/clock', { headers: { authorization: 'Bearer wrong' } })).toMatchObject({
      status: 401,
    });
    for (const headers of [reader, control])
      expect(await ask('PUT', '/clock', { ...stepped, headers })).toMatchObject({ status: 403 });
    const publishers = { body: { publishers: [] } };
    expect(await ask('PUT', '/channels/lesson-2', { ...publishers, headers: reader })).toMatchObject({
      status: 403,
    });
    expect(await ask('PUT', '/channels/lesson-2', { ...publishers, headers: control })).toMatchObject({
      status: 200,
    });
    expect(await ask('PUT', '/channels/other', { ...publishers, headers: control })).toMatchObject({
      status: 403,
      answer: { error: 'The credential does not reach this channel.' },
    });
  });

  it('say that the sandbox cannot be reached', async () => {
    await stage.sandbox.kill();
    expect(await ask('GET', '/clock')).toMatchObject({
      status: 502,
      answer: { error: 'The sandbox cannot be reached, or did not answer in time.' },
    });
  });

  it('are answered 404 with a reason where the gateway runs against Agora', async () => {
    const database = `file:${join(stage.directory, 'agora.db')}`;
    const gateway = await startAgoraGateway(database, { env: { CONSOLE: 'on' } });
    try {
      await gateway.untilReady();
      const { status, answer } = await ask('GET', '/clock', { url: gateway.url, headers: NOTHING });
      expect(status).toBe(404);
      expect(answer.error).toContain('the gateway runs against Agora');
    } finally {
      await gateway.kill();
    }
  });
});
