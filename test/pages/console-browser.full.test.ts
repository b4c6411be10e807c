import { type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { bearer, newApiKeysFile } from '../support/api-keys.js';
import { post } from '../support/graphql-client.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';
import { violations } from './accessibility.js';
import { openBrowser, SKIP_WITHOUT_CHROMIUM, watch, type Watched } from './browser.js';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

async function start(channel: string): Promise<string> {
  const document = `mutation ($input: StartRecordingInput!) {
    startRecording(input: $input) { recording { id } userErrors { message } }
  }`;
  const config = { composite: { avFileType: ['HLS', 'MP4'] } };
  const metadata = [{ key: 'course', value: 'algebra' }];
  const input = { channel, uid: '901', config, metadata };
  const { data } = await post<{ startRecording: { recording: { id: string }; userErrors: object[] } }>(
    stage.gateway.url,
    document,
    { input },
  );
  expect(data.startRecording.userErrors).toEqual([]);
  return data.startRecording.recording.id;
}

async function stop(recordingId: string): Promise<void> {
  const document =
    'mutation ($input: StopRecordingInput!) { stopRecording(input: $input) { userErrors { message } } }';
  await post(stage.gateway.url, document, { input: { recordingId } });
}

describe.skipIf(SKIP_WITHOUT_CHROMIUM)('The console in a browser', () => {
  let browser: Browser | undefined;
  let context: BrowserContext;
  let watched: Watched;

  beforeAll(async () => {
    browser = await openBrowser();
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    watched = await watch(context);
  });

  afterAll(async () => {
    await browser?.close();
  });

  async function openConsole(search = ''): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${stage.gateway.url}/console${search}`);
    onTestFinished(async () => await page.close());
    return page;
  }

  const row = (page: Page, channel: string) => page.getByRole('row').filter({ hasText: channel });

  it('lists a recording that starts, with its phase and metadata, and counts it', async () => {
    const page = await openConsole();
    await page.getByText('Nothing has been recorded yet.').waitFor();
    await start('lesson-list');
    await row(page, 'lesson-list').getByText('Recording', { exact: true }).waitFor();
    await row(page, 'lesson-list').getByText('course=algebra').waitFor();
    await page.getByRole('button', { name: 'Recording 1' }).waitFor();
  });

  it('opens a recording, and shows each change of it until it is completed', async () => {
    const id = await start('lesson-one');
    const page = await openConsole();
    await page.getByRole('link', { name: 'lesson-one' }).click();
    const panel = page.getByRole('article', { name: 'Recording of lesson-one' });
    await panel.locator('[data-phase="RECORDING"]').waitFor();
    expect(page.url()).toContain(`recording=${id}`);
    await panel.getByRole('tab', { name: 'Files' }).click();
    await panel.locator('.files').getByText('.m3u8').first().waitFor();
    await stop(id);
    await panel.locator('[data-phase="COMPLETED"]').waitFor();
    await panel.getByRole('tab', { name: 'Timeline' }).click();
    await panel.locator('.entry', { hasText: 'Asked for: stopRecording' }).waitFor();
    await panel.locator('.entry', { hasText: 'Stop: answered' }).waitFor();
    await panel.locator('.entry', { hasText: 'Stop: answered' }).getByText('Raw').click();
    await panel.locator('pre', { hasText: '{' }).waitFor();
    await panel.getByRole('tab', { name: 'Settings' }).click();
    await panel.getByText('Max idle time').waitFor();
  });

  it('keeps filters and the search in the address, also when it is loaded again', async () => {
    await start('seminar-filter');
    const page = await openConsole('?q=seminar');
    await row(page, 'seminar-filter').waitFor();
    await waitFor(async () => (await page.locator('.row').count()) === 1);
    await page.getByRole('button', { name: /^Failed/ }).click();
    await page.getByText('No recording matches these filters.').waitFor();
    expect(new URL(page.url()).search).toBe('?q=seminar&phase=FAILED');
    await page.reload();
    await page.getByText('No recording matches these filters.').waitFor();
    await page.goBack();
    await page.getByRole('searchbox').fill('course=algebra');
    await row(page, 'lesson-list').waitFor();
  });

  it('is used by keyboard alone: to a recording, its tabs, and back', async () => {
    const page = await openConsole('?q=lesson-list');
    await row(page, 'lesson-list').waitFor();
    const focused = async () => await page.evaluate<string>('document.activeElement.textContent');
    for (let presses = 0; presses < 30 && (await focused()) !== 'lesson-list'; presses += 1) {
      await page.keyboard.press('Tab');
    }
    expect(await focused()).toBe('lesson-list');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Overview' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('.timeline .entry').first().waitFor();
  });

  it('says that the connection is lost, and shows what happened meanwhile when it is back', async () => {
    const page = await openConsole('?q=lesson');
    await row(page, 'lesson-list').waitFor();
    await stage.gateway.kill();
    await page.getByText('The connection is lost.').waitFor();
    await stage.startGateway();
    await start('lesson-after-the-cut');
    await row(page, 'lesson-after-the-cut').waitFor();
    await waitFor(async () => !(await page.getByText('The connection is lost.').isVisible()));
  });

  it('starts a recording with the form, shows what is refused at its field, and stops it', async () => {
    const page = await openConsole('?room=start');
    await page.getByLabel('Channel', { exact: true }).fill('lesson-started-here');
    await page.getByLabel('uid', { exact: true }).fill('not a number');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.locator('[data-refused="true"]').getByLabel('uid', { exact: true }).waitFor();
    await page.getByLabel('uid', { exact: true }).fill('902');
    await page.getByText(/^Options/).click();
    await page.getByLabel('Max idle time', { exact: true }).fill('120');
    await page.getByRole('button', { name: 'Start' }).click();
    const panel = page.getByRole('article', { name: 'Recording of lesson-started-here' });
    await panel.locator('[data-phase="RECORDING"]').waitFor();
    await panel.getByRole('button', { name: 'Copy as support ticket' }).click();
    await panel.getByText('The ticket is in the clipboard.').waitFor();
    const ticket = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(ticket).toMatch(/Channel: lesson-started-here[^]*START HTTP 200 request id [\w-]+/);
    await panel.getByRole('button', { name: 'Stop' }).click();
    await panel.locator('[data-phase="COMPLETED"]').waitFor();
    expect(await panel.getByRole('button', { name: 'Stop' }).isDisabled()).toBe(true);
  });

  it('shows the gateway at a glance', async () => {
    const page = await openConsole('?room=gateway');
    await page.getByText('Median delay').waitFor();
    await page.getByRole('meter', { name: 'Start' }).waitFor();
  });

  it('calls only the gateway, and its policy is never violated', () => {
    const cuts = /Failed to load resource|WebSocket connection|failed: /;
    expect(watched.complaints.filter((complaint) => !cuts.test(complaint))).toEqual([]);
    const { host } = new URL(stage.gateway.url);
    const elsewhere = watched.requests.filter(
      (request) => !request.startsWith('data:') && new URL(request).host !== host,
    );
    expect(elsewhere).toEqual([]);
  });

  describe.each([1280, 375])('at %i px', (width) => {
    it.each(['light', 'dark'] as const)('has no violation that axe finds, in %s', async (colorScheme) => {
      const scheme = await browser!.newContext({ viewport: { width, height: 800 }, colorScheme });
      onTestFinished(async () => await scheme.close());
      const page = await scheme.newPage();
      await page.goto(`${stage.gateway.url}/console`);
      await row(page, 'lesson-one').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('link', { name: 'lesson-one' }).click();
      for (const tab of ['Overview', 'Timeline', 'Files', 'Settings', 'Change']) {
        await page.getByRole('tab', { name: tab }).click();
        expect(await violations(page), tab).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth'), tab).toBe(width);
      }
      for (const room of ['Start', 'Gateway']) {
        await page.getByRole('navigation').getByRole('link', { name: room }).click();
        await page.locator('.room').waitFor();
        expect(await violations(page), room).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth'), room).toBe(width);
      }
    });
  });

  it('asks for a credential where one is needed, and refuses a wrong one', async () => {
    const keys = newApiKeysFile();
    const key = keys.add('operator', { scopes: ['recordings:read'] });
    await start('lesson-locked');
    await stage.gateway.kill();
    await stage.startGateway({ ...keys.env, CONSOLE: 'on' });
    const page = await openConsole();
    const dialog = page.getByRole('dialog', { name: 'Sign in' });
    const signIn = async (credential: string) => {
      await dialog.getByLabel('API key or token').fill(credential);
      await dialog.getByRole('button', { name: 'Sign in' }).click();
    };
    await dialog.waitFor();
    expect(await violations(page)).toEqual([]);
    await signIn('wrong');
    await dialog.getByText('The gateway refused this credential.').waitFor();
    const token = bearer(key).authorization.replace('Bearer ', '');
    await signIn(token);
    await row(page, 'lesson-locked').waitFor();
    await dialog.waitFor({ state: 'detached' });
    await page.reload();
    await row(page, 'lesson-locked').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await dialog.waitFor();
    keys.remove();
  });
});
