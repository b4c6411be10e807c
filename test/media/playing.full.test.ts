import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PLAYLIST_TIMEOUT_MS } from '../../src/media/bounds.js';
import { SKIP_WITHOUT_CHROMIUM } from '../pages/browser.js';
import { request } from '../support/graphql-client.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';
import { openPlayers, type Players } from './player.js';

interface Source {
  fileName: string;
  url: string;
  expiresAt: string;
}

interface Playback {
  recording: {
    phase: string;
    playback: { hls: Source[]; mp4: Source[]; poster: { url: string } | null } | null;
    playbackUnavailable: { reason: string; message: string } | null;
    files: {
      edges: { node: { fileName: string; kind: string; url: { url: string; expiresAt: string } | null } }[];
    };
  };
}

const QUERY = `query ($id: ID!, $seconds: Int) {
  recording(by: { id: $id }) {
    phase
    playback(expiresInSeconds: $seconds) { hls { fileName url expiresAt } mp4 { fileName url expiresAt } poster { url } }
    playbackUnavailable { reason message }
    files { edges { node { fileName kind url(expiresInSeconds: $seconds) { url expiresAt } } } }
  }
}`;

let stage: Stage;
let id: string;

async function playback(recordingId = id, seconds = 600): Promise<Playback['recording']> {
  const { recording } = await request<Playback>(stage.gateway.url, QUERY, { id: recordingId, seconds });
  return recording;
}

async function start(input: object): Promise<string> {
  const { startRecording } = await request<{
    startRecording: { recording: { id: string } | null; userErrors: unknown[] };
  }>(
    stage.gateway.url,
    'mutation ($input: StartRecordingInput!) { startRecording(input: $input) { recording { id } userErrors { code message } } }',
    { input },
  );
  expect(startRecording.userErrors).toEqual([]);
  return startRecording.recording?.id ?? '';
}

beforeAll(async () => {
  stage = await openStage();
  id = await start({ channel: 'lesson', uid: '1', config: { composite: { avFileType: ['HLS', 'MP4'] } } });
  await waitFor(async () => (await playback()).phase === 'RECORDING', { what: 'recording' });
  await stage.sandbox.control('PUT', '/clock', { stepMs: 150_000 });
  await request(
    stage.gateway.url,
    'mutation ($id: ID!) { stopRecording(input: { recordingId: $id }) { recording { id } userErrors { message } } }',
    { id },
  );
  await stage.sandbox.control('PUT', '/clock', { stepMs: 60_000 });
  await waitFor(async () => (await playback()).phase === 'COMPLETED', { what: 'completion' });
});

afterAll(async () => await stage.close());

afterEach(async () => {
  await stage.sandbox.control('PUT', '/storage', { missing: [], forbidden: [], delayMs: 0 });
});

const TIMED_OUT = { error: expect.stringContaining('did not answer in time') as string };

const absolute = (url: string) => new URL(url, stage.gateway.url).href;

