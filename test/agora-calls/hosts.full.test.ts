import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type AgoraRequest } from '@agora-recording-gateway/agora/client/requests';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { createLog, type Log } from '../../src/telemetry/log.js';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { Budget } from '../../src/agora-calls/budget.js';
import { nextHost, RETURN_DELAY_MS } from '../../src/agora-calls/hosts.js';
import { createCustomers } from '../../src/agora-calls/customers.js';
import { Upstream } from '../../src/agora-calls/upstream.js';
import { systemClock } from '../../src/process/clock.js';
import { freePort } from '../support/processes.js';

const ids = { appId: '0123456789abcdef0123456789abcdef', resourceId: 'resource', mode: 'mix' } as const;
const QUERY: AgoraRequest = { operation: 'query', ...ids, sid: 'sid' };
const START: AgoraRequest = {
  operation: 'start',
  ...ids,
  body: {
    cname: 'lesson',
    uid: '1',
    clientRequest: {
      storageConfig: { vendor: 1, region: 0, bucket: 'b', accessKey: 'a', secretKey: 's' },
    },
  },
};
const ACQUIRE: AgoraRequest = {
  operation: 'acquire',
  appId: ids.appId,
  body: { cname: 'lesson', uid: '1', clientRequest: { scene: 0 } },
};
const CUSTOMER = { customerId: 'customer', customerSecret: new Secret('customer-secret') };

const CALL = {
  priority: 'refresh',
  reason: 'REFRESH',
  waitMs: 12_000,
  redact: (text: string) => Promise.resolve(text),
} as const;

