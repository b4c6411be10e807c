import { describe, expect, it } from 'vitest';
import { type CredentialReference } from '../../src/auth/credential-reference.js';
import { type PlaylistFault, type Playback } from '../../src/media/media.js';
import { bearer, newApiKeysFile } from '../support/api-keys.js';
import { cleanUpAfterEach } from '../support/clean-ups.js';
import { waitFor } from '../support/wait-for.js';
import { authenticatorOf, mediaOver, PLACE, serveMedia, serveStorage, STORAGE } from './support.js';

const cleanUps = cleanUpAfterEach();

const PLAYLIST_TEXT = '#EXTM3U\n#EXTINF:4,\na_0.ts\n#EXT-X-ENDLIST\n';

/** A gateway whose callers have API keys, in front of a storage that has every file. */
async function open({ proxy = true }: { proxy?: boolean } = {}) {
  let isSilent = false;
  const storage = await serveStorage(cleanUps, (request, response) => {
    const isPlaylist = request.url?.split('?')[0]?.endsWith('.m3u8') === true;
    // A file whose end is never sent.
    if (isSilent && !isPlaylist) return void response.writeHead(200).write('first');
    response.end(isPlaylist ? PLAYLIST_TEXT : 'bytes');
  });
  const keys = newApiKeysFile();
  cleanUps.push(() => keys.remove());
  let now = Date.now();
  const authenticator = authenticatorOf(cleanUps, { kind: 'keys', file: keys.path }, () => now);
  const recording = { ...PLACE, storage: STORAGE };
  const outcomes: ('served' | PlaylistFault)[] = [];
  const media = mediaOver(cleanUps, storage, {
    proxy,
    store: { recordings: () => Promise.resolve([recording]), inputKey: 'key' },
    credentials: authenticator,
    clock: { now: () => now },
    onPlaylist: (outcome) => outcomes.push(outcome),
  });
  const base = await serveMedia(cleanUps, media);
  const playable = { id: 'r', ...recording, fileNames: ['a.m3u8', 'a.mp4'], snapshot: 'a.jpg' };

  async function playback(holder: CredentialReference | null, seconds = 600): Promise<Playback> {
    const found = await media.reads(holder).playback(playable, seconds);
    if (typeof found === 'string') throw new Error(found);
    return found;
  }

  return {
    keys,
    authenticator,
    recording,
    outcomes,
    playback,
    at: (url: string) => new URL(url, base).href,
    /** A moment as the file writes it, that many milliseconds from now. */
    inFuture: (milliseconds: number) => new Date(now + milliseconds).toISOString(),
    advance: (milliseconds: number) => void (now += milliseconds),
    neverEnd: () => void (isSilent = true),
    reload: () => authenticator.reload(),
    add: async (...given: Parameters<typeof keys.add>): Promise<CredentialReference | null> => {
      const credential = keys.add(...given);
      authenticator.reload();
      return (await authenticator.authenticate(bearer(credential).authorization)).credential;
    },
    /** All addresses of a caller: of a playlist, of its slice, of an MP4 file and of a screenshot. */
    addresses: async (holder: CredentialReference | null): Promise<string[]> => {
      const { hls, mp4, poster } = await playback(holder);
      const playlist = new URL(hls[0]?.url ?? '', base);
      const text = await (await fetch(playlist)).text();
      const slice = text.split('\n').find((line) => line !== '' && !line.startsWith('#')) ?? '';
      const others = [mp4[0]?.url ?? '', poster?.url ?? ''];
      return [playlist.href, new URL(slice, playlist).href, ...others.map((url) => new URL(url, base).href)];
    },
  };
}

async function statuses(urls: readonly string[]): Promise<number[]> {
  return await Promise.all(
    urls.map(async (url) => {
      const response = await fetch(url);
      await response.arrayBuffer();
      return response.status;
    }),
  );
}

const ALL_SERVED = [200, 200, 200, 200];
const ALL_REFUSED = [403, 403, 403, 403];

