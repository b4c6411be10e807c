import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openReadOnlySqlite } from '../../src/store/drivers/sqlite.js';
import { backUp } from '../../src/store/maintenance/backup.js';
import { VERSIONS } from '../../src/store/migrations/migrations.js';
import { type AgoraGateway, startAgoraGateway } from '../support/agora/agora-gateway.js';
import { DATABASES, newDatabase } from '../support/databases/databases.js';
import { BEFORE_THE_LOG_IS_REWRITTEN, fillOldStore } from '../support/databases/old-store.js';
import { canMount, mountDisk, unmountDisk } from '../support/faults/memory-disk.js';
import { temporaryDirectory } from '../support/processes.js';
import { largeSized } from '../support/size.js';
import { waitFor } from '../support/wait-for.js';

/** Enough for a migration of about a second, and more. */
const ROWS = largeSized(30_000, 200_000);

const LIMIT = { withinMs: 120_000, everyMs: 5 };

const cleanUps: (() => Promise<unknown> | void)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function start(databaseUrl: string): Promise<AgoraGateway> {
  const gateway = await startAgoraGateway(databaseUrl);
  cleanUps.push(() => gateway.kill('SIGKILL'));
  return gateway;
}

/** Waits until `/readyz` says how far the migration has come; the text. */
async function untilMigrating({ url }: { url: string }): Promise<string> {
  return await waitFor(async () => {
    const response = await fetch(`${url}/readyz`);
    const text = await response.text();
    return response.status === 503 && /migrated to version \S+\. \d+ of \d+ rows are done/.exec(text)?.[0];
  }, LIMIT);
}

describe.each(DATABASES)('A gateway that migrates a store on %s', (kind) => {
  async function oldStore(): Promise<string> {
    const database = await newDatabase(kind);
    cleanUps.push(() => database.remove());
    await fillOldStore(database.url, BEFORE_THE_LOG_IS_REWRITTEN, ROWS);
    return database.url;
  }

  it('says so on /readyz, answers 200 on /healthz and 503 to Agora, and is ready in the end', async () => {
    const gateway = await start(await oldStore());
    expect(await untilMigrating(gateway)).toContain(`of ${ROWS} rows`);
    expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${gateway.url}/webhooks/agora`, { method: 'POST', body: '{}' })).status).toBe(503);
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(503);
    await gateway.untilReady();
    expect(gateway.output()).toMatch(
      /"storeVersion":"[\w-]+","done":\d+,"total":\d+,"msg":"migrating the store"/,
    );
    expect(await gateway.kill()).toBe(0);
  }, 240_000);

  it('ends with 0 on SIGTERM before the migration is done, and the next start finishes it', async () => {
    const url = await oldStore();
    const gateway = await start(url);
    await untilMigrating(gateway);
    expect(await gateway.kill('SIGTERM')).toBe(0);
    expect(gateway.output()).not.toContain('"msg":"ready"');
    expect(gateway.output()).not.toMatch(/"done":([1-9]\d*),"total":\1,/);
    const next = await start(url);
    await untilMigrating(next);
    await next.untilReady();
    expect(await next.kill()).toBe(0);
  }, 240_000);
});

/** A disk whose size can be changed. */
const disk = temporaryDirectory();
const mount = (size: number, options = '') => mountDisk(disk.path, `${options}size=${size}`);
const unmount = () => unmountDisk(disk.path);

describe.skipIf(!canMount())('A migration that fills the disk', () => {
  it('ends the gateway with 74, leaves the old version, and is finished by a start with more space', async () => {
    const made = await newDatabase('SQLite');
    cleanUps.push(() => made.remove());
    await fillOldStore(made.url, BEFORE_THE_LOG_IS_REWRITTEN, ROWS);
    const copy = temporaryDirectory();
    cleanUps.push(() => copy.remove());
    const file = join(copy.path, 'gateway.db');
    const { bytes } = await backUp({ databaseUrl: made.url, appIds: null }, file);
    // Some space to begin with, and less than the rewritten log needs.
    mount(Math.ceil(bytes * 1.2));
    cleanUps.push(() => void unmount());
    mkdirSync(join(disk.path, 'data'));
    const store = join(disk.path, 'data', 'gateway.db');
    copyFileSync(file, store);

    const gateway = await start(`file:${store}`);
    expect(await gateway.exited).toBe(74);
    expect(gateway.output()).toContain('disk is full');
    expect(gateway.output()).toContain('migrating the store');
    const database = openReadOnlySqlite(store);
    expect(database.prepare('select max(name) as version from kysely_migration').get()).toEqual({
      version: BEFORE_THE_LOG_IS_REWRITTEN,
    });
    database.close();

    mount(bytes * 10, 'remount,');
    const next = await start(`file:${store}`);
    await next.untilReady();
    expect(await next.kill()).toBe(0);
    const after = openReadOnlySqlite(store);
    expect(after.prepare('select max(name) as version from kysely_migration').get()).toEqual({
      version: VERSIONS.at(-1),
    });
    after.close();
  }, 240_000);
});
