import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { SKIP_WITHOUT_CHROMIUM } from '../pages/browser.js';
import { type ApiKeysFile, bearer, newApiKeysFile } from '../support/api-keys.js';
import { type IdentityProvider, openIdentityProvider } from '../support/identity-provider.js';
import { temporaryDirectory } from '../support/processes.js';
import { openStage, type Stage } from '../support/stage.js';
import { postRequest } from '../support/transports.js';
import { waitFor } from '../support/wait-for.js';
import { openPlayers, type Players } from './player.js';

interface Source {
  url: string;
  expiresAt: string;
}

interface Found {
  recording: {
    phase: string;
    playback: { hls: Source[]; mp4: Source[] } | null;
    files: { nodes: { url: Source | null }[] };
  } | null;
}

const QUERY = `query ($id: ID!) { recording(by: { id: $id }) {
  phase
  playback(expiresInSeconds: 86400) { hls { url expiresAt } mp4 { url expiresAt } }
  files { nodes { url(expiresInSeconds: 86400) { url expiresAt } } }
} }`;

const BRIEF_QUERY = `query ($id: ID!) { recording(by: { id: $id }) {
  playback(expiresInSeconds: 60) { hls { expiresAt } }
} }`;

/** Runs an operation that must succeed. */
async function run<T>(stage: Stage, credential: string, query: string, variables: object = {}): Promise<T> {
  const asked = { query, variables: { ...variables } };
  const { body } = await postRequest(stage.gateway.url, asked, bearer(credential));
  expect(body.errors).toBeUndefined();
  return body.data as T;
}

/** A recording with files, in the channel `lesson`. */
async function record(stage: Stage, credential: string): Promise<string> {
  const { startRecording } = await run<{
    startRecording: { recording: { id: string } | null; userErrors: unknown[] };
  }>(
    stage,
    credential,
    'mutation ($input: StartRecordingInput!) { startRecording(input: $input) { recording { id } userErrors { code message } } }',
    { input: { channel: 'lesson', uid: '1', config: { composite: { avFileType: ['HLS', 'MP4'] } } } },
  );
  expect(startRecording.userErrors).toEqual([]);
  const id = startRecording.recording?.id ?? '';
  const reaches = (phase: string) =>
    waitFor(async () => (await run<Found>(stage, credential, QUERY, { id })).recording?.phase === phase, {
      what: phase,
    });
  await reaches('RECORDING');
  await stage.sandbox.control('PUT', '/clock', { stepMs: 150_000 });
  await run(
    stage,
    credential,
    'mutation ($id: ID!) { stopRecording(input: { recordingId: $id }) { userErrors { message } } }',
    { id },
  );
  await stage.sandbox.control('PUT', '/clock', { stepMs: 60_000 });
  await reaches('COMPLETED');
  return id;
}

async function answerOf(url: string): Promise<{ status: number; error: string | null }> {
  const response = await fetch(url);
  const text = await response.text();
  const error = response.ok ? null : (JSON.parse(text) as { error: string }).error;
  return { status: response.status, error };
}

