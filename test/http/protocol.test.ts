import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CLOSES } from '../../src/http/close-codes.js';
import {
  INIT_TIMEOUT_MS,
  MAX_MESSAGE_BYTES,
  MAX_OPERATIONS,
  MAX_REQUEST_BYTES,
} from '../../src/http/websocket.js';
import { createCursors, type CursorKind } from '../../src/store/reads/cursor.js';
import { openRawSocket, openReadySocket, type RawSocket } from '../support/raw-socket.js';
import { notificationSender, type SendNotification } from '../support/agora/send-notification.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

const LIVE = 'subscription { recordingEvents { cursor } }';

let stage: Stage;
let notify: SendNotification;
const opened: RawSocket[] = [];
let noticed = 0;
/** What a gateway prints when it has started. */
let banner = '';

beforeAll(async () => {
  stage = await openStage();
  notify = await notificationSender(stage);
  banner = stage.gateway.output();
});

afterEach(() => {
  for (const socket of opened.splice(0)) socket.close();
});

afterAll(async () => await stage.close());

async function open(from: (url: string) => Promise<RawSocket> = openReadySocket): Promise<RawSocket> {
  const socket = await from(stage.gateway.url);
  opened.push(socket);
  return socket;
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${stage.gateway.url}/metrics`)).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return Number(line?.split(' ').at(-1) ?? 0);
}

/** A subscription that runs and must continue, whatever others do. */
async function bystander(socket: RawSocket): Promise<{ expectAlive(): Promise<void> }> {
  const before = await metric('gateway_subscriptions');
  socket.subscribe('bystander', LIVE);
  await waitFor(async () => (await metric('gateway_subscriptions')) > before);
  const events = () => socket.received.filter(({ id, type }) => id === 'bystander' && type === 'next').length;
  return {
    async expectAlive() {
      const seen = events();
      noticed += 1;
      const status = await notify({
        noticeId: `bystander-${noticed}`,
        productId: 3,
        eventType: 40,
        notifyMs: Date.now(),
        payload: {
          cname: 'bystander',
          uid: '7',
          sid: 'b'.repeat(32),
          sequence: noticed,
          sendts: Date.now(),
          serviceType: 0,
          details: { msgName: 'recorder_started', status: 0 },
        },
      });
      expect(status).toBe(200);
      await waitFor(() => events() > seen, { what: 'an event of the bystander' });
    },
  };
}

/** Operations that fail, each by itself. */
const BAD_OPERATIONS: [string, { query: string; variables?: object }][] = [
  [
    '@skip with a constant on the root',
    { query: 'subscription { recordingListChanged @skip(if: true) { cursor } }' },
  ],
  [
    '@include with a variable on the root',
    {
      query: 'subscription ($v: Boolean!) { recordingListChanged @include(if: $v) { cursor } }',
      variables: { v: true },
    },
  ],
  [
    '@include with a variable that is missing',
    { query: 'subscription ($v: Boolean!) { recordingListChanged @include(if: $v) { cursor } }' },
  ],
  [
    'two roots',
    { query: 'subscription { a: recordingListChanged { cursor } b: recordingListChanged { cursor } }' },
  ],
  ['an unknown recording', { query: 'subscription { recordingChanged(by: { id: "x" }) { id } }' }],
  ['a forged cursor', { query: 'subscription { recordingEvents(after: "forged") { cursor } }' }],
  ['several operations without a name', { query: 'query a { __typename } query b { __typename }' }],
  ['no operation', { query: 'fragment f on Query { __typename }' }],
  ['a syntax error', { query: '{' }],
  ['nothing', { query: '' }],
  ['an unknown field', { query: '{ nothing }' }],
  [
    'a variable of the wrong type',
    { query: 'query ($n: Int) { recordings(first: $n) { changeCursor } }', variables: { n: 'x' } },
  ],
];

describe('An operation that fails', () => {
  it.each(BAD_OPERATIONS)(
    'is answered by an error, and others on its socket continue: %s',
    async (_form, operation) => {
      const socket = await open();
      const other = await bystander(socket);
      socket.send({ id: 'bad', type: 'subscribe', payload: operation });
      const { type, payload } = await socket.reply('bad');
      const errors = type === 'error' ? payload : (payload as { errors: unknown }).errors;
      expect(errors).toMatchObject([{ extensions: { code: expect.any(String) as string } }]);
      expect(JSON.stringify(errors)).not.toContain('INTERNAL_SERVER_ERROR');
      await other.expectAlive();
    },
  );

  /** As a gateway gave it out before a backup was restored. */
  const expired = (kind: CursorKind) =>
    createCursors({ key: 'secret', epoch: 'before the restore' }).encode(kind, 1);

  it.each([
    ['recordingChanged(by: { id: "x" }) { id }', 'RECORDING_NOT_FOUND'],
    ['recordingEvents(filter: { recordingId: "x" }) { cursor }', 'RECORDING_NOT_FOUND'],
    ['recordingEvents(after: "forged") { cursor }', 'BAD_USER_INPUT'],
    [`recordingEvents(after: "${expired('event')}") { cursor }`, 'CURSOR_EXPIRED'],
    [`recordingListChanged(after: "${expired('change')}") { cursor }`, 'CURSOR_EXPIRED'],
  ])('ends with a message of type error and nothing else if it is a subscription: %s', async (root, code) => {
    const socket = await open();
    socket.send({ id: 'bad', type: 'subscribe', payload: { query: `subscription { ${root} }` } });
    const { type, payload } = await socket.reply('bad');
    expect({ type, payload }).toMatchObject({ type: 'error', payload: [{ extensions: { code } }] });
    // What is asked next is answered next, so that nothing follows for the one that ended.
    socket.send({ id: 'next', type: 'subscribe', payload: { query: '{ __typename }' } });
    await socket.reply('next');
    expect(socket.received.filter(({ id }) => id === 'bad')).toHaveLength(1);
  });

  it(`is refused past ${MAX_OPERATIONS} operations on a socket, and those that run continue`, async () => {
    const socket = await open();
    const other = await bystander(socket);
    for (let index = 1; index <= MAX_OPERATIONS; index += 1) socket.subscribe(`live-${index}`, LIVE);
    const { type } = await socket.reply(`live-${MAX_OPERATIONS}`);
    expect(type).toBe('error');
    expect(await metric('gateway_socket_operations_refused_total{bound="count"}')).toBe(1);
    await other.expectAlive();
  });

  it('is refused once the operations of a socket came in too many bytes, and those that run continue', async () => {
    const socket = await open();
    const other = await bystander(socket);
    const text = 'x'.repeat(MAX_MESSAGE_BYTES - 1_000);
    const query = `${LIVE} # ${text}`;
    const fit = Math.floor(MAX_REQUEST_BYTES / query.length);
    for (let index = 0; index <= fit; index += 1) socket.subscribe(`large-${index}`, query);
    expect(await socket.reply(`large-${fit}`)).toMatchObject({ type: 'error' });
    expect(socket.received.filter(({ type }) => type === 'error')).toHaveLength(1);
    expect(await metric('gateway_socket_operations_refused_total{bound="bytes"}')).toBe(1);
    socket.send({ id: 'large-0', type: 'complete' });
    await other.expectAlive();
  });
});

