import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReadySocket, type RawSocket } from '../support/raw-socket.js';
import { largeSized } from '../support/size.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

/** Sockets that are ready and do nothing; of each hundred one stops to answer. */
const IDLE = largeSized(3_000);

/** Connections that a client leaves half-open, in three ways. */
const HALF_OPEN = largeSized(300);

/** Sockets that are opened at once. */
const AT_ONCE = 100;

/** What the gateway states, and a machine that is busy. Real milliseconds. */
const WITHIN_MS = 120_000;

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ env: { LIMIT_CONNECTIONS: 'off' } });
});

afterAll(async () => await stage.close());

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${stage.gateway.url}/metrics`)).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return Number(line?.split(' ').at(-1) ?? 0);
}

async function openMany<T>(amount: number, open: () => Promise<T>): Promise<T[]> {
  const opened: T[] = [];
  while (opened.length < amount) {
    const next = Math.min(AT_ONCE, amount - opened.length);
    opened.push(...(await Promise.all(Array.from({ length: next }, open))));
  }
  return opened;
}

/** A connection that sends this and then nothing more, with how it ends. */
async function openHalf(text: string): Promise<{ socket: Socket; closed: Promise<unknown> }> {
  const socket = connect(Number(new URL(stage.gateway.url).port), '127.0.0.1');
  socket.on('error', () => undefined); // Being cut is what it is for.
  socket.resume();
  await once(socket, 'connect');
  const closed = once(socket, 'close');
  if (text !== '') socket.write(text);
  return { socket, closed };
}

const UPGRADE =
  'GET /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n' +
  'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n';

describe('Connections whose client is silent', () => {
  it('are closed, those that are only idle stay, and both leave room for others', async () => {
    const idle: RawSocket[] = await openMany(IDLE, () => openReadySocket(stage.gateway.url));
    expect(await metric('gateway_sockets')).toBe(IDLE);
    const dead = idle.filter((_each, index) => index % 100 === 0);
    // A client that does not read does not answer pings either.
    for (const { socket } of dead) socket.pause();
    const third = HALF_OPEN / 3;
    const halfOpen = [
      ...(await openMany(third, () => openHalf(''))),
      ...(await openMany(third, () => openHalf('POST /graphql HTTP/1.1\r\nhost: localhost\r\n'))),
      ...(await openMany(third, () => openHalf(UPGRADE))),
    ];
    const since = performance.now();
    await Promise.race([
      Promise.all(halfOpen.map(({ closed }) => closed)),
      new Promise((_resolve, reject) =>
        setTimeout(reject, WITHIN_MS, new Error('half-open connections stay')),
      ),
    ]);
    await waitFor(async () => (await metric('gateway_sockets')) === IDLE - dead.length, {
      withinMs: WITHIN_MS,
      what: 'the end of sockets that do not answer',
    });
    console.log(
      `${HALF_OPEN} half-open and ${dead.length} dead ones ended after ${Math.round(performance.now() - since)} ms`,
    );
    const alive = idle.filter((each) => !dead.includes(each));
    expect(alive.every(({ socket }) => socket.readyState === socket.OPEN)).toBe(true);
    const [first] = alive;
    first?.subscribe('1', '{ __typename }');
    expect((await first?.reply('1'))?.payload).toEqual({ data: { __typename: 'Query' } });
    for (const { socket } of idle) socket.terminate();
    await waitFor(async () => (await metric('gateway_sockets')) === 0);
  });
});
