import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type AgoraRequest } from '@agora-recording-gateway/agora/client/requests';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { FingerprintKey } from '@agora-recording-gateway/agora/redaction/fingerprint';
import { createRedact } from '@agora-recording-gateway/agora/redaction/redact';
import { createLog } from '../../src/telemetry/log.js';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { asRequest } from '../../src/telemetry/request-fields.js';
import { Budget } from '../../src/agora-calls/budget.js';
import { createStopQueryExclusion } from '../../src/coordination/stop-query-exclusion.js';
import { createCustomers } from '../../src/agora-calls/customers.js';
import { Upstream } from '../../src/agora-calls/upstream.js';
import { systemClock } from '../../src/process/clock.js';
import { waitFor } from '../support/wait-for.js';

const monotonic = () => performance.now();

const QUERY: AgoraRequest = {
  operation: 'query',
  appId: '0123456789abcdef0123456789abcdef',
  resourceId: 'resource',
  sid: 'sid',
  mode: 'mix',
};

const opened: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

async function agora(body = '{}', delayMs = 0, status = 200) {
  const calls: number[] = [];
  const server = createServer((_request, response) => {
    calls.push(monotonic());
    setTimeout(() => response.writeHead(status).end(body), delayMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { calls, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function upstreamTo(apiUrls: readonly string[], callsPerSecond = 10, log = createLog('silent')) {
  const budget = new Budget({ monotonic, callsPerSecond, log: createLog('silent') });
  opened.push(() => Promise.resolve(budget.close()));
  const metrics = createMetrics();
  const upstream = new Upstream({
    reachability: { onUnreachable: () => undefined, onReachable: () => undefined },
    apiUrls,
    customers: createCustomers([CUSTOMER], createLog('silent')),
    budget,
    clock: systemClock,
    monotonic,
    log,
    metrics,
  });
  return { upstream, budget, metrics };
}

const CUSTOMER = { customerId: 'customer', customerSecret: new Secret('customer-secret') };

const URGENT = {
  priority: 'refresh',
  reason: 'REFRESH',
  waitMs: 5_000,
  redact: (text: string) => Promise.resolve(text),
} as const;

describe('A call to Agora', () => {
  it('takes one permit, so calls are spaced', async () => {
    const { url, calls } = await agora();
    const { upstream } = upstreamTo([url], 5);
    const began = performance.now();
    await Promise.all(Array.from({ length: 4 }, () => upstream.call(QUERY, URGENT)));
    expect(calls).toHaveLength(4);
    expect(performance.now() - began).toBeGreaterThan(500);
  });

  it('is not sent when no permit is granted in time, and says how long it waited', async () => {
    const { url, calls } = await agora();
    const { upstream } = upstreamTo([url], 1);
    await upstream.call(QUERY, URGENT);
    await expect(
      upstream.call(QUERY, { ...URGENT, priority: 'heartbeat', waitMs: 50 }),
    ).rejects.toMatchObject({
      reason: 'budget',
      message: 'The call was not sent: the call budget is used up, and no permit came within 0.05 s.',
    });
    expect(calls).toHaveLength(1);
  });

  it('has its secrets cut out of every reply', async () => {
    const { url } = await agora('{"reason":"key one-secret and two-secret"}');
    const { upstream } = upstreamTo([url]);
    const key = new FingerprintKey('key');
    const redact = createRedact(key, key.fingerprints(['one-secret', 'two-secret']));
    const redacted = { answered: true, reply: { reason: 'key [redacted] and [redacted]' } };
    expect(await upstream.call(QUERY, { ...URGENT, redact })).toMatchObject({ result: redacted });
    const permits = await upstream.startPermits(1_000, QUERY.appId);
    expect(await permits.acquire(QUERY, { redact })).toMatchObject({ result: redacted });
    expect(await permits.start(QUERY, { redact })).toMatchObject({ result: redacted });
  });

  it('that fails for no request has one line and then a sum; those of requests have a line each', async () => {
    const { url } = await agora('{"code":404,"reason":"no such"}', 0, 404);
    const warnings: Record<string, unknown>[] = [];
    const ignore = () => undefined;
    const warn = (fields: object) => void warnings.push({ ...fields });
    const log = { trace: ignore, debug: ignore, info: ignore, warn, error: ignore };
    const { upstream } = upstreamTo([url], 100, log);
    for (let count = 0; count < 4; count += 1) await upstream.call(QUERY, URGENT);
    expect(warnings).toMatchObject([{ operation: 'query', result: '404', reason: 'no such', sid: 'sid' }]);
    for (const requestId of ['one', 'two'])
      await asRequest({ requestId, caller: 'teacher' }, () => upstream.call(QUERY, URGENT));
    expect(warnings.slice(1)).toMatchObject([
      { requestId: 'one', caller: 'teacher', result: '404' },
      { requestId: 'two', caller: 'teacher', result: '404' },
    ]);
    await upstream.close();
    expect(warnings.slice(3)).toMatchObject([{ operation: 'query', result: '404', count: 3 }]);
  });

  it('asks its guard once its permit is granted, right before it is sent', async () => {
    const { url, calls } = await agora();
    const { upstream } = upstreamTo([url], 2);
    await upstream.call(QUERY, URGENT);
    let permitAt = 0;
    const askedAt = monotonic();
    await upstream.call(QUERY, { ...URGENT, guard: { beforeSending: () => (permitAt = monotonic()) } });
    expect(permitAt - askedAt).toBeGreaterThan(300);
    expect(permitAt).toBeLessThanOrEqual(calls[1]!);
  });

  it('takes another permit when its guard answered too late to use the first', async () => {
    const { url, calls } = await agora();
    const { upstream, metrics } = upstreamTo([url], 4);
    const beforeSending = vi.fn(() => pause(150));
    const from = monotonic();
    await upstream.call(QUERY, { ...URGENT, guard: { beforeSending } });
    // The check stays valid until the next permit.
    expect(beforeSending).toHaveBeenCalledOnce();
    expect(calls).toHaveLength(1);
    expect(calls[0]! - from).toBeGreaterThan(240);
    expect((await metrics.turnsLate.get()).values).toMatchObject([{ value: 1 }]);
  });

  it('asks its guard again when the next permit is far away, and is sent with the third permit although it is late', async () => {
    const { url, calls } = await agora();
    const { upstream, budget } = upstreamTo([url], 4);
    const beforeSending = vi.fn(async () => {
      for (let urgent = 0; urgent < 6; urgent += 1) void budget.permit({ priority: 'stop', waitMs: 60_000 });
      await pause(150);
    });
    await upstream.call(QUERY, { ...URGENT, waitMs: 60_000, guard: { beforeSending } });
    expect(beforeSending).toHaveBeenCalledTimes(3);
    expect(calls).toHaveLength(1);
    await expect.poll(() => budget.waiting(), { timeout: 5_000 }).toBe(0);
  });

  it('that is in flight is answered before the upstream has closed', async () => {
    const { url, calls } = await agora('{}', 200);
    const { upstream } = upstreamTo([url]);
    let answered = false;
    void upstream.call(QUERY, URGENT).then(() => (answered = true));
    await waitFor(() => calls.length === 1);
    await upstream.close();
    expect(answered).toBe(true);
  });

  it('gets a permit for a while after the shutdown began, and its reply is not awaited beyond the limit', async () => {
    const { url, calls } = await agora('{}', 60_000);
    const { upstream } = upstreamTo([url], 1);
    upstream.drain({ permitsMs: 1_500, answersMs: 2_000 });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 4 }, () => upstream.call(QUERY, { ...URGENT, waitMs: 60_000 })),
    );
    expect(calls).toHaveLength(2);
    expect(outcomes.slice(0, 2)).toMatchObject(
      Array.from({ length: 2 }, () => ({ value: { result: { answered: false, failure: 'unanswered' } } })),
    );
    for (const outcome of outcomes.slice(2)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { reason: 'closing' } });
    }
    await upstream.close();
  });
});

