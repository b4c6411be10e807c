import { describe, expect, it, onTestFinished } from 'vitest';
import { join } from 'node:path';
import { type UnansweredQuery } from '../../../src/recordings/unanswered-query.js';
import { openDatabase } from '../../../src/store/drivers/database.js';
import { MAX_UNANSWERED_QUERIES } from '../../../src/store/log/unanswered-queries.js';
import { backUp } from '../../../src/store/maintenance/backup.js';
import { beginEpoch } from '../../../src/store/maintenance/begin-epoch.js';
import { restore } from '../../../src/store/maintenance/restore.js';
import { type Store } from '../../../src/store/store.js';
import { HOUR, notification, started, T0 } from '../../recordings/observations.js';
import { collectGarbage } from '../../support/databases/collect-garbage.js';
import { failOnUnreadable } from '../../support/fail-on-unreadable.js';
import { temporaryDirectory } from '../../support/processes.js';
import { addressOf, onBothDatabases, openAttempt } from '../support.js';

const DAY = 24 * HOUR;

const incoming: typeof notification = (type, details, about) =>
  notification(type, details, { recordingId: null, ...about });

function query(recordingId: string, id: string, given: Partial<UnansweredQuery> = {}): UnansweredQuery {
  return {
    id,
    recordingId,
    reason: 'HEARTBEAT',
    requestedAt: T0,
    sentAt: T0 + 1,
    answeredAt: null,
    endedAt: T0 + 2,
    httpStatus: null,
    agoraCode: null,
    message: 'No reply within 10000 ms.',
    requestId: null,
    ...given,
  };
}

const ANSWERED = {
  answeredAt: T0 + 2,
  httpStatus: 500,
  agoraCode: 1_501,
  message: 'busy\0',
  requestId: 'request',
};

async function idsOf(store: Store, recordingId: string): Promise<string[]> {
  return (await store.unansweredQueries(recordingId)).queries.map(({ id }) => id);
}

async function removeOlderThan(store: Store, before: number): Promise<void> {
  while ((await store.removeEnded(before, T0 + 9 * DAY)) > 0);
}

onBothDatabases(({ kind, newDatabase, newStore }) => {
  describe('A query from which nothing was learned', () => {
    it('is given back as it was kept, the latest first, and changes neither the recording nor the log', async () => {
      const store = await newStore();
      const { recordingId } = await store.record(incoming(40, {}));
      const [before] = await store.recordings([recordingId]);
      const head = await store.head();
      const heard: string[] = [];
      store.onCommit(() => heard.push('commit'));
      const kept = [
        query(recordingId, 'lost'),
        query(recordingId, 'answered', ANSWERED),
        query(recordingId, 'unsent', { sentAt: null }),
      ];
      for (const each of kept) await store.unanswered.keep(each);
      expect((await store.unansweredQueries(recordingId)).queries).toEqual(kept.reverse());
      expect((await store.recordings([recordingId]))[0]).toEqual(before);
      expect(await store.head()).toBe(head);
      expect(await store.event('lost')).toBeNull();
      expect((await store.changesAfter(head, 9)).changes).toEqual([]);
      // On PostgreSQL every transaction is a hint to read on, and there is nothing to read.
      if (kind === 'SQLite') expect(heard).toEqual([]);
    });

    it(`is one of the last ${MAX_UNANSWERED_QUERIES} of its recording, and its message is bounded`, async () => {
      const store = await newStore();
      const { recordingId } = await store.record(incoming(40, {}));
      const other = await store.record(incoming(40, {}, { sid: 'other', cname: 'other' }));
      await store.unanswered.keep(query(other.recordingId, 'of the other'));
      for (let index = 0; index < MAX_UNANSWERED_QUERIES + 3; index += 1)
        await store.unanswered.keep(query(recordingId, String(index), { message: 'x'.repeat(100_000) }));
      const { queries, bytes } = await store.unansweredQueries(recordingId);
      expect(queries).toHaveLength(MAX_UNANSWERED_QUERIES);
      expect([queries[0]?.id, queries.at(-1)?.id]).toEqual([String(MAX_UNANSWERED_QUERIES + 2), '3']);
      expect(bytes).toBe(MAX_UNANSWERED_QUERIES * 500);
      expect(await idsOf(store, other.recordingId)).toEqual(['of the other']);
    });

    it('is not kept of a recording that is not there', async () => {
      const store = await newStore();
      await store.unanswered.keep(query('unknown', 'a'));
      expect(await idsOf(store, 'unknown')).toEqual([]);
    });

    it('goes with its recording, for its age or because it is forgotten', async () => {
      const database = await newDatabase();
      const before = await database.open();
      const ids: string[] = [];
      for (const sid of ['old', 'forgotten', 'runs', 'left']) {
        const type = sid === 'runs' ? 40 : 31;
        const { recordingId } = await before.record(incoming(type, {}, { sid, cname: sid }));
        await before.unanswered.keep(query(recordingId, `of ${sid}`));
        ids.push(recordingId);
      }
      const [old = '', forgotten = '', runs = '', left = ''] = ids;
      expect(await before.forgetRecording(forgotten, T0)).toBe(true);
      expect(await idsOf(before, forgotten)).toEqual([]);
      await before.close();
      // As a gateway removes it that does not know of these queries.
      await collectGarbage();
      const opened = openDatabase(database.url);
      await opened.kysely.deleteFrom('recordings').where('id', '=', left).execute();
      await opened.close();
      await collectGarbage();
      const store = await database.open();
      expect(await idsOf(store, left)).toEqual(['of left']);
      await removeOlderThan(store, T0 + DAY);
      expect(await Promise.all([old, left, runs].map((id) => idsOf(store, id)))).toEqual([
        [],
        [],
        ['of runs'],
      ]);
    });

    it('follows a recording that is found to be another one', async () => {
      const store = await newStore();
      // Seen before the start was written down, so that its id stays.
      const theirs = await store.record(incoming(42, {}, { at: 8, uid: '104', sequence: 0 }));
      const ours = await openAttempt(store, 'ours', { at: 20 });
      await store.record({ ...ours, id: 'attempted' });
      await store.unanswered.keep(query('ours', 'before'));
      await store.record(started({ at: 21, recordingId: 'ours' }));
      await store.unanswered.keep(query('ours', 'after'));
      expect(await idsOf(store, theirs.recordingId)).toEqual(['after', 'before']);
    });

    it('is in a backup, is there after a restore and in a new epoch, and others follow it', async () => {
      const database = await newDatabase();
      const first = await database.open();
      const { recordingId } = await first.record(incoming(40, {}));
      await first.unanswered.keep(query(recordingId, 'before'));
      const directory = temporaryDirectory();
      onTestFinished(() => directory.remove());
      const path = join(directory.path, 'backup');
      await backUp(addressOf(database), path);
      await first.unanswered.keep(query(recordingId, 'lost with the restore'));
      await first.close();
      await collectGarbage();
      const about = { epoch: 'restored', now: new Date(), onUnreadable: failOnUnreadable };
      await restore(addressOf(database), path, about);
      await collectGarbage();
      await beginEpoch(addressOf(database), 'new', failOnUnreadable);
      const store = await database.open();
      await store.unanswered.keep(query(recordingId, 'after'));
      expect(await idsOf(store, recordingId)).toEqual(['after', 'before']);
    });
  });
});
