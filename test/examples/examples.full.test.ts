import { readFileSync } from 'node:fs';
import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openCutProxy } from '../../packages/client/test/support/cut-proxy.js';
import { openBrowser, SKIP_WITHOUT_CHROMIUM, watch } from '../pages/browser.js';
import { request } from '../support/graphql-client.js';
import { run } from '../support/processes.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';
import { bundleScript } from './bundle.js';
import { serveOneOrigin } from './one-origin.js';
import { PROXIES, type ProxyName, runProxy, skipWithout, subscribeFrom } from './proxies.js';
import { runTerminal } from './terminal.js';
import { makeViteProject } from './vite-project.js';

/** The examples with a page and React. */
const FOLDERS = ['react', 'apollo', 'urql'];

/** In development graphcache warns when it writes a union without the whole schema. What it writes is right all the same. */
const GUESSED_FRAGMENT = 'Invalid undefined: The field at `files`';

const MAX_GZIP_BYTES = 15_000;
const MAX_LINES = 40;

const START = `mutation ($channel: String!) {
  startRecording(input: { channel: $channel, uid: "9", config: { composite: {} } }) { userErrors { code } }
}`;

const COUNTS_CHANGED = 'subscription { recordingCountsChanged { total } }';

const PLAYBACK = `query ($channel: String!) {
  recordings(filter: { channels: [$channel] }) { nodes { id phase playback { hls { url } } } }
}`;

const ALLOWED_ORIGIN = 'https://elsewhere.example';

const FRONT_ENDS = readFileSync('docs/front-ends.md', 'utf8');

let stage: Stage;

beforeAll(async () => {
  // Only pages of the gateway's own origin: what stands between must pass Host on.
  stage = await openStage({ speed: 10, env: { ALLOWED_ORIGINS: ALLOWED_ORIGIN } });
});

afterAll(async () => {
  await stage.close();
});

it('The example for Node shows a live list across a cut, starts a recording, follows it and stops it', async () => {
  const proxy = await openCutProxy(stage.gateway.url);
  onTestFinished(() => proxy.close());
  const terminal = runTerminal('examples/node/main.mjs', [`${proxy.url}/graphql`]);
  onTestFinished(() => terminal.kill());
  await terminal.shows(/^list, live: $/m);
  terminal.write('start node-lesson');
  const [, id = ''] = await terminal.shows(/^started (\S+)$/m);
  await terminal.shows(/^list, live: node-lesson RECORDING$/m);
  terminal.write('start node-lesson');
  await terminal.shows(/running/);
  terminal.write(`open ${id}`);
  await terminal.shows(/^node-lesson is RECORDING\. \w+/m);
  expect(proxy.cut()).toBeGreaterThan(0);
  await terminal.shows(/^list, interrupted: /m);
  terminal.write(`stop ${id}`);
  await terminal.shows(new RegExp(`^stopped ${id}$`, 'm'));
  await terminal.shows(/^node-lesson is COMPLETED\. /m);
  await terminal.shows(/^list, live: node-lesson COMPLETED$/m);
  terminal.write('toString x');
  await terminal.shows(/^Write start CHANNEL, open ID, or stop ID\.$/m);
  terminal.end();
  expect(await terminal.exited).toBe(0);
});

/** Where the gateway serves the playlist of a new recording, without scheme and host. */
async function playlistPath(channel: string): Promise<string> {
  await request(stage.gateway.url, START, { channel });
  return await waitFor(async () => {
    const { recordings } = await request<{
      recordings: { nodes: { playback: { hls: { url: string }[] } | null }[] };
    }>(stage.gateway.url, PLAYBACK, { channel });
    const url = recordings.nodes[0]?.playback?.hls[0]?.url;
    return url === undefined ? undefined : new URL(url, stage.gateway.url).pathname;
  });
}

