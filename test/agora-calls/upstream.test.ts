import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type AgoraRequest } from '@agora-recording-gateway/agora/client/requests';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { createLog } from '../../src/telemetry/log.js';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { createBudget, NoTurnError } from '../../src/agora-calls/budget.js';
import { createExclusion } from '../../src/coordination/exclusion.js';
import { createCustomers } from '../../src/agora-calls/customers.js';
import { createUpstream } from '../../src/agora-calls/upstream.js';
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

async function agora(body = '{}', delayMs = 0) {
  const calls: number[] = [];
  const server = createServer((_request, response) => {
    calls.push(monotonic());
    setTimeout(() => response.writeHead(200).end(body), delayMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { calls, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function upstreamTo(apiUrls: readonly string[], callsPerSecond = 10) {
  const budget = createBudget(monotonic, callsPerSecond);
  opened.push(() => Promise.resolve(budget.close()));
  const metrics = createMetrics();
  const upstream = createUpstream({
    apiUrls,
    customers: createCustomers([CUSTOMER], createLog('silent')),
    budget,
    monotonic,
    log: createLog('silent'),
    metrics,
  });
  return { upstream, budget, metrics };
}

const CUSTOMER = { customerId: 'customer', customerSecret: new Secret('customer-secret') };

const URGENT = { priority: 'refresh', waitMs: 5_000, secrets: [] } as const;

describe('the one door to Agora', () => {
  it('takes one turn for each call', async () => {
    const { url, calls } = await agora();
    const { upstream } = upstreamTo([url], 5);
    await Promise.all(Array.from({ length: 4 }, () => upstream.call(QUERY, URGENT)));
    expect(calls).toHaveLength(4);
    expect(calls.at(-1)! - calls[0]!).toBeGreaterThan(500);
  });

  it('sends nothing when no turn comes in time, and counts it', async () => {
    const { url, calls } = await agora();
    const { upstream, metrics } = upstreamTo([url], 1);
    await upstream.call(QUERY, URGENT);
    await expect(
      upstream.call(QUERY, { ...URGENT, priority: 'heartbeat', waitMs: 50 }),
    ).rejects.toBeInstanceOf(NoTurnError);
    expect(calls).toHaveLength(1);
    expect((await metrics.turnsRefused.get()).values).toMatchObject([
      { labels: { priority: 'heartbeat' }, value: 1 },
    ]);
  });

  it('cuts the secrets that it is told of out of every reply', async () => {
    const { url } = await agora('{"reason":"key one-secret and two-secret"}');
    const { upstream } = upstreamTo([url]);
    const secrets = [new Secret('one-secret'), new Secret('two-secret')];
    const told = { answered: true, reply: { reason: 'key [redacted] and [redacted]' } };
    expect(await upstream.call(QUERY, { ...URGENT, secrets })).toMatchObject(told);
    const pair = await upstream.pair(1_000, QUERY.appId);
    expect(await pair.acquire(QUERY, secrets)).toMatchObject(told);
    expect(await pair.start(QUERY, secrets)).toMatchObject(told);
  });

  it('tells when the turn has come, just before it sends', async () => {
    const { url, calls } = await agora();
    const { upstream } = upstreamTo([url], 2);
    await upstream.call(QUERY, URGENT);
    let turnAt = 0;
    const askedAt = monotonic();
    await upstream.call(QUERY, { ...URGENT, onTurn: () => (turnAt = monotonic()) });
    expect(turnAt - askedAt).toBeGreaterThan(300);
    expect(turnAt).toBeLessThanOrEqual(calls[1]!);
  });

  it('gives a call another turn when looking whether it may be sent took too long', async () => {
    const { url, calls } = await agora();
    const { upstream, metrics } = upstreamTo([url], 4);
    const onTurn = vi.fn(() => pause(150));
    const from = monotonic();
    await upstream.call(QUERY, { ...URGENT, onTurn });
    // What it has seen holds until the next turn.
    expect(onTurn).toHaveBeenCalledOnce();
    expect(calls).toHaveLength(1);
    expect(calls[0]! - from).toBeGreaterThan(240);
    expect((await metrics.turnsLate.get()).values).toMatchObject([{ value: 1 }]);
  });

  it('lets it look again when that turn is far away, and sends it the third time however long that takes', async () => {
    const { url, calls } = await agora();
    const { upstream, budget } = upstreamTo([url], 4);
    const onTurn = vi.fn(async () => {
      for (let urgent = 0; urgent < 6; urgent += 1) void budget.turn({ priority: 'stop', waitMs: 60_000 });
      await pause(150);
    });
    await upstream.call(QUERY, { ...URGENT, waitMs: 60_000, onTurn });
    expect(onTurn).toHaveBeenCalledTimes(3);
    expect(calls).toHaveLength(1);
    await expect.poll(() => budget.waiting(), { timeout: 5_000 }).toBe(0);
  });

  it('closes once the calls in flight are answered', async () => {
    const { url, calls } = await agora('{}', 200);
    const { upstream } = upstreamTo([url]);
    let answered = false;
    void upstream.call(QUERY, URGENT).then(() => (answered = true));
    await waitFor(() => calls.length === 1);
    await upstream.close();
    expect(answered).toBe(true);
  });

  it('that drains gives turns for a while, and waits for no answer beyond its end', async () => {
    const { url, calls } = await agora('{}', 60_000);
    const { upstream } = upstreamTo([url], 1);
    upstream.drain({ turnsMs: 1_500, answersMs: 2_000 });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 4 }, () => upstream.call(QUERY, { ...URGENT, waitMs: 60_000 })),
    );
    expect(calls).toHaveLength(2);
    expect(outcomes.slice(0, 2)).toMatchObject(
      Array.from({ length: 2 }, () => ({ value: { answered: false, failure: 'unanswered' } })),
    );
    for (const outcome of outcomes.slice(2)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(NoTurnError) as unknown });
    }
    await upstream.close();
  });
});

