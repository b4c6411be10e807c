import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it, onTestFinished } from 'vitest';
import {
  BackupInvalidError,
  BackupUnfitError,
  BackupUnderWayError,
  NotAStoreError,
  StoreHeldError,
} from '../../../src/store/errors.js';
import { backUp } from '../../../src/store/maintenance/backup.js';
import { type StoreAddress } from '../../../src/store/maintenance/store-address.js';
import { restore } from '../../../src/store/maintenance/restore.js';
import { type Store } from '../../../src/store/store.js';
import { notification, SID } from '../../recordings/observations.js';
import { collectGarbage } from '../../support/databases/collect-garbage.js';
import { temporaryDirectory } from '../../support/processes.js';
import { addressOf, change, logOf, onBothDatabases, recordAll, type StoreDatabase } from '../support.js';
import { failOnUnreadable } from '../../support/fail-on-unreadable.js';

const incoming = (eventType: number, at: number) =>
  notification(eventType, {}, { at, sequence: at, recordingId: null });

const restored = async (
  address: StoreAddress,
  path: string,
  { epoch, now }: { epoch: string; now: Date },
) => {
  await collectGarbage();
  return await restore(address, path, { epoch, now, onUnreadable: failOnUnreadable });
};

function temporaryFile(): string {
  const directory = temporaryDirectory();
  onTestFinished(() => directory.remove());
  return join(directory.path, 'backup');
}

async function filled(database: StoreDatabase): Promise<Store> {
  const store = await database.open();
  await recordAll(store, [incoming(40, 1), incoming(42, 2)]);
  return store;
}

async function idsOf(store: Store): Promise<string[]> {
  const id = (await store.recordingIdBySid(SID)) ?? '';
  return (await logOf(store, id)).map(({ observation }) => observation.id);
}

