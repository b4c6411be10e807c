import { type Browser, type BrowserContext, type Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ID_PLACEHOLDER, TABS } from '../../src/pages/playground/tabs.js';
import { bearer, newApiKeysFile } from '../support/api-keys.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';
import {
  openBrowser,
  openPlayground,
  type PlaygroundPage,
  SKIP_WITHOUT_CHROMIUM,
  watch,
  type Watched,
} from './browser.js';

/** `PICTURE=docs/playground.png TEST_SIZE=full npx vitest run test/pages/playground-browser` takes the README's picture again. */
const PICTURE = process.env.PICTURE;

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

describe.skipIf(SKIP_WITHOUT_CHROMIUM)('A newcomer with a browser', () => {
  let browser: Browser | undefined;

  /** Each origin as a separate visitor, who has never been here. */
  const origins = ['127.0.0.1', 'localhost'].map((host) => ({ host }));

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
  });

  describe.each(origins)('at http://$host', ({ host }) => {
    const channel = 'lesson-4711';
    let url: string;
    let context: BrowserContext;
    let watched: Watched;
    let window: PlaygroundPage;
    let id: string;
    const uid = host === 'localhost' ? '901002' : '901001';

    beforeAll(async () => {
      url = stage.gateway.url.replace('127.0.0.1', host);
      context = await browser!.newContext({ deviceScaleFactor: 1.5, colorScheme: 'light' });
      watched = await watch(context);
      window = await openPlayground(context, `${url}/`);
    });

    afterAll(async () => {
      await context.close();
    });

    it('finds five tabs, and the schema with its documentation', async () => {
      const { page } = window;
      await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
      await page.getByRole('link', { name: 'Mutation', exact: true }).click();
      await page.getByRole('link', { name: 'startRecording', exact: true }).waitFor();
      await page.getByRole('button', { name: 'Hide Documentation Explorer' }).click();
      expect(await page.getByRole('tab').allInnerTexts()).toEqual([
        'StartRecording',
        'WatchRecording',
        'FilesAndEvents',
        'StopRecording',
        'ListRecordings',
      ]);
      expect(await window.answer()).toBe('');
    });

    it('sees what is wrong while the variables hold no id', async () => {
      await window.open('WatchRecording');
      await window.run();
      await waitFor(async () => (await window.answer()).includes('Start a recording in tab 1 first'));
      await window.open('StartRecording');
    });

    it('starts a recording with the first', async () => {
      if (uid !== '901001') await window.fill('Variables', { channel, uid, key: 'second-try' });
      await window.run();
      const answer = await waitFor(async () => {
        const text = await window.answer();
        return text.includes('userErrors') && text;
      });
      expect(answer).toContain('"phase": "STARTING"');
      expect(answer).toContain('"userErrors": []');
      id = /"id": "([\w-]+)"/.exec(answer)?.[1] ?? '';
      expect(await stage.tasks(channel)).toContainEqual(expect.objectContaining({ uid }));
    });

    it('watches it live with the second, until it has completed after it was stopped in another window', async () => {
      await window.open('WatchRecording');
      expect(TABS[1]?.variables).toContain(ID_PLACEHOLDER);
      await window.run();
      const phases: string[] = [];
      const untilPhase = async (wanted: string) =>
        await waitFor(
          async () => {
            const phase = /"phase": "(\w+)"/.exec(await window.answer())?.[1];
            if (phase !== undefined && phases.at(-1) !== phase) phases.push(phase);
            return phases.includes(wanted);
          },
          { what: `${wanted} after ${phases.join(', ')}`, withinMs: 15_000 },
        );
      await untilPhase('RECORDING');
      expect(await window.running()).toBe(true);
      const pushes = async () => (await window.answer()).match(/"version":/g)?.length ?? 0;
      await waitFor(async () => (await pushes()) > 1, { what: 'the pushes before the latest one' });
      if (PICTURE !== undefined && host === '127.0.0.1') await window.page.screenshot({ path: PICTURE });

      const other = await openPlayground(context, `${url}/`);
      await other.open('StopRecording');
      await other.run();
      await untilPhase('COMPLETED');
      await waitFor(async () => (await other.answer()).includes('"userErrors": []'), {
        what: "stop's answer",
      });
      await waitFor(async () => !(await window.running()), { what: 'the end of the subscription' });
      await other.page.close();
      const order = ['STARTING', 'RECORDING', 'STOPPING', 'UPLOADING', 'COMPLETED'];
      expect(phases).toEqual(order.filter((phase) => phases.includes(phase)));
    });

    it('reads its files and events with the third', async () => {
      await window.open('FilesAndEvents');
      await window.fill('Variables', { id });
      await window.run();
      await waitFor(async () => (await window.answer()).includes('.mp4"'), { what: 'the files' });
      expect(await window.answer()).toContain('"phase": "COMPLETED"');
    });

    it('lists it with the fifth', async () => {
      await window.open('ListRecordings');
      await window.run();
      await waitFor(async () => (await window.answer()).includes(id), { what: 'the recording' });
    });

    it('sees what is wrong with a document, and no stack', async () => {
      const { page } = window;
      await page.locator('.graphiql-query-editor .view-lines').click();
      await page.keyboard.press('Control+A');
      await page.keyboard.type('query {');
      await window.run();
      const answer = await waitFor(async () => {
        const text = await window.answer();
        return text.includes('Syntax Error') && text;
      });
      expect(answer).not.toMatch(/stack|chunk-|main-/);
      await page.keyboard.press('Control+Z');
    });

    it('finds the tabs as they were when the page is loaded again', async () => {
      await window.page.reload();
      await window.open('FilesAndEvents');
      await waitFor(async () => (await window.page.locator('body').innerText()).includes(id));
    });

    it('only ever calls the gateway, and nothing went wrong', () => {
      expect(watched.complaints).toEqual([]);
      const elsewhere = watched.requests.filter(
        (request) => !request.startsWith('data:') && new URL(request).host !== new URL(url).host,
      );
      expect(elsewhere).toEqual([]);
      const asked = watched.requests.join('\n');
      for (const part of ['/assets/main-', 'editor.worker', 'graphql.worker', 'json.worker', 'ws://']) {
        expect(asked).toContain(part);
      }
    });
  });

  it('sees that the gateway is away while a recording is followed, and follows on when it is back', async () => {
    const context = await browser!.newContext();
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const window = await openPlayground(context, `${stage.gateway.url}/`);
    await window.fill('Variables', { channel: 'lesson-away', uid: '901003', key: 'away' });
    await window.run();
    await waitFor(async () => (await window.answer()).includes('"userErrors": []'));
    await window.open('WatchRecording');
    await window.run();
    await waitFor(async () => (await window.answer()).includes('"phase"'));
    await stage.gateway.kill();
    await waitFor(async () => (await window.answer()).includes('The gateway cannot be reached.'));
    await stage.startGateway();
    const isBack = async () => {
      const answer = await window.answer();
      return !answer.includes('cannot be reached') && answer.includes('"phase": "RECORDING"');
    };
    await waitFor(isBack, { what: 'the recording, after the gateway was away' });
    await context.close();
  });

  it('has everything in reach on a telephone, in one column that does not scroll to the side', async () => {
    const viewport = { width: 390, height: 844 };
    const context = await browser!.newContext({ viewport, isMobile: true, hasTouch: true });
    const { complaints } = await watch(context);
    const window = await openPlayground(context, `${stage.gateway.url}/`);
    const { page } = window;
    const fits = async (part: Locator, minWidth = 0) => {
      await part.scrollIntoViewIfNeeded();
      const { x, width } = (await part.boundingBox()) ?? { x: -1, width: 0 };
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(viewport.width);
      expect(width).toBeGreaterThan(minWidth);
    };
    const staysInPlace = async () =>
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);

    await staysInPlace();
    for (const tab of await page.getByRole('tab').all()) await fits(tab);
    for (const name of ['Execute query', 'Variables', 'Headers', 'Show Documentation Explorer']) {
      await fits(page.getByRole('button', { name, exact: name !== 'Execute query' }));
    }
    await window.fill('Variables', { channel: 'lesson-pocket', uid: '901004', key: 'pocket' });
    await window.run();
    await waitFor(async () => (await window.answer()).includes('"userErrors": []'));
    await window.open('StopRecording');
    await window.run();
    await waitFor(async () => (await window.answer()).includes('"endReason"'));
    await fits(page.locator('.result-window'), 300);
    await fits(page.locator('.graphiql-query-editor .graphiql-editor'), 250);

    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await fits(page.getByRole('link', { name: 'Mutation', exact: true }));
    await staysInPlace();
    await page.getByRole('button', { name: 'Hide Documentation Explorer' }).click();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('sends the headers as they are by HTTP, and as connection parameters by WebSocket', async () => {
    const keys = newApiKeysFile();
    const { authorization } = bearer(
      keys.add('person', { scopes: ['recordings:read', 'recordings:control'] }),
    );
    await stage.gateway.kill();
    await stage.startGateway({ ...keys.env, PLAYGROUND: 'on' });
    const context = await browser!.newContext();
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const window = await openPlayground(context, `${stage.gateway.url}/`);
    const refused = async () => (await window.answer()).includes('Send a credential');
    await window.run();
    await waitFor(refused, { what: 'the refusal by HTTP' });
    const channel = 'lesson-locked';
    await window.fill('Variables', { channel, uid: '901005', key: 'locked' });
    await window.fill('Headers', { Authorization: authorization });
    await window.run();
    await waitFor(async () => (await window.answer()).includes('"userErrors": []'), { what: 'the start' });

    await window.open('WatchRecording');
    await window.fill('Headers', { Authorization: 'Bearer another' });
    await window.run();
    await waitFor(async () => (await window.answer()).includes('credential is not valid'), {
      what: 'the refusal by WebSocket',
    });
    await window.fill('Headers', { Authorization: authorization });
    await window.run();
    await waitFor(async () => (await window.answer()).includes('"phase"'), { what: 'the recording' });
    await window.open('ListRecordings');
    await window.run();
    await waitFor(async () => (await window.answer()).includes(channel), {
      what: 'the list, with the headers of another tab',
    });
    await context.close();
    keys.remove();
  });
});
