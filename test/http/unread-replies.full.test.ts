import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_QUEUED_REPLY_BYTES, ReplyQueue } from '../../src/http/reply-queue.js';
import { notificationSender } from '../support/agora/send-notification.js';
import { openStage, type Stage } from '../support/stage.js';
import { overHttp } from '../support/transports.js';
import { waitFor } from '../support/wait-for.js';

/** Each reply has about 3.4 MB. */
const EVENTS = 5;
const EVENT_BYTES = 700_000;
const CONNECTIONS = 40;
const REQUESTS = 5;

const QUERY = `{ recording(by: { sid: "sid-large" }) { events(first: ${EVENTS}) { edges { node { raw } } } } }`;

let stage: Stage;
const sockets: Socket[] = [];

beforeAll(async () => {
  stage = await openStage();
  const send = await notificationSender(stage);
  for (let sequence = 0; sequence < EVENTS; sequence += 1) {
    const status = await send({
      noticeId: `large-${sequence}`,
      productId: 3,
      eventType: 45,
      notifyMs: 1_780_000_000_000 + sequence,
      payload: {
        cname: 'large',
        uid: '7',
        sid: 'sid-large',
        sequence,
        sendts: 1_780_000_000_000 + sequence,
        serviceType: 0,
        details: { msgName: 'recorder_snapshot_file', text: randomBytes(EVENT_BYTES / 2).toString('hex') },
      },
    });
    expect(status).toBe(200);
  }
});

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await stage.close();
});

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${stage.gateway.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1]);
}

function openUnread(encoding: string): void {
  const body = JSON.stringify({ query: QUERY });
  const socket = connect(Number(new URL(stage.gateway.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.pause();
  const request =
    `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n` +
    `Accept-Encoding: ${encoding}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  socket.write(request.repeat(REQUESTS));
  sockets.push(socket);
}

describe('Clients that do not read their replies', () => {
  it('hold a bounded number of bytes, and others are served meanwhile', async () => {
    for (let index = 0; index < CONNECTIONS; index += 1) openUnread(index % 2 === 0 ? 'gzip' : 'identity');
    await waitFor(async () => (await metric('gateway_http_replies_refused_total')) > 0);
    expect(await metric('gateway_http_queued_reply_bytes')).toBeLessThanOrEqual(
      MAX_QUEUED_REPLY_BYTES * 1.01,
    );
    expect((await fetch(`${stage.gateway.url}/healthz`)).status).toBe(200);
    expect(await overHttp(() => stage.gateway.url)({ query: '{ __typename }' })).toEqual({
      data: { __typename: 'Query' },
    });
    const large = await overHttp(() => stage.gateway.url)({ query: QUERY });
    expect(large.errors).toMatchObject([{ extensions: { code: 'GATEWAY_BUSY' } }]);
  });

  it('give everything back when their connections are closed', async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await waitFor(async () => (await metric('gateway_http_queued_reply_bytes')) < 100_000);
    const large = await overHttp(() => stage.gateway.url)({ query: QUERY });
    expect(large.errors).toBeUndefined();
  });
});

describe('A connection that takes nothing of its reply', () => {
  it('is closed, and gives its bytes back', async () => {
    let queued = 0;
    let stalled = 0;
    const queue = new ReplyQueue({
      onChange: (bytes) => (queued = bytes),
      onStall: () => (stalled += 1),
      stallTimeoutMs: 200,
    });
    const reply = Buffer.alloc(50_000_000);
    const server = createServer((request, response) => {
      queue.add(response, request.socket, reply.length);
      response.end(reply);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.pause();
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await waitFor(() => queued === reply.length);
    await waitFor(() => queued === 0);
    expect(stalled).toBe(1);
    socket.destroy();
    server.close();
  });
});
