import { createServer, type Server } from 'node:https';
import { type AddressInfo, type Socket } from 'node:net';
import { type FastifyInstance } from 'fastify';
import { type Certificate } from './create-certificate.js';

export interface HttpsListener {
  port: number;
  /** Serves a connection that another listener has accepted. */
  accept(socket: Socket): void;
  close(): Promise<void>;
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Serves an HTTP server that is ready over HTTPS, too. Rejects if the port is in use. */
export async function listenHttps(
  http: FastifyInstance,
  { key, cert, ca }: Certificate,
  { host, port }: { host: string; port: number },
): Promise<HttpsListener> {
  const server = createServer({ key, cert: cert + ca }, (request, response) =>
    http.routing(request, response),
  );
  await listen(server, host, port);
  const accepted = new Set<Socket>();
  return {
    port: (server.address() as AddressInfo).port,
    accept(socket) {
      accepted.add(socket);
      socket.once('close', () => accepted.delete(socket));
      server.emit('connection', socket);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of accepted) socket.destroy();
      }),
  };
}
