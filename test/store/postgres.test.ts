import { describe, expect, it } from 'vitest';
import { fold } from '../../src/recordings/fold.js';
import { visiblePart } from '../../src/recordings/recording.js';
import { emptyState } from '../../src/recordings/state.js';
import { type Store } from '../../src/store/store.js';
import { APP_ID, CHANNEL, notification, queried, started, T0, UID } from '../recordings/observations.js';
import { sized } from '../support/size.js';
import { logOf, openAttempt, storeDatabase } from './support.js';

const incoming: typeof notification = (type, details, about) =>
  notification(type, details, { recordingId: null, ...about });

/** Two gateways' stores on one database, each with connections of its own. */
async function twoStores(): Promise<[Store, Store]> {
  const database = await storeDatabase('PostgreSQL');
  return await Promise.all([database.open(), database.open()]);
}

describe('Two gateways on one PostgreSQL', () => {
  it('start at once on an empty database, and keep one key', async () => {
    const database = await storeDatabase('PostgreSQL');
    const stores = await Promise.all(
      ['a', 'b', 'c', 'd'].map((key) => database.open({ mintKey: () => key })),
    );
    expect(new Set(stores.map(({ inputKey }) => inputKey)).size).toBe(1);
  });

  it('know what either has taken in', async () => {
    const [left, right] = await twoStores();
    await openAttempt(left, 'ours');
    expect((await right.record(incoming(40, {}, { at: 2 }))).recordingId).toBe('ours');
    await left.record(started({ at: 1, recordingId: 'ours' }));
    expect(await right.recordings(['ours'])).toEqual(await left.recordings(['ours']));
    const again = await left.record(incoming(40, {}, { at: 2 }));
    expect(again).toMatchObject({ outcome: 'duplicate', recordingId: 'ours' });
  });

  it(`fold ${sized(1_000, 10_000)} interleaved observations of one recording into what its log gives`, async () => {
    const [left, right] = await twoStores();
    await openAttempt(left, 'ours');
    await left.record(started({ at: 1, recordingId: 'ours' }));
    const count = sized(1_000, 10_000);
    const observations = Array.from({ length: count }, (_, index) =>
      index % 100 === 7
        ? queried(5, { at: index, recordingId: 'ours' })
        : incoming(
            [42, 43, 44, 45, 33][index % 5] ?? 42,
            { streamUid: String(index % 9), state: index % 3, fileName: `${index}.jpg`, progress: index },
            { at: index, sequence: index },
          ),
    );
    // Every tenth comes to both, as Agora's redundant copies do.
    const sends = observations.flatMap((observation, index) => {
      const store = index % 2 === 0 ? left : right;
      const other = store === left ? right : left;
      const sent = [store.record(observation)];
      const { content } = observation;
      if (index % 10 === 0 && content.kind === 'notification') {
        sent.push(other.record({ ...observation, id: `copy-${index}` }));
      }
      return sent;
    });
    const outcomes = (await Promise.all(sends)).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(count);
    const log = [];
    let after: string | undefined;
    for (;;) {
      const page = await right.eventPage('ours', { after }, 1_000);
      log.push(...page.items.map(({ item }) => item));
      after = page.items.at(-1)?.cursor;
      if (!page.hasNextPage) break;
    }
    const rebuilt = log.reduce(
      (state, { observation }) => fold(state, observation),
      emptyState({ id: 'ours', appId: APP_ID, channel: CHANNEL, uid: UID, firstSeenAt: T0 }),
    );
    const [state] = await left.states(['ours']);
    expect(visiblePart(state!)).toEqual(visiblePart(rebuilt));
    expect(state!.bookkeeping.notifications).toBe(
      log.filter(({ observation }) => observation.content.kind === 'notification').length,
    );
    expect(new Set(log.map(({ observation }) => observation.id)).size).toBe(log.length);
    expect(state!.bookkeeping.sequences).toEqual(rebuilt.bookkeeping.sequences);
  }, 180_000);

  it('give a reader that tails the log every entry once, in the order of commit', async () => {
    const [left, right] = await twoStores();
    const perWriter = sized(200, 4_000);
    let writing = true;
    const writers = [left, right, left, right].map(async (store, writer) => {
      for (let index = 0; index < perWriter; index += 1) {
        await store.record(
          incoming(42, {}, { at: index, sid: `sid-${writer}`, uid: `${writer}`, sequence: index }),
        );
      }
    });
    const seen: number[] = [];
    const tail = (async () => {
      for (let last = false; ;) {
        last = !writing;
        const entries = await right.tail(seen.at(-1) ?? 0, 100);
        seen.push(...entries.map(({ position }) => position));
        if (last && entries.length === 0) return;
      }
    })();
    await Promise.all(writers);
    writing = false;
    await tail;
    expect(seen).toHaveLength(4 * perWriter);
    expect(new Set(seen).size).toBe(seen.length);
  }, 120_000);

  it('find two recordings to be one, whichever of them sees it', async () => {
    const [left, right] = await twoStores();
    await openAttempt(left, 'ours');
    const { recordingId: theirs } = await right.record(incoming(42, {}, { at: 8, uid: '104' }));
    await Promise.all([
      left.record(started({ at: 1, recordingId: 'ours' })),
      right.record(incoming(43, { streamUid: '1', state: 0 }, { at: 9, uid: '104' })),
    ]);
    const [byOurs, byTheirs] = await right.recordings(['ours', theirs]);
    expect(byOurs).toEqual(byTheirs);
    expect(await logOf(left, 'ours')).toHaveLength(4);
  });
});
