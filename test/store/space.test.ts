import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { backUp } from '../../src/store/maintenance/backup.js';
import { restore } from '../../src/store/maintenance/restore.js';
import { type Store } from '../../src/store/store.js';
import { notification, SECOND, T0 } from '../recordings/observations.js';
import { collectGarbage } from '../support/databases/collect-garbage.js';
import { failOnUnreadable } from '../support/fail-on-unreadable.js';
import { temporaryDirectory } from '../support/processes.js';
import { addressOf, change, emptyDatabase, type StoreDatabase, storeDatabase } from './support.js';

const MEGABYTE = 1024 * 1024;

/** Recordings that are removed, and what of the file they take. */
const OLD = 16;
const EVENTS = 12;
const EVENT_BYTES = 100_000;
/** Recordings that are made meanwhile, at most: as many as are counted exactly. */
const MAX_NEW = 500;

const OLD_BYTES = OLD * EVENTS * EVENT_BYTES;

const fileOf = ({ url }: StoreDatabase) => url.slice('file:'.length);
const sizeOf = (database: StoreDatabase) => statSync(fileOf(database)).size;

const incoming: typeof notification = (type, details, about) =>
  notification(type, details, { recordingId: null, ...about });

async function recordOld(store: Store, name = 'old'): Promise<void> {
  for (let task = 0; task < OLD; task += 1) {
    const about = { sid: `${name}-${task}`, cname: `${name}-${task}` };
    for (let at = 0; at < EVENTS; at += 1)
      await store.record(incoming(43, { text: 'x'.repeat(EVENT_BYTES) }, { ...about, at, sequence: at }));
    await store.record(incoming(31, {}, { ...about, at: EVENTS, sequence: EVENTS }));
  }
}

/** Whether all of a file fits together, and how its free space is treated: 0, or 2 where it can be given back. */
function lookInto(file: string): { check: unknown; mode: unknown } {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const [check, mode] = ['integrity_check', 'auto_vacuum'].map(
      (pragma) => (database.prepare(`pragma ${pragma}`).get() as Record<string, unknown>)[pragma],
    );
    return { check, mode };
  } finally {
    database.close();
  }
}

async function removeAll(store: Store): Promise<void> {
  const now = T0 + 1_000 * SECOND;
  while ((await store.removeEnded(now, now)) > 0);
}

async function giveAllBack(store: Store): Promise<number> {
  let sum = 0;
  for (;;) {
    const bytes = await store.giveBackSpace();
    if (bytes === 0) return sum;
    sum += bytes;
  }
}

describe('A SQLite file', () => {
  it.each([
    ['that was just made', emptyDatabase],
    ['of this version', storeDatabase],
  ])('%s becomes smaller once recordings are removed, while others are recorded', async (_what, make) => {
    const database = await make('SQLite');
    const given: number[] = [];
    const store = await database.open({ onGivenBack: (bytes) => given.push(bytes) });
    await recordOld(store);
    let recorded = 0;
    let isDone = false;
    const writing = (async () => {
      while (!isDone && recorded < MAX_NEW) {
        await store.record(incoming(40, {}, { sid: `new-${recorded}`, cname: 'new', at: 2_000 }));
        recorded += 1;
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    })();
    await removeAll(store);
    const sum = await giveAllBack(store);
    isDone = true;
    await writing;
    expect(sum).toBeGreaterThan(OLD_BYTES / 2);
    expect(given.reduce((all, bytes) => all + bytes, 0)).toBe(sum);
    // Many short steps, so that writers get in between.
    expect(given.length).toBeGreaterThan(2);
    await store.close();
    await collectGarbage();
    expect(sizeOf(database)).toBeLessThan(OLD_BYTES / 4);
    expect(lookInto(fileOf(database))).toEqual({ check: 'ok', mode: 2 });
    const again = await database.open();
    expect(recorded).toBeGreaterThan(0);
    expect(await again.recordingCount({ channels: ['new'] })).toEqual({ count: recorded, exact: true });
  });

  it('becomes smaller while it is open, without a restart', async () => {
    const database = await storeDatabase('SQLite');
    const store = await database.open();
    await recordOld(store);
    await removeAll(store);
    await giveAllBack(store);
    expect(sizeOf(database)).toBeLessThan(OLD_BYTES / 4);
  });

  it('keeps a little free for what is written next, and gives nothing back that is not worth it', async () => {
    const store = await (await storeDatabase('SQLite')).open();
    for (let at = 0; at < 5; at += 1)
      await store.record(
        incoming(43, { text: 'x'.repeat(EVENT_BYTES) }, { sid: 'little', at, sequence: at }),
      );
    await store.record(incoming(31, {}, { sid: 'little', at: 6, sequence: 6 }));
    await removeAll(store);
    expect(await store.giveBackSpace()).toBe(0);
  });

  it('that an earlier release made says so, keeps its size, and gives it back after a backup is restored', async () => {
    const database = await storeDatabase('SQLite');
    await change(database, 'pragma auto_vacuum = none; vacuum');
    expect(lookInto(fileOf(database))).toEqual({ check: 'ok', mode: 0 });
    const stuck: number[] = [];
    const given: number[] = [];
    const options = {
      onStuckSpace: (bytes: number) => stuck.push(bytes),
      onGivenBack: (bytes: number) => given.push(bytes),
    };
    const store = await database.open(options);
    await recordOld(store);
    await removeAll(store);
    expect(await store.giveBackSpace()).toBe(0);
    expect(stuck).toEqual([expect.any(Number)]);
    expect(stuck[0]).toBeGreaterThan(OLD_BYTES / 2);
    const directory = temporaryDirectory();
    onTestFinished(() => directory.remove());
    const backup = join(directory.path, 'backup.db');
    const { bytes } = await backUp(addressOf(database), backup);
    expect(bytes).toBeLessThan(MEGABYTE);
    await store.close();
    await collectGarbage();
    await restore(addressOf(database), backup, {
      epoch: 'later',
      onUnreadable: failOnUnreadable,
      now: new Date(T0),
    });
    expect(lookInto(fileOf(database))).toEqual({ check: 'ok', mode: 2 });
    expect(sizeOf(database)).toBeLessThan(MEGABYTE);
    const restored = await database.open(options);
    await recordOld(restored, 'later');
    await removeAll(restored);
    expect(await giveAllBack(restored)).toBeGreaterThan(OLD_BYTES / 2);
    expect(given.length).toBeGreaterThan(2);
    await restored.close();
    await collectGarbage();
  });
});