describe('A socket is closed with a code and a reason of our own', () => {
  const subscribe = { id: 'x', type: 'subscribe', payload: { query: LIVE } };

  it.each<[string, keyof typeof CLOSES, boolean, (object | string)[]]>([
    ['a message that is not JSON', 'malformed', true, ['secret-canary {']],
    ['a message of an unknown type', 'malformed', true, [{ type: 'secret-canary' }]],
    ['a reply of a server', 'malformed', true, [{ id: 'secret-canary', type: 'next', payload: {} }]],
    ['an empty id', 'malformed', true, [{ ...subscribe, id: '' }]],
    ['a query that is not a string', 'malformed', true, [{ ...subscribe, payload: { query: 1 } }]],
    ['an operation before connection_init', 'unauthorized', false, [subscribe]],
    ['a second connection_init', 'secondInit', true, [{ type: 'connection_init' }]],
    [
      'an id that is in use',
      'duplicateId',
      true,
      [
        { ...subscribe, id: 'secret-canary'.repeat(40) },
        { ...subscribe, id: 'secret-canary'.repeat(40) },
      ],
    ],
  ])('on %s; other sockets stay open', async (_what, close, isReady, messages) => {
    const other = await bystander(await open());
    const socket = await open(isReady ? openReadySocket : openRawSocket);
    for (const message of messages) socket.send(message);
    expect(await socket.closed).toEqual(CLOSES[close]);
    await other.expectAlive();
  });

  it('on a message that is too large, by the code of WebSocket itself', async () => {
    const socket = await open();
    socket.send('x'.repeat(MAX_MESSAGE_BYTES + 1));
    expect(await socket.closed).toMatchObject({ code: 1009 });
  });

  it(`on a missing connection_init, after ${INIT_TIMEOUT_MS / 1_000} s`, async () => {
    const socket = await open(openRawSocket);
    expect(await socket.closed).toEqual(CLOSES.initTimeout);
  });

  it.each(Object.entries(CLOSES))('whose reason fits into a close frame: %s', (_name, { reason }) => {
    expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(123);
  });
});

describe('A request to upgrade to another protocol', () => {
  /** What arrives over a bare socket until the server closes it. */
  async function answer(...lines: string[]): Promise<string> {
    const socket = connect(Number(new URL(stage.gateway.url).port), '127.0.0.1');
    socket.write(lines.join('\r\n'));
    let text = '';
    for await (const chunk of socket) {
      text += String(chunk);
      if (text.includes('}')) socket.end();
    }
    return text;
  }

  const upgrade = [
    'Host: localhost',
    'Connection: Upgrade, HTTP2-Settings',
    'Upgrade: h2c',
    'HTTP2-Settings: AAMAAABk',
  ];

  it('is answered by HTTP/1.1 as if it had not asked', async () => {
    const text = await answer('GET /healthz HTTP/1.1', ...upgrade, '', '');
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    expect(text).toContain('{"status":"ok"}');
  });

  it('is answered with its body, too', async () => {
    const body = '{"query":"{ __typename }"}';
    const head = ['POST /graphql HTTP/1.1', ...upgrade, 'Content-Type: application/json'];
    const text = await answer(...head, `Content-Length: ${body.length}`, '', body);
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    expect(text).toContain('"__typename":"Query"');
  });

  it('is held to the check of the Host header', async () => {
    const text = await answer('GET /metrics HTTP/1.1', ...upgrade.with(0, 'Host: evil.example'), '', '');
    expect(text).toMatch(/^HTTP\/1\.1 421 /);
  });
});

it('Nothing but JSON was written by a gateway that all this was done to, and no error', () => {
  const lines = stage.gateway
    .output()
    .slice(banner.length)
    .split('\n')
    .filter((line) => line !== '');
  const errors = lines.filter((line) => (JSON.parse(line) as { level: number }).level >= 50);
  expect(errors).toEqual([]);
  expect(stage.gateway.output()).not.toContain('secret-canary');
});