onBothDatabases(({ kind, newDatabase, withoutTables }) => {
  it('a backup that is made while the store is open restores to what was there then, in a new epoch', async () => {
    const database = await newDatabase();
    const before = await filled(database);
    const ids = await idsOf(before);
    const cursor = before.eventCursor(1);
    const path = temporaryFile();
    const { recordings, observations } = await backUp(addressOf(database), path);
    expect({ recordings, observations }).toEqual({ recordings: 1, observations: 2 });
    await before.record(incoming(41, 3));
    await before.close();

    await restored(addressOf(database), path, { epoch: 'the next one', now: new Date() });
    const after = await database.open();
    expect(await idsOf(after)).toEqual(ids);
    await expect(after.resumeEvents(cursor)).rejects.toThrow('cursor');
    await after.record(incoming(31, 4));
    expect(await idsOf(after)).toHaveLength(3);
  });

  it('a restore is refused while a gateway has the store open, and changes nothing', async () => {
    const database = await newDatabase();
    const store = await filled(database);
    const path = temporaryFile();
    await backUp(addressOf(database), path);
    await store.record(incoming(41, 3));
    await expect(restored(addressOf(database), path, { epoch: 'next', now: new Date() })).rejects.toThrow(
      StoreHeldError,
    );
    expect(await idsOf(store)).toHaveLength(3);
  });

  it('a backup that was cut short or is of another kind is refused, and the store is as it was', async () => {
    const database = await newDatabase();
    const store = await filled(database);
    const path = temporaryFile();
    await backUp(addressOf(database), path);
    await store.record(incoming(41, 3));
    await store.close();
    const cut = `${path}-cut`;
    copyFileSync(path, cut);
    truncateSync(cut, Math.floor(readFileSync(path).length / 2));
    const other = `${path}-other`;
    writeFileSync(other, 'something else');
    const now = new Date();
    for (const each of [cut, other]) {
      await expect(restored(addressOf(database), each, { epoch: 'next', now })).rejects.toThrow(
        BackupInvalidError,
      );
    }
    const missing = `${path}-missing`;
    await expect(restored(addressOf(database), missing, { epoch: 'next', now })).rejects.toThrow(
      BackupUnfitError,
    );
    expect(await idsOf(await database.open())).toHaveLength(3);
  });

  it('of backups to one file at the same time only one is made, and it can be restored', async () => {
    const database = await newDatabase();
    await (await filled(database)).close();
    const path = temporaryFile();
    const made = await Promise.allSettled([1, 2, 3].map(() => backUp(addressOf(database), path)));
    for (const each of made) {
      if (each.status === 'rejected') expect(String(each.reason)).toMatch(/exists/);
    }
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await restored(addressOf(database), path, { epoch: 'next', now: new Date() });
    expect(await idsOf(await database.open())).toHaveLength(2);
  });

  it('a backup that was interrupted does not let the next one take its file without a word', async () => {
    const database = await newDatabase();
    await (await filled(database)).close();
    const path = temporaryFile();
    writeFileSync(`${path}.incomplete`, 'half');
    await expect(backUp(addressOf(database), path)).rejects.toThrow(BackupUnderWayError);
    expect(readFileSync(`${path}.incomplete`, 'utf8')).toBe('half');
    rmSync(`${path}.incomplete`);
    await backUp(addressOf(database), path);
  });

  it('what is not a store is not backed up', async () => {
    const database = await withoutTables();
    await change(database, 'create table unrelated (id integer)');
    const path = temporaryFile();
    await expect(backUp(addressOf(database), path)).rejects.toThrow(NotAStoreError);
    expect(existsSync(path)).toBe(false);
  });

  it.runIf(kind === 'PostgreSQL')('a login that may not read every table makes no backup', async () => {
    const database = await newDatabase();
    await (await filled(database)).close();
    const login = `reader_${randomBytes(4).toString('hex')}`;
    await change(database, `create role ${login} login password 'reader'`);
    onTestFinished(() => change(database, `drop owned by ${login}; drop role ${login}`));
    await change(database, `grant select on kysely_migration, meta, recordings to ${login}`);
    const url = new URL(database.url);
    url.username = login;
    url.password = 'reader';
    const path = temporaryFile();
    await expect(backUp(addressOf({ url: url.href }), path)).rejects.toMatchObject({
      reason: expect.stringContaining('permission denied') as string,
    });
    expect(existsSync(path)).toBe(false);
  });

  it.runIf(kind === 'PostgreSQL')(
    'a backup that lacks a table is refused, and the store is as it was',
    async () => {
      const database = await newDatabase();
      await (await filled(database)).close();
      const path = temporaryFile();
      await backUp(addressOf(database), path);
      const lines = gunzipSync(readFileSync(path)).toString().trim().split('\n');
      const start = lines.findIndex((line) => line.includes('"table":"observations"'));
      const next = lines.findIndex((line, index) => index > start && line.includes('"table":'));
      const kept = [...lines.slice(0, start), ...lines.slice(next, -1)];
      const rows = kept.filter((line) => line.startsWith('[')).length;
      writeFileSync(path, gzipSync([...kept, JSON.stringify({ end: rows }), ''].join('\n')));
      await expect(restored(addressOf(database), path, { epoch: 'next', now: new Date() })).rejects.toThrow(
        'it lacks the table observations',
      );
      expect(await idsOf(await database.open())).toHaveLength(2);
    },
  );

  it.runIf(kind === 'SQLite')(
    'the write-ahead log that a crash left behind is not applied to the restored store',
    async () => {
      const database = await newDatabase();
      const store = await filled(database);
      const path = temporaryFile();
      await backUp(addressOf(database), path);
      await recordAll(
        store,
        Array.from({ length: 50 }, (_, index) => incoming(42, 10 + index)),
      );
      // What a process leaves that is killed: the file with its log, and no lock.
      const file = database.url.replace('file:', '');
      const crashed = join(dirname(path), 'crashed.db');
      for (const suffix of ['', '-wal']) copyFileSync(`${file}${suffix}`, `${crashed}${suffix}`);
      const { replaced, observations } = await restored(addressOf({ url: `file:${crashed}` }), path, {
        epoch: 'next',
        now: new Date(0),
      });
      expect(observations).toBe(2);
      expect(replaced).toBe(`${crashed}.replaced-1970-01-01T00-00-00-000Z`);
      // Nothing of the replaced store is lost, its log included.
      const kept = new DatabaseSync(replaced ?? '');
      expect(kept.prepare('select count(*) as rows from observations').get()).toEqual({ rows: 52 });
      kept.close();
      expect(
        readdirSync(dirname(crashed)).filter((name) => name === `${basename(crashed)}.restoring`),
      ).toEqual([]);
    },
  );
});
