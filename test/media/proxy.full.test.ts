import { type IncomingMessage, request as sendRequest, type ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { MAX_STREAMS } from '../../src/media/file-streams.js';
import { cleanUpAfterEach } from '../support/clean-ups.js';
import { waitFor } from '../support/wait-for.js';
import { mediaOver, NOW, PLACE, serveMedia, serveStorage, STORAGE } from './support.js';

const cleanUps = cleanUpAfterEach();

const PLAYLIST = 'acme/a.m3u8';
const PLAYLIST_TEXT =
  '#EXTM3U\n#EXT-X-MAP:URI="init.mp4"\n#EXTINF:4,\nhours/a_0.ts\n#EXTINF:4,\na_1.ts\n#EXT-X-ENDLIST\n';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A storage that answers as the test says, and a gateway's media route in front of it. */
async function open(answer: Answer, options: { proxy?: boolean } = {}) {
  const requests: string[] = [];
  const storage = await serveStorage(cleanUps, (request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    requests.push(`${request.method} ${path}`);
    if (path.endsWith('.m3u8')) response.end(PLAYLIST_TEXT);
    else answer(request, response);
  });
  let now = NOW;
  const media = mediaOver(cleanUps, storage, { proxy: options.proxy ?? true, clock: { now: () => now } });
  const base = await serveMedia(cleanUps, media);
  const playable = {
    id: 'recording',
    ...PLACE,
    storage: STORAGE,
    fileNames: [PLAYLIST, 'acme/a.mp4'],
    snapshot: 'acme/a.jpg',
  };
  const playback = await media.reads(null).playback(playable, 600);
  if (typeof playback === 'string') throw new Error(playback);
  return {
    base,
    requests,
    media,
    playback,
    at: (url: string) => new URL(url, base).href,
    advance: (milliseconds: number) => void (now += milliseconds),
  };
}

const BODY = Buffer.from('0123456789');

/** Answers with BODY, or the range of it that is asked for. */
const serve: Answer = (request, response) => {
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  response.setHeader('content-type', 'text/html').setHeader('accept-ranges', 'bytes');
  response.setHeader('set-cookie', 'storage=1').setHeader('etag', '"1"');
  if (range === null) return void response.setHeader('content-length', BODY.length).end(BODY);
  const [from, to] = [Number(range[1]), range[2] === '' ? BODY.length - 1 : Number(range[2])];
  if (from >= BODY.length) return void response.writeHead(416).end();
  response.statusCode = 206;
  response.setHeader('content-range', `bytes ${from}-${to}/${BODY.length}`).end(BODY.subarray(from, to + 1));
};

describe('A playlist of a gateway that passes files on', () => {
  it('names its slices and its initialization by addresses of the gateway, which serve them', async () => {
    const { base, at, playback, requests } = await open(serve);
    const playlist = at(playback.hls[0]?.url ?? '');
    const text = await (await fetch(playlist)).text();
    const names = [
      /URI="(.*)"/.exec(text)?.[1] ?? '',
      ...text.split('\n').filter((line) => line !== '' && !line.startsWith('#')),
    ];
    expect(names).toHaveLength(3);
    expect(text).not.toMatch(/X-Amz-|\/s3\//);
    for (const name of names) {
      const address = new URL(name, playlist);
      expect(address.origin).toBe(base);
      const response = await fetch(address);
      expect([response.status, await response.text()]).toEqual([200, BODY.toString()]);
    }
    expect(requests).toEqual([
      'GET /s3/files/acme/a.m3u8',
      'GET /s3/files/acme/init.mp4',
      'GET /s3/files/acme/hours/a_0.ts',
      'GET /s3/files/acme/a_1.ts',
    ]);
  });
});

describe('A file that passes through the gateway', () => {
  it('has its length and the type of its ending, and nothing of the storage that is not needed', async () => {
    const { at, playback } = await open(serve);
    const response = await fetch(at(playback.mp4[0]?.url ?? ''));
    expect(Buffer.from(await response.arrayBuffer())).toEqual(BODY);
    const { headers } = response;
    expect(headers.get('content-type')).toBe('video/mp4');
    expect(headers.get('content-length')).toBe('10');
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('etag')).toBe('"1"');
    expect(headers.get('set-cookie')).toBeNull();
  });

  it('is read in ranges, also from the middle, and refused beyond its end', async () => {
    const { at, playback } = await open(serve);
    const read = async (range: string) => {
      const response = await fetch(at(playback.mp4[0]?.url ?? ''), { headers: { range } });
      return [response.status, response.headers.get('content-range'), await response.text()];
    };
    expect(await read('bytes=2-4')).toEqual([206, 'bytes 2-4/10', '234']);
    expect(await read('bytes=7-')).toEqual([206, 'bytes 7-9/10', '789']);
    expect((await read('bytes=50-'))[0]).toBe(416);
    expect(await read('bytes=0-1,3-4')).toEqual([200, null, BODY.toString()]);
  });

  it.each<[what: string, answer: Answer]>([
    [
      'whose storage ends the connection after the header',
      (_request, response) => {
        response.writeHead(200, { 'content-length': 10 }).flushHeaders();
        setTimeout(() => response.destroy(), 50);
      },
    ],
    [
      'whose bytes are not in the encoding that the storage names',
      (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip'),
    ],
  ])('is answered with 502 where %s, and lets others in', async (_what, answer) => {
    const { at, playback } = await open(answer);
    const answerOfStorage = async () => {
      const response = await fetch(at(playback.mp4[0]?.url ?? ''));
      const body = (await response.json()) as { error: string };
      expect([response.status, body.error]).toEqual([502, expect.stringContaining('The storage')]);
    };
    await Promise.all(Array.from({ length: MAX_STREAMS }, answerOfStorage));
    await answerOfStorage();
  });

  it('is passed on if it is empty', async () => {
    const { at, playback } = await open((_request, response) => void response.end());
    const response = await fetch(at(playback.mp4[0]?.url ?? ''));
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('is sent whole to a reader that has the beginning of what may be another one', async () => {
    const { at, playback } = await open(serve);
    const headers = { range: 'bytes=2-4', 'if-range': '"other"' };
    const response = await fetch(at(playback.mp4[0]?.url ?? ''), { headers });
    expect([response.status, await response.text()]).toEqual([200, BODY.toString()]);
  });

  it('is served at the longest name that a bucket may have', async () => {
    const { media, at } = await open(serve);
    const fileName = `acme/${'"'.repeat(1_015)}.mp4`;
    const address = await media
      .reads(null)
      .fileAddress({ id: 'recording', ...PLACE, storage: STORAGE }, fileName, 600);
    if (typeof address === 'string') throw new Error(address);
    expect((await fetch(at(address.url))).status).toBe(200);
  });

  it('is asked about by HEAD without its bytes', async () => {
    const { at, playback, requests } = await open(serve);
    const response = await fetch(at(playback.mp4[0]?.url ?? ''), { method: 'HEAD' });
    expect([response.status, response.headers.get('content-length')]).toEqual([200, '10']);
    expect(requests).toEqual(['HEAD /s3/files/acme/a.mp4']);
  });

  it.each<[string, Answer, number]>([
    ['is missing', (_request, response) => void response.writeHead(404).end(), 404],
    ['must not be read', (_request, response) => void response.writeHead(403).end(), 502],
    ['is redirected', (_request, response) => void response.writeHead(302, { location: '/x' }).end(), 502],
  ])('that %s has a status and a cause', async (_what, answer, status) => {
    const { at, playback, requests } = await open(answer);
    const response = await fetch(at(playback.mp4[0]?.url ?? ''));
    expect([response.status, await response.json()]).toEqual([
      status,
      { error: expect.any(String) as string },
    ]);
    expect(requests).toHaveLength(1);
  });

  it('is refused once its address has expired, was changed, or if files are not passed on', async () => {
    const { at, playback, advance, requests } = await open(serve);
    const url = at(playback.mp4[0]?.url ?? '');
    expect((await fetch(url.replace('/media/', '/media/x'))).status).toBe(403);
    advance(601_000);
    expect((await fetch(url)).status).toBe(403);
    expect(requests).toEqual([]);
    const direct = await open(serve, { proxy: false });
    expect(direct.playback.mp4[0]?.url).toMatch(/\/s3\/files\/acme\/a\.mp4\?.*Signature/);
    const token = direct.playback.hls[0]?.url.replace('index.m3u8', 'file') ?? '';
    expect((await fetch(direct.at(token))).status).toBe(404);
  });

  it('is refused beyond the number that may pass at once, and let in when a reader has left', async () => {
    const { at, playback, requests } = await open((_request, response) => {
      response.writeHead(200).write('first');
    });
    const url = at(playback.mp4[0]?.url ?? '');
    const readers = Array.from({ length: MAX_STREAMS }, () => sendRequest(url, { agent: false }).end());
    cleanUps.push(() => Promise.resolve(readers.forEach((reader) => reader.destroy())));
    for (const reader of readers) reader.on('error', () => undefined);
    await Promise.all(readers.map((reader) => new Promise((resolve) => reader.once('response', resolve))));
    expect(requests).toHaveLength(MAX_STREAMS);
    const refused = await fetch(url);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    readers[0]?.destroy();
    await waitFor(async () => {
      const abort = new AbortController();
      const { status } = await fetch(url, { signal: abort.signal });
      abort.abort();
      return status === 200;
    });
  });
});
