import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

export interface Collector {
  /** Where exporters send to (`OTEL_EXPORTER_OTLP_ENDPOINT`). */
  url: string;
  received: { path: string; type: string; text: string }[];
  close(): Promise<void>;
}

/** A collector of traces that keeps what it receives. */
export async function openCollector(): Promise<Collector> {
  const received: Collector['received'] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url = '', headers } = request;
      const text = Buffer.concat(chunks).toString();
      received.push({ path: url, type: headers['content-type'] ?? '', text });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
