import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { sql } from 'kysely';
import { openDatabase } from '../../../src/store/drivers/database.js';
import { type Counts, type CountsFilter } from '../../../src/store/reads/counts.js';
import { type Recording } from '../../../src/recordings/view/recording.js';
import { type Store } from '../../../src/store/store.js';
import { APP_ID, HOUR, notification, started, T0 } from '../../recordings/observations.js';
import { sized } from '../../support/size.js';
import { onBothDatabases, openAttempt } from '../support.js';

const DAY_MS = 24 * HOUR;
const CHANNELS = ['a-1', 'a-2', 'b', 'ä'];

const incoming: typeof notification = (type, details, about) =>
  notification(type, details, { recordingId: null, ...about });

async function all(store: Store): Promise<Recording[]> {
  const page = await store.recordingPage({ first: 1_000, filter: {}, orderBy: 'STARTED_AT_ASC' });
  return page.items.map(({ item }) => item);
}

function countsOf(recordings: readonly Recording[]): Counts {
  const by = <Key extends string | number>(keyOf: (recording: Recording) => Key | null) => {
    const counts = new Map<Key, number>();
    for (const recording of recordings) {
      const key = keyOf(recording);
      if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return [...counts].sort(([left], [right]) => (left < right ? -1 : 1));
  };
  const named = (keyOf: (recording: Recording) => string | null) =>
    by(keyOf).map(([key, count]) => ({ key, count }));
  return {
    total: recordings.length,
    byPhase: named(({ phase }) => phase),
    byMode: named(({ mode }) => mode),
    byEndReason: named(({ endReason }) => endReason),
    byDay: by(({ startedAt }) => startedAt - (startedAt % DAY_MS)).map(([day, count]) => ({ day, count })),
  };
}

const anyStep = fc.record({
  task: fc.integer({ min: 0, max: 7 }),
  type: fc.constantFrom(40, 41, 31, 11, 45),
  at: fc.integer({ min: 0, max: 4 }).map((days) => (days * DAY_MS) / 1_000),
});

const anyFilter: fc.Arbitrary<CountsFilter> = fc.record(
  {
    channels: fc.subarray(CHANNELS),
    channelPrefix: fc.constantFrom('', 'a', 'a-1', 'A'),
    appIds: fc.subarray([APP_ID, 'other']),
    from: fc.integer({ min: -1, max: 5 }).map((days) => T0 + days * DAY_MS),
    to: fc.integer({ min: -1, max: 5 }).map((days) => T0 + days * DAY_MS),
    range: fc.constantFrom(
      { appIds: null, channels: { names: ['b'], prefixes: ['a-'] } },
      { appIds: ['other'], channels: null },
    ),
  },
  { requiredKeys: [] },
);

function fits({ channel, appId, startedAt }: Recording, filter: CountsFilter): boolean {
  const { channels, channelPrefix, appIds, from, to, range } = filter;
  const dayOf = (at: number) => Math.floor(at / DAY_MS);
  return (
    (channels?.includes(channel) ?? true) &&
    channel.startsWith(channelPrefix ?? '') &&
    (appIds?.includes(appId) ?? true) &&
    (from == null || dayOf(startedAt) >= dayOf(from)) &&
    (to == null || dayOf(startedAt) <= dayOf(to)) &&
    (range?.appIds?.includes(appId) ?? true) &&
    (range?.channels == null ||
      range.channels.names.includes(channel) ||
      range.channels.prefixes.some((prefix) => channel.startsWith(prefix)))
  );
}

onBothDatabases(({ newDatabase, newStore }) => {
  it('The counts are those of the recordings, whatever is recorded, merged, forgotten and asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyStep, { minLength: 1, maxLength: 30 }),
        fc.array(anyFilter, { minLength: 1, maxLength: 5 }),
        async (steps, filters) => {
          const store = await newStore();
          for (const [index, { task, type, at }] of steps.entries()) {
            const about = {
              sid: `sid-${task}`,
              cname: CHANNELS[task % CHANNELS.length] ?? '',
              uid: String(task),
            };
            await store.record(
              incoming(type, { status: 0, fileList: [] }, { ...about, at, sequence: index }),
            );
          }
          // A recording of ours that is found to be one of these.
          await openAttempt(store, 'ours', { at: 1, channel: CHANNELS[0] ?? '', uid: '0' });
          const reply = started({ at: 2, recordingId: 'ours' });
          if (reply.content.kind === 'reply') reply.content.reply.sid = 'sid-0';
          await store.record(reply);
          const [gone] = await all(store);
          await store.forgetRecording(gone?.id ?? '', T0 + 100 * DAY_MS);
          const recordings = await all(store);
          for (const filter of [{}, ...filters]) {
            const expected = recordings.filter((recording) => fits(recording, filter));
            expect(await store.recordingCounts(filter)).toEqual(countsOf(expected));
            const page = await store.channelPage({
              first: 100,
              after: null,
              last: null,
              before: null,
              filter,
            });
            const names = [...new Set(expected.map(({ channel }) => channel))].sort((left, right) =>
              Buffer.compare(Buffer.from(left), Buffer.from(right)),
            );
            expect(page.items.map(({ item }) => item)).toEqual(
              names.map((name) => {
                const own = expected.filter(({ channel }) => channel === name);
                const ended = own.filter(({ phase }) => ['COMPLETED', 'FAILED', 'LOST'].includes(phase));
                return { name, appId: APP_ID, total: own.length, running: own.length - ended.length };
              }),
            );
          }
          await store.close();
        },
      ),
      { numRuns: sized(3, 10, 200) },
    );
  });

  it('Channels are paged in both directions', async () => {
    const store = await newStore();
    for (const [index, cname] of CHANNELS.entries())
      await store.record(incoming(40, {}, { sid: `sid-${index}`, cname }));
    const page = async (asked: object) => {
      const found = await store.channelPage({
        ...{ first: null, after: null, last: null, before: null, filter: {} },
        ...asked,
      });
      return { ...found, names: found.items.map(({ item }) => item.name) };
    };
    const front = await page({ first: 3 });
    expect(front).toMatchObject({ names: ['a-1', 'a-2', 'b'], hasNextPage: true, hasPreviousPage: false });
    const rest = await page({ first: 3, after: front.endCursor });
    expect(rest).toMatchObject({ names: ['ä'], hasNextPage: false, hasPreviousPage: true });
    const back = await page({ last: 2, before: rest.startCursor });
    expect(back).toMatchObject({ names: ['a-2', 'b'], hasNextPage: true, hasPreviousPage: true });
  });

  it('A write that bypasses the gateway is counted too, and no count of zero stays', async () => {
    const database = await newDatabase();
    const store = await database.open();
    await store.record(incoming(40, {}, { sid: 'sid', cname: 'b' }));
    await store.close();
    const opened = openDatabase(database.url);
    await sql`update recordings set phase = 'LOST', end_reason = 'IDLE'`.execute(opened.kysely);
    const rows = await opened.kysely.selectFrom('recording_counts').selectAll().execute();
    expect(rows).toMatchObject([{ channel: 'b', phase: 'LOST', end_reason: 'IDLE', count: 1 }]);
    await sql`delete from recordings`.execute(opened.kysely);
    expect(await opened.kysely.selectFrom('recording_counts').selectAll().execute()).toEqual([]);
    await opened.close();
  });
});