describe.skipIf(SKIP_WITHOUT_CHROMIUM)('In a browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser.close();
  });

  /** The page of an example behind a separate proxy, once its list is live. */
  async function openExample(folder: string) {
    const origin = await serveOneOrigin(stage.gateway.url, await bundleScript(`examples/${folder}/main.tsx`));
    onTestFinished(() => origin.close());
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const { complaints } = await watch(context);
    const page = await context.newPage();
    await page.goto(origin.url);
    const isLive = () => page.locator('main[data-status="live"]').waitFor();
    await isLive();
    return { origin, page, isLive, complaints };
  }

  it.each(FOLDERS)(
    'the example in examples/%s starts recordings, shows them live across a cut, opens one and stops it',
    async (folder) => {
      const { origin, page, isLive, complaints } = await openExample(folder);
      const start = async (channel: string) => {
        await page.getByLabel('Channel').fill(channel);
        await page.getByRole('button', { name: 'Start' }).click();
      };
      const [first, second] = [`${folder}-first`, `${folder}-second`];
      const items = page.getByRole('listitem');
      await start(first);
      await items.filter({ hasText: `${first} RECORDING` }).waitFor();
      await start(first);
      await waitFor(async () => (await page.getByRole('status').innerText()).includes('running'));
      await page.getByRole('button', { name: first }).click();
      const article = page.getByRole('article');
      await article.getByText('RECORDING').waitFor();

      expect(origin.cut()).toBeGreaterThan(0);
      await start(second);
      await items.filter({ hasText: `${second} RECORDING` }).waitFor();
      await isLive();
      const mine = async () => (await items.allInnerTexts()).filter((text) => text.startsWith(`${folder}-`));
      expect(await mine()).toEqual([`${second} RECORDING`, `${first} RECORDING`]);
      await article.getByRole('button', { name: 'Stop' }).click();
      await article.getByText('COMPLETED').waitFor();
      await items.filter({ hasText: `${first} COMPLETED` }).waitFor();
      expect(await mine()).toEqual([`${second} RECORDING`, `${first} COMPLETED`]);
      expect(complaints.filter((text) => !text.includes(GUESSED_FRAGMENT))).toEqual([]);
    },
  );

  /** Opens a page with a live list, and starts a recording elsewhere. */
  async function showsLive(url: string, channel: string): Promise<void> {
    const context = await browser.newContext();
    const { complaints } = await watch(context);
    const page = await context.newPage();
    await page.goto(url);
    await page.locator('main[data-status="live"]').waitFor({ state: 'attached' });
    const started = await request(stage.gateway.url, START, { channel });
    expect(started).toEqual({ startRecording: { userErrors: [] } });
    await page
      .getByRole('listitem')
      .filter({ hasText: `${channel} RECORDING` })
      .waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  }

  it('the examples read their lists again when their cursors have expired, as after a restore', async () => {
    const examples = await Promise.all(FOLDERS.map(openExample));
    await stage.gateway.kill();
    const environment = { DATABASE_URL: `file:${stage.databaseFile}`, SANDBOX_URL: stage.sandbox.url };
    expect(await run('dist/cli.js', environment, undefined, [], ['new-epoch']).exited).toBe(0);
    await stage.startGateway();
    await request(stage.gateway.url, START, { channel: 'new-epoch' });
    for (const { page } of examples) {
      await page.getByRole('listitem').filter({ hasText: 'new-epoch RECORDING' }).waitFor();
    }
  });

  it(`the packed client gives a new Vite project a live list in less than ${MAX_LINES} lines and ${MAX_GZIP_BYTES} bytes gzip`, async () => {
    expect(readFileSync('examples/vite/main.ts', 'utf8').split('\n').length).toBeLessThan(MAX_LINES);
    const project = await makeViteProject(stage.gateway.url);
    onTestFinished(() => project.remove());
    await project.checkTypes();
    await project.build();
    const bytes = await project.gzipBytes();
    expect(bytes).toBeGreaterThan(1_000);
    expect(bytes).toBeLessThan(MAX_GZIP_BYTES);
    for (const what of ['built', 'written'] as const) {
      const served = await project.serve(what);
      onTestFinished(() => served.close());
      await showsLive(served.url, `vite-${what}`);
    }
  });

  describe.each(Object.keys(PROXIES) as ProxyName[])("Behind %s with the documentation's block", (name) => {
    /** The proxy, with the page of an example. */
    async function open(): Promise<string> {
      const [, block = ''] = new RegExp(`\`\`\`${name}\\n([\\s\\S]*?)\`\`\``).exec(FRONT_ENDS) ?? [];
      expect(block).toContain('127.0.0.1:4000');
      const settings = block.replace('127.0.0.1:4000', new URL(stage.gateway.url).host);
      const proxy = await runProxy(name, await bundleScript('examples/react/main.tsx'), settings);
      onTestFinished(() => proxy.close());
      return proxy.url;
    }

    it.skipIf(skipWithout(name))('the page of an example shows a live list', async () => {
      await showsLive(await open(), `behind-${name}`);
    });

    it.skipIf(skipWithout(name))(
      'pages of allowed origins alone get replies and a WebSocket, events come one by one, and playlists are served',
      async () => {
        const url = await open();
        const ask = (origin: string, method: string, path = '/graphql') =>
          fetch(`${url}${path}`, {
            method,
            headers: {
              origin,
              accept: 'text/event-stream, application/json',
              ...(method === 'OPTIONS'
                ? { 'access-control-request-method': 'POST' }
                : { 'content-type': 'application/json' }),
            },
            ...(method === 'POST' && {
              body: JSON.stringify({ query: path === '/graphql' ? '{ gateway { mode } }' : COUNTS_CHANGED }),
            }),
          });
        for (const method of ['OPTIONS', 'POST']) {
          const allowed = await ask(ALLOWED_ORIGIN, method);
          const refused = await ask('https://no.example', method);
          expect([method, allowed.ok, refused.status]).toEqual([method, true, 403]);
          expect(allowed.headers.get('access-control-allow-origin')).toBe(ALLOWED_ORIGIN);
          expect(refused.headers.get('access-control-allow-origin')).toBeNull();
        }

        expect(await subscribeFrom(ALLOWED_ORIGIN, url, COUNTS_CHANGED)).toEqual({
          data: { recordingCountsChanged: { total: expect.any(Number) as unknown } },
        });
        expect(await subscribeFrom('https://no.example', url, COUNTS_CHANGED)).toBe(403);

        const stream = await ask(ALLOWED_ORIGIN, 'POST', '/graphql/stream');
        expect(stream.headers.get('content-type')).toContain('text/event-stream');
        const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
        let received = '';
        // While the stream is open: a proxy that buffers would keep it.
        await waitFor(async () => (received += (await reader?.read())?.value ?? '').includes('"total"'));
        await reader?.cancel();

        const playlist = await fetch(`${url}${await playlistPath(`${name}-played`)}`);
        expect(playlist.status).toBe(200);
        expect(await playlist.text()).toMatch(/^#EXTM3U/);
      },
    );
  });
});

it("The documentation's block for Vite is that of the example", () => {
  const [, block] = /```ts\n([^`]*proxy:[^`]*)```/.exec(FRONT_ENDS) ?? [];
  expect(readFileSync('examples/vite/vite.config.ts', 'utf8')).toContain(block);
});