describe('With API keys', () => {
  const directory = temporaryDirectory();
  const secretFile = join(directory.path, 'media-secret');
  let stage: Stage;
  let keys: ApiKeysFile;
  let admin: string;
  let id: string;

  beforeAll(async () => {
    keys = newApiKeysFile();
    admin = keys.add('admin', { scopes: ['recordings:admin'], storageProfiles: ['*'] });
    writeFileSync(secretFile, 'canary-one');
    const env = { ...keys.env, MEDIA_PROXY: 'true', MEDIA_SECRET_FILE: secretFile, LOG_LEVEL: 'info' };
    stage = await openStage({ env });
    id = await record(stage, admin);
  });
  afterAll(async () => {
    await stage.close();
    keys.remove();
    directory.remove();
  });

  const absolute = (url: string) => new URL(url, stage.gateway.url).href;

  /** Makes the gateway read the keys, as an operator does. */
  const reload = () => stage.gateway.child.kill('SIGHUP');

  /** A key that the gateway knows already. */
  async function newKey(name: string, key: Parameters<ApiKeysFile['add']>[1] = {}): Promise<string> {
    const credential = keys.add(name, key);
    reload();
    await waitFor(
      async () =>
        (await postRequest(stage.gateway.url, { query: '{ __typename }' }, bearer(credential))).status ===
        200,
      { what: 'the key' },
    );
    return credential;
  }

  /** The addresses of the playlist, of its first slice, and of the MP4 file for a caller. */
  async function addresses(credential: string): Promise<string[]> {
    const { recording } = await run<Found>(stage, credential, QUERY, { id });
    const playlist = absolute(recording?.playback?.hls[0]?.url ?? '');
    const lines = (await (await fetch(playlist)).text()).split('\n');
    const slice = new URL(lines.find((line) => line !== '' && !line.startsWith('#')) ?? '', playlist).href;
    return [playlist, slice, absolute(recording?.playback?.mp4[0]?.url ?? '')];
  }

  const statuses = (urls: readonly string[]) =>
    Promise.all(urls.map(async (url) => (await answerOf(url)).status));

  async function refused(urls: readonly string[]): Promise<void> {
    await waitFor(async () => (await statuses(urls)).every((status) => status === 403), { what: 'refusals' });
  }

  it('a revoked key ends all addresses that its caller was given, and no others', async () => {
    const [teacher, student] = [await newKey('teacher'), await newKey('student')];
    const [ofTeacher, ofStudent] = [await addresses(teacher), await addresses(student)];
    expect(await statuses([...ofTeacher, ...ofStudent])).toEqual([200, 200, 200, 200, 200, 200]);
    keys.revoke('teacher');
    reload();
    await refused(ofTeacher);
    for (const url of ofTeacher) expect((await answerOf(url)).error).toMatch(/was revoked/);
    expect(await statuses(ofStudent)).toEqual([200, 200, 200]);
    const metrics = await fetch(`${stage.gateway.url}/metrics`, { headers: bearer(admin) });
    expect(await metrics.text()).toMatch(/gateway_playlists_total\{outcome="revoked"\} [1-9]/);
  });

  it('a key with other channels ends the addresses of recordings that it does not permit any more', async () => {
    const narrowed = await addresses(await newKey('narrowed', { channels: ['less*'] }));
    expect(await statuses(narrowed)).toEqual([200, 200, 200]);
    keys.change('narrowed', { channels: ['others'] });
    reload();
    await refused(narrowed);
  });

  it('an address that was changed is refused as one that the gateway did not make', async () => {
    const [playlist = ''] = await addresses(await newKey('curious'));
    const token = playlist.split('/')[4] ?? '';
    const [text = '', signature = ''] = token.split('.');
    const content = Buffer.from(text, 'base64url').toString();
    const other = Buffer.from(content.replace('"key-', '"key_')).toString('base64url');
    expect(other).not.toBe(text);
    for (const changed of [`${other}.${signature}`, `${text}.${signature.slice(1)}`, `${text}`]) {
      const answer = await answerOf(playlist.replace(token, changed));
      expect(answer).toEqual({ status: 403, error: expect.stringMatching(/did not make/) as string });
    }
  });

  it('a new MEDIA_SECRET ends all addresses that were made before, for all callers', async () => {
    const [one, two] = [await newKey('one'), await newKey('two')];
    const before = [...(await addresses(one)), ...(await addresses(two))];
    writeFileSync(secretFile, 'canary-two');
    reload();
    await refused(before);
    expect((await answerOf(before[0] ?? '')).error).toMatch(/did not make/);
    expect(await statuses(await addresses(one))).toEqual([200, 200, 200]);
    // The text of before is not a spare one.
    expect(await statuses(before)).toEqual(before.map(() => 403));
    expect(stage.gateway.output()).toMatch(/"changed":\["MEDIA_SECRET"\].*settings reloaded/);
    expect(stage.gateway.output()).not.toContain('canary');
  });

  it('two callers who subscribe to the same get addresses that are revoked one by one', async () => {
    const [first, second] = [await newKey('first'), await newKey('second')];
    const latest = [first, second].map((credential) => {
      const client = createClient({
        url: `${stage.gateway.url.replace(/^http/, 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: bearer(credential),
      });
      // It rejects with the close of the connection whose key was revoked.
      onTestFinished(async () => void (await Promise.resolve(client.dispose()).catch(() => undefined)));
      const received: string[] = [];
      client.subscribe<{ recordingListChanged: { recording: { playback: { hls: Source[] } } } }>(
        { query: 'subscription { recordingListChanged { recording { playback { hls { url } } } } }' },
        {
          next: ({ data }) =>
            void received.push(absolute(data?.recordingListChanged.recording.playback.hls[0]?.url ?? '')),
          error: () => undefined,
          complete: () => undefined,
        },
      );
      return received;
    });
    let value = 0;
    const change = () =>
      run(
        stage,
        admin,
        'mutation ($id: ID!, $value: String!) { updateMetadata(input: { recordingId: $id, metadata: [{ key: "a", value: $value }] }) { userErrors { message } } }',
        { id, value: String((value += 1)) },
      );
    await waitFor(
      async () => {
        await change();
        return latest.every(({ length }) => length > 0);
      },
      { what: 'results of both', everyMs: 100 },
    );
    // Both are subscribed, so that this change is an event of both.
    const before = latest.map(({ length }) => length);
    await change();
    await waitFor(() => latest.every(({ length }, index) => length > (before[index] ?? 0)), {
      what: 'the results of the change',
    });
    const [ofFirst = '', ofSecond = ''] = latest.map((received) => received.at(-1) ?? '');
    expect(ofFirst).not.toBe(ofSecond);
    keys.revoke('first');
    reload();
    await refused([ofFirst]);
    expect(await statuses([ofSecond])).toEqual([200]);
  });

  describe.skipIf(SKIP_WITHOUT_CHROMIUM)('in a browser', () => {
    let players: Players;
    beforeAll(async () => {
      players = await openPlayers();
    });
    afterAll(async () => await players.close());

    it('a viewer of another channel is given nothing to play', async () => {
      const viewer = await newKey('viewer', { channels: ['another'] });
      const page = await players.open();
      const found = await page.evaluate<unknown>(
        `(async () => {
          const response = await fetch(${JSON.stringify(`${stage.gateway.url}/graphql`)}, {
            method: 'POST',
            headers: { 'content-type': 'application/json', authorization: ${JSON.stringify(`Bearer ${viewer}`)} },
            body: JSON.stringify({ query: ${JSON.stringify(QUERY)}, variables: { id: ${JSON.stringify(id)} } }),
          });
          return (await response.json()).data;
        })()`,
      );
      await page.close();
      expect(found).toEqual({ recording: null });
    });

    it('an address that was copied from another caller stops playing once the key of that caller is revoked', async () => {
      const [copied = ''] = await addresses(await newKey('careless'));
      expect(await players.play(copied, true, 8)).toMatchObject({ width: 320, audio: true });
      keys.revoke('careless');
      reload();
      await refused([copied]);
      await expect(players.play(copied, true, 1)).rejects.toThrow(/manifestLoadError/);
    });

    it('a player that has loaded the playlist already gets no further slice', async () => {
      const [playlist = ''] = await addresses(await newKey('watching'));
      const page = await players.open();
      await page.evaluate(
        `(async () => {
          const hls = new Hls({ maxBufferLength: 1, maxMaxBufferLength: 1 });
          globalThis.failed = new Promise((resolve) => {
            hls.on(Hls.Events.ERROR, (_event, data) => { if (data.fatal) resolve(data.details); });
          });
          const video = document.querySelector('video');
          hls.loadSource(${JSON.stringify(playlist)});
          hls.attachMedia(video);
          await video.play();
          video.pause();
        })()`,
      );
      keys.revoke('watching');
      reload();
      await refused([playlist]);
      const failure = await page.evaluate<string>(
        `(async () => {
          const video = document.querySelector('video');
          video.currentTime = 8;
          void video.play().catch(() => undefined);
          return await globalThis.failed;
        })()`,
      );
      await page.close();
      expect(failure).toBe('fragLoadError');
    });
  });
});

describe('With tokens of an identity provider', () => {
  let stage: Stage;
  let provider: IdentityProvider;
  let id: string;

  beforeAll(async () => {
    provider = await openIdentityProvider();
    stage = await openStage({ env: provider.env });
    id = await record(stage, await provider.token());
  });
  afterAll(async () => {
    await stage.close();
    await provider.close();
  });

  it('no address outlives the token of its caller, which the gateway itself accepts for 30 seconds more', async () => {
    // The clock of the sandbox, which dates addresses, is ahead of that of the tokens. The gateway follows it.
    const lasting = await provider.token({ exp: Math.floor(Date.now() / 1000) + 3_600 });
    const ahead = await waitFor(
      async () => {
        const { clock } = (await stage.sandbox.control('GET', '')) as { clock: { nowMs: number } };
        const { recording } = await run<Found>(stage, lasting, BRIEF_QUERY, { id });
        const seen = Date.parse(recording?.playback?.hls[0]?.expiresAt ?? '') - 60_000;
        return Math.abs(seen - clock.nowMs) < 2_000 && clock.nowMs - Date.now();
      },
      { what: 'the clock of the gateway' },
    );
    const exp = Math.floor(Date.now() / 1000) + 8;
    const token = await provider.token({ exp });
    const { recording } = await run<Found>(stage, token, QUERY, { id });
    const { hls = [], mp4 = [] } = recording?.playback ?? {};
    const files = recording?.files.nodes.map(({ url }) => url) ?? [];
    const all = [...hls, ...mp4, ...files];
    expect(all).toHaveLength(4);
    for (const source of all) {
      // The gateway knows the clock of the sandbox to within its interval.
      expect(Date.parse(source?.expiresAt ?? '')).toBeLessThan(exp * 1000 + ahead + 2_000);
    }
    const playlist = new URL(hls[0]?.url ?? '', stage.gateway.url).href;
    expect((await answerOf(playlist)).status).toBe(200);
    await waitFor(async () => (await answerOf(playlist)).status === 403, { what: 'the end of the address' });
    expect(Date.now()).toBeGreaterThanOrEqual((exp - 2) * 1000);
    expect((await run<Found>(stage, token, QUERY, { id })).recording?.phase).toBe('COMPLETED');
  });

  it('a token for another channel is given nothing to play', async () => {
    const token = await provider.token({ agora_channels: ['another'] });
    expect((await run<Found>(stage, token, QUERY, { id })).recording).toBeNull();
  });
});