describe('a pair of acquire and start', () => {
  it('sends start without a wait, however many wait for a turn', async () => {
    const { url, calls } = await agora();
    const { upstream, budget } = upstreamTo([url], 3);
    const pair = await upstream.pair(1_000, QUERY.appId);
    await pair.acquire(QUERY, []);
    for (let index = 0; index < 10; index += 1)
      budget.turn({ priority: 'stop', waitMs: 200 }).catch(() => undefined);
    const before = monotonic();
    await pair.start(QUERY, []);
    expect(calls[1]! - before).toBeLessThan(250);
    pair.release();
  });
});

describe('a query that waits for its turn', () => {
  it('gives way to a stop of the same recording at once, and is not sent', async () => {
    const { url, calls } = await agora();
    const { upstream, budget } = upstreamTo([url], 1);
    const exclusion = createExclusion();
    await budget.turn({ priority: 'stop', waitMs: 0 });
    const asked = exclusion
      .query('r1', ({ signal, sent }) =>
        upstream.call(QUERY, { ...URGENT, priority: 'heartbeat', waitMs: 8_000, signal, onTurn: sent }),
      )
      .catch((error: unknown) => error);
    const before = monotonic();
    await exclusion.stop('r1', () => Promise.resolve());
    expect(await asked).toBeInstanceOf(NoTurnError);
    expect(calls).toHaveLength(0);
    expect(monotonic() - before).toBeLessThan(900);
  });
});

describe('a call that Agora refuses by 429', () => {
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

  it('is sent again after a pause, and all go slower', async () => {
    const { url, calls } = await crowded(1);
    const { upstream, budget } = upstreamTo([url], 10);
    const turns: number[] = [];
    const result = await upstream.call(QUERY, { ...URGENT, onTurn: () => turns.push(monotonic()) });
    expect(result).toMatchObject({ answered: true, httpStatus: 200 });
    expect(calls[1]! - calls[0]!).toBeGreaterThanOrEqual(990);
    expect(turns).toHaveLength(2);
    expect(budget.callsPerSecond()).toBe(5);
  });

  it('waits as long as Agora asks', async () => {
    const { url, calls } = await crowded(1, { 'retry-after': '2' });
    const { upstream } = upstreamTo([url], 10);
    expect(await upstream.call(QUERY, URGENT)).toMatchObject({ httpStatus: 200 });
    expect(calls[1]! - calls[0]!).toBeGreaterThanOrEqual(1_990);
  });

  it('is answered with the 429 when its caller waits no longer', async () => {
    const { url, calls } = await crowded(100);
    const { upstream } = upstreamTo([url], 10);
    const result = await upstream.call(QUERY, { ...URGENT, waitMs: 500 });
    expect(result).toMatchObject({ answered: true, httpStatus: 429 });
    expect(calls).toHaveLength(1);
  });

  it('is sent again also within a pair', async () => {
    const { url, calls } = await crowded(1);
    const { upstream } = upstreamTo([url], 10);
    const pair = await upstream.pair(5_000, QUERY.appId);
    expect(await pair.acquire(QUERY, [])).toMatchObject({ httpStatus: 200 });
    expect(await pair.start(QUERY, [])).toMatchObject({ httpStatus: 200 });
    expect(calls).toHaveLength(3);
    pair.release();
  });
});
