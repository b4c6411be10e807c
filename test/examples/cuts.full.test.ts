import { expect, it, onTestFinished } from 'vitest';
import { createGatewayClient, RecordingEventsDocument } from '@agora-recording-gateway/client';
import { listed } from '../../packages/client/test/support/listed.js';
import { openBrowser, SKIP_WITHOUT_CHROMIUM } from '../pages/browser.js';
import {
  notificationSender,
  notificationSeries,
  recordingSteps,
} from '../support/agora/send-notification.js';
import { openIdentityProvider } from '../support/identity-provider.js';
import { largeSized } from '../support/size.js';
import { openStage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';
import { bundleScript } from './bundle.js';
import { serveOneOrigin } from './one-origin.js';
import './cuts-page.js';

const CUTS = largeSized(10, 30);
const RECORDINGS = largeSized(60, 150);
const CHANGES_BETWEEN_CUTS = largeSized(40, 60);

/** The gateway takes tokens for half a minute longer than they say, for clocks that differ. Seconds. */
const TOLERANCE = 30;
/** A token is refused after this time, in which no half of the cuts fits. Seconds. */
const TOKEN_LASTS = 4;

const RETENTION_DAYS = 1;
const DAY_MS = 86_400_000;

it.skipIf(SKIP_WITHOUT_CHROMIUM)(
  `Lists in a browser equal the store after ${CUTS} cuts under load, over retention and expired tokens, and each event came once`,
  async () => {
    const provider = await openIdentityProvider();
    onTestFinished(() => provider.close());
    const stage = await openStage({
      env: { ...provider.env, ALLOWED_ORIGINS: 'https://elsewhere.example' },
      config: { retentionDays: RETENTION_DAYS },
    });
    onTestFinished(() => stage.close());
    const series = notificationSeries(await notificationSender(stage), () => Date.now());
    const { begin, stream, end } = recordingSteps(series);

    /** Past the proxy: what the store has. */
    const direct = createGatewayClient({
      url: `${stage.gateway.url}/graphql`,
      token: () => provider.token(),
    });
    const storedEvents = async () => {
      const ids: string[] = [];
      for (const { id } of await listed(direct, {})) {
        const { recording } = await direct.request(RecordingEventsDocument, { by: { id }, first: 100 });
        ids.push(...(recording?.events.edges.map(({ node }) => node.id) ?? []));
      }
      return ids;
    };

    const origin = await serveOneOrigin(stage.gateway.url, await bundleScript('test/examples/cuts-page.ts'));
    onTestFinished(() => origin.close());
    const browser = await openBrowser();
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    const exceptions: string[] = [];
    page.on('pageerror', (error) => exceptions.push(String(error)));
    let tokens = 0;
    await page.exposeFunction('newToken', () => {
      tokens += 1;
      const now = Math.floor(Date.now() / 1_000);
      return provider.token({ iat: now - 60, exp: now - TOLERANCE + TOKEN_LASTS });
    });

    const tasks = Array.from({ length: RECORDINGS }, (_, index) => `cut-${index}`);
    const ending = tasks.slice(0, RECORDINGS / 3);
    const lasting = tasks.slice(RECORDINGS / 3);
    for (const task of tasks.slice(0, RECORDINGS / 2)) await begin(task);
    await page.goto(origin.url);
    const shown = () => page.evaluate(() => globalThis.cutsPage.state());
    const loadMore = () => page.evaluate(() => globalThis.cutsPage.loadMore());
    await waitFor(async () => (await shown()).lists.every(({ status }) => status === 'live'));
    // Events from here on are followed: the one that is sent until it is seen says that following has begun.
    let head: string | undefined;
    for (let state = 0; head === undefined; state = 1 - state) {
      await stream('cut-0', state);
      head = (await shown()).events[0];
    }

    /** Changes of the given recordings, with cuts between them, while further pages are loaded. */
    async function underLoad(cuts: number, of: readonly string[], mayEnd: boolean): Promise<void> {
      for (let round = 0; round < cuts; round += 1) {
        for (let change = 0; change < CHANGES_BETWEEN_CUTS; change += 1) {
          const task = of[(round * CHANGES_BETWEEN_CUTS + change) % of.length] ?? '';
          if (series.next(task) === 0) await begin(task);
          else if (mayEnd && change % 9 === 0) await end(task);
          else await stream(task, round % 2);
          if (change % 10 === 0) await loadMore();
        }
        await waitFor(() => origin.cut() > 0, { what: 'a connection to cut' });
      }
    }

    const equalsStore = async () => {
      await loadMore();
      const { lists } = await shown();
      for (const list of lists) {
        const stored = (await listed(direct, list.filter)).map(
          ({ id, phase, version }) => `${id} ${phase} ${version}`,
        );
        if (list.status !== 'live' || list.hasMore || list.error !== null) return false;
        if (JSON.stringify(list.rows) !== JSON.stringify(stored)) return false;
      }
      return true;
    };

    await underLoad(CUTS / 2, tasks, true);
    for (const task of ending) await end(task);
    await waitFor(equalsStore, { what: 'lists that equal the store' });
    const before = await storedEvents();
    const idsBefore = (await listed(direct, {})).map(({ id }) => id);

    // What ended is removed a day later, while the rest keeps changing.
    await stage.sandbox.control('PUT', '/clock', { stepMs: RETENTION_DAYS * DAY_MS + 3_600_000 });
    await underLoad(CUTS / 2, lasting, false);
    const left = await waitFor(
      async () => {
        await stream(lasting[0] ?? '', Date.now() % 2);
        const ids = new Set((await listed(direct, {})).map(({ id }) => id));
        return idsBefore.filter((id) => !ids.has(id)).length >= ending.length ? ids : undefined;
      },
      { what: 'the removal of what ended', everyMs: 500 },
    );
    expect(left.size).toBeGreaterThan(0);
    await waitFor(() => origin.cut() > 0, { what: 'another connection to cut' });
    await waitFor(equalsStore, { what: 'lists that equal the store once more' });

    const expected = [...new Set([...before, ...(await storedEvents())])].filter((id) => id >= (head ?? ''));
    const { events, failure } = await waitFor(
      async () => {
        const now = await shown();
        const seen = new Set(now.events);
        return expected.every((id) => seen.has(id)) ? now : undefined;
      },
      { what: 'every event' },
    );
    expect(failure).toBeNull();
    expect(new Set(events).size).toBe(events.length);
    expect(tokens).toBeGreaterThan(CUTS / 5);
    expect(exceptions).toEqual([]);
  },
);
