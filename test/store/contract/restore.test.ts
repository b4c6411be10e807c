import { copyFileSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { BackupInvalidError, StoreHeldError } from '../../../src/store/errors.js';
import { backUp } from '../../../src/store/maintenance/backup.js';
import { restore } from '../../../src/store/maintenance/restore.js';
import { type Store } from '../../../src/store/store.js';
import { notification, SID } from '../../recordings/observations.js';
import { temporaryDirectory } from '../../support/processes.js';
import { logOf, onBothDatabases, recordAll, type StoreDatabase } from '../support.js';

const incoming = (eventType: number, at: number) =>
  notification(eventType, {}, { at, sequence: at, recordingId: null });

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

onBothDatabases(({ kind, newDatabase }) => {
  it('a backup that is made while the store is open restores to what was there then, in a new epoch', async () => {
    const database = await newDatabase();
    const before = await filled(database);
    const ids = await idsOf(before);
    const cursor = before.eventCursor(1);
    const path = temporaryFile();
    const { recordings, observations } = await backUp(database.url, path);
    expect({ recordings, observations }).toEqual({ recordings: 1, observations: 2 });
    await before.record(incoming(41, 3));
    await before.close();

    await restore(database.url, path, { epoch: 'the next one', now: new Date() });
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
    await backUp(database.url, path);
    await store.record(incoming(41, 3));
    await expect(restore(database.url, path, { epoch: 'next', now: new Date() })).rejects.toThrow(
      StoreHeldError,
    );
    expect(await idsOf(store)).toHaveLength(3);
  });

  it('a backup that was cut short or is of another kind is refused, and the store is as it was', async () => {
    const database = await newDatabase();
    const store = await filled(database);
    const path = temporaryFile();
    await backUp(database.url, path);
    await store.record(incoming(41, 3));
    await store.close();
    const cut = `${path}-cut`;
    copyFileSync(path, cut);
    truncateSync(cut, Math.floor(readFileSync(path).length / 2));
    const other = `${path}-other`;
    writeFileSync(other, 'something else');
    for (const each of [cut, other, `${path}-missing`]) {
      await expect(restore(database.url, each, { epoch: 'next', now: new Date() })).rejects.toThrow(
        BackupInvalidError,
      );
    }
    expect(await idsOf(await database.open())).toHaveLength(3);
  });

  it.runIf(kind === 'SQLite')(
    'the write-ahead log that a crash left behind is not applied to the restored store',
    async () => {
      const database = await newDatabase();
      const store = await filled(database);
      const path = temporaryFile();
      await backUp(database.url, path);
      await recordAll(
        store,
        Array.from({ length: 50 }, (_, index) => incoming(42, 10 + index)),
      );
      // What a process leaves that is killed: the file with its log, and no lock.
      const file = database.url.replace('file:', '');
      const crashed = join(dirname(path), 'crashed.db');
      for (const suffix of ['', '-wal']) copyFileSync(`${file}${suffix}`, `${crashed}${suffix}`);
      const { replaced, observations } = await restore(`file:${crashed}`, path, {
        epoch: 'next',
        now: new Date(0),
      });
      expect(observations).toBe(2);
      expect(replaced).toBe(`${crashed}.replaced-1970-01-01T00-00-00-000Z`);
      // Nothing of the replaced store is lost, its log included.
      expect(existsSync(`${replaced}-wal`)).toBe(true);
      expect(
        readdirSync(dirname(crashed)).filter((name) => name === `${basename(crashed)}.restoring`),
      ).toEqual([]);
    },
  );
});
