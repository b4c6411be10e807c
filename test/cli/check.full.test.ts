import { startSandbox } from 'agora-recording-sandbox';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AgoraAccount, openAgoraAccount } from '../support/agora/agora-account.js';
import { newDatabase } from '../support/databases/databases.js';
import { run, temporaryDirectory } from '../support/processes.js';

const directory = temporaryDirectory();
const OTHER_APP_ID = 'fedcba9876543210fedcba9876543210';
let account: AgoraAccount;

beforeAll(async () => {
  account = await openAgoraAccount(directory.path, 'new:secret', 'old:secret');
});

afterAll(async () => {
  await account.close();
  directory.remove();
});

function config(content: object): string {
  const path = join(directory.path, 'config.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const profile = (fields: object) => ({ name: 'main', vendor: 1, region: 0, bucket: 'rec', ...fields });

/** Runs `check`; the rows of its table as `kind name outcome`. */
async function check(settings: Record<string, string>) {
  const env = {
    AGORA_APP_ID: account.appId,
    AGORA_CUSTOMERS: 'new:secret,old:secret',
    AGORA_API_URLS: account.url,
    DATABASE_URL: `file:${join(directory.path, 'gateway.db')}`,
    ...settings,
  };
  const running = run('dist/cli.js', env, directory.path, [], ['check']);
  const code = await running.exited;
  const output = running.output();
  const rows = output
    .split('\n')
    .flatMap((line) => /^(.*?) {2,}(\S+) +(ok|failed|unknown) /.exec(line)?.slice(1, 4).join(' ') ?? []);
  return { code, rows, output };
}

describe('The command check', () => {
  it('exits with 0 if Agora accepts everything, and lists each part', async () => {
    const before = account.calls.length;
    const { code, rows } = await check({});
    expect(code).toBe(0);
    expect(rows).toEqual([
      'settings all ok',
      `database file:${join(directory.path, 'gateway.db')} ok`,
      `address ${account.url} ok`,
      'customer new ok',
      'customer old ok',
      `project ${account.appId} ok`,
    ]);
    const calls = account.calls.slice(before);
    expect(calls).toHaveLength(2);
    expect(calls.every(({ path, body }) => path.endsWith('/query') && body === null)).toBe(true);
  });

  it('names the customer that Agora refuses, and shows no secret', async () => {
    const { code, rows, output } = await check({ AGORA_CUSTOMERS: 'new:canary-secret,old:secret' });
    expect(code).toBe(78);
    expect(rows).toContain('customer new failed');
    expect(rows).toContain('customer old ok');
    expect(rows).toContain(`project ${account.appId} ok`);
    expect(output).not.toContain('secret,');
    expect(output).not.toContain('canary');
  });

  it('names the project that Agora does not know', async () => {
    const { code, rows } = await check({ GATEWAY_CONFIG: config({ projects: [{ appId: OTHER_APP_ID }] }) });
    expect(code).toBe(78);
    expect(rows).toContain(`project ${account.appId} ok`);
    expect(rows).toContain(`project ${OTHER_APP_ID} failed`);
  });

  it('names the address that does not answer, which alone is not a fault of the settings', async () => {
    const { code, rows } = await check({ AGORA_API_URLS: `${account.url},http://agora.invalid` });
    expect(code).toBe(1);
    expect(rows).toContain(`address ${account.url} ok`);
    expect(rows).toContain('address http://agora.invalid failed');
    expect(rows).toContain(`project ${account.appId} ok`);
  });

  it('names the storage profile whose credentials have expired', async () => {
    const keys = { accessKey: 'a', secretKey: 'canary', stsToken: 'canary', stsExpiration: 1_600_000_000 };
    const credentialsFile = join(directory.path, 'credentials.json');
    writeFileSync(credentialsFile, JSON.stringify(keys));
    const GATEWAY_CONFIG = config({ storageProfiles: [profile({ credentialsFile })] });
    const { code, rows, output } = await check({ GATEWAY_CONFIG });
    expect(code).toBe(78);
    expect(rows).toContain('storage profile main failed');
    expect(output).not.toContain('canary');
  });

  it('asks the storage of a profile with a read key whether it takes the key', async () => {
    const readCredentialsFile = join(directory.path, 'read.json');
    writeFileSync(readCredentialsFile, JSON.stringify({ accessKey: 'a', secretKey: 'canary' }));
    const fields = { accessKey: 'a', secretKey: 'b', readCredentialsFile };
    const away = { vendor: 11, endpoint: '127.0.0.1:1' };
    const unreachable = await check({
      GATEWAY_CONFIG: config({ storageProfiles: [profile({ ...fields, ...away })] }),
    });
    expect(unreachable.code).toBe(1);
    expect(unreachable.rows).toContain('storage profile main ok');
    expect(unreachable.rows).toContain('read key main unknown');
    const unsupported = await check({
      GATEWAY_CONFIG: config({ storageProfiles: [profile({ ...fields, vendor: 4, region: 2 })] }),
    });
    expect(unsupported.code).toBe(78);
    expect(unsupported.rows).toContain('read key main failed');
    expect(unreachable.output + unsupported.output).not.toContain('canary');
  });

  it('asks the sandbox, which stands for all storages, where the settings are for one', async () => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    const { storage } = (await (await fetch(`${sandbox.url}/sandbox`)).json()) as {
      storage: { readAccessKey: string; readSecretKey: string };
    };
    const readCredentialsFile = join(directory.path, 'sandbox-read.json');
    const { readAccessKey: accessKey, readSecretKey: secretKey } = storage;
    writeFileSync(readCredentialsFile, JSON.stringify({ accessKey, secretKey }));
    const fields = { accessKey: 'a', secretKey: 'b', readCredentialsFile };
    const running = run(
      'dist/cli.js',
      {
        SANDBOX_URL: sandbox.url,
        DATABASE_URL: `file:${join(directory.path, 'sandbox.db')}`,
        GATEWAY_CONFIG: config({ storageProfiles: [profile(fields)] }),
        ALLOWED_ORIGINS: 'https://app.example.com',
      },
      directory.path,
      [],
      ['check'],
    );
    const code = await running.exited;
    const output = running.output();
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toMatch(/^read key +main +ok /m);
    expect(output).toMatch(/^CORS rule +main.* +ok /m);
  });

  it('names a database that cannot be reached or is not a store, with the exit code of a start', async () => {
    const away = await check({ DATABASE_URL: 'postgres://gateway:canary@127.0.0.1:1/recordings' });
    expect(away.code).toBe(74);
    expect(away.rows).toContain('database PostgreSQL failed');
    expect(away.output).not.toContain('canary');
    const notAStore = join(directory.path, 'text.db');
    writeFileSync(notAStore, 'This is not a database. '.repeat(1_000));
    const corrupt = await check({ DATABASE_URL: `file:${notAStore}` });
    expect(corrupt.code).toBe(65);
  });

  it('says which version a store has, and to which the next start migrates it', async () => {
    const store = await newDatabase('PostgreSQL');
    const { url } = store;
    const empty = await check({ DATABASE_URL: url });
    expect(empty.output).toMatch(/database +PostgreSQL +ok +It is empty\. The next start migrates it to /);
    const migrated = run('dist/cli.js', { DATABASE_URL: url }, directory.path, [], ['migrate']);
    expect(await migrated.exited).toBe(0);
    const { code, output } = await check({ DATABASE_URL: url });
    expect(code).toBe(0);
    expect(output).toMatch(/database +PostgreSQL +ok +It has version \S+\.\n/);
    await store.remove();
  });

  it('prints every problem of wrong settings and exits with 78', async () => {
    const { code, output } = await check({ AGORA_APPID: 'x', PORT: 'http' });
    expect(code).toBe(78);
    expect(output.match(/^ {2}- /gm)).toHaveLength(2);
  });
});
