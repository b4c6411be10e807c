import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { WebSocket, WebSocketServer } from 'ws';

/** Stands between a client and the gateway, and lets through what carries the valid token. */
export interface TokenProxy {
  url: string;
  /** Requests and connections that were refused. */
  refused(): number;
  /** Makes another token the valid one, and closes the connections that were opened with the one before. */
  expire(token: string): void;
  close(): Promise<void>;
}

export async function openTokenProxy(target: string, first: string): Promise<TokenProxy> {
  let valid = first;
  let refused = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const body = await text(request);
      if (request.headers.authorization !== `Bearer ${valid}`) {
        refused += 1;
        response.writeHead(401, { 'content-type': 'application/json' });
        response.end('{"errors":[{"message":"no","extensions":{"code":"UNAUTHENTICATED"}}]}');
        return;
      }
      const headers = { 'content-type': 'application/json' };
      const reply = await fetch(`${target}/graphql`, { method: 'POST', headers, body });
      response.writeHead(reply.status, { 'content-type': 'application/json' });
      response.end(await reply.text());
    })();
  });
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'graphql-transport-ws' });
  sockets.on('connection', (client) => {
    const gateway = new WebSocket(`${target.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const waiting: string[] = [];
    client.on('message', (data: Buffer) => {
      const message = data.toString();
      const { type, payload } = JSON.parse(message) as { type: string; payload?: { authorization?: string } };
      if (type === 'connection_init' && payload?.authorization !== `Bearer ${valid}`) {
        refused += 1;
        client.close(4403, 'Forbidden');
      } else if (gateway.readyState === WebSocket.OPEN) gateway.send(message);
      else waiting.push(message);
    });
    gateway.on('open', () => waiting.forEach((message) => gateway.send(message)));
    gateway.on('message', (data: Buffer) => client.send(data.toString()));
    client.on('close', () => gateway.terminate());
    gateway.on('error', () => client.terminate());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refused: () => refused,
    expire(token) {
      valid = token;
      for (const client of sockets.clients) client.close(4403, 'Forbidden');
    },
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
