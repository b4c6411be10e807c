import { createServer, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A server with a page and its script that hands everything else on to the gateway, with `Host` unchanged. */
export interface OneOrigin {
  url: string;
  /** Cuts the WebSockets that are open. Returns how many there were. */
  cut(): number;
  close(): Promise<void>;
}

/** The page of an example: its script does the rest. */
export const PAGE =
  '<!doctype html><meta charset="utf-8"><title>Example</title><link rel="icon" href="data:,"><div id="root"></div>' +
  '<script type="module" src="/main.js"></script>';

export async function serveOneOrigin(gatewayUrl: string, script: Uint8Array): Promise<OneOrigin> {
  const { hostname, port } = new URL(gatewayUrl);
  const open = new Set<Socket>();
  const server = createServer((incoming, response) => {
    if (incoming.url === '/') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
    } else if (incoming.url === '/main.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    } else if (incoming.url === '/graphql') {
      const { method, headers, url: path } = incoming;
      const forwarded = request({ hostname, port, method, headers, path }, (reply) => {
        response.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(response);
      });
      forwarded.on('error', () => response.destroy());
      incoming.pipe(forwarded);
    } else response.writeHead(204).end();
  });
  server.on('upgrade', (incoming: IncomingMessage, client: Socket) => {
    const gateway = connect(Number(port), hostname);
    const lines = [`GET ${incoming.url} HTTP/1.1`];
    for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
      lines.push(`${incoming.rawHeaders[index]}: ${incoming.rawHeaders[index + 1]}`);
    }
    gateway.write(`${lines.join('\r\n')}\r\n\r\n`);
    open.add(client);
    client.pipe(gateway).pipe(client);
    for (const [one, other] of [
      [client, gateway],
      [gateway, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
    client.on('close', () => open.delete(client));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    const count = open.size;
    for (const socket of open) socket.destroy();
    return count;
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    close: () =>
      new Promise((resolve) => {
        cut();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
