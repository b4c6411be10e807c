import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../support/stage.js';

/** A reply of some hundred bytes, of some thousand, and of some hundred thousand. */
const SMALL = '{ gateway { __typename } }';
const MEDIUM = '{ __type(name: "Recording") { fields { name description } } }';
const LARGE = '{ __schema { types { name description fields { name description } } } }';

const DECODERS: Record<string, (body: Buffer) => Buffer> = { gzip: gunzipSync, br: brotliDecompressSync };

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

interface Reply {
  status?: number;
  encoding?: string;
  vary?: string;
  bytes: number;
  text: string;
}

/** Like fetch, which decodes what it gets by itself. */
async function send(path: string, headers: Record<string, string>, body?: string | Buffer): Promise<Reply> {
  const { hostname, port } = new URL(stage.gateway.url);
  return await new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const sent = request({ hostname, port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const received = Buffer.concat(chunks);
        const encoding = response.headers['content-encoding'];
        const decoded = encoding === undefined ? received : DECODERS[encoding]?.(received);
        resolve({
          status: response.statusCode,
          encoding,
          vary: response.headers.vary,
          bytes: received.length,
          text: decoded?.toString() ?? '',
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function post(query: string, encoding?: string): Promise<Reply> {
  const headers = { 'content-type': 'application/json', origin: 'http://localhost:3000' };
  const accepting: Record<string, string> = encoding === undefined ? {} : { 'accept-encoding': encoding };
  return await send('/graphql', { ...headers, ...accepting }, JSON.stringify({ query }));
}

describe('A reply by HTTP', () => {
  it.each([
    ['gzip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['br;q=0.1, gzip', 'gzip'],
  ])('of more than 1 KiB is compressed for a client that accepts %s: as %s', async (accepted, encoding) => {
    for (const query of [MEDIUM, LARGE]) {
      const plain = await post(query);
      const compressed = await post(query, accepted);
      expect([compressed.status, compressed.encoding]).toEqual([200, encoding]);
      expect(compressed.text).toBe(plain.text);
      expect(compressed.bytes).toBeLessThan(plain.bytes / 2);
      expect(compressed.vary?.toLowerCase().split(/, */).sort()).toEqual(['accept-encoding', 'origin']);
    }
  });

  it.each(['identity', 'gzip;q=0', 'deflate', '', 'nothing-known'])(
    'is not compressed for a client that accepts "%s"',
    async (accepted) => {
      const reply = await post(LARGE, accepted);
      expect([reply.status, reply.encoding]).toEqual([200, undefined]);
      expect(JSON.parse(reply.text)).toHaveProperty('data.__schema');
    },
  );

  it('of less than 1 KiB is not compressed', async () => {
    const reply = await post(SMALL, 'gzip, br');
    expect([reply.status, reply.encoding, reply.text]).toEqual([
      200,
      undefined,
      '{"data":{"gateway":{"__typename":"Gateway"}}}\n',
    ]);
    expect((await send('/healthz', { 'accept-encoding': 'gzip' })).encoding).toBeUndefined();
  });

  it('with metrics is compressed, too', async () => {
    const { encoding, text: metrics } = await send('/metrics', { 'accept-encoding': 'gzip' });
    expect([encoding, metrics]).toEqual(['gzip', expect.stringContaining('gateway_sockets')]);
  });
});

describe('A request that is compressed', () => {
  it('is refused, since a small one could become a large one', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const body = gzipSync(JSON.stringify({ query: SMALL }));
    expect(await send('/graphql', headers, body)).toMatchObject({ status: 400 });
  });
});
