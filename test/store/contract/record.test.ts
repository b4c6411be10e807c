import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../../src/recordings/fold/fold.js';
import { type Observation } from '../../../src/recordings/observation.js';
import { visiblePart } from '../../../src/recordings/view/recording.js';
import { emptyState } from '../../../src/recordings/state.js';
import { type Store } from '../../../src/store/store.js';
import { anyNotification, anyObservation } from '../../recordings/arbitraries.js';
import {
  APP_ID,
  CHANNEL,
  foldAll,
  noReply,
  notification,
  queried,
  reply,
  SECOND,
  SID,
  started,
  stopped,
  T0,
  UID,
} from '../../recordings/observations.js';
import { sized } from '../../support/size.js';
import { logOf, onBothDatabases, openAttempt, recordAll } from '../support.js';

/** A notification as it comes in, before its recording is known. */
const incoming: typeof notification = (type, details, about) =>
  notification(type, details, { recordingId: null, ...about });

const OURS = 'ours';

async function countRecordings(store: Store): Promise<number> {
  const page = await store.recordingPage({
    first: 1_000,
    after: null,
    filter: {},
    orderBy: 'STARTED_AT_ASC',
  });
  return page.items.length;
}

async function recordingOf(store: Store, id: string) {
  const [recording] = await store.recordings([id]);
  if (recording == null) throw new Error(`Unknown recording ${id}.`);
  return recording;
}

