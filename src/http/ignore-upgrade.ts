import { type IncomingMessage, type Server } from 'node:http';
import { type Duplex } from 'node:stream';

/** Headers that belong to the upgrade. */
const UPGRADE_HEADERS = ['connection', 'upgrade', 'http2-settings'];

/**
 * A server may ignore a protocol that it does not switch to, such as h2c, and answer by HTTP/1.1 (RFC 9110, 7.8). Node hands every
 * upgrade over as soon as one protocol is supported, so the request is given back to the server without its upgrade.
 */
export function ignoreUpgrade(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
    if (!UPGRADE_HEADERS.includes(name.toLowerCase())) lines.push(`${name}: ${value}`);
  }
  socket.unshift(Buffer.concat([Buffer.from([...lines, '', ''].join('\r\n'), 'latin1'), head]));
  server.emit('connection', socket);
}
