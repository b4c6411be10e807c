import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openListener, REQUEST_TIMEOUT_MS } from '../../src/http/listener.js';
import { UNBUNDLED } from '../support/processes.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

let stage: Stage;
let banner = '';

beforeAll(async () => {
  stage = await openStage();
  banner = stage.gateway.output();
});

afterAll(async () => await stage.close());

/** All that arrives over a bare socket until the server closes it. */
async function answer(url: string, text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(text);
  let received = '';
  socket.on('data', (chunk) => (received += String(chunk)));
  await once(socket, 'close');
  return received;
}

/** The parameters of a GET. */
function inAddress(body: object): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(body)) {
    parameters.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return parameters;
}

const HEADERS: [string, string][] = [
  ['cache-control', 'no-store'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['x-content-type-options', 'nosniff'],
];

describe('A request that is refused', () => {
  it.each([
    ['an unknown path', 'GET', '/secret-canary', 404],
    ['an unknown method', 'DELETE', '/graphql', 405],
    ['an address that is not well formed', 'GET', '/%secret-canary', 400],
    ['a parameter that is too long', 'POST', `/webhooks/agora/${'secret-canary'.repeat(400)}`, 414],
    ['the path of an asset that does not exist', 'GET', '/assets/..%2f..%2fsecret-canary', 404],
  ])(
    'is answered in our own words and does not repeat the request: %s',
    async (_what, method, path, status) => {
      const response = await fetch(`${stage.gateway.url}${path}`, { method });
      const text = await response.text();
      expect([response.status, text]).toEqual([status, expect.stringMatching(/^\{"error":".+"\}$/)]);
      expect(text).not.toMatch(/secret-canary|Route|FST_|fastify/i);
      for (const [name, value] of HEADERS) expect(response.headers.get(name)).toBe(value);
    },
  );

  it.each([
    ['not HTTP', 'secret-canary\r\n\r\n', 400],
    [
      'two lengths',
      'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      400,
    ],
    [
      'a header that is too large',
      `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
    ],
  ])('before it could be read is answered in our own words: %s', async (_what, text, status) => {
    const received = await answer(stage.gateway.url, text);
    expect(received).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(received).toMatch(/\r\n\r\n\{"error":".+"\}$/);
    expect(received).not.toContain('secret-canary');
  });

  it('leaves no line in the log that is not JSON, and no error', () => {
    const lines = stage.gateway.output().slice(banner.length).split('\n').filter(Boolean);
    expect(lines.filter((line) => (JSON.parse(line) as { level: number }).level >= 50)).toEqual([]);
  });
});

describe('A request whose target is a whole address', () => {
  it.each([
    ['http://localhost', 200],
    ['http://evil.example', 421],
    ['http://user@evil.example:80', 421],
    ['nonsense://', 400],
  ])('counts as one to the host of that address: %s', async (origin, status) => {
    const text = `GET ${origin}/graphql?query=%7B__typename%7D HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
    expect(await answer(stage.gateway.url, text)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });
});

describe('A request that fails by a fault of the gateway', () => {
  it('is answered 500 with the id that its log line has, and with nothing of the fault', async () => {
    await stage.gateway.kill();
    await stage.startGateway({}, ['--import', './test/support/faults/metrics-fault.mjs'], UNBUNDLED.gateway);
    const response = await fetch(`${stage.gateway.url}/metrics`);
    const { error, requestId } = (await response.json()) as { error: string; requestId: string };
    expect([response.status, error]).toEqual([500, 'Internal error; see the gateway log.']);
    expect(response.headers.get('x-request-id')).toBe(requestId);
    const line = await waitFor(() =>
      stage.gateway
        .output()
        .split('\n')
        .find((text) => text.includes(requestId)),
    );
    expect(JSON.parse(line)).toMatchObject({
      level: 50,
      path: '/metrics',
      requestId,
      error: { message: 'The registry is broken.' },
    });
  });
});

describe('A subscription by HTTP', () => {
  it.each([
    ['plain', { query: 'subscription { recordingListChanged { cursor } }' }, 405],
    [
      'with an unknown operation name',
      { query: 'subscription { recordingListChanged { cursor } }', operationName: 'x' },
      400,
    ],
    [
      'with a directive and a variable',
      {
        query: 'subscription ($v: Boolean!) { recordingListChanged @include(if: $v) { cursor } }',
        variables: { v: true },
      },
      400,
    ],
    [
      'with a persisted query that does not match',
      {
        query: 'subscription { recordingListChanged { cursor } }',
        extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } },
      },
      null,
    ],
    [
      'a persisted query of a wrong type',
      { query: '{ __typename }', extensions: { persistedQuery: 'x' } },
      null,
    ],
    ['an unknown persisted query', { extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }, null],
  ])('is refused as the fault of the client, by GET and by POST: %s', async (_form, body, status) => {
    const replies = [
      await fetch(`${stage.gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
      await fetch(`${stage.gateway.url}/graphql?${inAddress(body).toString()}`),
    ];
    for (const reply of replies) {
      if (status === null) expect(reply.status).toBeLessThan(500);
      else expect(reply.status).toBe(status);
      expect(await reply.text()).not.toContain('INTERNAL_SERVER_ERROR');
    }
  });
});

describe('A webhook request that is refused by its head', () => {
  const head = (lines: string[], length: number) =>
    [
      `POST ${lines[0]} HTTP/1.1`,
      'Host: localhost',
      ...lines.slice(1),
      `Content-Length: ${length}`,
      '',
      '',
    ].join('\r\n');
  const json = 'Content-Type: application/json';
  const signed = `Agora-Signature-V2: ${'0'.repeat(64)}`;
  const other = `/webhooks/agora/${'f'.repeat(32)}`;

  it.each([
    ['no signature', ['/webhooks/agora', json], 1_000_000, 401],
    ['another media type', ['/webhooks/agora', 'Content-Type: text/plain', signed], 1_000_000, 415],
    ['a project that is not configured', [other, json, signed], 1_000_000, 404],
    ['a body that is too large', ['/webhooks/agora', json, signed], 2_000_000, 413],
  ])('is answered before its body is sent: %s', async (_what, lines, length, status) => {
    const socket = connect(Number(new URL(stage.gateway.url).port), '127.0.0.1');
    socket.write(head(lines, length));
    const [received] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(received.toString()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });
});

describe('A request that does not arrive in time', () => {
  const readiness = () => ({ ready: false as const, reason: 'The store is migrating.' });

  it.each([
    ['nothing was sent', ''],
    ['its headers are not complete', 'POST /graphql HTTP/1.1\r\nHost: localhost\r\n'],
    ['its body is not complete', 'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nx'],
  ])('is given up, and its connection is closed: %s', async (_state, text) => {
    const requestTimeoutMs = 300;
    const listener = await openListener({ host: '127.0.0.1', port: 0, readiness, requestTimeoutMs });
    await answer(listener.url, text);
    await listener.close(0);
  });

  it(`is given ${REQUEST_TIMEOUT_MS / 1_000} s, which is checked often enough to be that`, async () => {
    const listener = await openListener({ host: '127.0.0.1', port: 0, readiness });
    const { requestTimeout, headersTimeout } = listener.server;
    expect([requestTimeout, headersTimeout]).toEqual([30_000, 30_000]);
    await listener.close(0);
  });
});
