import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it } from 'vitest';
import { beginEpoch } from '../../../src/store/maintenance/begin-epoch.js';
import { CursorExpiredError } from '../../../src/store/reads/cursor.js';
import { type Store } from '../../../src/store/store.js';
import { notification, SID } from '../../recordings/observations.js';
import { administer } from '../../support/databases/databases.js';
import { sized } from '../../support/size.js';
import { addressOf, logOf, onBothDatabases, type StoreDatabase } from '../support.js';
import { failOnUnreadable } from '../../support/fail-on-unreadable.js';

const PICTURES = sized(100, 1_000);

const picture = (sequence: number) =>
  notification(45, { fileName: `${sequence}.jpg` }, { recordingId: null, at: sequence, sequence });

/** A backup of a SQLite file, made by another process while the gateway writes. */
function vacuumInto(source: StoreDatabase, target: StoreDatabase): void {
  const database = new DatabaseSync(source.url.slice('file:'.length));
  try {
    database.exec(`vacuum into '${target.url.slice('file:'.length)}'`);
  } finally {
    database.close();
  }
}

/** PostgreSQL's own way to copy a database, which no connection may use at the same time. */
async function copyDatabase(source: StoreDatabase, target: StoreDatabase): Promise<void> {
  const name = ({ url }: StoreDatabase) => new URL(url).pathname.slice(1);
  const server = new URL('/postgres', source.url).href;
  await administer(server, async (client) => {
    await client.query(`drop database ${name(target)}`);
    await client.query(`create database ${name(target)} template ${name(source)} strategy file_copy`);
  });
}

onBothDatabases(({ kind, newDatabase, withoutTables }) => {
  it('a store that is restored from a backup is whole, works on, and begins a new epoch', async () => {
    const [source, target] = [await newDatabase(), await withoutTables()];
    const store: Store = await source.open();
    for (let sequence = 0; sequence < PICTURES; sequence += 1) await store.record(picture(sequence));
    const cursor = store.eventCursor(1);
    if (kind === 'SQLite') {
      const more = Array.from({ length: 200 }, (_, index) => store.record(picture(PICTURES + index)));
      await more[20];
      vacuumInto(source, target);
      await Promise.all(more);
    } else {
      await store.close();
      await copyDatabase(source, target);
    }

    await beginEpoch(addressOf(target), 'second epoch', failOnUnreadable);
    const restored = await target.open();
    await expect(restored.resumeEvents(cursor)).rejects.toThrow(CursorExpiredError);
    const id = (await restored.recordingIdBySid(SID)) ?? '';
    const log = await logOf(restored, id);
    expect(log.length).toBeGreaterThanOrEqual(PICTURES);
    const [recording] = await restored.recordings([id]);
    expect(recording?.delivery).toMatchObject({ received: log.length, missingCount: 0, duplicates: 0 });
    const next = await restored.record(picture(log.length));
    expect(next).toMatchObject({ outcome: 'stored', recordingId: id, position: await restored.head() });
  });
});
