import { type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { request } from '../../support/graphql-client.js';
import { violations } from '../accessibility.js';
import { openBrowser, watch, type Watched } from '../browser.js';

/** A browser with the console of a gateway. */
export interface ConsoleBrowser {
  browser: Browser;
  context: BrowserContext;
  watched: Watched;
  /** Opens the console in a page, which is closed when the test has finished. */
  open(search?: string): Promise<Page>;
  close(): Promise<void>;
}

export async function openConsoleBrowser(url: () => string): Promise<ConsoleBrowser> {
  const browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const watched = await watch(context);
  return {
    browser,
    context,
    watched,
    async open(search = '') {
      const page = await context.newPage();
      onTestFinished(async () => await page.close());
      await page.goto(`${url()}/console${search}`);
      return page;
    },
    close: () => browser.close(),
  };
}

/** Starts a recording as a front end does. */
export async function start(url: string, channel: string, more: object = {}): Promise<string> {
  const document = `mutation ($input: StartRecordingInput!) {
    startRecording(input: $input) { recording { id } userErrors { message } }
  }`;
  const config = { composite: { avFileType: ['HLS', 'MP4'] } };
  const input = { channel, uid: '901', config, ...more };
  const { startRecording } = await request<{
    startRecording: { recording: { id: string } | null; userErrors: object[] };
  }>(url, document, { input });
  expect(startRecording.userErrors).toEqual([]);
  return startRecording.recording?.id ?? '';
}

export async function stop(url: string, recordingId: string): Promise<void> {
  const document =
    'mutation ($input: StopRecordingInput!) { stopRecording(input: $input) { userErrors { message } } }';
  await request(url, document, { input: { recordingId } });
}

export const rowOf = (page: Page, channel: string): Locator =>
  page.getByRole('row').filter({ hasText: channel });

export const panelOf = (page: Page, channel: string): Locator =>
  page.getByRole('article', { name: `Recording of ${channel}` });

/** Looks at what `show` shows, on a telephone and on a desktop, light and dark: axe finds nothing, and nothing is wider than the page. */
export async function expectAccessible(
  { browser }: ConsoleBrowser,
  address: string,
  show: (page: Page) => Promise<void>,
): Promise<void> {
  for (const width of [1280, 375]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
      try {
        const page = await context.newPage();
        await page.goto(address);
        await show(page);
        const where = `${width} px, ${colorScheme}`;
        expect(await violations(page), where).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth'), where).toBe(width);
        const folder = process.env.TEST_PICTURES;
        if (folder !== undefined) {
          const name = (expect.getState().currentTestName ?? '').replaceAll(/\W+/g, '-').slice(-60);
          await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png` });
        }
      } finally {
        await context.close();
      }
    }
  }
}
