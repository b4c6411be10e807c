import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AccessToken2, kRtcServiceType } from 'agora-token/src/AccessToken2.js';
import { StartRecordingDocument, type StartRecordingInput } from '@agora-recording-gateway/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AgoraAccount, openAgoraAccount } from '../support/agora/agora-account.js';
import { run as runDocument } from '../support/documents.js';
import { post } from '../support/graphql-client.js';
import { run, type RunningProcess, temporaryDirectory } from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';

const CERTIFICATE = '5cfd2fd1755d40ecb72977518be15d3b';
const OTHER_CERTIFICATE = '970ca35de60c44645bbae8a215061b33';
const DAY = 86_400;
const dieAt = fileURLToPath(new URL('../support/faults/die-at.mjs', import.meta.url));

const directory = temporaryDirectory();
const path = (name: string) => join(directory.path, name);
let account: AgoraAccount;
let gateway: RunningProcess;
let url: string;
const outputs: (() => string)[] = [];

async function startGateway(env: Record<string, string>, nodeOptions: string[] = []): Promise<void> {
  gateway = run(
    'dist/main.js',
    {
      PORT: String(account.gatewayPort),
      AGORA_API_URLS: account.url,
      AGORA_CUSTOMERS: 'id:secret',
      GATEWAY_CONFIG: path('config.json'),
      DATABASE_URL: `file:${path('gateway.db')}`,
      LOG_LEVEL: 'trace',
      ...env,
    },
    undefined,
    nodeOptions,
  );
  const started = gateway;
  outputs.push(() => started.output());
  url = `http://127.0.0.1:${account.gatewayPort}`;
  await waitFor(async () => (await fetch(`${url}/readyz`)).ok, { withinMs: 60_000 });
}

function writeConfig(more: object = {}): void {
  const profile = { name: 'main', vendor: 1, region: 0, bucket: 'rec', accessKey: 'a', secretKey: 'b' };
  writeFileSync(path('config.json'), JSON.stringify({ storageProfiles: [profile], ...more }));
}

const start = (input: Partial<StartRecordingInput> & { channel: string }) =>
  runDocument(url, StartRecordingDocument, { input: { uid: '901001', config: { composite: {} }, ...input } });

/** The tokens of all starts of a channel, as Agora received them. */
function tokensOf(channel: string): string[] {
  return account.calls
    .filter(({ path: called }) => called.endsWith('/start'))
    .map(({ body }) => body as { cname: string; clientRequest: { token?: string } })
    .filter(({ cname }) => cname === channel)
    .map(({ clientRequest }) => clientRequest.token ?? '');
}

function decode(text: string, certificate: string) {
  const token = new AccessToken2('', '', 0, 0);
  expect(token.from_string(text)).toBe(true);
  const [service] = token.getServices(kRtcServiceType);
  return {
    isSigned: token.verifySignature(certificate),
    appId: String(token.appId),
    channel: String(service?.__channel_name),
    uid: String(service?.__uid),
    seconds: token.expire,
  };
}

beforeAll(async () => {
  account = await openAgoraAccount(directory.path, 'id:secret');
  writeConfig();
  writeFileSync(path('certificate'), `${CERTIFICATE}\n`);
  await startGateway({ AGORA_APP_ID: account.appId, AGORA_APP_CERTIFICATE_FILE: path('certificate') });
}, 120_000);

afterAll(async () => {
  await gateway.kill();
  await account.close();
  directory.remove();
});

describe('A gateway with an App Certificate', () => {
  const expected = (channel: string) => ({
    isSigned: true,
    appId: account.appId,
    channel,
    uid: '901001',
    seconds: DAY,
  });

  it('starts a recording with a token for its channel and uid', async () => {
    const { startRecording } = await start({ channel: 'minted' });
    expect(startRecording).toMatchObject({ userErrors: [], recording: { phase: 'STARTING' } });
    expect(tokensOf('minted').map((token) => decode(token, CERTIFICATE))).toEqual([expected('minted')]);
  });

  it('sends the same token again after it was killed before the first one was received', async () => {
    await gateway.kill();
    const env = { AGORA_APP_ID: account.appId, AGORA_APP_CERTIFICATE_FILE: path('certificate') };
    await startGateway({ ...env, DIE_AT: 'start sent' }, ['--import', dieAt]);
    await account.sandbox.control('POST', '/faults', {
      ...{ operation: 'start', cname: 'killed', status: 206, body: { code: 65 } },
    });
    await expect(start({ channel: 'killed' })).rejects.toThrow();
    expect(await gateway.exited).toBe('SIGKILL');
    await startGateway(env);
    const [first, second] = await waitFor(() => {
      const tokens = tokensOf('killed');
      return tokens.length > 1 && tokens;
    });
    expect(second).toBe(first);
    expect(decode(first ?? '', CERTIFICATE)).toEqual(expected('killed'));
    const tasks = await waitFor(async () => {
      const { recordings } = (await account.sandbox.control('GET', '/recordings')) as {
        recordings: { cname: string }[];
      };
      return recordings.filter(({ cname }) => cname === 'killed');
    });
    expect(tasks).toHaveLength(1);
  }, 120_000);

  it('makes tokens with a replaced certificate after SIGHUP', async () => {
    writeFileSync(path('certificate'), OTHER_CERTIFICATE);
    gateway.child.kill('SIGHUP');
    await waitFor(() => gateway.output().includes('"msg":"settings reloaded"'));
    expect(gateway.output()).toContain(`app certificate of ${account.appId}`);
    await start({ channel: 'replaced' });
    expect(tokensOf('replaced').map((token) => decode(token, OTHER_CERTIFICATE))).toEqual([
      expected('replaced'),
    ]);
  }, 60_000);

  it('makes tokens of a project whose certificate is in the configuration file', async () => {
    await gateway.kill();
    writeConfig({ projects: [{ appId: account.appId, appCertificate: CERTIFICATE }] });
    await startGateway({});
    await start({ channel: 'configured' });
    expect(tokensOf('configured').map((token) => decode(token, CERTIFICATE))).toEqual([
      expected('configured'),
    ]);
  }, 60_000);

  it('writes neither tokens nor certificates into its log, its store or its replies', async () => {
    const query =
      '{ recordings(first: 50) { edges { node { channel calls { operation reason message } } } } }';
    const reply = JSON.stringify(await post(url, query, {}));
    expect(reply).toContain('configured');
    await gateway.kill();
    const stored = readdirSync(directory.path)
      .filter((name) => name.startsWith('gateway.db'))
      .map((name) => readFileSync(path(name), 'latin1'));
    const seen = [reply, ...stored, ...outputs.map((output) => output())];
    const secrets = ['minted', 'killed', 'replaced', 'configured'].flatMap(tokensOf);
    expect(secrets.length).toBeGreaterThanOrEqual(5);
    for (const secret of [CERTIFICATE, OTHER_CERTIFICATE, ...secrets]) {
      expect(seen.filter((text) => text.includes(secret))).toEqual([]);
    }
  });
});
