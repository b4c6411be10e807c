import { type IncomingMessage, STATUS_CODES } from 'node:http';
import { type Socket } from 'node:net';
import { type HttpsListener } from './https-listener.js';

function refuse(socket: Socket, status: number, message: string): void {
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: text/plain\r\nconnection: close\r\n`;
  socket.end(`${head}content-length: ${Buffer.byteLength(message)}\r\n\r\n${message}`);
}

/**
 * Answers CONNECT, so that a client whose proxy is the sandbox (HTTPS_PROXY) reaches it under Agora's names: whatever the
 * port, the tunnel ends at the sandbox's HTTPS. Names that the sandbox does not serve are refused; nothing is passed on.
 */
export function tunnelTo(
  https: HttpsListener | null,
  isAllowedHost: (host: string | undefined) => boolean,
): (request: IncomingMessage, socket: Socket, head: Buffer) => void {
  return ({ url }, socket, head) => {
    // The client may leave at any time.
    socket.on('error', () => socket.destroy());
    if (!isAllowedHost(url)) {
      refuse(socket, 403, `The sandbox is a proxy for Agora's names only, not for ${url ?? ''}.\n`);
    } else if (https === null) {
      refuse(socket, 501, 'Set SANDBOX_HTTPS_PORT: the sandbox is a proxy only with HTTPS.\n');
    } else {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length > 0) socket.unshift(head);
      https.accept(socket);
    }
  };
}
