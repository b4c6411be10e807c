import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { makeServer } from 'graphql-ws';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { CLOSES } from '../../src/http/close-codes.js';
import {
  CLOSE_TIMEOUT_MS,
  type CloseReason,
  openGraphqlSocket,
  type SocketExtra,
} from '../../src/http/graphql-socket.js';
import { FRAME_BYTES, MAX_QUEUED_BYTES, Outbox, OutboxMemory } from '../../src/http/outbox.js';
import { SharedPayloads } from '../../src/http/shared-payloads.js';
import { waitFor } from '../support/wait-for.js';

const MEGABYTE = 1024 * 1024;

let server: WebSocketServer;
const clients: WebSocket[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.terminate();
  await new Promise((resolve) => server.close(resolve));
});

/** A client and the server's side of its socket. */
async function pair(): Promise<{ client: WebSocket; socket: WebSocket }> {
  server ??= new WebSocketServer({ port: 0 });
  const client = new WebSocket(
    `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    'graphql-transport-ws',
  );
  clients.push(client);
  const [socket] = (await once(server, 'connection')) as [WebSocket];
  await once(client, 'open');
  return { client, socket };
}

function listen(): void {
  server = new WebSocketServer({ port: 0 });
}

async function closeOf(client: WebSocket): Promise<{ code: number; reason: string }> {
  const [code, reason] = (await once(client, 'close')) as [number, Buffer];
  return { code, reason: reason.toString() };
}

interface Opened {
  client: WebSocket;
  outbox: Outbox;
  exceeded: string[];
}

async function openOutbox(memory: OutboxMemory): Promise<Opened> {
  const { client, socket } = await pair();
  const exceeded: string[] = [];
  const outbox = new Outbox(socket, memory, {
    onExceeded(bound) {
      exceeded.push(bound);
      outbox.close(1013, bound);
    },
    onChange: () => undefined,
  });
  socket.on('close', () => outbox.end());
  return { client, outbox, exceeded };
}

describe('What waits for a client', () => {
  it('arrives whole and in order, however large it is', async () => {
    listen();
    const memory = new OutboxMemory();
    const { client, outbox } = await openOutbox(memory);
    const received: string[] = [];
    client.on('message', (data: Buffer) => received.push(data.toString()));
    const sent = [0, 1, FRAME_BYTES, FRAME_BYTES + 1, 8 * MEGABYTE, 5].map((size, index) =>
      String(index).repeat(size),
    );
    await Promise.all(sent.map((text) => outbox.send(text)));
    await waitFor(() => received.length === sent.length);
    expect(received.map((text, index) => text === sent[index])).toEqual(sent.map(() => true));
    expect([outbox.bytes, memory.total]).toEqual([0, 0]);
  });

  it('is bounded: past the bound the socket is closed, and the code is delivered once the client reads', async () => {
    listen();
    const memory = new OutboxMemory();
    const { client, outbox, exceeded } = await openOutbox(memory);
    client.pause();
    let bytes = 0;
    while (exceeded.length === 0) {
      void outbox.send('x'.repeat(MEGABYTE));
      bytes += MEGABYTE;
      expect(bytes).toBeLessThan(MAX_QUEUED_BYTES + 64 * MEGABYTE);
      await new Promise(setImmediate);
    }
    expect(exceeded).toEqual(['too-slow']);
    // What was not handed to the connection is dropped, and nothing is added.
    expect(outbox.bytes).toBeLessThan(4 * FRAME_BYTES);
    await outbox.send('late');
    expect(memory.total).toBe(outbox.bytes);
    client.resume();
    expect(await closeOf(client)).toEqual({ code: 1013, reason: 'too-slow' });
    await waitFor(() => memory.total === 0);
  });

  it('is bounded for all together: the sockets for which most waits are closed, and others stay', async () => {
    listen();
    const memory = new OutboxMemory(20 * MEGABYTE);
    const small = await openOutbox(memory);
    const [first, second] = [await openOutbox(memory), await openOutbox(memory)];
    for (const { client } of [small, first, second]) client.pause();
    const text = 'x'.repeat(MEGABYTE);
    for (const { outbox } of [small, small, small]) void outbox.send(text);
    for (let round = 0; round < 64 && first.exceeded.length + second.exceeded.length === 0; round += 1) {
      void first.outbox.send(text);
      void second.outbox.send(text);
      await new Promise(setImmediate);
    }
    expect([...first.exceeded, ...second.exceeded]).toEqual(['memory']);
    expect(small.exceeded).toEqual([]);
    expect(memory.total).toBeLessThanOrEqual(20 * MEGABYTE);
    const closed = first.exceeded.length > 0 ? first : second;
    closed.client.resume();
    expect(await closeOf(closed.client)).toEqual({ code: 1013, reason: 'memory' });
  });

  it('of closing sockets is given up first when memory is needed', async () => {
    listen();
    const memory = new OutboxMemory(4 * MEGABYTE);
    const closing = await openOutbox(memory);
    closing.client.pause();
    const text = 'x'.repeat(3 * MEGABYTE);
    // The operating system takes some of it; what remains of the last one is in the connection.
    while (closing.outbox.bytes < MEGABYTE) {
      void closing.outbox.send(text);
      await new Promise(setImmediate);
    }
    closing.outbox.close(1013, 'closing');
    expect(memory.total).toBeGreaterThan(0);
    const other = await openOutbox(memory);
    other.client.pause();
    while (other.exceeded.length === 0) {
      void other.outbox.send(text);
      await new Promise(setImmediate);
    }
    // The client finds its connection cut.
    closing.client.resume();
    expect((await closeOf(closing.client)).code).toBe(1006);
  });
});

describe('A socket that is closed', () => {
  it('is cut after a while if the client never reads', async () => {
    listen();
    const { client, socket } = await pair();
    const reasons: CloseReason[] = [];
    let timeouts = 0;
    const protocol = makeServer<Record<string, unknown>, SocketExtra>({});
    const shared = { memory: new OutboxMemory(), payloads: new SharedPayloads() };
    let released = 0;
    const from = { address: '127.0.0.1', place: { release: () => (released += 1) }, trace: null };
    openGraphqlSocket(protocol, socket, shared, from, {
      onClose: (reason) => reasons.push(reason),
      onCloseTimeout: () => (timeouts += 1),
      onError: (error) => expect.fail(String(error)),
    });
    client.pause();
    client.send('no JSON');
    await waitFor(() => reasons.length > 0, { withinMs: 10 * CLOSE_TIMEOUT_MS });
    expect([reasons, timeouts, released]).toEqual([['protocol'], 1, 1]);
    client.resume();
    expect(await closeOf(client)).toEqual(CLOSES.malformed);
  });
});
