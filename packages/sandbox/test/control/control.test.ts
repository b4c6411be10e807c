import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type Json, openSandbox, openWithReceiver } from '../support/sandbox.js';

function statusWithHost(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/sandbox`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('The control side', () => {
  it('returns what a client needs', async () => {
    const sandbox = await openSandbox();
    const { body } = await sandbox.control('GET', '');
    expect(body).toMatchObject({
      appId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      customerId: expect.any(String) as string,
      customerSecret: expect.any(String) as string,
      webhookSecret: expect.any(String) as string,
      clock: { speed: 0.001 },
      storage: { vendor: 1, bucket: 'sandbox-recordings' },
    });
  });

  it('serves only names of this machine, of Agora, and those that are allowed', async () => {
    const { url } = await openSandbox({ allowedHosts: ['sandbox:4001', 'host.docker.internal'] });
    const allowed = ['localhost:4001', 'LOCALHOST', '127.0.0.1', '[::1]:4001', 'api.agora.io'];
    allowed.push('api-us-west-1.sd-rtn.com:443', 'sandbox:4001', 'host.docker.internal:4001');
    for (const host of allowed) expect(await statusWithHost(url, host), host).toBe(200);
    const refused = ['evil.example', '127.0.0.1.evil.example', 'agora.io.evil.example', 'evilagora.io'];
    refused.push('sandbox', 'sandbox:4002', 'x.host.docker.internal');
    for (const host of refused) expect(await statusWithHost(url, host), host).toBe(421);
  });

  it('accepts application/json only', async () => {
    const { url } = await openSandbox();
    const status = async (headers: Record<string, string>, body?: string) =>
      (await fetch(`${url}/sandbox/clock`, { method: 'PUT', headers, body })).status;
    expect(await status({ 'content-type': 'text/plain' }, '{"speed":2}')).toBe(415);
    expect(await status({ 'content-type': 'application/x-www-form-urlencoded' }, 'speed=2')).toBe(415);
    expect(await status({ 'content-type': 'application/json; charset=utf-8' }, '{"speed":2}')).toBe(200);
  });

  it('lists every problem of a body', async () => {
    const { control } = await openSandbox();
    const { status, body } = await control('POST', '/faults', {
      operation: 'strat',
      times: 0,
      colour: 'red',
    });
    expect(status).toBe(400);
    expect(body.problems).toHaveLength(3);
    expect(body.message).toContain('operation');
    expect(body.message).toContain('times');
    expect(body.message).toContain('colour');
    for (const [path, wrong] of Object.entries({
      clock: { speed: 0 },
      notifications: { loss: 2, webhookUrl: 'ftp://x' },
      assumptions: { unheardOf: true },
      'channels/a': { publishers: [{ uid: 'x', audio: 1 }] },
    })) {
      expect((await control('PUT', `/${path}`, wrong)).status, path).toBe(400);
    }
    expect((await control('GET', '/calls?limit=-1')).status).toBe(400);
  });

  it('describes each problem with what to do, without repeating the value', async () => {
    const { control } = await openSandbox();
    const problems = async (method: string, path: string, wrong?: unknown) =>
      (await control(method, path, wrong)).body.problems;
    expect(await problems('POST', '/faults', { operation: 'strat', times: 0, colour: 'red' })).toEqual([
      'operation: must be one of "acquire", "start", "query", "update", "updateLayout", "stop", "ncsIp", "any"',
      'times: must be at least 1',
      'colour: unknown. Known: operation, cname, times, skip, delayMs, drop, status, body, apply, merge, reply',
    ]);
    expect(await problems('POST', '/faults', { status: '503', body: [] })).toEqual([
      expect.stringMatching(/^operation: must be one of/),
      'status: must be a number',
      'body: must be an object',
    ]);
    const start = { operation: 'start' };
    expect(await problems('POST', '/faults', start)).toEqual([
      'operation: give its outcome: reply, status and body, delayMs, or drop',
    ]);
    expect(await problems('POST', '/faults', { ...start, drop: 'reply', status: 500 })).toEqual([
      'drop: give it without status and body, which would not be sent',
    ]);
    expect(await problems('POST', '/faults', { ...start, delayMs: 5, apply: true })).toEqual([
      'apply: give it with reply, status or body: without them the call is carried out',
    ]);
    expect(
      await problems('PUT', '/notifications', {
        loss: 2,
        delay: 0.5,
        webhookUrl: 'x',
        events: 40,
        seed: 0.5,
      }),
    ).toEqual([
      'loss: must be at most 1',
      'seed: must be a whole number',
      'webhookUrl: must be an address that starts with http:// or https://',
      'events: must be "all", or a list of at most 100 event types',
    ]);
    expect(await problems('PUT', '/notifications', { delay: 0.5 })).toEqual([
      'delay: give delayMs, too; without it nothing is delayed',
    ]);
    expect(await problems('PUT', '/notifications', { disorder: 1 })).toEqual([
      'disorder: give disorderMs, too; without it nothing is delayed',
    ]);
    expect(await problems('PUT', '/channels/a', {})).toEqual(['publishers: is missing: give a list']);
    const twice = { uid: '5', audio: true, video: true };
    expect(await problems('PUT', '/channels/a', { publishers: [twice, twice] })).toEqual([
      'publishers: has a uid twice: give each user once',
    ]);
    expect(await problems('PUT', '/clock', { speed: 0, stepMs: -1 })).toEqual([
      'speed: must be more than 0',
      'stepMs: must be at least 0',
    ]);
    expect(await problems('PUT', '/clock', [])).toEqual(['must be an object']);
    expect(await problems('GET', '/calls?operation=strat&httpStatus=x')).toEqual([
      expect.stringMatching(/^operation: must be one of/),
      'httpStatus: must be a number',
    ]);
  });

  it('refuses a body that is not JSON', async () => {
    const { url } = await openSandbox();
    const headers = { 'content-type': 'application/json' };
    const reply = await fetch(`${url}/sandbox/clock`, { method: 'PUT', headers, body: '{speed: 2}' });
    expect([reply.status, await reply.json()]).toEqual([400, { message: 'The body is not valid JSON.' }]);
  });

  it('lists its paths in the reply to an unknown path', async () => {
    const { control } = await openSandbox();
    for (const [method, path] of [
      ['GET', '/fault'],
      ['DELETE', '/clock'],
      ['PATCH', '/recordings/x/y'],
    ] as const) {
      const { status, body } = await control(method, path);
      expect(status).toBe(404);
      expect(body.paths).toContain('PUT /sandbox/clock');
      expect(body.paths).toContain('POST /sandbox/recordings/:sid/notifications');
    }
  });

  it('lists calls without their secrets', async () => {
    const sandbox = await openSandbox();
    await sandbox.record('lesson', '9', { token: '007token-canary' });
    const { body } = await sandbox.control('GET', '/calls?limit=1');
    expect(body.total).toBe(2);
    const text = JSON.stringify(body);
    const { accessKey, secretKey } = sandbox.info.storage as { accessKey: string; secretKey: string };
    for (const secret of [accessKey, secretKey, '007token-canary']) expect(text).not.toContain(secret);
    const [call] = body.calls as Json[];
    expect(call).toMatchObject({ operation: 'start', httpStatus: 200, cname: 'lesson', uid: '9' });
    expect(call?.sid).toMatch(/^[0-9a-f]{32}$/);
    expect(call?.requestBody).toMatchObject({
      clientRequest: { storageConfig: { bucket: 'sandbox-recordings' } },
    });
  });

  it('filters calls by operation, channel, recording and status', async () => {
    const sandbox = await openSandbox();
    const red = await sandbox.record('red');
    await sandbox.record('green');
    await sandbox.query(red);
    await sandbox.query({ ...red, sid: '0'.repeat(32) });
    const found = async (query: string) =>
      ((await sandbox.control('GET', `/calls?${query}`)).body.calls as Json[]).map(
        ({ operation, cname, httpStatus }) => [operation, cname, httpStatus],
      );
    expect(await found('operation=start')).toEqual([
      ['start', 'red', 200],
      ['start', 'green', 200],
    ]);
    expect(await found('cname=red')).toEqual([
      ['acquire', 'red', 200],
      ['start', 'red', 200],
      ['query', 'red', 200],
    ]);
    expect(await found(`sid=${red.sid}&operation=query`)).toEqual([['query', 'red', 200]]);
    expect(await found('httpStatus=404')).toEqual([['query', null, 404]]);
    expect(await found('limit=1')).toHaveLength(1);
    expect((await sandbox.control('GET', '/calls?cname=red')).body.total).toBe(6);
  });

  it('shows the recordings of one channel', async () => {
    const sandbox = await openSandbox();
    await sandbox.record('red');
    await sandbox.record('green');
    const { recordings } = (await sandbox.control('GET', '/recordings?cname=green')).body;
    expect(recordings).toMatchObject([{ cname: 'green' }]);
  });

  it('shows the actual state of every recording', async () => {
    const { sandbox } = await openWithReceiver();
    const recording = await sandbox.record('lesson', '9');
    await sandbox.step(10_000);
    const { recordings } = (await sandbox.control('GET', '/recordings')).body as { recordings: Json[] };
    expect(recordings).toHaveLength(1);
    expect(recordings[0]).toMatchObject({
      ...recording,
      ...{ mode: 'mix', status: 5, phase: 'recording', endedAt: null, sequences: { '9': 7 } },
      publishers: [{ uid: '71', audio: true, video: true }],
      files: [{ fileName: `sandbox/${recording.sid}_lesson.m3u8` }],
    });
  });

  it('sets the clock', async () => {
    const sandbox = await openSandbox();
    const before = (await sandbox.control('GET', '/clock')).body;
    const after = (await sandbox.control('PUT', '/clock', { speed: 2, stepMs: 1_000 })).body;
    expect(after.speed).toBe(2);
    expect(Number(after.nowMs) - Number(before.nowMs)).toBeGreaterThanOrEqual(1_000);
    expect(after.now).toBe(new Date(Number(after.nowMs)).toISOString());
  });

  it('resets everything except the project', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const recording = await sandbox.record();
    await sandbox.control('PUT', '/notifications', { loss: 1 });
    await sandbox.control('PUT', '/channels/lesson-4711', { publishers: [] });
    await sandbox.control('POST', '/faults', { operation: 'any', status: 503, times: 99 });
    expect((await sandbox.control('DELETE', '')).status).toBe(200);
    expect((await sandbox.control('GET', '/calls')).body.total).toBe(0);
    expect((await sandbox.control('GET', '/recordings')).body.recordings).toEqual([]);
    expect((await sandbox.query(recording)).status).toBe(404);
    await sandbox.record();
    await sandbox.step(10_000);
    await receiver.next(3);
    expect((await sandbox.control('GET', '')).body.appId).toBe(sandbox.info.appId);
  });
});
