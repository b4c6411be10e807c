import { type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiKeysFile, bearer, newApiKeysFile } from '../../support/api-keys.js';
import { openStage, type Stage } from '../../support/stage.js';
import { waitFor } from '../../support/wait-for.js';
import { SKIP_WITHOUT_CHROMIUM } from '../browser.js';
import { type ConsoleBrowser, openConsoleBrowser, panelOf, rowOf } from './console-browser.js';

let stage: Stage;
let keys: ApiKeysFile;
let service: string;
let site: ConsoleBrowser;

describe.skipIf(SKIP_WITHOUT_CHROMIUM)('A credential that expires while the console is used', () => {
  beforeAll(async () => {
    keys = newApiKeysFile();
    service = keys.add('service', { scopes: ['recordings:control'] });
    stage = await openStage({ env: { ...keys.env, CONSOLE: 'on' } });
    site = await openConsoleBrowser(() => stage.gateway.url);
  });

  afterAll(async () => {
    await site.close();
    await stage.close();
    keys.remove();
  });

  async function start(channel: string): Promise<void> {
    const query =
      'mutation ($input: StartRecordingInput!) { startRecording(input: $input) { userErrors { message } } }';
    const input = { channel, uid: '901', config: { composite: { avFileType: ['HLS'] } } };
    const response = await fetch(`${stage.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(service) },
      body: JSON.stringify({ query, variables: { input } }),
    });
    expect(await response.json()).toEqual({ data: { startRecording: { userErrors: [] } } });
  }

  /** A key of a person, once the gateway knows it. */
  async function newKey(name: string): Promise<string> {
    const key = keys.add(name, { scopes: ['recordings:control'] });
    stage.gateway.child.kill('SIGHUP');
    const url = `${stage.gateway.url}/graphql?query={__typename}`;
    const headers = { ...bearer(key), 'apollo-require-preflight': 'true' };
    await waitFor(async () => (await fetch(url, { headers })).ok, { what: `the key ${name}` });
    return key;
  }

  async function signIn(page: Page, key: string): Promise<void> {
    const dialog = page.getByRole('dialog', { name: 'Sign in' });
    await dialog.getByLabel('API key or token').fill(key);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  it('is asked for again, and the list, the filter, the open recording and a form are as they were', async () => {
    await start('lesson-before');
    const page = await site.open('?q=lesson');
    const form = await site.open('?room=start');
    const first = await newKey('first');
    await signIn(page, first);
    await signIn(form, first);
    await form.getByLabel('Channel', { exact: true }).fill('lesson-half-written');
    await rowOf(page, 'lesson-before').getByRole('link').click();
    await panelOf(page, 'lesson-before').getByRole('tab', { name: 'Timeline' }).click();
    await panelOf(page, 'lesson-before').locator('.entry').first().waitFor();
    const asked = page.getByRole('dialog', { name: 'Sign in' });
    keys.change('first', { expiresAt: new Date(Date.now() - 1_000).toISOString() });
    stage.gateway.child.kill('SIGHUP');
    await asked.getByText('It is wrong, revoked or has expired.').waitFor();
    await start('lesson-meanwhile');
    const second = await newKey('second');
    await signIn(page, second);
    await rowOf(page, 'lesson-meanwhile').waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('lesson');
    await panelOf(page, 'lesson-before').locator('.entry').first().waitFor();
    await start('lesson-after');
    await rowOf(page, 'lesson-after').waitFor();

    // The form sends what it holds; it is refused, asks, and still holds it.
    await form.getByLabel('uid', { exact: true }).fill('907');
    await form.getByRole('button', { name: 'Start' }).click();
    await signIn(form, second);
    expect(await form.getByLabel('Channel', { exact: true }).inputValue()).toBe('lesson-half-written');
    await form.getByRole('button', { name: 'Start' }).click();
    await panelOf(form, 'lesson-half-written').locator('[data-phase="RECORDING"]').first().waitFor();
  });
});
