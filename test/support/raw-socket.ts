import { once } from 'node:events';
import { WebSocket } from 'ws';
import { waitFor } from './wait-for.js';

export interface Message {
  type: string;
  id?: string;
  payload?: unknown;
}

/** A client that sends what a test wants, reads only when it should, and keeps what it received. */
export interface RawSocket {
  socket: WebSocket;
  received: Message[];
  /** Resolves with the code and the reason, once the socket has closed. */
  closed: Promise<{ code: number; reason: string }>;
  send(message: object | string): void;
  /** Runs an operation under an id. */
  subscribe(id: string, query: string, variables?: object): void;
  /** The first message of an operation, once it is there. */
  reply(id: string): Promise<Message>;
  close(): void;
}

/** Opens a socket without a connection_init. */
export async function openRawSocket(gatewayUrl: string): Promise<RawSocket> {
  const socket = new WebSocket(`${gatewayUrl.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const received: Message[] = [];
  socket.on('message', (data: Buffer) => received.push(JSON.parse(data.toString()) as Message));
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await once(socket, 'open');
  socket.on('error', () => undefined);
  const send = (message: object | string) =>
    socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  return {
    socket,
    received,
    closed,
    send,
    subscribe: (id, query, variables) =>
      send({ id, type: 'subscribe', payload: { query, ...(variables === undefined ? {} : { variables }) } }),
    reply: (id) =>
      waitFor(() => received.find((message) => message.id === id), { what: `a message of operation ${id}` }),
    close: () => socket.terminate(),
  };
}

/** Opens a socket that is ready for operations. */
export async function openReadySocket(gatewayUrl: string): Promise<RawSocket> {
  const opened = await openRawSocket(gatewayUrl);
  opened.send({ type: 'connection_init' });
  await waitFor(() => opened.received.some(({ type }) => type === 'connection_ack'));
  return opened;
}
