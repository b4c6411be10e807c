import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Recording } from '../../../src/recordings/view/recording.js';
import { CursorInvalidError } from '../../../src/store/reads/cursor.js';
import { filterFacts, matches, type RecordingFilter } from '../../../src/store/reads/filter.js';
import { ORDERS as EVERY_ORDER, type RecordingOrder } from '../../../src/store/reads/recording-pages.js';
import { openStore, type Store } from '../../../src/store/store.js';
import {
  APP_ID,
  CHANNEL,
  noReply,
  notification,
  queried,
  SECOND,
  T0,
  UID,
} from '../../recordings/observations.js';
import { migratedDatabase, type TestDatabase } from '../../support/databases/databases.js';
import { sized } from '../../support/size.js';
import { openAttempt, recordAll, onBothDatabases } from '../support.js';
import { described, started, stopped } from '../../recordings/observations.js';

const ORDERS = Object.keys(EVERY_ORDER) as RecordingOrder[];

const TITLE = { key: 'title', value: 'Algebra' };
const TENANT = { key: 'tenant', value: 'acme' };
const ROOM = { key: 'room', value: '7' };

const incoming: typeof notification = (type, details, about) =>
  notification(type, details, { recordingId: null, ...about });

onBothDatabases(({ kind, newStore }) => {
  describe('the list of recordings', () => {
    let database: TestDatabase;
    let store: Store;
    let all: Recording[] = [];
    let changed: Map<string, number>;

    /** Forty recordings at five moments in four channels, some stopped, some with problems, two of them ours. */
    beforeAll(async () => {
      let minted = 0;
      let metadataAt = 80;
      database = await migratedDatabase(kind);
      store = await openStore({
        databaseUrl: database.url,
        appIds: [APP_ID],
        mintKey: () => 'key',
        // Not in the order of creation, so that an order by id cannot be right by chance.
        mintId: () => `id-${((minted += 1) * 17) % 41}`,
      });
      for (let index = 0; index < 38; index += 1) {
        const about = {
          at: index % 5,
          sid: `sid-${index}`,
          uid: String(index % 3),
          cname: `channel-${index % 4}`,
        };
        await store.record(incoming(40, {}, about));
        if (index % 3 === 0) await store.record(incoming(41, {}, { ...about, at: 50 }));
        if (index % 7 === 0)
          await store.record(incoming(2, { warnCode: 31, module: 1 }, { ...about, at: 60 }));
      }
      for (const id of ['ours-1', 'ours-2']) {
        await openAttempt(store, id, { at: 3, channel: id, startedBy: 'teacher' });
        await store.record(startOf(id));
      }
      for (const [recordingId, entries] of [
        ['ours-1', [TITLE, TENANT]],
        ['ours-2', [TITLE, ROOM]],
        ['ours-2', [TITLE]],
      ] as const) {
        await store.record(described([...entries], { at: (metadataAt += 1), recordingId }));
      }
      await store.record(incoming(31, {}, { at: 70, sid: 'sid-3', uid: '0', cname: 'channel-3' }));
      const page = await store.recordingPage({
        first: 1_000,
        after: null,
        filter: {},
        orderBy: 'STARTED_AT_ASC',
      });
      all = page.items.map(({ item }) => item);
      changed = new Map();
      for (const entry of await store.tail(0, 1_000)) {
        if (entry.changed) changed.set(entry.recordingIds[0] ?? '', entry.position);
      }
    });

    afterAll(async () => {
      await store.close();
      await database.remove();
    });

    function startOf(recordingId: string) {
      const observation = started({ at: 4, recordingId });
      if (observation.content.kind !== 'reply') throw new Error('It is a reply.');
      const reply = { ...observation.content.reply, sid: `sid-of-${recordingId}` };
      return { ...observation, content: { ...observation.content, reply } };
    }

    async function walk(
      filter: RecordingFilter,
      orderBy: RecordingOrder,
      first: number,
    ): Promise<Recording[]> {
      const found: Recording[] = [];
      let after: string | null = null;
      for (let pages = 0; pages < 100; pages += 1) {
        const page = await store.recordingPage({ first, after, filter, orderBy });
        expect(page.items.length).toBeLessThanOrEqual(first);
        expect(page.hasPreviousPage).toBe(after !== null);
        found.push(...page.items.map(({ item }) => item));
        if (!page.hasNextPage) return found;
        expect(page.items).toHaveLength(first);
        after = page.items.at(-1)?.cursor ?? null;
      }
      throw new Error('The pages do not end.');
    }

    function isWithin(at: number | null, after: number | null | undefined, before: typeof after): boolean {
      return (
        (after == null || (at !== null && at > after)) && (before == null || (at !== null && at < before))
      );
    }

    function fits(recording: Recording, filter: RecordingFilter): boolean {
      const among = (values: string[] | null | undefined, value: string | null) =>
        values == null || (value !== null && values.includes(value));
      return (
        among(filter.appIds, recording.appId) &&
        among(filter.channels, recording.channel) &&
        among(filter.uids, recording.uid) &&
        among(filter.sids, recording.sid) &&
        among(filter.modes, recording.mode) &&
        among(filter.phases, recording.phase) &&
        among(filter.endReasons, recording.endReason) &&
        among(filter.uploadStates, recording.upload.state) &&
        among(filter.storageProfiles, recording.storage?.profile ?? null) &&
        among(filter.startedBy, recording.startedBy) &&
        among(filter.problemSeverities, recording.problems.length > 0 ? 'WARNING' : null) &&
        isWithin(recording.startedAt, filter.startedAfter, filter.startedBefore) &&
        isWithin(recording.endedAt, filter.endedAfter, filter.endedBefore) &&
        isWithin(recording.changedAt, filter.changedAfter, filter.changedBefore) &&
        recording.channel.startsWith(filter.channelPrefix ?? '') &&
        (filter.metadata ?? []).every(({ key, value }) =>
          recording.metadata.some((entry) => entry.key === key && entry.value === value),
        ) &&
        (filter.hasProblems == null || recording.problems.length > 0 === filter.hasProblems)
      );
    }

    const some = <T>(...values: T[]) => fc.option(fc.subarray(values), { nil: undefined, freq: 1 });
    const at = fc.option(
      fc.integer({ min: -1, max: 5 }).map((second) => T0 + second * SECOND),
      { nil: undefined, freq: 1 },
    );
    const late = fc.option(
      fc.constantFrom(0, 3, 49, 50, 60, 71).map((second) => T0 + second * SECOND),
      { nil: undefined, freq: 2 },
    );
    const anyFilter: fc.Arbitrary<RecordingFilter> = fc.record(
      {
        appIds: some('app', 'other'),
        channels: some('channel-0', 'channel-1', 'channel-2', 'ours-1'),
        uids: some('0', '1', '2'),
        sids: some('sid-0', 'sid-1', 'sid-30', 'sid-of-ours-1'),
        modes: some('UNKNOWN', 'COMPOSITE'),
        phases: some('RECORDING', 'UPLOADING', 'COMPLETED', 'STARTING'),
        endReasons: some('IDLE', 'STOP_REQUESTED'),
        uploadStates: some('NOT_STARTED', 'IN_PROGRESS', 'UPLOADED'),
        storageProfiles: some('main', 'other'),
        startedBy: some('teacher', 'pupil'),
        problemSeverities: some('WARNING', 'ERROR'),
        channelPrefix: fc.option(fc.constantFrom('', 'channel-', 'channel-1', 'ours', 'Channel'), {
          nil: undefined,
          freq: 1,
        }),
        metadata: some(TITLE, TENANT, ROOM),
        startedAfter: at,
        startedBefore: at,
        endedAfter: late,
        endedBefore: late,
        changedAfter: late,
        changedBefore: late,
        hasProblems: fc.option(fc.boolean(), { nil: undefined, freq: 1 }),
      },
      { requiredKeys: [] },
    );

    it('is what these tests suppose: forty recordings, at few moments', () => {
      expect(all).toHaveLength(40);
      expect(new Set(all.map(({ startedAt }) => startedAt)).size).toBe(5);
      expect(new Set(all.map(({ phase }) => phase)).size).toBe(4);
    });

    it('gives every recording exactly once, page by page, in each order', async () => {
      for (const orderBy of ORDERS) {
        for (const first of [1, 3, 7, 40, 41]) {
          const ids = (await walk({}, orderBy, first)).map(({ id }) => id);
          expect(ids).toHaveLength(40);
          expect(new Set(ids).size).toBe(40);
        }
      }
    });

    it('gives exactly the recordings that a filter asks for, page by page, in the order asked', async () => {
      await fc.assert(
        fc.asyncProperty(
          anyFilter,
          fc.constantFrom(...ORDERS),
          fc.integer({ min: 1, max: 9 }),
          async (filter, orderBy, first) => {
            const found = await walk(filter, orderBy, first);
            const expected = all.filter((recording) => fits(recording, filter));
            expect(found.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
            const keyOf = ({ id, startedAt, endedAt, channel }: Recording) =>
              ({
                STARTED_AT: startedAt,
                ENDED_AT: endedAt ?? Infinity,
                CHANGED_AT: changed.get(id) ?? NaN,
                CHANNEL: channel,
              })[orderBy.replace(/_(ASC|DESC)$/, '')] ?? '';
            const keys = found.map(keyOf);
            const sorted = keys.toSorted((left, right) => (left < right ? -1 : left > right ? 1 : 0));
            expect(keys).toEqual(orderBy.endsWith('_ASC') ? sorted : sorted.reverse());
            expect(await store.recordingCount(filter)).toEqual({ count: expected.length, exact: true });
            for (const recording of all)
              expect(matches(filter, filterFacts(recording))).toBe(fits(recording, filter));
          },
        ),
        { numRuns: sized(8, 60, 2_000) },
      );
    });

    it('gives the same pages backwards, from the end or from a cursor', async () => {
      await fc.assert(
        fc.asyncProperty(
          anyFilter,
          fc.constantFrom(...ORDERS),
          fc.integer({ min: 1, max: 9 }),
          async (filter, orderBy, last) => {
            const forwards = (await walk(filter, orderBy, 100)).map(({ id }) => id);
            const found: string[] = [];
            for (let before: string | null = null; ;) {
              const page = await store.recordingPage({ last, before, filter, orderBy });
              expect(page.hasNextPage).toBe(before !== null);
              found.unshift(...page.items.map(({ item }) => item.id));
              if (!page.hasPreviousPage) break;
              before = page.startCursor;
            }
            expect(found).toEqual(forwards);
          },
        ),
        { numRuns: sized(8, 60, 500) },
      );
    });

    it('gives what is between two cursors', async () => {
      const order = { filter: {}, orderBy: 'CHANNEL_DESC' } as const;
      const { items } = await store.recordingPage({ first: 10, ...order });
      const [after, before] = [items[1]?.cursor, items[5]?.cursor];
      const between = items.slice(2, 5).map(({ item }) => item.id);
      for (const size of [{ first: 9 }, { last: 9 }]) {
        const page = await store.recordingPage({ ...size, after, before, ...order });
        expect(page.items.map(({ item }) => item.id)).toEqual(between);
      }
    });

    it('counts the events of a recording, and those of some kinds', async () => {
      const id = all.find(({ sid }) => sid === 'sid-0')?.id ?? '';
      expect(await store.eventCount(id, null)).toEqual({ count: 3, exact: true });
      expect(await store.eventCount(id, ['RECORDER_LEAVE', 'UPLOADED'])).toEqual({ count: 1, exact: true });
    });

    it('gives nothing for an empty choice', async () => {
      expect(await walk({ channels: [] }, 'STARTED_AT_ASC', 5)).toEqual([]);
    });

    it('refuses a cursor of another order or of the events, and any other text', async () => {
      const [item] = (
        await store.recordingPage({ first: 1, after: null, filter: {}, orderBy: 'STARTED_AT_ASC' })
      ).items;
      const [event] = (await store.eventPage(all[0]?.id ?? '', {}, 1)).items;
      const cursors = [item?.cursor, event?.cursor, 'nonsense', ''];
      for (const after of cursors) {
        await expect(
          store.recordingPage({ first: 1, after: after ?? '', filter: {}, orderBy: 'STARTED_AT_DESC' }),
        ).rejects.toThrow(CursorInvalidError);
      }
      await expect(store.eventPage(all[0]?.id ?? '', { after: item?.cursor }, 1)).rejects.toThrow(
        CursorInvalidError,
      );
      await expect(store.eventPage(all[0]?.id ?? '', { before: 'nonsense' }, 1)).rejects.toThrow(
        CursorInvalidError,
      );
    });

    it('gives states and recordings in the order they are asked for, and null for an unknown id', async () => {
      const [first, second] = [all[5]?.id ?? '', all[2]?.id ?? ''];
      const states = await store.states([first, 'unknown', second, first]);
      expect(states.map((state) => state?.id)).toEqual([first, undefined, second, first]);
      expect(await store.states([])).toEqual([]);
    });
  });

  describe('the events of a recording', () => {
    const types = [40, 42, 43, 42, 33, 42, 41];

    async function recorded(): Promise<{ store: Store; id: string }> {
      const store = await newStore();
      const all = await recordAll(
        store,
        types.flatMap((type, index) => [
          incoming(type, {}, { at: index }),
          incoming(40, {}, { at: index, sid: 'another', cname: 'other' }),
        ]),
      );
      return { store, id: all[0]?.recordingId ?? '' };
    }

    const codes = (page: Awaited<ReturnType<Store['eventPage']>>) =>
      page.items.map(({ item }) =>
        item.observation.content.kind === 'notification'
          ? item.observation.content.notification.eventType
          : 0,
      );

    it('come forwards from the oldest, page by page', async () => {
      const { store, id } = await recorded();
      const first = await store.eventPage(id, { first: 3 }, 3);
      expect(codes(first)).toEqual([40, 42, 43]);
      expect([first.hasPreviousPage, first.hasNextPage]).toEqual([false, true]);
      const second = await store.eventPage(id, { first: 3, after: first.items.at(-1)?.cursor }, 3);
      expect(codes(second)).toEqual([42, 33, 42]);
      expect([second.hasPreviousPage, second.hasNextPage]).toEqual([true, true]);
      const third = await store.eventPage(id, { first: 3, after: second.items.at(-1)?.cursor }, 3);
      expect(codes(third)).toEqual([41]);
      expect([third.hasPreviousPage, third.hasNextPage]).toEqual([true, false]);
    });

    it('come backwards from the newest, each page in the order of arrival', async () => {
      const { store, id } = await recorded();
      const last = await store.eventPage(id, { last: 3 }, 3);
      expect(codes(last)).toEqual([33, 42, 41]);
      expect([last.hasPreviousPage, last.hasNextPage]).toEqual([true, false]);
      const before = await store.eventPage(id, { last: 3, before: last.items[0]?.cursor }, 3);
      expect(codes(before)).toEqual([42, 43, 42]);
      expect([before.hasPreviousPage, before.hasNextPage]).toEqual([true, true]);
      const oldest = await store.eventPage(id, { last: 3, before: before.items[0]?.cursor }, 3);
      expect(codes(oldest)).toEqual([40]);
      expect([oldest.hasPreviousPage, oldest.hasNextPage]).toEqual([false, true]);
    });

    it('come between two cursors', async () => {
      const { store, id } = await recorded();
      const { items } = await store.eventPage(id, {}, 100);
      const page = await store.eventPage(id, { after: items[1]?.cursor, before: items[5]?.cursor }, 100);
      expect(codes(page)).toEqual([43, 42, 33]);
    });

    it('come of the types asked for only', async () => {
      const { store, id } = await recorded();
      await store.record(queried(5, { recordingId: id }));
      await store.record(stopped({}, { recordingId: id }));
      const slices = await store.eventPage(id, { types: ['RECORDER_SLICE_START'] }, 2);
      expect(codes(slices)).toEqual([42, 42]);
      expect(slices.hasNextPage).toBe(true);
      const rest = await store.eventPage(
        id,
        { types: ['RECORDER_SLICE_START', 'POLL'], after: slices.items.at(-1)?.cursor },
        5,
      );
      expect(rest.items.map(({ item }) => item.type)).toEqual(['RECORDER_SLICE_START', 'POLL']);
      expect((await store.eventPage(id, { types: ['COMMAND'] }, 5)).items).toHaveLength(1);
      expect((await store.eventPage(id, { types: [] }, 5)).items).toEqual([]);
    });

    it('are found by their own id, with what was received', async () => {
      const { store } = await recorded();
      const observation = incoming(42, {}, { at: 99, cname: CHANNEL });
      const { recordingId } = await store.record(observation);
      const found = await store.event(observation.id);
      expect(found?.observation).toEqual({ ...observation, recordingId });
      expect(await store.event('unknown')).toBeNull();
    });
  });

  describe('the watch', () => {
    it('gets the recordings that are due, the longest overdue first, and the time of the next one', async () => {
      const store = await newStore();
      expect(await store.nextWatchAt()).toBeNull();
      for (const [id, at] of [
        ['late', 10],
        ['early', 0],
      ] as const) {
        await openAttempt(store, id, { at, channel: id });
        const reply = started({ at, recordingId: id });
        if (reply.content.kind === 'reply') reply.content.reply.sid = id;
        await store.record(reply);
      }
      expect(await store.nextWatchAt()).toBe(T0 + 5 * SECOND);
      const due = async (at: number, limit: number) => {
        const taken = await store.takeDueWatches(at, limit);
        for (const { lease } of taken) await store.leases.release(lease);
        return taken.map(({ state }) => state.id);
      };
      expect(await due(T0 + 4_999, 10)).toEqual([]);
      expect(await due(T0 + 60 * SECOND, 10)).toEqual(['early', 'late']);
      expect(await due(T0 + 60 * SECOND, 1)).toEqual(['early']);
      const [first] = await store.takeDueWatches(T0 + 60 * SECOND, 1);
      expect(first?.state.id).toBe('early');
      // What one looks at is left to it.
      expect(await due(T0 + 60 * SECOND, 10)).toEqual(['late']);
      await store.postponeWatch('early', null);
      expect(await store.nextWatchAt()).toBe(T0 + 15 * SECOND);
      // What is shown is when the watch looks at it, not when it would have.
      await store.postponeWatch('late', T0 + 75 * SECOND);
      const list = { first: 2, after: null, filter: {}, orderBy: 'STARTED_AT_ASC' } as const;
      const inList = (await store.recordingPage(list)).items.map(({ item }) => item);
      for (const shown of [await store.recordings(['early', 'late']), inList]) {
        expect(shown.map((recording) => recording?.nextObservationAt)).toEqual([null, T0 + 75 * SECOND]);
        expect(shown.map((recording) => recording?.explanation)).toEqual([
          expect.stringContaining('No more queries are scheduled'),
          expect.stringContaining(`due at ${new Date(T0 + 75 * SECOND).toISOString()}`),
        ]);
      }
      expect(await store.runningRecordings()).toEqual([{ phase: 'STARTING', count: 2 }]);
      await store.record(incoming(31, {}, { at: 70, sid: 'early' }));
      expect(await store.runningRecordings()).toEqual([{ phase: 'STARTING', count: 1 }]);
    });
  });

  describe('the recording in a place', () => {
    const place = { appId: APP_ID, channel: CHANNEL, uid: UID };

    it('is null if nothing is recorded there, and for a recording that has ended or is elsewhere', async () => {
      const store = await newStore();
      expect(await store.findInPlace(place)).toBeNull();
      await recordAll(store, [
        incoming(40, {}, { sid: 'ended', at: 1 }),
        incoming(31, {}, { sid: 'ended', at: 2 }),
        incoming(40, {}, { sid: 'other-uid', uid: '2', at: 1 }),
        incoming(40, {}, { sid: 'other-channel', cname: 'another', at: 1 }),
      ]);
      expect(await store.findInPlace(place)).toBeNull();
    });

    it('is one that is known to be there, before one whose start is in doubt', async () => {
      const store = await newStore();
      await store.record(incoming(40, {}, { sid: 'there', at: 1 }));
      expect(await store.findInPlace(place)).toEqual({ recordingId: 'new-1', sid: 'there' });
      await openAttempt(store, 'in-doubt', { at: 10 });
      await store.record(noReply('start', { at: 11, recordingId: 'in-doubt' }));
      expect(await store.findInPlace(place)).toEqual({ recordingId: 'new-1', sid: 'there' });
      expect(await store.findInPlace(place, 'new-1')).toEqual({ recordingId: 'in-doubt', sid: null });
    });
  });
});
