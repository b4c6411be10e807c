import { describe, expect, it } from 'vitest';
import { beginEpoch } from '../../../src/store/maintenance/begin-epoch.js';
import { CursorExpiredError } from '../../../src/store/reads/cursor.js';
import { type Store } from '../../../src/store/store.js';
import { notification, SECOND, started, T0 } from '../../recordings/observations.js';
import { collectGarbage } from '../../support/databases/collect-garbage.js';
import { addressOf, onBothDatabases, openAttempt } from '../support.js';
import { failOnUnreadable } from '../../support/fail-on-unreadable.js';

const DAY = 24 * 60 * 60;

const incoming: typeof notification = (type, details, about) =>
  notification(type, details, { recordingId: null, ...about });

const about = (task: string, at: number) => ({ at, sid: task, cname: task });

/** Removes all that is older than a day of the gateway's clock, as the background does; returns the number of steps. */
async function removeOlderThan(store: Store, at: number, now: number): Promise<number> {
  for (let steps = 0; ; steps += 1) {
    if ((await store.removeEnded(T0 + at * SECOND, T0 + now * SECOND)) === 0) return steps;
  }
}

async function idsOf(store: Store): Promise<string[]> {
  const page = await store.recordingPage({ first: 100, after: null, filter: {}, orderBy: 'STARTED_AT_ASC' });
  return page.items.map(({ item }) => item.channel);
}