const opened: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** A host that answers as given, and counts the calls that reach it. */
async function listening(
  answer: RequestListener = (_request, response) => response.writeHead(200).end('{}'),
  port = 0,
) {
  const host = { calls: 0, url: '' };
  const server = createServer((request, response) => {
    host.calls += 1;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  host.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  opened.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return host;
}

const cutting: RequestListener = (request) => request.socket.destroy();
const proxyError: RequestListener = (_request, response) =>
  response.writeHead(502).end('<html>Bad Gateway</html>');

/** The address of a port without a listener. */
async function closed(): Promise<string> {
  return `http://127.0.0.1:${await freePort()}`;
}

const UNRESOLVABLE = 'http://agora.invalid';

function upstreamTo(...apiUrls: string[]) {
  const clock = { skippedMs: 0 };
  const budget = new Budget({
    monotonic: () => performance.now(),
    callsPerSecond: 10,
    log: createLog('silent'),
  });
  opened.push(() => Promise.resolve(budget.close()));
  const metrics = createMetrics();
  const lines: object[] = [];
  const silent = createLog('silent');
  const log: Log = {
    ...silent,
    debug: () => undefined,
    warn: (fields, message) => {
      if (message === 'switched Agora host') lines.push(fields);
    },
  };
  const outages: string[] = [];
  const reachability = {
    onUnreachable: () => outages.push('unreachable'),
    onReachable: () => outages.push('reachable'),
  };
  const upstream = new Upstream({
    reachability: reachability,
    apiUrls,
    customers: createCustomers([CUSTOMER], createLog('silent')),
    budget,
    clock: systemClock,
    monotonic: () => performance.now() + clock.skippedMs,
    log,
    metrics,
  });
  /** The number of calls by result. */
  const calls = async () => {
    const counts: Record<string, number> = {};
    for (const { labels, value } of (await metrics.agoraCalls.get()).values.filter(
      ({ value }) => value > 0,
    )) {
      counts[labels.result ?? ''] = (counts[labels.result ?? ''] ?? 0) + value;
    }
    return counts;
  };
  const inUse = async () =>
    (await metrics.agoraHost.get()).values
      .filter(({ value }) => value === 1)
      .map(({ labels }) => `http://${labels.host}`);
  const changes = async () => (await metrics.agoraHostChanges.get()).values[0]?.value;
  return { upstream, clock, lines, calls, inUse, changes, outages };
}

describe('A host that cannot be reached', () => {
  it.each<[string, () => Promise<string>]>([
    ['refuses connections', closed],
    ['has a name without an address', () => Promise.resolve(UNRESOLVABLE)],
  ])('and %s is called twice, then the next host is used for all calls', async (_what, dead) => {
    const other = await listening();
    const first = await dead();
    const { upstream, calls, inUse, changes, lines } = upstreamTo(first, other.url);
    expect(await inUse()).toEqual([first]);
    const before = performance.now();
    expect(await upstream.call(START, CALL)).toMatchObject({ result: { answered: true, httpStatus: 200 } });
    expect(performance.now() - before).toBeGreaterThan(3_900);
    expect(await upstream.call(QUERY, CALL)).toMatchObject({ result: { answered: true } });
    expect(await calls()).toEqual({ unsent: 2, '200': 2 });
    expect(other.calls).toBe(2);
    expect(await inUse()).toEqual([other.url]);
    expect(await changes()).toBe(1);
    expect(lines).toMatchObject([{ from: new URL(first).host, to: new URL(other.url).host }]);
  });

  it('is left by all calls together: those that wait are sent to the next host as soon as it has answered', async () => {
    const other = await listening();
    const { upstream, calls, changes } = upstreamTo(await closed(), other.url);
    const permits = await upstream.startPermits(5_000, 'app');
    const results = await Promise.all([
      permits.acquire(ACQUIRE, { redact: (text: string) => Promise.resolve(text) }),
      permits.start(START, { redact: (text: string) => Promise.resolve(text) }),
    ]);
    expect(results.map(({ result }) => result.answered)).toEqual([true, true]);
    expect(await calls()).toEqual({ unsent: 2, '200': 2 });
    expect(await changes()).toBe(1);
  });

  it('when there are only such hosts, leaves the call unsent, within its time', async () => {
    const { upstream } = upstreamTo(await closed(), await closed());
    expect(await upstream.call(START, { ...CALL, waitMs: 2_000 })).toMatchObject({
      result: {
        answered: false,
        failure: 'unsent',
      },
    });
  });

  it('is not called again once the caller gives up', async () => {
    const { upstream, calls } = upstreamTo(await closed());
    const controller = new AbortController();
    const asked = upstream.call(QUERY, { ...CALL, signal: controller.signal });
    setTimeout(() => controller.abort(), 200);
    expect(await asked).toMatchObject({ result: { answered: false } });
    expect(await calls()).toEqual({ unsent: 1 });
  });

  it('is used again once it answers a query minutes later', async () => {
    const first = await closed();
    const other = await listening();
    const { upstream, clock, inUse, calls } = upstreamTo(first, other.url);
    await upstream.call(QUERY, CALL);
    clock.skippedMs += RETURN_DELAY_MS + 1_000;
    // A start does not try the first host.
    expect(await upstream.call(START, CALL)).toMatchObject({ result: { answered: true } });
    expect(await calls()).toEqual({ unsent: 2, '200': 2 });
    expect(await upstream.call(QUERY, CALL)).toMatchObject({ result: { answered: true } });
    expect(await calls()).toEqual({ unsent: 3, '200': 3 });
    expect(await inUse()).toEqual([other.url]);
    await listening(undefined, Number(new URL(first).port));
    expect(await upstream.call(QUERY, CALL)).toMatchObject({ result: { answered: true } });
    expect(await inUse()).toEqual([other.url]);
    clock.skippedMs += RETURN_DELAY_MS + 1_000;
    expect(await upstream.call(QUERY, CALL)).toMatchObject({ result: { answered: true } });
    expect(await inUse()).toEqual([first]);
  });
});

describe('A call that may have reached Agora', () => {
  it.each<[string, RequestListener, object]>([
    ['cut', cutting, { answered: false, failure: 'unanswered' }],
    ['answered by a proxy in between', proxyError, { answered: true, httpStatus: 502 }],
  ])(
    'and was %s is sent once if it is a start, and again if it is a query',
    async (_what, answer, result) => {
      const broken = await listening(answer);
      const other = await listening();
      const starting = upstreamTo(broken.url, other.url);
      expect(await starting.upstream.call(START, CALL)).toMatchObject({ result });
      expect([broken.calls, other.calls]).toEqual([1, 0]);
      const querying = upstreamTo(broken.url, other.url);
      expect(await querying.upstream.call(QUERY, CALL)).toMatchObject({
        result: { answered: true, httpStatus: 200 },
      });
      expect([broken.calls, other.calls]).toEqual([3, 1]);
    },
  );

  it('and got no reply in time is sent again if it is a query', async () => {
    const slow = await listening((_request, response) => void setTimeout(() => response.end('{}'), 30_000));
    const other = await listening();
    const { upstream } = upstreamTo(slow.url, other.url);
    const hurried = { ...CALL, timeoutMs: 1_500 };
    expect(await upstream.call(START, hurried)).toMatchObject({
      result: { answered: false, failure: 'unanswered' },
    });
    expect([slow.calls, other.calls]).toEqual([1, 0]);
    expect(await upstream.call(QUERY, hurried)).toMatchObject({ result: { answered: true } });
    expect([slow.calls, other.calls]).toEqual([2, 1]);
  });

  it('and was answered with an error of Agora is not sent again', async () => {
    const failing = await listening((_request, response) =>
      response.writeHead(504).end('{"code":62,"reason":"request timeout"}'),
    );
    const other = await listening();
    const { upstream, changes } = upstreamTo(failing.url, other.url);
    expect(await upstream.call(QUERY, CALL)).toMatchObject({ result: { answered: true, httpStatus: 504 } });
    expect([failing.calls, other.calls]).toEqual([1, 0]);
    expect(await changes()).toBe(0);
  });
});

it('An outage of Agora begins when no host can be reached, and ends with an answer', async () => {
  const [first, second] = [await closed(), await closed()];
  const { upstream, outages } = upstreamTo(first, second);
  expect(await upstream.call(QUERY, CALL)).toMatchObject({ result: { answered: false } });
  expect(outages).toEqual(['unreachable']);
  await listening(undefined, Number(new URL(second).port));
  await listening(undefined, Number(new URL(first).port));
  expect(await upstream.call(QUERY, CALL)).toMatchObject({ result: { answered: true } });
  expect(outages).toEqual(['unreachable', 'reachable']);
});

describe('The next host', () => {
  const urls = [
    'https://api.agora.io',
    'https://api.sd-rtn.com',
    'https://api-eu-west-1.agora.io',
    'https://api-eu-west-1.sd-rtn.com',
  ];
  const never = () => false;

  it('after a name that cannot be resolved is the next in order', () => {
    expect(nextHost(urls, 0, 'name', never)).toBe(1);
    expect(nextHost(urls, 3, 'name', never)).toBe(0);
  });

  it('after a fault of the network is not the same machines under another name', () => {
    expect(nextHost(urls, 0, 'network', never)).toBe(2);
    expect(nextHost(urls, 1, 'network', never)).toBe(2);
    expect(nextHost(urls, 2, 'network', never)).toBe(0);
  });

  it('stays with the same machines if no others are configured', () => {
    expect(nextHost(urls.slice(0, 2), 0, 'network', never)).toBe(1);
  });

  it('is one that has not failed lately, before any other', () => {
    expect(nextHost(urls, 2, 'network', (index) => index === 0 || index === 2)).toBe(1);
    expect(nextHost(urls, 0, 'name', () => true)).toBe(1);
  });

  it('distinguishes addresses of one machine by their ports', () => {
    expect(
      nextHost(['http://127.0.0.1:1', 'http://127.0.0.1:2', 'http://10.0.0.1'], 0, 'network', never),
    ).toBe(1);
    expect(nextHost(['http://localhost:1', 'http://localhost:2'], 0, 'network', never)).toBe(1);
  });

  it('is the only one there is', () => {
    expect(nextHost(['https://api.agora.io'], 0, 'network', never)).toBe(0);
  });
});
