import { type IncomingMessage, type ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type StoredFileAsked } from '../../src/media/media.js';
import { MAX_FILES_OF_OPERATION } from '../../src/media/bounds.js';
import { cleanUpAfterEach } from '../support/clean-ups.js';
import { mediaOver, PLACE, serveStorage, STORAGE } from './support.js';

const cleanUps = cleanUpAfterEach();

const file = (fileName: string): StoredFileAsked => ({ storage: STORAGE, fileName });

/** A storage that answers as the test says, and the media that read it. */
async function open(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const requests: string[] = [];
  const url = await serveStorage(cleanUps, (request, response) => {
    requests.push(`${request.method} ${request.url?.split('?')[0]}`);
    answer(request, response);
  });
  const media = mediaOver(cleanUps, url, { proxy: false });
  return {
    url,
    media,
    requests,
    facts: async (name: string) => (await media.reads(null).facts([file(name)]))[0],
  };
}

describe('The facts of a file', () => {
  it('are what a HEAD request answers, and one answer serves all who ask meanwhile and later', async () => {
    const { media, requests, facts } = await open((_request, response) =>
      response
        .setHeader('content-length', '5000000000')
        .setHeader('content-type', 'video/mp4')
        .setHeader('last-modified', 'Thu, 15 Jan 2026 09:00:00 GMT')
        .end(),
    );
    const expected = {
      size: 5_000_000_000,
      contentType: 'video/mp4',
      lastModified: Date.UTC(2026, 0, 15, 9),
    };
    expect(await media.reads(null).facts([file('a.mp4'), file('a.mp4')])).toEqual([expected, expected]);
    expect(await facts('a.mp4')).toEqual(expected);
    expect(requests).toEqual(['HEAD /s3/files/a.mp4']);
  });

  it.each([
    [404, 'FILE_NOT_FOUND_IN_STORAGE'],
    [403, 'STORAGE_DENIES_READING'],
    [401, 'STORAGE_DENIES_READING'],
    [500, 'STORAGE_UNREACHABLE'],
  ])('are missing with their reason for status %i', async (status, reason) => {
    const { facts } = await open((_request, response) => response.writeHead(status).end());
    expect(await facts('a.mp4')).toBe(reason);
  });

  it('are asked for again after a fault of the storage', async () => {
    let status = 503;
    const { facts } = await open((_request, response) => response.writeHead(status).end());
    expect(await facts('a.mp4')).toBe('STORAGE_UNREACHABLE');
    status = 200;
    expect(await facts('a.mp4')).toMatchObject({ contentType: null });
  });

  it('are not looked for where the storage redirects to', async () => {
    const elsewhere = await open((_request, response) => response.end());
    const { facts } = await open((_request, response) =>
      response.writeHead(302, { location: `${elsewhere.url}/a.mp4` }).end(),
    );
    expect(await facts('a.mp4')).toBe('STORAGE_UNREACHABLE');
    expect(elsewhere.requests).toEqual([]);
  });

  it('are not asked for under a name that leads out of the bucket', async () => {
    const { media, requests } = await open((_request, response) => response.end());
    const names = ['../other/secret.mp4', 'a/../../b.mp4', './a.mp4'];
    expect(await media.reads(null).facts(names.map(file))).toEqual(names.map(() => 'NAME_OUTSIDE_BUCKET'));
    const recording = { id: 'recording', ...PLACE, storage: STORAGE };
    expect(await media.reads(null).fileAddress(recording, '../b.mp4', 60)).toBe('NAME_OUTSIDE_BUCKET');
    expect(requests).toEqual([]);
  });

  it('are asked for only where the profile still names the same place', async () => {
    const { media, requests } = await open((_request, response) => response.end());
    const moved = { storage: { ...STORAGE, bucket: 'other' }, fileName: 'a.mp4' };
    expect(await media.reads(null).facts([moved, { storage: null, fileName: 'a.mp4' }])).toEqual([
      'PROFILE_CHANGED',
      'STORAGE_UNKNOWN',
    ]);
    expect(requests).toEqual([]);
  });

  it('are asked for a bounded number of files in an operation, a few at a time', async () => {
    let running = 0;
    let most = 0;
    const { media, requests } = await open((_request, response) => {
      most = Math.max(most, (running += 1));
      setTimeout(() => {
        running -= 1;
        response.end();
      }, 5);
    });
    const names = Array.from({ length: MAX_FILES_OF_OPERATION + 3 }, (_, index) => `${index}.mp4`);
    const found = await media.reads(null).facts(names.map(file));
    expect(found.filter((each) => each === 'TOO_MANY_FILES')).toHaveLength(3);
    expect(requests).toHaveLength(MAX_FILES_OF_OPERATION);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(16);
  });
});

describe('The length of a playlist', () => {
  const length = async (text: string) => {
    const { media } = await open((_request, response) => response.end(text));
    return await media.reads(null).playlistLength(file('acme/a.m3u8'));
  };

  it('is the sum of its slices, and says whether it grows no more', async () => {
    const text = '#EXTM3U\n#EXTINF:15.5,\na_0.ts\n#EXTINF:4,\na_1.ts\n';
    expect(await length(text)).toEqual({ seconds: 19.5, ended: false });
    expect(await length(`${text}#EXT-X-ENDLIST\n`)).toEqual({ seconds: 19.5, ended: true });
  });

  it('is not known of another file, or of a playlist that is too large', async () => {
    expect(await length('<html>')).toBe('NOT_A_PLAYLIST');
    expect(await length(`#EXTM3U\n${'#\n'.repeat(2_200_000)}`)).toBe('PLAYLIST_TOO_LARGE');
  });
});
