import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { describe, expect, it } from 'vitest';
import { cleanUpAfterEach } from '../support/clean-ups.js';
import { openS3Server, S3_BUCKET, S3_KEY } from '../support/s3-server.js';
import { mediaOver, PLACE } from './support.js';

const cleanUps = cleanUpAfterEach();

const STORAGE = { profile: 'main', vendor: 11, region: 0, bucket: S3_BUCKET, endpoint: 's3.example.com' };
const PLAYLIST = '#EXTM3U\n#EXTINF:4,\na_0.ts\n#EXTINF:4,\na_1.ts\n#EXT-X-ENDLIST\n';
const SLICE = '0123456789';

/** Media that read an S3 server from a registry, with the files of a recording in it. */
async function open({ secretKey = S3_KEY.secretKey, now = Date.now() } = {}) {
  const server = await openS3Server(cleanUps);
  await server.put('acme/a.m3u8', PLAYLIST, 'application/vnd.apple.mpegurl');
  await server.put('acme/a_0.ts', SLICE, 'video/mp2t');
  await server.put("acme/of 1+1 & (é)'s.mp4", SLICE, 'video/mp4');
  const readCredentials = () =>
    Promise.resolve({
      accessKey: new Secret(S3_KEY.accessKey),
      secretKey: new Secret(secretKey),
      stsToken: null,
      stsExpiration: null,
    });
  const { profile: name, ...place } = STORAGE;
  const media = mediaOver(cleanUps, server.url, {
    proxy: false,
    store: { recordings: () => Promise.resolve([{ ...PLACE, storage: STORAGE }]), inputKey: 'key' },
    profiles: () => [{ name, ...place, readCredentials }],
    sandboxStorage: server.url,
    clock: { now: () => now },
  });
  const address = async (fileName: string) => {
    const recording = { id: 'recording', ...PLACE, storage: STORAGE };
    const signed = await media.reads(null).fileAddress(recording, fileName, 60);
    if (typeof signed === 'string') throw new Error(signed);
    return signed.url;
  };
  return { media, address };
}

const codeOf = async (response: Response) => [
  response.status,
  /<Code>(.*?)<\/Code>/.exec(await response.text())?.[1],
];

describe('An S3 server that is not the sandbox', () => {
  it('serves files at their signed addresses, in ranges too, whatever their names', async () => {
    const { address } = await open();
    for (const name of ['acme/a_0.ts', "acme/of 1+1 & (é)'s.mp4"]) {
      const url = await address(name);
      const whole = await fetch(url);
      expect([whole.status, await whole.text()]).toEqual([200, SLICE]);
      const part = await fetch(url, { headers: { range: 'bytes=2-4' } });
      expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
        206,
        'bytes 2-4/10',
        '234',
      ]);
    }
  });

  it('serves a playlist, whose slices have signed addresses that it serves as well', async () => {
    const { media } = await open();
    const recording = {
      id: 'recording',
      ...PLACE,
      storage: STORAGE,
      fileNames: ['acme/a.m3u8'],
      snapshot: null,
    };
    const playback = await media.reads(null).playback(recording, 600);
    if (typeof playback === 'string') throw new Error(playback);
    const served = await media.playlist(playback.hls[0]?.url.split('/')[2] ?? '');
    if (!('text' in served)) throw new Error(served.fault);
    const slices = served.text.split('\n').filter((line) => line.startsWith('http'));
    expect(slices).toHaveLength(2);
    expect(await (await fetch(slices[0] ?? '')).text()).toBe(SLICE);
    expect(await codeOf(await fetch(slices[1] ?? ''))).toEqual([404, 'NoSuchKey']);
  });

  it('says by HEAD what a file is like, and that a file is missing', async () => {
    const { media } = await open();
    const files = ['acme/a_0.ts', 'acme/b.mp4'].map((fileName) => ({ storage: STORAGE, fileName }));
    expect(await media.reads(null).facts(files)).toEqual([
      { size: SLICE.length, contentType: 'video/mp2t', lastModified: expect.any(Number) as number },
      'FILE_NOT_FOUND_IN_STORAGE',
    ]);
  });

  it('refuses an address that was changed, has expired, or was signed with another key', async () => {
    const url = await (await open()).address('acme/a_0.ts');
    expect(await codeOf(await fetch(url.replace('a_0.ts', 'a.m3u8')))).toEqual([
      403,
      'SignatureDoesNotMatch',
    ]);
    const old = await open({ now: Date.now() - 120_000 });
    expect(await codeOf(await fetch(await old.address('acme/a_0.ts')))).toEqual([403, 'AccessDenied']);
    const other = await open({ secretKey: 'canary' });
    expect(await codeOf(await fetch(await other.address('acme/a_0.ts')))).toEqual([
      403,
      'SignatureDoesNotMatch',
    ]);
    const [facts] = await other.media.reads(null).facts([{ storage: STORAGE, fileName: 'acme/a_0.ts' }]);
    expect(facts).toBe('STORAGE_DENIES_READING');
  });
});
