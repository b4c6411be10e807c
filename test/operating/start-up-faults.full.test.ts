import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanUpAfterEach } from '../support/clean-ups.js';
import { type AgoraGateway, startAgoraGateway } from '../support/agora/agora-gateway.js';
import { administer, postgresDatabase } from '../support/databases/databases.js';
import { post } from '../support/graphql-client.js';
import { canMount, mountDisk, unmountDisk } from '../support/faults/memory-disk.js';
import { freePort, run, temporaryDirectory } from '../support/processes.js';
import { BASELINE, releasedStore } from '../support/databases/releases.js';
import { waitFor } from '../support/wait-for.js';

const cleanUps = cleanUpAfterEach();

let appId: string;
const template = temporaryDirectory();
const store = join(template.path, 'gateway.db');

beforeAll(async () => {
  const released = await releasedStore(BASELINE, 'SQLite');
  ({ appId } = released);
  copyFileSync(released.database.url.slice('file:'.length), store);
  await released.database.remove();
});

afterAll(() => template.remove());

async function start(databaseUrl: string, project = appId): Promise<AgoraGateway> {
  const gateway = await startAgoraGateway(databaseUrl, { appId: project });
  cleanUps.push(() => gateway.kill('SIGKILL'));
  return gateway;
}

/** How a start on a store ends: its exit code and the line that says why. */
async function failedStart(databaseUrl: string, project = appId): Promise<{ code: unknown; reason: string }> {
  const gateway = await start(databaseUrl, project);
  const code = await gateway.exited;
  return {
    code,
    reason: /^The gateway could not start: (.*)$/m.exec(gateway.output())?.[1] ?? gateway.output(),
  };
}

/** A copy of the store in a separate folder. */
function copyOfStore(directory: string = cleanUps.newDirectory()): string {
  const file = join(directory, 'gateway.db');
  copyFileSync(store, file);
  return file;
}

/** A disk that holds the store, and can be mounted again with other options. */
function diskWithStore(bytes: number): { file: string; remount: (options: string) => void } {
  const path = cleanUps.newDirectory();
  const mount = (options: string) => mountDisk(path, options);
  mount(`size=${bytes}`);
  cleanUps.push(() => unmountDisk(path));
  mkdirSync(join(path, 'data'));
  return { file: copyOfStore(join(path, 'data')), remount: (options) => mount(`remount,${options}`) };
}

describe('A gateway that cannot use its store ends its start', () => {
  it('with 65 if the file is corrupt', async () => {
    const file = copyOfStore();
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 0, 4_096);
    writeFileSync(file, bytes);
    expect(await failedStart(`file:${file}`)).toMatchObject({
      code: 65,
      reason: expect.stringMatching(/gateway\.db is corrupt\. .*restore FILE/) as string,
    });
  });

  it('with 65 if the schema of the file is corrupt', async () => {
    const file = copyOfStore();
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 100, 4_096);
    writeFileSync(file, bytes);
    expect((await failedStart(`file:${file}`)).code).toBe(65);
  });

  it('with 74 if reading it fails with a lasting error', async () => {
    const file = copyOfStore();
    // SQLite reads the first byte of a journal that it finds; reading a directory fails.
    mkdirSync(`${file}-journal`);
    expect(await failedStart(`file:${file}`)).toMatchObject({
      code: 74,
      reason: expect.stringContaining('cannot be read or written') as string,
    });
  });

  it('with 74 if its lock file cannot be opened', async () => {
    const file = copyOfStore();
    mkdirSync(`${file}.lock`);
    const { code, reason } = await failedStart(`file:${file}`);
    expect(code).toBe(74);
    expect(reason).not.toContain('in use');
  });

  it('with 74 if its folder cannot be made', async () => {
    const file = join(cleanUps.newDirectory(), 'text');
    writeFileSync(file, 'a file where a folder should be');
    expect((await failedStart(`file:${join(file, 'gateway.db')}`)).code).toBe(74);
    // Nothing can be made in this file system.
    expect((await failedStart('file:/proc/folder/gateway.db')).code).toBe(74);
  });

  it.skipIf(process.getuid?.() === 0)('with 74 if its lock file may not be written', async () => {
    const file = copyOfStore();
    writeFileSync(`${file}.lock`, '');
    chmodSync(`${file}.lock`, 0o400);
    const { code, reason } = await failedStart(`file:${file}`);
    expect(code).toBe(74);
    expect(reason).toContain('read-only');
  });

  it.skipIf(!canMount())(
    'with 74 if the disk is read-only, with and without a lock file from before',
    async () => {
      const { file, remount } = diskWithStore(64_000_000);
      remount('ro');
      const without = await failedStart(`file:${file}`);
      expect(without).toMatchObject({ code: 74, reason: expect.stringContaining('is read-only') as string });
      remount('rw');
      const gateway = await start(`file:${file}`);
      await gateway.untilReady();
      expect(await gateway.kill()).toBe(0);
      remount('ro');
      const withLock = await failedStart(`file:${file}`);
      expect(withLock).toMatchObject({ code: 74, reason: expect.stringContaining('is read-only') as string });
    },
  );

  it.skipIf(!canMount())('with 74 if the disk is full', async () => {
    const { file } = diskWithStore(4_000_000);
    for (const [name, bytes] of Object.entries({ rest: 65_536, bit: 4_096 })) {
      try {
        for (let index = 0; ; index += 1)
          writeFileSync(join(file, '..', `${name}-${index}`), Buffer.alloc(bytes));
      } catch (error) {
        expect(error).toMatchObject({ code: 'ENOSPC' });
      }
    }
    const { code, reason } = await failedStart(`file:${file}`);
    expect(code).toBe(74);
    expect(reason).toContain('disk is full');
  });

  it('with 78 if a later release has migrated the store, and names the version that is needed', async () => {
    const file = copyOfStore();
    const database = new DatabaseSync(file);
    database.exec(`insert into meta values ('needs-version', '0099-of-a-later-release')`);
    database.close();
    expect(await failedStart(`file:${file}`)).toMatchObject({
      code: 78,
      reason: expect.stringMatching(
        /^The store has version 0099-of-a-later-release, .*a later one/,
      ) as string,
    });
  });

  it('with 78 if a later release has migrated the store on PostgreSQL', async () => {
    const released = await releasedStore(BASELINE, 'PostgreSQL');
    cleanUps.push(() => released.database.remove());
    await administer(released.database.url, async (client) => {
      await client.query(`insert into meta values ('needs-version', '0099-of-a-later-release')`);
    });
    expect(await failedStart(released.database.url, released.appId)).toMatchObject({
      code: 78,
      reason: expect.stringContaining('0099-of-a-later-release') as string,
    });
  });

  it('with 74 if PostgreSQL is not reached or refuses the login, and shows no password', async () => {
    const database = await postgresDatabase();
    cleanUps.push(() => database.remove());
    const missing = new URL(database.url);
    missing.pathname = '/there-is-no-such-database';
    missing.password = 'canary';
    for (const url of [missing.href, 'postgres://gateway:canary@127.0.0.1:1/recordings']) {
      const { code, reason } = await failedStart(url);
      expect(code).toBe(74);
      expect(reason).toContain('cannot use the store at DATABASE_URL');
      expect(reason).not.toContain('canary');
    }
  });

  it('with 74 if PostgreSQL has no TLS and the address asks for it', async () => {
    const database = await postgresDatabase();
    cleanUps.push(() => database.remove());
    expect(await failedStart(`${database.url}?sslmode=no-verify`)).toMatchObject({
      code: 74,
      reason: expect.stringContaining('PostgreSQL does not offer TLS') as string,
    });
  });

  it('with 78 if a living process has the store, which it names', async () => {
    const file = copyOfStore();
    const first = await start(`file:${file}`);
    await first.untilReady();
    expect(await failedStart(`file:${file}`)).toMatchObject({
      code: 78,
      reason: expect.stringContaining(`in use by process ${first.child.pid}`) as string,
    });
  });

  it('without the name of a process that does not live any more', async () => {
    const file = copyOfStore();
    const dead = run('dist/cli.js', {}, undefined, [], ['help']);
    await dead.exited;
    // This process has the lock, and the row is what an earlier one left.
    const lock = new DatabaseSync(`${file}.lock`);
    cleanUps.push(() => lock.close());
    lock.exec('create table holder (pid integer, host text, since text)');
    lock.exec(`insert into holder values (${dead.child.pid}, '${hostname()}', '2026-01-01T00:00:00Z')`);
    lock.exec('begin immediate');
    const { code, reason } = await failedStart(`file:${file}`);
    expect(code).toBe(78);
    expect(reason).toContain('in use by another process');
    expect(reason).not.toContain(String(dead.child.pid));
  });
});

