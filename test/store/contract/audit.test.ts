import { describe, expect, it } from 'vitest';
import { type AuditEntry } from '../../../src/recordings/audit.js';
import { type AuditFilter } from '../../../src/store/reads/audit-page.js';
import { MAX_ROWS } from '../../../src/store/reads/page.js';
import { type Store } from '../../../src/store/store.js';
import { APP_ID, CHANNEL, HOUR, notification, started, T0 } from '../../recordings/observations.js';
import { logOf, onBothDatabases, openAttempt } from '../support.js';

const DAY = 24 * HOUR;

const incoming: typeof notification = (type, details, about) =>
  notification(type, details, { recordingId: null, ...about });

function entry(id: string, given: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id,
    at: T0,
    operation: 'stopRecording',
    caller: 'teacher',
    address: '192.0.2.1',
    requestId: `request of ${id}`,
    recordingId: null,
    place: null,
    input: { recordingId: 'r' },
    result: 'OK',
    codes: [],
    ...given,
  };
}

async function idsOf(store: Store, filter: AuditFilter = {}): Promise<string[]> {
  const page = await store.auditPage({ first: 100, after: null, last: null, before: null, filter });
  return page.items.map(({ item }) => item.id);
}

async function removeOlderThan(store: Store, before: number): Promise<void> {
  while ((await store.removeEnded(before, T0 + 9 * DAY)) > 0);
}

