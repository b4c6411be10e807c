import { build } from 'esbuild';
import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';
import { openBrowser, SKIP_WITHOUT_CHROMIUM } from './browser.js';
import { type OneOrigin, serveOneOrigin } from './one-origin.js';

describe.skipIf(SKIP_WITHOUT_CHROMIUM)('The example with the hooks of the client, in a browser', () => {
  let stage: Stage;
  let origin: OneOrigin;
  let browser: Browser;

  beforeAll(async () => {
    stage = await openStage({ speed: 10 });
    const { outputFiles } = await build({
      entryPoints: ['examples/react/main.tsx'],
      bundle: true,
      write: false,
      format: 'esm',
      jsx: 'automatic',
      target: 'es2022',
      define: { 'process.env.NODE_ENV': '"production"' },
    });
    origin = await serveOneOrigin(stage.gateway.url, outputFiles[0]?.contents ?? new Uint8Array());
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await origin.close();
    await stage.close();
  });

  it('starts a recording, shows it live across a cut, opens it, and stops it', async () => {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    await page.goto(origin.url);
    await page.locator('main[data-status="live"]').waitFor();
    const start = async (channel: string) => {
      await page.getByLabel('Channel').fill(channel);
      await page.getByRole('button', { name: 'Start' }).click();
    };
    await start('first');
    await page.getByRole('listitem').filter({ hasText: 'first RECORDING' }).waitFor();
    await start('first');
    await waitFor(async () => (await page.getByRole('status').innerText()).includes('running'));
    expect(origin.cut()).toBeGreaterThan(0);
    await start('second');
    const items = page.getByRole('listitem');
    await items.filter({ hasText: 'second RECORDING' }).waitFor();
    expect(await items.allInnerTexts()).toEqual(['second RECORDING', 'first RECORDING']);
    await page.getByRole('button', { name: 'first' }).click();
    const article = page.getByRole('article');
    await article.getByText('RECORDING').waitFor();
    await article.getByRole('button', { name: 'Stop' }).click();
    await article.getByText('COMPLETED').waitFor();
    await items.filter({ hasText: 'first COMPLETED' }).waitFor();
    expect(faults).toEqual([]);
    await page.close();
  });
});
