import { createServer, type IncomingMessage } from 'node:http';

export interface ProxiedCall {
  method: string;
  path: string;
  body: unknown;
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Stands before a server, passes everything on, and keeps what went through: every byte that the server received. */
export async function recordingProxy(target: () => string): Promise<{
  url: string;
  calls: ProxiedCall[];
  close(): Promise<void>;
}> {
  const calls: ProxiedCall[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const text = await readAll(request);
      const { method = 'GET', url = '/' } = request;
      calls.push({ method, path: url, body: text === '' ? null : (JSON.parse(text) as unknown) });
      const answer = await fetch(`${target()}${url}`, {
        method,
        headers: {
          'content-type': 'application/json',
          ...(request.headers.authorization === undefined
            ? {}
            : { authorization: request.headers.authorization }),
        },
        ...(text === '' ? {} : { body: text }),
      });
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(await answer.text());
    })().catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