describe('Permits for acquire and start', () => {
  it('let the start go before all other calls that wait', async () => {
    const { url, calls } = await agora();
    const { upstream, budget } = upstreamTo([url], 3);
    const permits = await upstream.startPermits(1_000, QUERY.appId);
    await permits.acquire(QUERY, { redact: (text: string) => Promise.resolve(text) });
    let stopsSent = 0;
    for (let index = 0; index < 10; index += 1)
      budget.permit({ priority: 'stop', waitMs: 200 }).then(
        () => (stopsSent += 1),
        () => undefined,
      );
    await permits.start(QUERY, { redact: (text: string) => Promise.resolve(text) });
    expect(calls).toHaveLength(2);
    expect(stopsSent).toBe(0);
    permits.release();
  });
});

describe('A query that waits for its permit', () => {
  it('yields to a stop of the same recording at once, and is not sent', async () => {
    const { url, calls } = await agora();
    const { upstream, budget } = upstreamTo([url], 1);
    const exclusion = createStopQueryExclusion();
    await budget.permit({ priority: 'stop', waitMs: 0 });
    const asked = exclusion
      .query('r1', ({ signal, markSent }) =>
        upstream.call(QUERY, {
          ...URGENT,
          priority: 'heartbeat',
          waitMs: 8_000,
          signal,
          guard: { beforeSending: markSent },
        }),
      )
      .catch((error: unknown) => error);
    await exclusion.stop('r1', () => Promise.resolve());
    expect(await asked).toMatchObject({ reason: 'stop-under-way' });
    expect(calls).toHaveLength(0);
  });
});