onBothDatabases(({ newDatabase, newStore }) => {
  describe('recordings that ended long ago', () => {
    it('are removed with everything about them; those that run, or ended later, stay', async () => {
      const store = await newStore();
      for (const task of ['ended', 'runs', 'ended later'])
        await store.record(incoming(40, {}, about(task, 0)));
      const ended = incoming(31, {}, about('ended', 10));
      const { recordingId } = await store.record(ended);
      await store.record(incoming(31, {}, about('ended later', 2 * DAY)));
      expect(await removeOlderThan(store, DAY, 3 * DAY)).toBeGreaterThan(0);
      expect(await idsOf(store)).toEqual(['runs', 'ended later']);
      expect(await store.recordings([recordingId])).toEqual([null]);
      expect(await store.recordingIdBySid('ended')).toBeNull();
      expect(await store.event(ended.id)).toBeNull();
      expect((await store.eventPage(recordingId, {}, 10)).items).toEqual([]);
      const positions = (await store.tail(0, 100)).map(({ position }) => position);
      // The last one says that the recording was removed.
      expect(positions).toEqual([2, 3, 5, 6]);
      expect(await removeOlderThan(store, DAY, 3 * DAY)).toBe(0);
    });

    it('are reported as they end, once each, and as they are removed', async () => {
      const seen: unknown[] = [];
      const store = await (
        await newDatabase()
      ).open({
        onCommitted: (observations, seconds) => seen.push(['committed', observations, seconds > 0]),
        onEnded: (phase, endReason) => seen.push(['ended', phase, endReason]),
        onRemoved: (recordings, cause) => seen.push(['removed', recordings, cause]),
      });
      await store.record(incoming(40, {}, about('ended', 0)));
      await store.record(incoming(31, {}, about('ended', 10)));
      // It has ended already, whatever else comes.
      await store.record(incoming(41, { leaveCode: 2 }, about('ended', 11)));
      expect(seen).toEqual([
        ['committed', 1, true],
        ['committed', 1, true],
        ['ended', expect.any(String), expect.any(String)],
        ['committed', 1, true],
      ]);
      seen.splice(0);
      await removeOlderThan(store, DAY, 3 * DAY);
      expect(seen).toEqual([['removed', 1, 'age']]);
    });

    it('are removed in steps that are each small, however long their logs are', async () => {
      const store = await newStore();
      for (let sequence = 0; sequence < 2_500; sequence += 50) {
        await Promise.all(
          Array.from({ length: 50 }, (_, index) =>
            store.record(
              incoming(42, {}, { ...about('long', sequence + index), sequence: sequence + index }),
            ),
          ),
        );
      }
      await store.record(incoming(31, {}, { ...about('long', 3_000), sequence: 2_500 }));
      const sizes: number[] = [];
      let left = Infinity;
      while (sizes.at(-1) !== 0) {
        sizes.push(await store.removeEnded(T0 + DAY * SECOND, T0 + DAY * SECOND));
        const now = (await store.tail(0, 10_000)).length;
        expect(Math.min(left, 2_502) - now).toBeLessThanOrEqual(1_000);
        left = now;
      }
      // What remains says that the recording was removed.
      expect(left).toBe(1);
      expect(sizes.length).toBeGreaterThan(4);
    });

    it('are still known by the keys of their notifications for one more day', async () => {
      const store = await newStore();
      await store.record(incoming(40, {}, { ...about('ended', 0), noticeId: 'first' }));
      await store.record(incoming(31, {}, { ...about('ended', 10), noticeId: 'last', hash: 'last' }));
      await removeOlderThan(store, DAY, 100 * DAY);
      const again = () =>
        store.record(incoming(31, {}, { ...about('ended', 10), noticeId: 'last', hash: 'last' }));
      expect((await again()).outcome).toBe('duplicate');
      await removeOlderThan(store, DAY, 101 * DAY);
      expect((await again()).outcome).toBe('duplicate');
      await removeOlderThan(store, DAY, 101 * DAY + 1);
      expect((await again()).outcome).toBe('stored');
    });

    it('are removed under either of their ids, with the start that was written down', async () => {
      const store = await newStore();
      await openAttempt(store, 'ours');
      const { recordingId: theirs } = await store.record(incoming(42, {}, { at: 8, uid: '104' }));
      await store.record(started({ at: 1, recordingId: 'ours' }));
      await store.record(incoming(31, {}, { at: 20, uid: '104' }));
      await openAttempt(store, 'refused', { at: 30 });
      await store.attempts.refuse('refused', T0);
      await removeOlderThan(store, DAY, 2 * DAY);
      expect(await store.recordings(['ours', theirs])).toEqual([null, null]);
      expect(await store.attempts.find('ours')).toBeNull();
      expect(await store.attempts.find('refused')).toBeNull();
    });
  });

  describe('those who follow changes', () => {
    it('learn which recordings were removed, for as long as recordings are kept; then their cursors expire', async () => {
      const store = await newStore();
      await store.record(incoming(40, {}, about('ended', 0)));
      const { recordingId } = await store.record(incoming(31, {}, about('ended', 10)));
      const head = await store.head();
      await removeOlderThan(store, DAY, 2 * DAY);
      const { changes } = await store.changesAfter(head, 10);
      expect(changes).toMatchObject([{ recordingId, removed: { channel: 'ended', phase: 'COMPLETED' } }]);
      expect(await store.resumeChanges(store.changeCursor(head))).toBe(head);
      await removeOlderThan(store, 2 * DAY + 1, 3 * DAY);
      expect((await store.changesAfter(head, 10)).changes).toEqual([]);
      await expect(store.resumeChanges(store.changeCursor(head))).rejects.toThrow(CursorExpiredError);
    });

    it('learn that a recording was found to be another one', async () => {
      const store = await newStore();
      await openAttempt(store, 'ours');
      const { recordingId: theirs } = await store.record(incoming(42, {}, { at: 8, uid: '104' }));
      await store.record(started({ at: 1, recordingId: 'ours' }));
      const { changes } = await store.changesAfter(0, 10);
      expect(changes).toMatchObject([
        { recordingId: 'ours', removed: null },
        { recordingId: theirs, removed: { uid: '104' } },
      ]);
    });

    it('of a recording that a command removes, at once; one that runs stays', async () => {
      const store = await newStore();
      const { recordingId: runs } = await store.record(incoming(40, {}, about('runs', 0)));
      await store.record(incoming(40, {}, about('ended', 0)));
      const { recordingId: ended } = await store.record(incoming(31, {}, about('ended', 1)));
      expect(await store.forgetRecording(runs, T0)).toBe(false);
      expect(await store.forgetRecording('unknown', T0)).toBe(false);
      const head = await store.head();
      expect(await store.forgetRecording(ended, T0)).toBe(true);
      expect(await idsOf(store)).toEqual(['runs']);
      expect((await store.changesAfter(head, 10)).changes).toMatchObject([{ recordingId: ended }]);
      await removeOlderThan(store, -DAY, 0);
      expect((await store.eventPage(ended, {}, 10)).items).toEqual([]);
      expect((await store.tail(0, 10)).map(({ position }) => position)).toEqual([1, head + 1]);
    });
  });

  describe('a cursor', () => {
    it('of which something that followed was removed is expired, and names the oldest there is', async () => {
      const store = await newStore();
      await store.record(incoming(40, {}, about('runs', 0)));
      const before = await store.head();
      await store.record(incoming(31, {}, about('ended', 1)));
      const after = await store.head();
      await store.record(incoming(42, {}, about('runs', 2 * DAY)));
      expect(await store.resumeEvents(store.eventCursor(before))).toBe(before);
      await removeOlderThan(store, DAY, 3 * DAY);
      const expired = await store.resumeEvents(store.eventCursor(before)).catch((error: unknown) => error);
      expect(expired).toBeInstanceOf(CursorExpiredError);
      const { oldestCursor } = expired as CursorExpiredError;
      expect(await store.resumeEvents(oldestCursor ?? '')).toBe(after);
      expect(await store.resumeChanges(store.changeCursor(after))).toBe(after);
      await expect(store.resumeChanges(store.changeCursor(before))).rejects.toThrow(CursorExpiredError);
    });

    it('of the end of the log stays good when the end of the log is removed', async () => {
      const store = await newStore();
      await store.record(incoming(40, {}, about('ended', 0)));
      await store.record(incoming(31, {}, about('ended', 1)));
      const head = await store.head();
      await removeOlderThan(store, DAY, 2 * DAY);
      expect(await store.tail(0, 10)).toMatchObject([{ position: head + 1 }]);
      expect(await store.resumeEvents(store.eventCursor(head))).toBe(head);
      await removeOlderThan(store, 4 * DAY, 4 * DAY);
      expect(await store.tail(0, 10)).toEqual([]);
      expect(await store.head()).toBe(head + 1);
      expect(await store.resumeEvents(store.eventCursor(head + 1))).toBe(head + 1);
      const next = await store.record(incoming(40, {}, about('next', 5 * DAY)));
      expect(next.position).toBe(head + 2);
    });

    it('of a store that was restored since is expired: by its epoch, or because it is ahead of the log', async () => {
      const database = await newDatabase();
      const before = await database.open({ mintKey: () => 'first epoch' });
      const { recordingId } = await before.record(incoming(40, {}, about('runs', 0)));
      const cursor = before.eventCursor(1);
      const page = await before.recordingPage({
        first: 1,
        after: null,
        filter: {},
        orderBy: 'STARTED_AT_ASC',
      });
      await expect(before.resumeEvents(before.eventCursor(2))).rejects.toThrow(CursorExpiredError);
      await before.close();
      await collectGarbage();
      await beginEpoch(addressOf(database), 'second epoch', failOnUnreadable);
      const after = await database.open({ mintKey: () => 'not used' });
      // One after the other: a promise that rejects before it is awaited fails the run.
      await expect(after.resumeEvents(cursor)).rejects.toThrow(CursorExpiredError);
      await expect(after.resumeChanges(before.changeCursor(1))).rejects.toThrow(CursorExpiredError);
      await expect(after.eventPage(recordingId, { after: cursor }, 1)).rejects.toThrow(CursorExpiredError);
      const old = page.items[0]?.cursor ?? null;
      await expect(
        after.recordingPage({ first: 1, after: old, filter: {}, orderBy: 'STARTED_AT_ASC' }),
      ).rejects.toThrow(CursorExpiredError);
      expect(after.inputKey).toBe('first epoch');
    });
  });
});
