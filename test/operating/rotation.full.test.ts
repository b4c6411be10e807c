import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { sign } from '@agora-recording-gateway/agora/webhook/signature';
import { StartRecordingDocument } from '@agora-recording-gateway/client';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AgoraAccount, openAgoraAccount } from '../support/agora/agora-account.js';
import { run as runDocument } from '../support/documents.js';
import { run, type RunningProcess, temporaryDirectory } from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';

const directory = temporaryDirectory();
const path = (name: string) => join(directory.path, name);
let account: AgoraAccount;
let gateway: RunningProcess;
let url: string;

const profile = (accessKey: string, fields: object = {}) => ({
  ...{ name: 'main', vendor: 1, region: 0, bucket: 'rec', accessKey, secretKey: 'canary-storage-key' },
  ...fields,
});

function writeConfig(storageProfiles: object[], more: object = {}): void {
  writeFileSync(path('config.json'), JSON.stringify({ storageProfiles, ...more }));
}

async function startGateway(): Promise<void> {
  gateway = run('dist/main.js', {
    PORT: String(account.gatewayPort),
    AGORA_APP_ID: account.appId,
    AGORA_API_URLS: account.url,
    AGORA_CUSTOMERS_FILE: path('customers'),
    AGORA_WEBHOOK_SECRETS_FILE: path('webhook-secrets'),
    GATEWAY_CONFIG: path('config.json'),
    DATABASE_URL: `file:${path('gateway.db')}`,
    LOG_LEVEL: 'info',
  });
  url = `http://127.0.0.1:${account.gatewayPort}`;
  await waitFor(async () => (await fetch(`${url}/readyz`)).ok, { withinMs: 60_000 });
}

beforeAll(async () => {
  account = await openAgoraAccount(directory.path, 'old:canary-old');
  writeFileSync(path('customers'), 'old:canary-old\n');
  writeFileSync(path('webhook-secrets'), 'canary-webhook-old\n');
  writeConfig([profile('first-key')]);
  await startGateway();
});

afterAll(async () => {
  await gateway.kill();
  await account.close();
  directory.remove();
});

const lines = (message: string) =>
  gateway
    .output()
    .split('\n')
    .filter((line) => line.includes(`"msg":"${message}"`))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** Sends SIGHUP and gives the log line that reports the outcome. */
async function reload(message = 'settings reloaded'): Promise<Record<string, unknown>> {
  const before = lines(message).length;
  gateway.child.kill('SIGHUP');
  return await waitFor(() => lines(message)[before], { withinMs: 30_000 });
}

let channels = 0;

/** Starts a recording; the customer ID that Agora accepted for it, or the code of the error. */
async function record(): Promise<string> {
  const before = account.calls.length;
  const { startRecording } = await runDocument(url, StartRecordingDocument, {
    input: { channel: `channel-${(channels += 1)}`, uid: '1', config: { composite: {} } },
  });
  const code = startRecording.userErrors[0]?.code;
  const start = account.calls
    .slice(before)
    .find(({ path: called, status }) => /start$/.test(called) && status === 200);
  return code ?? start?.customerId ?? 'no call';
}

async function metric(name: string): Promise<string | undefined> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return text
    .split('\n')
    .find((line) => line.startsWith(name))
    ?.slice(name.length + 1);
}

async function notify(secret: string): Promise<number> {
  const body = Buffer.from(JSON.stringify({ noticeId: 'n', productId: 3, eventType: 999, payload: {} }));
  const response = await fetch(`${url}/webhooks/agora`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'agora-signature-v2': sign('sha256', new Secret(secret), body),
    },
    body,
  });
  return response.status;
}

describe('A gateway whose customer ID and secret are replaced', () => {
  it('records at each step of the rotation', async () => {
    expect(await record()).toBe('old');

    // Both are configured before the new pair exists at Agora: the refused one is skipped.
    writeFileSync(path('customers'), 'new:canary-new\nold:canary-old\n');
    expect(await reload()).toMatchObject({ changed: ['AGORA_CUSTOMERS'], needRestart: [] });
    expect(await record()).toBe('old');
    expect(lines('Agora refused a customer ID and secret').at(-1)).toMatchObject({ customerId: 'new' });

    // The new pair is created, and the old one deleted: the first call with the old one is sent again with the new one.
    account.accept('new:canary-new');
    expect(await record()).toBe('new');
    expect(lines('Agora refused a customer ID and secret').at(-1)).toMatchObject({ customerId: 'old' });

    writeFileSync(path('customers'), 'new:canary-new\n');
    await reload();
    expect(await record()).toBe('new');
    await waitFor(async () => (await metric('gateway_check_ok{check="customer",name="old"}')) === undefined);
    expect(await metric('gateway_check_ok{check="customer",name="new"}')).toBe('1');
  }, 120_000);

  it('starts again on its store with the new pair alone', async () => {
    expect(await gateway.kill()).toBe(0);
    await startGateway();
    expect(await record()).toBe('new');
  }, 120_000);
});

describe('A gateway whose webhook secret is replaced', () => {
  it('accepts the old and the new secret until the old one is removed', async () => {
    expect(await notify('canary-webhook-old')).toBe(200);
    expect(await notify('canary-webhook-new')).toBe(401);
    writeFileSync(path('webhook-secrets'), 'canary-webhook-new\ncanary-webhook-old\n');
    expect(await reload()).toMatchObject({ changed: [`webhook secrets of ${account.appId}`] });
    expect(await notify('canary-webhook-old')).toBe(200);
    expect(await notify('canary-webhook-new')).toBe(200);
    writeFileSync(path('webhook-secrets'), 'canary-webhook-new\n');
    await reload();
    expect(await notify('canary-webhook-old')).toBe(401);
    expect(await notify('canary-webhook-new')).toBe(200);
  }, 60_000);
});

describe('A gateway whose storage profiles are replaced', () => {
  it('uses the new keys for the next start', async () => {
    writeConfig([profile('second-key', { default: true }), profile('third-key', { name: 'more' })]);
    expect(await reload()).toMatchObject({ changed: ['storage profile main', 'storage profile more'] });
    expect(await record()).toBe('new');
    const start = account.calls.findLast(({ path: called }) => called.endsWith('/start'));
    expect(start?.body).toMatchObject({ clientRequest: { storageConfig: { accessKey: 'second-key' } } });
  }, 60_000);
});

describe('A gateway that reads its settings again', () => {
  it('keeps the previous ones if the new ones are wrong, and reports every problem', async () => {
    writeFileSync(path('config.json'), '{"storageProfiles":[{"secretKey":"canary');
    writeFileSync(path('customers'), '\n');
    const { problems } = await reload('settings not reloaded; the previous ones stay in use');
    expect(problems).toEqual([
      expect.stringMatching(/^AGORA_CUSTOMERS_FILE: the file .* is empty/),
      expect.stringMatching(/^GATEWAY_CONFIG: .* is not valid JSON/),
    ]);
    expect(await record()).toBe('new');
  }, 60_000);

  it('names what takes effect at the next start only', async () => {
    writeFileSync(path('customers'), 'new:canary-new\n');
    writeConfig([profile('second-key')], { retentionDays: 7, allowInlineStorage: true });
    expect(await reload()).toMatchObject({ needRestart: ['retentionDays', 'allowInlineStorage'] });
  }, 60_000);

  it('shows no secret in its log', () => {
    expect(gateway.output()).not.toContain('canary');
  });
});