describe('A call that Agora answers with 429', () => {
  /** Answers 429 so many times, then 200. */
  async function crowded(times: number, headers: Record<string, string> = {}) {
    const calls: number[] = [];
    const server = createServer((_request, response) => {
      calls.push(monotonic());
      const refused = calls.length <= times;
      response
        .writeHead(refused ? 429 : 200, refused ? headers : {})
        .end(refused ? '{"message":"API rate limit exceeded"}' : '{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    opened.push(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return { calls, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  }

  it('is sent again after a pause, and the call rate is halved', async () => {
    const { url, calls } = await crowded(1);
    const { upstream, budget } = upstreamTo([url], 10);
    const checks: number[] = [];
    const guard = { beforeSending: () => checks.push(monotonic()) };
    const { result } = await upstream.call(QUERY, { ...URGENT, guard });
    expect(result).toMatchObject({ answered: true, httpStatus: 200 });
    expect(calls[1]! - calls[0]!).toBeGreaterThanOrEqual(990);
    expect(checks).toHaveLength(2);
    expect(budget.callsPerSecond()).toBe(5);
  });

  it('is sent again only after the time of Retry-After', async () => {
    const { url, calls } = await crowded(1, { 'retry-after': '2' });
    const { upstream } = upstreamTo([url], 10);
    expect(await upstream.call(QUERY, URGENT)).toMatchObject({ result: { httpStatus: 200 } });
    expect(calls[1]! - calls[0]!).toBeGreaterThanOrEqual(1_990);
  });

  it('returns the 429 when its caller waits no longer', async () => {
    const { url, calls } = await crowded(100);
    const { upstream } = upstreamTo([url], 10);
    const { result } = await upstream.call(QUERY, { ...URGENT, waitMs: 500 });
    expect(result).toMatchObject({ answered: true, httpStatus: 429 });
    expect(calls).toHaveLength(1);
  });

  it('is sent again also with start permits', async () => {
    const { url, calls } = await crowded(1);
    const { upstream } = upstreamTo([url], 10);
    const permits = await upstream.startPermits(5_000, QUERY.appId);
    expect(await permits.acquire(QUERY, { redact: (text: string) => Promise.resolve(text) })).toMatchObject({
      result: { httpStatus: 200 },
    });
    expect(await permits.start(QUERY, { redact: (text: string) => Promise.resolve(text) })).toMatchObject({
      result: { httpStatus: 200 },
    });
    expect(calls).toHaveLength(3);
    permits.release();
  });
});