onBothDatabases(({ newStore }) => {
  describe('The audit trail', () => {
    it('gives back what was kept, with the place of the recording, and is an event of it', async () => {
      const store = await newStore();
      const { recordingId } = await store.record(incoming(40, {}));
      const [before] = await store.recordings([recordingId]);
      const kept = entry('a', { recordingId, result: 'USER_ERROR', codes: ['STOP_IN_DOUBT'] });
      await store.audit.keep(kept, true);
      const page = await store.auditPage({ first: 9, after: null, last: null, before: null, filter: {} });
      expect(page.items.map(({ item }) => item)).toEqual([
        { ...kept, place: { appId: APP_ID, channel: CHANNEL } },
      ]);
      const log = await logOf(store, recordingId);
      expect(log.at(-1)).toMatchObject({
        type: 'MUTATION',
        observation: { id: 'a', content: { operation: 'stopRecording', codes: ['STOP_IN_DOUBT'] } },
      });
      expect(JSON.stringify(log.at(-1))).not.toContain('192.0.2.1');
      // It says nothing of the recording itself.
      expect((await store.recordings([recordingId]))[0]).toEqual(before);
      expect(await store.tail(0, 9)).toMatchObject([{ changed: true }, { changed: false }]);
      expect((await store.changesAfter(1, 9)).changes).toEqual([]);
    });

    it('keeps what is about no recording, or about an unknown one, without an event', async () => {
      const store = await newStore();
      await store.audit.keep(entry('nothing', { recordingId: null }), true);
      await store.audit.keep(entry('unknown', { recordingId: 'unknown' }), true);
      const { recordingId } = await store.record(incoming(40, {}));
      await store.audit.keep(entry('forbidden', { recordingId }), false);
      expect(await idsOf(store)).toEqual(['forbidden', 'unknown', 'nothing']);
      expect(await idsOf(store, { recordingId: 'unknown' })).toEqual(['unknown']);
      expect(await logOf(store, recordingId)).toHaveLength(1);
    });

    it('is filtered by caller, recording, mutation, result, time and what the caller may see', async () => {
      const store = await newStore();
      const { recordingId } = await store.record(incoming(40, {}));
      await store.audit.keep(entry('a', { recordingId }), true);
      const place = { appId: APP_ID, channel: 'other-1' };
      await store.audit.keep(entry('b', { at: T0 + 1, operation: 'startRecording', place }), false);
      await store.audit.keep(entry('c', { at: T0 + 2, caller: 'pupil', result: 'ERROR' }), false);
      const channels = (names: string[], prefixes: string[] = []) => ({
        range: { appIds: null, channels: { names, prefixes } },
      });
      expect(await idsOf(store, { caller: 'teacher' })).toEqual(['b', 'a']);
      expect(await idsOf(store, { recordingId })).toEqual(['a']);
      expect(await idsOf(store, { recordingId, caller: 'pupil' })).toEqual([]);
      expect(await idsOf(store, { mutations: ['startRecording'] })).toEqual(['b']);
      expect(await idsOf(store, { mutations: [] })).toEqual([]);
      expect(await idsOf(store, { results: ['ERROR', 'USER_ERROR'] })).toEqual(['c']);
      expect(await idsOf(store, { after: T0, before: T0 + 2 })).toEqual(['b']);
      expect(await idsOf(store, channels([CHANNEL]))).toEqual(['a']);
      expect(await idsOf(store, channels([], ['other-']))).toEqual(['b']);
      expect(await idsOf(store, channels([]))).toEqual([]);
    });

    it('is paged in both directions without loss, also past entries that the filter does not let through', async () => {
      const store = await newStore();
      const amount = MAX_ROWS + 20;
      for (let index = 0; index < amount; index += 1) {
        const isRare = [3, 1_010].includes(index);
        // Several of one moment.
        const at = T0 + Math.floor(index / 3);
        await store.audit.keep(entry(String(index), { at, ...(isRare ? { operation: 'rare' } : {}) }), false);
      }
      for (const isForward of [true, false]) {
        for (const [filter, expected] of [
          [{ mutations: ['rare'] }, ['1010', '3']],
          [
            { after: T0 + 335 },
            ['1019', '1018', '1017', '1016', '1015', '1014', '1013', '1012', '1011', '1010', '1009', '1008'],
          ],
        ] as const) {
          const found: string[] = [];
          let cursor: string | null = null;
          for (let pages = 0; pages < 20; pages += 1) {
            const page = await store.auditPage({
              first: isForward ? 5 : null,
              after: isForward ? cursor : null,
              last: isForward ? null : 5,
              before: isForward ? null : cursor,
              filter: { ...filter, mutations: 'mutations' in filter ? [...filter.mutations] : null },
            });
            const ids = page.items.map(({ item }) => item.id);
            if (isForward) found.push(...ids);
            else found.unshift(...ids);
            cursor = isForward ? page.endCursor : page.startCursor;
            if (!(isForward ? page.hasNextPage : page.hasPreviousPage)) break;
          }
          expect(found).toEqual(expected);
        }
      }
    });

    it('is kept as long as its recording, and without one for the time of retention', async () => {
      const store = await newStore();
      const ended = await store.record(incoming(31, {}, { sid: 'ended', cname: 'ended' }));
      const runs = await store.record(incoming(40, {}, { sid: 'runs', cname: 'runs' }));
      await store.audit.keep(entry('ended', { recordingId: ended.recordingId }), true);
      await store.audit.keep(entry('runs', { recordingId: runs.recordingId }), true);
      await store.audit.keep(entry('old'), false);
      await store.audit.keep(entry('new', { at: T0 + 3 * DAY }), false);
      await removeOlderThan(store, T0 - DAY);
      expect(await idsOf(store)).toEqual(['new', 'old', 'runs', 'ended']);
      await removeOlderThan(store, T0 + DAY);
      expect(await idsOf(store)).toEqual(['new', 'runs']);
    });

    it('loses the entries of a recording that is forgotten, and then keeps that it was', async () => {
      const store = await newStore();
      const { recordingId } = await store.record(incoming(31, {}));
      await store.audit.keep(entry('stop', { recordingId }), true);
      expect(await store.forgetRecording(recordingId, T0)).toBe(true);
      await store.audit.keep(entry('forget', { recordingId }), true);
      expect(await idsOf(store)).toEqual(['forget']);
    });

    it('follows a recording that is found to be another one', async () => {
      const store = await newStore();
      // Seen before the start was written down, so that its id stays.
      const theirs = await store.record(incoming(42, {}, { at: 8, uid: '104', sequence: 0 }));
      const ours = await openAttempt(store, 'ours', { at: 20 });
      await store.record({ ...ours, id: 'attempted' });
      await store.audit.keep(entry('before', { recordingId: 'ours' }), true);
      await store.record(started({ at: 21, recordingId: 'ours' }));
      expect(await store.currentId('ours')).toBe(theirs.recordingId);
      await store.audit.keep(entry('after', { recordingId: 'ours' }), true);
      expect(await idsOf(store, { recordingId: theirs.recordingId })).toEqual(['after', 'before']);
      const log = await logOf(store, theirs.recordingId);
      expect(log.filter(({ type }) => type === 'MUTATION')).toHaveLength(2);
      expect(log.at(-1)?.version).toBe((await store.recordings(['ours']))[0]?.version);
    });
  });
});