describe('A gateway whose sandbox cannot be reached', () => {
  it('ends its start with 1, and names the address and the setting', async () => {
    const DATABASE_URL = `file:${copyOfStore()}`;
    const SANDBOX_URL = `http://127.0.0.1:${await freePort()}`;
    const gateway = run('dist/main.js', { DATABASE_URL, SANDBOX_URL, PORT: '0' });
    expect(await gateway.exited).toBe(1);
    expect(gateway.output()).toMatch(
      /^The gateway could not start: http:\/\/127\.0\.0\.1:\d+\/sandbox cannot be reached .*check SANDBOX_URL\.$/m,
    );
  });
});

describe('A gateway whose SQLite file turns out to be corrupt', () => {
  it('keeps running, is not ready, answers with retryable errors, and names the fault in a gauge', async () => {
    const file = copyOfStore();
    // The start migrates the file. Then the pages of the log are damaged.
    const first = await start(`file:${file}`);
    await first.untilReady();
    expect(await first.kill()).toBe(0);
    const database = new DatabaseSync(file);
    database.exec('pragma wal_checkpoint(truncate)');
    const { rootpage } = database
      .prepare(`select rootpage from sqlite_master where name = 'observations_recording'`)
      .get() as { rootpage: number };
    const { page_size: pageSize } = database.prepare('pragma page_size').get() as { page_size: number };
    database.close();
    const bytes = readFileSync(file);
    bytes.fill(0xa5, (rootpage - 1) * pageSize, rootpage * pageSize);
    writeFileSync(file, bytes);

    const gateway = await start(`file:${file}`);
    await waitFor(
      async () => {
        const { errors } = await post(
          gateway.url,
          '{ recordings(first: 50) { edges { node { events(first: 100) { edges { node { id } } } } } } }',
        ).catch(() => ({ errors: undefined }));
        return errors?.some(({ extensions }) => extensions?.code === 'STORE_UNAVAILABLE');
      },
      { withinMs: 60_000 },
    );
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
    const metrics = async () => await (await fetch(`${gateway.url}/metrics`)).text();
    expect(await metrics()).toMatch(/^gateway_store_fault\{kind="corrupt"\} 1$/m);
    expect(gateway.output()).toMatch(/"kind":"corrupt".*"msg":"store unavailable/);
    expect(gateway.child.exitCode).toBeNull();
    expect(await gateway.kill()).toBe(0);
  });
});