describe('The playback of a completed recording', () => {
  it('has a playlist and an MP4 file, and each file has its own address', async () => {
    const { playback: found, playbackUnavailable, files } = await playback();
    expect(playbackUnavailable).toBeNull();
    expect(found?.hls).toMatchObject([{ fileName: expect.stringMatching(/_lesson\.m3u8$/) as string }]);
    expect(found?.mp4).toMatchObject([{ fileName: expect.stringMatching(/_lesson_0\.mp4$/) as string }]);
    expect(files.edges).toHaveLength(2);
    for (const { node } of files.edges) {
      const response = await fetch(node.url?.url ?? '');
      expect([node.kind, response.status]).toEqual([node.kind, 200]);
      expect(Date.parse(node.url?.expiresAt ?? '')).toBeGreaterThan(0);
    }
  });

  it('names its slices by signed addresses in the bucket, for pages of any origin', async () => {
    const { playback: found } = await playback();
    const response = await fetch(absolute(found?.hls[0]?.url ?? ''));
    const text = await response.text();
    expect([response.headers.get('content-type'), text]).toEqual([
      'application/vnd.apple.mpegurl',
      expect.stringMatching(/^#EXTM3U/),
    ]);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    const slices = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(slices.length).toBeGreaterThan(5);
    expect(text).toContain('#EXT-X-DISCONTINUITY');
    for (const slice of slices) {
      expect(slice).toMatch(
        /^http:\/\/127\.0\.0\.1:\d+\/s3\/sandbox-recordings\/.*X-Amz-Signature=[0-9a-f]{64}$/,
      );
    }
    expect((await fetch(slices[0] ?? '')).headers.get('content-type')).toBe('video/mp2t');
    const withoutSignature = (slices[0] ?? '').split('?')[0] ?? '';
    expect((await fetch(withoutSignature)).status).toBe(403);
  });

  it('is refused with its cause once the address has expired, or was changed', async () => {
    const { playback: found } = await playback(id, 60);
    const [hls, mp4] = [absolute(found?.hls[0]?.url ?? ''), found?.mp4[0]?.url ?? ''];
    expect((await fetch(hls.replace('/media/', '/media/x'))).status).toBe(403);
    await stage.sandbox.control('PUT', '/clock', { stepMs: 120_000 });
    const expired = await waitFor(
      async () => {
        const response = await fetch(hls);
        return response.status === 403 ? ((await response.json()) as { error: string }) : undefined;
      },
      { what: 'the clock of the gateway' },
    );
    expect(expired.error).toContain('expired');
    expect((await fetch(mp4)).status).toBe(403);
  });

  it.each([
    ['is missing in the storage', { missing: ['.m3u8'] }, 404, /no such file/],
    ['must not be read', { forbidden: ['.m3u8'] }, 502, /refuses the key/],
  ])('says what is wrong when the playlist %s', async (_what, faults, status, error) => {
    await stage.sandbox.control('PUT', '/storage', faults);
    const { playback: found } = await playback();
    const response = await fetch(absolute(found?.hls[0]?.url ?? ''));
    expect([response.status, await response.json()]).toEqual([
      status,
      { error: expect.stringMatching(error) as string },
    ]);
  });

  it.each([
    ['missing in', { missing: ['_1.ts'] }, 404],
    ['not to be read in', { forbidden: ['_1.ts'] }, 403],
  ])(
    'is served also if a slice is %s the storage, which says so at the address of that slice',
    async (_what, faults, status) => {
      await stage.sandbox.control('PUT', '/storage', faults);
      const { playback: found } = await playback();
      const playlist = await fetch(absolute(found?.hls[0]?.url ?? ''));
      const slices = (await playlist.text()).split('\n').filter((line) => line.startsWith('http'));
      const statuses = await Promise.all(
        slices.slice(0, 3).map(async (slice) => (await fetch(slice)).status),
      );
      expect(statuses).toEqual([200, status, 200]);
    },
  );

  it('is given up if the storage is slower than the gateway waits', async () => {
    await stage.sandbox.control('PUT', '/storage', { delayMs: PLAYLIST_TIMEOUT_MS + 2_000 });
    const { playback: found } = await playback();
    const response = await fetch(absolute(found?.hls[0]?.url ?? ''));
    expect([response.status, await response.json()]).toEqual([504, TIMED_OUT]);
    const metrics = await (await fetch(absolute('/metrics'))).text();
    expect(metrics).toContain('gateway_playlists_total{outcome="timed-out"} 1');
  });

  it('is served by a slow storage that answers in time', async () => {
    await stage.sandbox.control('PUT', '/storage', { delayMs: 1_000 });
    const { playback: found } = await playback();
    const sentAt = performance.now();
    const response = await fetch(absolute(found?.hls[0]?.url ?? ''));
    expect([response.status, await response.text()]).toEqual([200, expect.stringMatching(/^#EXTM3U/)]);
    expect(performance.now() - sentAt).toBeGreaterThan(900);
  });
});

describe('What the storage says of the files of a completed recording', () => {
  interface Stored {
    __typename: string;
    size: number;
    contentType: string;
    lastModified: string;
    playlist: object | null;
    reason: string;
    message: string;
  }

  async function stored(ending: RegExp): Promise<Stored | undefined> {
    const { recording } = await request<{
      recording: { files: { nodes: { fileName: string; stored: Stored }[] } };
    }>(
      stage.gateway.url,
      `query ($id: ID!) { recording(by: { id: $id }) { files { nodes { fileName stored { __typename
        ... on StoredFile { size contentType lastModified playlist {
          ... on PlaylistLength { seconds ended } ... on FileUnreadable { reason message } } }
        ... on FileUnreadable { reason message } } } } } }`,
      { id },
    );
    return recording.files.nodes.find(({ fileName }) => ending.test(fileName))?.stored;
  }

  it('names a missing file as such, with what to check, and finds it once it is there', async () => {
    await stage.sandbox.control('PUT', '/storage', { missing: ['.mp4'] });
    expect(await stored(/mp4$/)).toEqual({
      __typename: 'FileUnreadable',
      reason: 'FILE_NOT_FOUND_IN_STORAGE',
      message: expect.stringContaining('may not be uploaded yet') as string,
    });
    await stage.sandbox.control('PUT', '/storage', { missing: [] });
    const found = await waitFor(
      async () => {
        const mp4 = await stored(/mp4$/);
        return mp4?.__typename === 'StoredFile' ? mp4 : undefined;
      },
      { what: 'the file' },
    );
    expect(found).toMatchObject({ contentType: 'video/mp4', playlist: null });
    const { playback: sources } = await playback();
    const bytes = await (await fetch(sources?.mp4[0]?.url ?? '')).arrayBuffer();
    expect(found.size).toBe(bytes.byteLength);
    expect(Date.parse(found.lastModified)).toBeGreaterThan(0);
  });

  it('has the length of a playlist, as the sum of its slices', async () => {
    const { playback: sources } = await playback();
    const text = await (await fetch(absolute(sources?.hls[0]?.url ?? ''))).text();
    const seconds = [...text.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, each]) => sum + Number(each), 0);
    expect(seconds).toBeGreaterThan(10);
    expect((await stored(/m3u8$/))?.playlist).toEqual({ seconds, ended: true });
  });
});

it('Playback of a recording that has no files yet is null, with the reason', async () => {
  const other = await start({ channel: 'empty', uid: '1', config: { composite: {} } });
  expect(await playback(other)).toMatchObject({
    playback: null,
    playbackUnavailable: { reason: 'NO_FILES', message: expect.stringContaining('no file') as string },
  });
});

describe.skipIf(SKIP_WITHOUT_CHROMIUM)('In a browser, on a page of another origin,', () => {
  let players: Players;

  beforeAll(async () => {
    players = await openPlayers();
  });
  afterAll(async () => await players.close());

  const play: Players['play'] = (...given) => players.play(...given);

  /** Seconds at which each discontinuity of a playlist lies, and the sum of its slices. */
  async function timesOf(url: string): Promise<{ discontinuities: number[]; seconds: number }> {
    const lines = (await (await fetch(url)).text()).split('\n');
    const discontinuities: number[] = [];
    let seconds = 0;
    for (const line of lines) {
      if (line === '#EXT-X-DISCONTINUITY') discontinuities.push(seconds);
      seconds += Number(/^#EXTINF:([\d.]+)/.exec(line)?.[1] ?? 0);
    }
    return { discontinuities, seconds };
  }

  it('hls.js plays the playlist, seeks across two discontinuities, and plays on after them', async () => {
    const { playback: found } = await playback();
    const url = absolute(found?.hls[0]?.url ?? '');
    const { discontinuities, seconds } = await timesOf(url);
    const [first = 0, second = 0] = discontinuities;
    expect(first).toBeGreaterThan(2.5);
    const seekTo = second + 1;
    const shown = await play(url, true, seekTo);
    expect(shown).toMatchObject({ width: 320, audio: true });
    expect(shown.at).toBeGreaterThan(seekTo + 0.5);
    expect(shown.at).toBeLessThan(seconds);
    expect(Math.abs(shown.duration - seconds)).toBeLessThan(1);
    // The part before the first discontinuity, and the one after the second; the part between was skipped.
    expect(shown.discontinuities).toEqual([0, 2]);
  });

  it('hls.js plays through a discontinuity', async () => {
    const { playback: found } = await playback();
    const url = absolute(found?.hls[0]?.url ?? '');
    const [first = 0] = (await timesOf(url)).discontinuities;
    const shown = await play(url, true, first - 0.25);
    expect(shown.at).toBeGreaterThan(first);
    expect(shown.discontinuities).toEqual([0, 1]);
  });

  it('a video element plays the MP4 file, and seeks in it', async () => {
    const { playback: found } = await playback();
    expect(await play(found?.mp4[0]?.url ?? '', false, 4)).toMatchObject({ width: 320, audio: true });
  });

  it('hls.js reports an error once the address has expired', async () => {
    const { playback: found } = await playback(id, 60);
    await stage.sandbox.control('PUT', '/clock', { stepMs: 120_000 });
    const url = absolute(found?.hls[0]?.url ?? '');
    await waitFor(async () => (await fetch(url)).status === 403, { what: 'the clock of the gateway' });
    await expect(play(url, true, 1)).rejects.toThrow(/manifestLoadError/);
  });

  it('everything plays through a gateway with MEDIA_PROXY, which names no address of the bucket', async () => {
    await stage.gateway.kill();
    await stage.startGateway({ MEDIA_PROXY: 'true' });
    const { playback: found, files } = await playback();
    const [hls, mp4] = [absolute(found?.hls[0]?.url ?? ''), absolute(found?.mp4[0]?.url ?? '')];
    const playlist = await (await fetch(hls)).text();
    expect(JSON.stringify([playlist, found, files])).not.toMatch(/X-Amz-|\/s3\//);
    expect(await play(hls, true, 8)).toMatchObject({ width: 320, audio: true });
    expect(await play(mp4, false, 4)).toMatchObject({ width: 320, audio: true });
    await stage.sandbox.control('PUT', '/storage', { delayMs: PLAYLIST_TIMEOUT_MS + 2_000 });
    const slow = await Promise.all(
      [hls, mp4].map(async (url) => {
        const response = await fetch(url);
        return [response.status, await response.json()];
      }),
    );
    expect(slow).toEqual([
      [504, TIMED_OUT],
      [504, TIMED_OUT],
    ]);
  });
});