onBothDatabases(({ kind, newStore }) => {
  describe('a notification that came before', () => {
    it('is stored once when it is sent again under its own notice id', async () => {
      const store = await newStore();
      const first = await store.record(incoming(40, {}, { noticeId: 'n1', hash: 'same' }));
      const again = await store.record(incoming(40, {}, { noticeId: 'n1', hash: 'same', receivedAt: 9 }));
      expect(first).toMatchObject({ outcome: 'stored', foldError: null });
      expect(again).toEqual({
        outcome: 'duplicate',
        recordingId: first.recordingId,
        position: null,
        foldError: null,
      });
      expect(await logOf(store, first.recordingId)).toHaveLength(1);
      const { delivery, version } = await recordingOf(store, first.recordingId);
      expect(delivery).toMatchObject({ received: 1, duplicates: 1, conflicts: 0 });
      expect(version).toBe(1);
    });

    it('is stored once when a redundant copy carries another notice id', async () => {
      const store = await newStore();
      const [first, copy] = await recordAll(store, [
        incoming(40, {}, { noticeId: 'n1', sequence: 3, at: 5 }),
        incoming(40, {}, { noticeId: 'n2', sequence: 3, at: 5 }),
      ]);
      expect([first?.outcome, copy?.outcome]).toEqual(['stored', 'duplicate']);
      expect(await logOf(store, first?.recordingId ?? '')).toHaveLength(1);
    });

    it.each<[string, Parameters<typeof notification>]>([
      ['type', [42, {}, { sequence: 3, at: 5 }]],
      ['sequence', [40, {}, { sequence: 4, at: 5 }]],
      ['moment', [40, {}, { sequence: 3, at: 6 }]],
      ['recorder', [40, {}, { sequence: 3, at: 5, uid: '104' }]],
      ['task', [40, {}, { sequence: 3, at: 5, sid: 'another' }]],
    ])('is not one of another %s', async (_what, [type, details, about]) => {
      const store = await newStore();
      const [, other] = await recordAll(store, [
        incoming(40, {}, { sequence: 3, at: 5 }),
        incoming(type, details, about),
      ]);
      expect(other?.outcome).toBe('stored');
    });

    it('is stored and counted as a conflict when its notice id comes with other content', async () => {
      const store = await newStore();
      const [first, second] = await recordAll(store, [
        incoming(40, {}, { noticeId: 'n1', at: 1 }),
        incoming(41, { leaveCode: 4 }, { noticeId: 'n1', at: 2 }),
      ]);
      expect(second).toMatchObject({ outcome: 'conflict', recordingId: first?.recordingId });
      expect(second?.position).toBeGreaterThan(first?.position ?? Infinity);
      const recording = await recordingOf(store, first?.recordingId ?? '');
      expect(recording.phase).toBe('UPLOADING');
      expect(recording.delivery).toMatchObject({ received: 2, duplicates: 0, conflicts: 1 });
    });

    it('is stored once when a conflicting one comes again as a redundant copy, under a third notice id', async () => {
      const store = await newStore();
      const conflicting = { at: 2, hash: 'of the conflicting one' };
      const [, second, copy] = await recordAll(store, [
        incoming(40, {}, { noticeId: 'n1', at: 1 }),
        incoming(41, { leaveCode: 4 }, { ...conflicting, noticeId: 'n1' }),
        incoming(41, { leaveCode: 4 }, { ...conflicting, noticeId: 'n2' }),
      ]);
      expect([second?.outcome, copy?.outcome]).toEqual(['conflict', 'duplicate']);
    });

    it('is stored once too when it was a conflict and is sent again', async () => {
      const store = await newStore();
      const conflicting = { noticeId: 'n1', at: 2, hash: 'of the conflicting one' };
      const [first, , again] = await recordAll(store, [
        incoming(40, {}, { noticeId: 'n1', at: 1 }),
        incoming(41, { leaveCode: 4 }, conflicting),
        incoming(41, { leaveCode: 4 }, { ...conflicting, receivedAt: 9 }),
      ]);
      expect(again?.outcome).toBe('duplicate');
      expect(await logOf(store, first?.recordingId ?? '')).toHaveLength(2);
    });
  });

  describe('an observation whose commit was not heard of, and that is tried again', () => {
    it.each([
      ['a notification', incoming(40, {}, { at: 1 })],
      ['a reply', queried(5, { at: 2, recordingId: 'new-1' })],
    ])('is stored once and counts as no repetition: %s', async (_what, observation) => {
      const store = await newStore();
      await store.record(incoming(42, {}, { at: 0 }));
      const first = await store.record(observation);
      const again = await store.record(observation);
      expect(again).toEqual(first);
      expect(await logOf(store, 'new-1')).toHaveLength(2);
      expect((await recordingOf(store, 'new-1')).delivery.duplicates).toBe(0);
    });
  });

  describe('which recording an observation belongs to', () => {
    it('a notification of an unknown task makes a recording that was started elsewhere', async () => {
      const store = await newStore();
      const { recordingId } = await store.record(incoming(42, {}, { at: 8 }));
      expect(recordingId).toBe('new-1');
      expect(await recordingOf(store, recordingId)).toMatchObject({
        id: 'new-1',
        appId: APP_ID,
        channel: CHANNEL,
        uid: UID,
        sid: SID,
        resourceId: null,
        phase: 'RECORDING',
        version: 1,
      });
      const next = await store.record(incoming(42, {}, { at: 9 }));
      expect(next.recordingId).toBe(recordingId);
      expect(await store.recordingIdBySid(SID)).toBe(recordingId);
    });

    it('the reply of a start of ours opens its recording, with the attempt first in its log', async () => {
      const store = await newStore();
      const attempt = await openAttempt(store, OURS);
      expect(await store.recordings([OURS])).toEqual([null]);
      const reply = started({ at: 1, recordingId: OURS });
      expect((await store.record(reply)).recordingId).toBe(OURS);
      expect((await logOf(store, OURS)).map(({ observation }) => observation.id)).toEqual([
        attempt.id,
        reply.id,
      ]);
      expect(await recordingOf(store, OURS)).toMatchObject({
        phase: 'STARTING',
        sid: SID,
        mode: 'COMPOSITE',
      });
    });

    it('a notification that overtakes the reply of its start does not create a second recording', async () => {
      const store = await newStore();
      await openAttempt(store, OURS);
      const early = await store.record(incoming(40, {}, { at: 2 }));
      expect(early.recordingId).toBe(OURS);
      const reply = await store.record(started({ at: 1, receivedAt: 3, recordingId: OURS }));
      expect(reply.recordingId).toBe(OURS);
      expect(await countRecordings(store)).toBe(1);
      expect(await recordingOf(store, OURS)).toMatchObject({ phase: 'RECORDING', sid: SID });
    });

    it('the same holds when both are written in one commit', async () => {
      const store = await newStore();
      await openAttempt(store, OURS);
      const recorded = await recordAll(store, [
        incoming(40, {}, { at: 2 }),
        incoming(42, {}, { at: 3 }),
        started({ at: 1, recordingId: OURS }),
      ]);
      expect(recorded.map(({ recordingId }) => recordingId)).toEqual([OURS, OURS, OURS]);
      expect(await countRecordings(store)).toBe(1);
    });

    it('a notification settles a start that was never answered', async () => {
      const store = await newStore();
      await openAttempt(store, OURS);
      await store.record(noReply('start', { at: 10, recordingId: OURS }));
      expect(await recordingOf(store, OURS)).toMatchObject({ phase: 'STARTING', sid: null });
      await store.record(incoming(40, {}, { at: 2 }));
      expect(await recordingOf(store, OURS)).toMatchObject({ phase: 'RECORDING', sid: SID });
    });

    it.each([
      ['another channel', { cname: 'another' }],
      ['another uid', { uid: '99' }],
      ['a time well before the start', { at: -11 }],
    ])('a notification of %s does not join a start that waits', async (_what, about) => {
      const store = await newStore();
      await openAttempt(store, OURS);
      expect((await store.record(incoming(40, {}, { at: 2, ...about }))).recordingId).toBe('new-1');
    });

    it("a notification timed a little before the start joins it: Agora's clock is another one", async () => {
      const store = await newStore();
      await openAttempt(store, OURS);
      expect((await store.record(incoming(40, {}, { at: -10 }))).recordingId).toBe(OURS);
    });

    it('a notification about a start joins it after another one was sent with a new resource', async () => {
      const store = await newStore();
      await openAttempt(store, OURS);
      await store.record(noReply('start', { at: 1, recordingId: OURS }));
      await store.attempts.renew(OURS, 'another-resource', T0 + 90 * SECOND);
      const start = { resourceId: 'another-resource', again: true };
      await store.record(reply('start', 400, { code: 53 }, { at: 91, recordingId: OURS, start }));
      expect((await store.record(incoming(40, {}, { at: 2 }))).recordingId).toBe(OURS);
      expect(await recordingOf(store, OURS)).toMatchObject({ phase: 'RECORDING', sid: SID });
    });

    it('a notification of another task does not join a start that has its sid', async () => {
      const store = await newStore();
      await openAttempt(store, OURS);
      await store.record(started({ recordingId: OURS }));
      const other = await store.record(incoming(40, {}, { at: 2, sid: 'another' }));
      expect(other.recordingId).toBe('new-1');
    });

    it('a start that was refused leaves no recording, and no notification joins it', async () => {
      const store = await newStore();
      await openAttempt(store, OURS);
      await store.attempts.refuse(OURS, T0);
      expect(await store.recordings([OURS])).toEqual([null]);
      expect(await countRecordings(store)).toBe(0);
      expect(await store.head()).toBe(0);
      expect((await store.record(incoming(40, {}, { at: 2 }))).recordingId).toBe('new-1');
    });

    it('an observation of an unknown recording is refused, and the others of its batch are stored', async () => {
      const store = await newStore();
      const [before, lost, after] = await Promise.allSettled([
        store.record(incoming(40, {}, { at: 1 })),
        store.record(queried(5, { recordingId: 'unknown' })),
        store.record(incoming(42, {}, { at: 2 })),
      ]);
      expect([before.status, lost.status, after.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await logOf(store, 'new-1')).toHaveLength(2);
    });
  });

  describe("a start's reply", () => {
    const otherSid = 'f'.repeat(32);

    // Two running recordings became one when the reply for one of them named the sid of the other.
    it('that names the sid of another task makes no two recordings one', async () => {
      const store = await newStore();
      await openAttempt(store, OURS, { at: 0 });
      await store.record(started({ at: 1, recordingId: OURS }));
      await openAttempt(store, 'second', { at: 5, channel: 'elsewhere' });
      const recorded = await store.record(started({ at: 6, recordingId: 'second' }));
      expect(recorded.recordingId).toBe('second');
      expect(await recordingOf(store, OURS)).toMatchObject({ channel: CHANNEL, sid: SID, problems: [] });
      expect(await recordingOf(store, 'second')).toMatchObject({
        channel: 'elsewhere',
        sid: null,
        phase: 'STARTING',
        problems: [{ code: 'REPLY_NAMES_ANOTHER_RECORDING' }],
      });
      expect(await store.attempts.find('second')).toMatchObject({ outcome: 'IN_DOUBT' });
      expect(await store.recordingIdBySid(SID)).toBe(OURS);
    });

    it('that gives another sid than an early notification leaves that notification to its own recording', async () => {
      const store = await newStore();
      await openAttempt(store, OURS, { at: 0 });
      // The end of an earlier task of the same channel and uid, of which this gateway knows nothing.
      const late = await recordAll(store, [
        incoming(41, { leaveCode: 16 }, { at: 1, sid: otherSid, sequence: 7 }),
        incoming(31, {}, { at: 2, sid: otherSid, sequence: 8 }),
      ]);
      expect(late.map(({ recordingId }) => recordingId)).toEqual([OURS, OURS]);
      expect((await recordingOf(store, OURS)).phase).toBe('COMPLETED');
      await store.record(started({ at: 1, receivedAt: 3, recordingId: OURS }));
      const ours = await recordingOf(store, OURS);
      expect(ours).toMatchObject({ sid: SID, phase: 'STARTING', delivery: { received: 0 } });
      const earlier = await store.recordingIdBySid(otherSid);
      expect(earlier).not.toBe(OURS);
      expect(await recordingOf(store, earlier ?? '')).toMatchObject({
        sid: otherSid,
        phase: 'COMPLETED',
        endReason: 'STOP_REQUESTED',
        delivery: { received: 2 },
      });
      expect((await logOf(store, OURS)).map(({ observation }) => observation.content.kind)).toEqual([
        'attempt',
        'reply',
      ]);
      const more = await recordAll(store, [
        incoming(11, { exitStatus: 0 }, { at: 4, sid: otherSid, sequence: 9 }),
        incoming(40, {}, { at: 5, sequence: 0 }),
      ]);
      expect(more.map(({ recordingId }) => recordingId)).toEqual([earlier, OURS]);
      expect((await recordingOf(store, OURS)).phase).toBe('RECORDING');
    });
  });

  describe('two recordings that are found to be one', () => {
    /** The recorder failed over before start's reply: its notification names another uid, so it joined nothing. */
    const elsewhere = incoming(42, {}, { at: 8, uid: '104', sequence: 0 });
    const later = incoming(43, { streamUid: '1', state: 0 }, { at: 9, uid: '104', sequence: 1 });
    const reply = started({ at: 1, receivedAt: 10, recordingId: OURS });

    async function oursFirst(): Promise<Store> {
      const store = await newStore();
      await openAttempt(store, OURS, { at: 0 });
      await store.record(elsewhere);
      await store.record(later);
      return store;
    }

    async function theirsFirst(): Promise<Store> {
      const store = await newStore();
      await store.record(elsewhere);
      await store.record(later);
      await openAttempt(store, OURS, { at: 20 });
      return store;
    }

    it.each([
      ['ours', oursFirst, OURS, 'new-1'],
      ['the one seen first', theirsFirst, 'new-1', OURS],
    ])(
      'keep the id of the older one, here %s, and the other id leads to it',
      async (_which, make, kept, other) => {
        const store = await make();
        const recorded = await store.record(reply);
        expect(recorded.recordingId).toBe(kept);
        expect(await countRecordings(store)).toBe(1);
        const states = await store.states([other, kept]);
        expect(states.map((state) => state?.id)).toEqual([kept, kept]);
        const [byOther, byKept] = await store.recordings([other, kept]);
        expect(byOther).toEqual(byKept);
        expect(byKept).toMatchObject({ phase: 'RECORDING', mode: 'COMPOSITE', sid: SID, uid: UID });
        expect(await store.recordingIdBySid(SID)).toBe(kept);
      },
    );

    it.each([
      ['ours', oursFirst, OURS],
      ['the one seen first', theirsFirst, 'new-1'],
    ])('have one log, of which the recording is the fold, when %s is older', async (_which, make, kept) => {
      const store = await make();
      const before = await recordingOf(store, 'new-1');
      await store.record(reply);
      const log = await logOf(store, kept);
      expect(log.map(({ observation }) => observation.content.kind)).toEqual([
        'notification',
        'notification',
        'attempt',
        'reply',
      ]);
      const [state] = await store.states([kept]);
      const folded = foldAll(
        log.map(({ observation }) => observation),
        emptyState({ id: kept, appId: APP_ID, channel: CHANNEL, uid: UID, firstSeenAt: Infinity }),
      );
      expect(visiblePart(state!)).toEqual(visiblePart(folded));
      expect(state!.bookkeeping.version).toBeGreaterThan(before.version);
      expect((await recordingOf(store, kept)).delivery).toMatchObject({ received: 2, missingCount: 0 });
    });

    it('continue as one: what is observed under either id, or by its sid, belongs to it', async () => {
      const store = await theirsFirst();
      await store.record(reply);
      const more = await recordAll(store, [
        queried(5, { at: 30, recordingId: OURS }),
        queried(5, { at: 40, recordingId: 'new-1' }),
        incoming(42, {}, { at: 50 }),
      ]);
      expect(more.map(({ recordingId }) => recordingId)).toEqual(['new-1', 'new-1', 'new-1']);
      const duplicate = await store.record({ ...elsewhere, id: 'sent again' });
      expect(duplicate).toMatchObject({ outcome: 'duplicate', recordingId: 'new-1' });
      const merged = await recordingOf(store, OURS);
      expect(merged.delivery).toMatchObject({ received: 3, duplicates: 1 });
    });

    it('are found in one commit as well', async () => {
      const store = await newStore();
      await openAttempt(store, OURS);
      const recorded = await recordAll(store, [elsewhere, later, reply, incoming(42, {}, { at: 50 })]);
      expect(recorded.map(({ recordingId }) => recordingId).slice(2)).toEqual([OURS, OURS]);
      expect(await logOf(store, OURS)).toHaveLength(5);
      expect(await countRecordings(store)).toBe(1);
    });

    it('do not catch the next task of the same channel and uid', async () => {
      const store = await theirsFirst();
      await store.record(reply);
      const next = await store.record(incoming(40, {}, { at: 100, sid: 'the next task' }));
      expect(next.recordingId).not.toBe('new-1');
      expect(await recordingOf(store, next.recordingId)).toMatchObject({ sid: 'the next task' });
    });
  });

  describe('an observation that cannot be folded', () => {
    function unreadable(at: number): Observation {
      const observation = queried(5, { at, recordingId: null });
      if (observation.content.kind !== 'reply') throw new Error('It is a reply.');
      const reply = {
        ...observation.content.reply,
        fileList: { kind: 'files', files: 7 } as unknown as null,
      };
      return { ...observation, content: { ...observation.content, reply } };
    }

    it('is stored, leaves the recording as it stands, and holds nothing up', async () => {
      const store = await newStore();
      const { recordingId } = await store.record(incoming(40, {}, { at: 1 }));
      const before = await recordingOf(store, recordingId);
      const [bad, good] = await recordAll(store, [
        { ...unreadable(5), recordingId },
        incoming(41, { leaveCode: 4 }, { at: 6 }),
      ]);
      expect(bad).toMatchObject({ outcome: 'stored', recordingId });
      expect(bad?.foldError).toMatch(/iterable/);
      expect(good).toMatchObject({ outcome: 'stored', foldError: null });
      expect(await logOf(store, recordingId)).toHaveLength(3);
      expect(await recordingOf(store, recordingId)).toMatchObject({
        phase: 'UPLOADING',
        version: before.version + 1,
      });
    });

    it('does not keep two recordings apart that are one', async () => {
      const store = await newStore();
      await openAttempt(store, OURS);
      await store.record(incoming(42, {}, { at: 8, uid: '104' }));
      await store.record({ ...unreadable(5), recordingId: 'new-1' });
      const recorded = await store.record(started({ at: 1, recordingId: OURS }));
      expect(recorded).toMatchObject({ recordingId: OURS, foldError: null });
      expect(await recordingOf(store, OURS)).toMatchObject({ phase: 'RECORDING' });
    });

    it('may be of a time that no calendar knows: it is stored all the same, and the next ones too', async () => {
      const store = await newStore();
      const strange = incoming(42, {}, { at: 1, noticeId: 'strange' });
      const recorded = await store.record({ ...strange, occurredAt: 8_700_000_000_000_000 });
      expect(recorded.outcome).toBe('stored');
      expect((await store.record(incoming(42, {}, { at: 2 }))).outcome).toBe('stored');
    });
  });

  describe('the version of a recording', () => {
    it('does not change with bookkeeping alone', async () => {
      const store = await newStore();
      const { recordingId } = await store.record(incoming(40, {}, { at: 1, sequence: 0 }));
      const versions: number[] = [];
      for (const observation of [
        incoming(42, {}, { at: 2, sequence: 9 }),
        incoming(40, {}, { at: 1, sequence: 0 }),
        incoming(33, { progress: 5_000 }, { at: 3, sequence: 10 }),
        stopped({}, { at: 4, recordingId }),
      ]) {
        await store.record(observation);
        versions.push((await recordingOf(store, recordingId)).version);
      }
      expect(versions).toEqual([1, 1, 2, 3]);
    });

    it('is the number of observations that changed what is seen of it, and the log marks them', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(fc.oneof(anyNotification, anyObservation), {
            minLength: 1,
            maxLength: 12,
            selector: ({ hash }) => hash,
          }),
          async (observations) => {
            const store = await newStore();
            await openAttempt(store, OURS);
            for (const [index, observation] of observations.entries()) {
              await store.record({ ...observation, id: `observation-${index}`, recordingId: OURS });
            }
            const log = await logOf(store, OURS);
            let state = emptyState({
              id: OURS,
              appId: APP_ID,
              channel: CHANNEL,
              uid: UID,
              firstSeenAt: T0,
            });
            let expected = 0;
            for (const { observation, version } of log) {
              const next = fold(state, observation);
              const changed = JSON.stringify(visiblePart(next)) !== JSON.stringify(visiblePart(state));
              if (changed || expected === 0) expected += 1;
              expect(version).toBe(expected);
              state = next;
            }
            const [recording] = await store.states([OURS]);
            expect(recording?.bookkeeping.version).toBe(expected);
            expect(visiblePart(recording!)).toEqual(visiblePart(state));
            const changes = (await store.tail(0, 1_000)).filter(({ changed }) => changed);
            expect(changes).toHaveLength(expected);
            await store.close();
          },
        ),
        { numRuns: kind === 'SQLite' ? sized(10, 30, 400) : sized(3, 10, 100) },
      );
    });
  });

  describe('many callers at once', () => {
    it('all have their observation stored, once, at positions that grow in the order they came', async () => {
      const store = await newStore();
      const observations = Array.from({ length: sized(200, 480, 4_000) }, (_, index) =>
        incoming(
          42,
          {},
          { at: index, sid: `task-${index % 8}`, uid: `${index % 8}`, sequence: Math.floor(index / 8) },
        ),
      );
      const again = observations
        .slice(0, 50)
        .map((observation, index) => ({ ...observation, id: `again-${index}` }));
      const recorded = await recordAll(store, [...observations, ...again]);
      const stored = recorded.slice(0, observations.length);
      expect(new Set(stored.map(({ outcome }) => outcome))).toEqual(new Set(['stored']));
      expect(recorded.slice(observations.length).every(({ outcome }) => outcome === 'duplicate')).toBe(true);
      const positions = stored.map(({ position }) => position ?? 0);
      expect(positions).toEqual([...new Set(positions)].sort((left, right) => left - right));
      expect(await countRecordings(store)).toBe(8);
      const tail = await store.tail(0, 10_000);
      expect(tail.map(({ position }) => position)).toEqual(positions);
      for (let task = 0; task < 8; task += 1) {
        const id = await store.recordingIdBySid(`task-${task}`);
        const { delivery } = await recordingOf(store, id ?? '');
        expect(delivery.received).toBe(observations.length / 8);
      }
    });
  });
});
