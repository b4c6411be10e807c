import { describe, expect, it } from 'vitest';
import { openSandbox } from '../support/sandbox.js';

describe('A requested fault', () => {
  it('replaces one reply, and the call is not carried out', async () => {
    const sandbox = await openSandbox();
    const order = { operation: 'start', status: 500, body: { code: 62, reason: 'request timeout' } };
    expect((await sandbox.control('POST', '/faults', order)).status).toBe(201);
    const where = {
      cname: 'a',
      uid: '1',
      resourceId: String((await sandbox.acquire('a', '1')).body.resourceId),
    };
    const struck = await sandbox.start(where);
    expect([struck.status, struck.body]).toEqual([500, order.body]);
    expect((await sandbox.start(where)).status).toBe(200);
    expect((await sandbox.control('GET', '/recordings')).body.recordings).toHaveLength(1);
  });

  it('can carry out the call before it replaces the reply', async () => {
    const sandbox = await openSandbox();
    await sandbox.control('POST', '/faults', {
      operation: 'start',
      status: 206,
      body: { code: 65 },
      apply: true,
    });
    const where = {
      cname: 'a',
      uid: '1',
      resourceId: String((await sandbox.acquire('a', '1')).body.resourceId),
    };
    expect((await sandbox.start(where)).status).toBe(206);
    expect((await sandbox.start(where)).status).toBe(201);
  });

  it('skips calls, then applies to the given number of calls in one channel', async () => {
    const sandbox = await openSandbox();
    await sandbox.control('POST', '/faults', {
      operation: 'acquire',
      cname: 'a',
      skip: 1,
      times: 2,
      status: 503,
    });
    const acquire = async (cname: string) => (await sandbox.acquire(cname, '1')).status;
    expect(await acquire('b')).toBe(200);
    expect(await acquire('a')).toBe(200);
    expect(await acquire('a')).toBe(503);
    expect((await sandbox.control('GET', '/faults')).body.faults).toMatchObject([{ remaining: 1 }]);
    expect(await acquire('b')).toBe(200);
    expect(await acquire('a')).toBe(503);
    expect(await acquire('a')).toBe(200);
    expect((await sandbox.control('GET', '/faults')).body.faults).toEqual([]);
  });

  it('applies to a channel even if the call names only the recording', async () => {
    const sandbox = await openSandbox();
    const recording = await sandbox.record('a');
    await sandbox.control('POST', '/faults', {
      operation: 'query',
      cname: 'a',
      status: 504,
      body: { code: 62 },
    });
    expect((await sandbox.query(recording)).status).toBe(504);
    expect((await sandbox.query(recording)).status).toBe(200);
  });

  it('delays the reply to a call that is carried out at once', async () => {
    const sandbox = await openSandbox();
    await sandbox.control('POST', '/faults', { operation: 'any', delayMs: 150 });
    const before = performance.now();
    expect((await sandbox.acquire('a', '1')).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(145);
  });

  it('can cut the connection before the call is carried out', async () => {
    const sandbox = await openSandbox();
    const where = {
      cname: 'a',
      uid: '1',
      resourceId: String((await sandbox.acquire('a', '1')).body.resourceId),
    };
    await sandbox.control('POST', '/faults', { operation: 'start', drop: 'request' });
    await expect(sandbox.start(where)).rejects.toThrow();
    expect((await sandbox.control('GET', '/recordings')).body.recordings).toEqual([]);
    expect((await sandbox.start(where)).status).toBe(200);
  });

  it('can cut the connection after the call was carried out, once', async () => {
    const sandbox = await openSandbox();
    const where = {
      cname: 'a',
      uid: '1',
      resourceId: String((await sandbox.acquire('a', '1')).body.resourceId),
    };
    await sandbox.control('POST', '/faults', { operation: 'start', drop: 'reply' });
    await expect(sandbox.start(where)).rejects.toThrow();
    expect((await sandbox.start(where)).status).toBe(201);
    expect((await sandbox.control('GET', '/recordings')).body.recordings).toHaveLength(1);
    const { calls } = (await sandbox.control('GET', '/calls')).body as { calls: Record<string, unknown>[] };
    expect(calls.map((call) => [call.operation, call.httpStatus])).toEqual([
      ['acquire', 200],
      ['start', null],
      ['start', 201],
    ]);
  });

  it('can be cancelled', async () => {
    const sandbox = await openSandbox();
    await sandbox.control('POST', '/faults', { operation: 'any', status: 503 });
    await sandbox.control('DELETE', '/faults');
    expect((await sandbox.acquire('a', '1')).status).toBe(200);
  });
});
