import { describe, expect, it } from 'vitest';
import { MAX_SET_ASIDE } from '../../../src/store/log/set-aside.js';
import { APP_ID, HOUR, notification, SECOND, T0 } from '../../recordings/observations.js';
import { change, logOf, onBothDatabases, openAttempt, recordAll } from '../support.js';

const HOURS = HOUR / SECOND;

/** A notification of the recording with this sid, `at` seconds after T0. */
function heard(type: number, sid: string, at = 0, about: { cname?: string } = {}) {
  return notification(type, {}, { recordingId: null, sid, at, cname: sid, ...about });
}

onBothDatabases(({ newDatabase }) => {
  describe('Notifications about more unknown recordings than a project may add in an hour', () => {
    const bounded = { maxUnknownRecordings: 2 };

    it('are set aside and make no recording, and the others are stored as ever', async () => {
      const store = await (await newDatabase()).open(bounded);
      const recorded = await recordAll(store, [
        heard(40, 'a'),
        heard(40, 'b'),
        heard(40, 'c'),
        heard(41, 'a', 1),
      ]);
      expect(recorded.map(({ outcome }) => outcome)).toEqual(['stored', 'stored', 'set-aside', 'stored']);
      expect(recorded[2]).toEqual({ outcome: 'set-aside', recordingId: '', position: null, foldError: null });
      expect(await store.recordingIdBySid('c')).toBeNull();
      expect(await store.tail(0, 9)).toHaveLength(3);
    });

    it('join their recording, in order and once each, when it is named in a later hour', async () => {
      const database = await newDatabase();
      const store = await database.open(bounded);
      await recordAll(store, [heard(40, 'a'), heard(40, 'b')]);
      for (const again of [0, 0, 1]) await store.record(heard(40, 'c', again));
      await store.record(heard(42, 'c', 2));
      const { recordingId } = await store.record(heard(41, 'c', HOURS));
      const types = (await logOf(store, recordingId)).map(({ type }) => type);
      expect(types).toEqual([
        'RECORDER_LEAVE',
        'RECORDER_STARTED',
        'RECORDER_STARTED',
        'RECORDER_SLICE_START',
      ]);
      const [recording] = await store.recordings([recordingId]);
      const inOrder = await (await newDatabase()).open();
      const all = [heard(40, 'c'), heard(40, 'c', 1), heard(42, 'c', 2), heard(41, 'c', HOURS)];
      const [same] = await recordAll(inOrder, all);
      const [expected] = await inOrder.recordings([same!.recordingId]);
      expect(recording?.phase).toEqual(expected?.phase);
      expect(recording?.sid).toEqual(expected?.sid);
      // Nothing is left, so nothing joins twice.
      const { outcome } = await store.record(heard(40, 'c'));
      expect(outcome).toBe('duplicate');
      expect(await logOf(store, recordingId)).toHaveLength(4);
    });

    it('are kept over a restart, which does not begin the count again', async () => {
      const database = await newDatabase();
      const first = await database.open(bounded);
      await recordAll(first, [heard(40, 'a'), heard(40, 'b'), heard(40, 'c')]);
      await first.close();
      const second = await database.open(bounded);
      expect((await second.record(heard(41, 'c', 1))).outcome).toBe('set-aside');
      const { recordingId } = await second.record(heard(42, 'c', HOURS));
      expect(await logOf(second, recordingId)).toHaveLength(3);
    });

    it('are counted for each project, and never hold up the recordings that are started here', async () => {
      const store = await (await newDatabase()).open({ maxUnknownRecordings: 1 });
      const other = { ...heard(40, 'x'), appId: 'another' };
      expect((await store.record(heard(40, 'a'))).outcome).toBe('stored');
      expect((await store.record(other)).outcome).toBe('stored');
      expect((await store.record(heard(40, 'b'))).outcome).toBe('set-aside');
      await openAttempt(store, 'ours');
      const { outcome, recordingId } = await store.record(
        notification(40, {}, { recordingId: null, sid: 'of ours', at: 1 }),
      );
      expect({ outcome, recordingId }).toEqual({ outcome: 'stored', recordingId: 'ours' });
    });

    it('are deleted with the age of retention', async () => {
      const database = await newDatabase();
      const store = await database.open({ maxUnknownRecordings: 1 });
      await recordAll(store, [heard(40, 'a'), heard(40, 'b'), heard(40, 'c', 2)]);
      while ((await store.removeEnded(T0 + SECOND, T0 + HOUR)) > 0);
      const { recordingId } = await store.record(heard(41, 'c', HOURS));
      expect(await logOf(store, recordingId)).toHaveLength(2);
      const { recordingId: late } = await store.record(heard(41, 'b', 2 * HOURS));
      expect(await logOf(store, late)).toHaveLength(1);
    });

    it('are kept up to a number, of which the latest stay', async () => {
      const database = await newDatabase();
      const store = await database.open({ maxUnknownRecordings: 1 });
      await recordAll(store, [heard(40, 'a'), heard(40, 'b')]);
      await change(
        database,
        `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${MAX_SET_ASIDE + 600})
         INSERT INTO notifications_set_aside (app_id, sid, hash, received_at, observation)
         SELECT '${APP_ID}', 'many', CAST(n AS TEXT), 0, '{}' FROM numbers`,
      );
      for (let at = 1; at <= 300; at += 1) await store.record(heard(40, 'c', at));
      expect((await store.record(heard(41, 'b', HOURS))).outcome).toBe('stored');
      const { recordingId } = await store.record(heard(41, 'c', 2 * HOURS));
      expect(await logOf(store, recordingId)).toHaveLength(301);
      expect(await logOf(store, (await store.recordingIdBySid('b'))!)).toHaveLength(1);
    });
  });

  it('Without a bound, notifications add any number of recordings', async () => {
    const store = await (await newDatabase()).open();
    const sids = Array.from({ length: 50 }, (_, index) => `sid-${index}`);
    const recorded = await recordAll(
      store,
      sids.map((sid) => heard(40, sid)),
    );
    expect(new Set(recorded.map(({ outcome }) => outcome))).toEqual(new Set(['stored']));
  });
});