describe('The addresses that a caller was given', () => {
  it('are all refused with their cause once its key is revoked, while those of another caller are served', async () => {
    const { keys, add, reload, addresses, outcomes } = await open();
    const teacher = await addresses(await add('teacher'));
    const student = await addresses(await add('student'));
    expect(await statuses([...teacher, ...student])).toEqual([...ALL_SERVED, ...ALL_SERVED]);
    keys.revoke('teacher');
    reload();
    expect(await statuses([...teacher, ...student])).toEqual([...ALL_REFUSED, ...ALL_SERVED]);
    expect(outcomes.slice(-2).sort()).toEqual(['revoked', 'served']);
    for (const url of teacher) {
      expect(await (await fetch(url)).json()).toEqual({ error: expect.stringMatching(/revoked/) as string });
    }
    expect((await fetch(teacher[2] ?? '', { method: 'HEAD' })).status).toBe(403);
  });

  it.each([
    ['does not permit the channel any more', { channels: ['other'] }],
    ['does not permit the App ID any more', { appIds: ['ffffffffffffffffffffffffffffffff'] }],
    ['does not permit to read any more', { scopes: [] }],
    ['has expired', { expiresAt: '2020-01-01T00:00:00Z' }],
  ])('are refused while its key %s', async (_what, change) => {
    const { keys, add, reload, addresses } = await open();
    const urls = await addresses(await add('teacher'));
    keys.change('teacher', change);
    reload();
    expect(await statuses(urls)).toEqual(ALL_REFUSED);
    keys.change('teacher', {
      scopes: ['recordings:read'],
      channels: [PLACE.channel],
      appIds: ['*'],
      expiresAt: null,
    });
    reload();
    expect(await statuses(urls)).toEqual(ALL_SERVED);
  });

  it('are refused when the recording is of another channel than it was', async () => {
    const { add, addresses, recording } = await open();
    const urls = await addresses(await add('teacher'));
    recording.channel = 'another';
    expect(await statuses(urls)).toEqual(ALL_REFUSED);
  });

  it('end with its key, however long they were asked for', async () => {
    const { add, advance, inFuture, addresses, playback } = await open();
    const brief = await add('brief', { expiresAt: inFuture(120_000) });
    const { hls, mp4 } = await playback(brief);
    for (const { expiresAt } of [...hls, ...mp4]) expect(expiresAt).toBeLessThanOrEqual(brief?.endsAt ?? 0);
    // A slice, too, is otherwise good for an hour more than the playlist lasts.
    const urls = await addresses(brief);
    expect(await statuses(urls)).toEqual(ALL_SERVED);
    advance(120_000);
    expect(await statuses(urls)).toEqual(ALL_REFUSED);
  });

  it('in the bucket end with its key, too', async () => {
    const { add, at, inFuture, playback } = await open({ proxy: false });
    const brief = await add('brief', { expiresAt: inFuture(120_000) });
    const secondsOf = (url: string) => Number(/X-Amz-Expires=(\d+)/.exec(url)?.[1]);
    const { hls, mp4, poster } = await playback(brief);
    const text = await (await fetch(at(hls[0]?.url ?? ''))).text();
    const slice = /^http.*$/m.exec(text)?.[0] ?? '';
    for (const url of [mp4[0]?.url ?? '', poster?.url ?? '', slice]) {
      expect(secondsOf(url)).toBeGreaterThan(100);
      expect(secondsOf(url)).toBeLessThanOrEqual(120);
    }
  });
});

describe('A file that passes through the gateway', () => {
  it('is cut off when the key of its address is revoked', async () => {
    const { keys, add, at, reload, neverEnd, playback } = await open();
    const [teacher, student] = [await playback(await add('teacher')), await playback(await add('student'))];
    neverEnd();
    const ends = [false, false];
    [teacher, student].forEach((found, index) => {
      const abort = new AbortController();
      cleanUps.push(() => abort.abort());
      void fetch(at(found.mp4[0]?.url ?? ''), { signal: abort.signal })
        .then((response) => response.arrayBuffer())
        .catch(() => undefined)
        .then(() => (ends[index] = true));
    });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(ends).toEqual([false, false]);
    keys.revoke('teacher');
    reload();
    await waitFor(() => ends[0], { what: 'the end of the file' });
    expect(ends).toEqual([true, false]);
  });
});
