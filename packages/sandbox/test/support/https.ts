import { request as httpsRequest } from 'node:https';
import { type Json } from './sandbox.js';

export interface HttpsReply {
  status: number;
  body: Json;
}

/** A request under one of Agora's names, as a client sends it that a hosts file leads to this machine. */
export function requestAs(
  host: string,
  target: { port: number; ca: string },
  { method, path, headers, body }: { method: string; path: string; headers: Json; body?: unknown },
): Promise<HttpsReply> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest(
      {
        ...{ host, method, path, port: target.port, ca: target.ca },
        headers: { host, ...(headers as Record<string, string>) },
        lookup: (_name, options, callback) =>
          options.all === true
            ? callback(null, [{ address: '127.0.0.1', family: 4 }])
            : callback(null, '127.0.0.1', 4),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body: JSON.parse(Buffer.concat(chunks).toString()) as Json,
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
