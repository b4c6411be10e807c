import { describe, expect, it } from 'vitest';
import { OtherAgoraError, StoreBusyError } from '../../../src/store/errors.js';
import { notification, queried, SID, started, stopped } from '../../recordings/observations.js';
import { logOf, onBothDatabases, openAttempt, recordAll } from '../support.js';

const incoming: typeof notification = (type, details, about) =>
  notification(type, details, { recordingId: null, ...about });

onBothDatabases(({ newDatabase, newStore }) => {
  describe('a gateway that is started again', () => {
    it('knows the same recordings, events, versions and aliases', async () => {
      const database = await newDatabase();
      const before = await database.open();
      await openAttempt(before, 'ours');
      await recordAll(before, [
        incoming(42, {}, { at: 8, uid: '104', sequence: 0 }),
        started({ at: 1, recordingId: 'ours' }),
        incoming(33, { progress: 100 }, { at: 9, sequence: 0 }),
        incoming(43, { streamUid: '1', state: 0 }, { at: 10, sequence: 1 }),
        incoming(
          1,
          { module: 1, errorLevel: 4, errorCode: 47, errorMsg: 'no bucket' },
          { at: 11, sequence: 2 },
        ),
        queried(5, { at: 12, recordingId: 'ours', response: { fileList: [{ fileName: 'a.mp4' }] } }),
        stopped({ uploadingStatus: 'unknown' }, { at: 13, recordingId: 'ours' }),
        incoming(40, {}, { at: 14, sid: 'another', cname: 'elsewhere' }),
      ]);
      const ids = ['ours', 'new-1', 'new-2'];
      const seen = async (store: typeof before) => ({
        states: await store.states(ids),
        recordings: await store.recordings(ids),
        log: await logOf(store, 'ours'),
        tail: await store.tail(0, 100),
        head: await store.head(),
        next: await store.nextWatchAt(),
      });
      const known = await seen(before);
      expect(known.recordings.map((recording) => recording?.id)).toEqual(['ours', 'ours', 'new-2']);
      await before.close();

      const after = await database.open();
      expect(await seen(after)).toEqual(known);
      const next = await after.record(incoming(41, {}, { at: 20, sequence: 6 }));
      expect(next).toMatchObject({ recordingId: 'ours', position: known.head + 1 });
      const again = await after.record(incoming(33, { progress: 100 }, { at: 9, sequence: 0 }));
      expect(again.outcome).toBe('duplicate');
      const [recording] = await after.recordings(['new-1']);
      expect(recording).toMatchObject({
        phase: 'UPLOADING',
        version: (known.recordings[0]?.version ?? 0) + 1,
      });
    });

    it('finds the start that it had written down', async () => {
      const database = await newDatabase();
      const before = await database.open();
      await openAttempt(before, 'ours');
      await before.close();
      const after = await database.open();
      expect((await after.record(incoming(40, {}, { at: 2 }))).recordingId).toBe('ours');
      expect(await after.recordingIdBySid(SID)).toBe('ours');
    });
  });

  describe('a store', () => {
    it('takes nothing more once it is closing, and has written everything before when it is closed', async () => {
      const database = await newDatabase();
      const store = await database.open();
      const recorded = Array.from({ length: 200 }, (_, index) =>
        store.record(incoming(42, {}, { at: index })),
      );
      const closing = store.close();
      await expect(store.record(incoming(41))).rejects.toThrow(StoreBusyError);
      await closing;
      const outcomes = (await Promise.all(recorded)).map(({ outcome }) => outcome);
      expect(outcomes).toEqual(Array.from({ length: 200 }, () => 'stored'));
      expect(await (await database.open()).head()).toBe(200);
    });

    it('notifies its listeners of each commit until they leave', async () => {
      const store = await newStore();
      let heard = 0;
      const leave = store.onCommit(() => (heard += 1));
      await store.record(incoming(40, {}, { at: 1 }));
      expect(heard).toBeGreaterThanOrEqual(1);
      leave();
      const last = heard;
      await store.record(incoming(40, {}, { at: 2 }));
      expect(heard).toBe(last);
    });
  });

  describe('a store of other Agora projects', () => {
    it('is refused, and stays free for the gateway that it belongs to', async () => {
      const database = await newDatabase();
      await (await database.open({ appIds: ['one', 'two'] })).close();
      const refused = database.open({ appIds: ['three', 'four'] });
      await expect(refused).rejects.toThrow(OtherAgoraError);
      await expect(refused).rejects.toThrow(/belongs to .* one, two, .*configured for three, four/);
      expect(await (await database.open({ appIds: ['two'] })).head()).toBe(0);
    });

    it('is accepted with one project that it has served, so that projects can be added and removed', async () => {
      const database = await newDatabase();
      for (const appIds of [['one'], ['two', 'one'], ['three', 'two'], ['three']]) {
        await (await database.open({ appIds })).close();
      }
      await expect(database.open({ appIds: ['four'] })).rejects.toThrow('one, three, two');
    });
  });
});
