import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFeed, type Feed } from '../../src/feed/feed.js';
import { watchRecording } from '../../src/graphql/resolvers/watch-recording.js';
import { followChanges } from '../../src/graphql/resolvers/follow-log.js';
import { type Store, openStore } from '../../src/store/store.js';
import { createLog } from '../../src/telemetry/log.js';
import { APP_ID, notification } from '../recordings/observations.js';
import { DATABASES, migratedDatabase, type TestDatabase } from '../support/databases/databases.js';
import { readingServices } from '../support/reading-services.js';
import { sized } from '../support/size.js';
import { waitFor } from '../support/wait-for.js';

const RECORDINGS = 3;

interface Write {
  recording: number;
  gateway: number;
  /** Progress is a visible change, a repetition is not. */
  kind: 'progress' | 'repetition';
  pause: boolean;
}

const anyWrite: fc.Arbitrary<Write> = fc.record({
  recording: fc.nat(RECORDINGS - 1),
  gateway: fc.nat(1),
  kind: fc.constantFrom('progress', 'progress', 'repetition'),
  pause: fc.boolean(),
});

/** On SQLite one gateway, on PostgreSQL two on one store. */
describe.each(DATABASES)('Readers and subscribers on %s, while recordings are written', (kind) => {
  let database: TestDatabase;
  let gateways: { store: Store; feed: Feed }[] = [];
  let run = 0;

  beforeAll(async () => {
    database = await migratedDatabase(kind);
    let minted = 0;
    const open = async () => {
      const store = await openStore({
        databaseUrl: database.url,
        appIds: [APP_ID],
        mintId: () => `id-${(minted += 1)}`,
        mintKey: () => 'key',
      });
      return { store, feed: await createFeed(store, createLog('silent')) };
    };
    gateways = [await open()];
    if (kind === 'PostgreSQL') gateways.push(await open());
  });

  afterAll(async () => {
    for (const { store, feed } of gateways) {
      await feed.close();
      await store.close();
    }
    await database.remove();
  });

  const gateway = (index: number) => gateways[index % gateways.length] as (typeof gateways)[number];

  it('see no version go back, see what their gateway has acknowledged, and end at the state of the store', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyWrite, { minLength: 1, maxLength: 20 }), async (writes) => {
        run += 1;
        const sids = Array.from({ length: RECORDINGS }, (_, index) => `run-${run}-${index}`);
        const latest = new Map<string, ReturnType<typeof notification>>();
        const write = async (index: number, step: number, on: number, isRepetition = false) => {
          const sid = sids[index] ?? '';
          const repeated = isRepetition ? latest.get(sid) : undefined;
          const fresh = notification(
            33,
            { progress: step },
            { recordingId: null, sid, cname: sid, at: step, sequence: step },
          );
          const observation = repeated === undefined ? fresh : { ...repeated, id: fresh.id };
          latest.set(sid, observation);
          return await gateway(on).store.record(observation);
        };
        const { store: first } = gateway(0);
        const start = first.changeCursor(await first.head());
        const ids: string[] = [];
        for (let index = 0; index < RECORDINGS; index += 1) {
          ids.push((await write(index, 0, 0)).recordingId);
        }

        let isWriting = true;
        /** Per gateway and recording: the greatest version that a finished read has given. */
        const given = gateways.map(() => ids.map(() => 0));
        const read = async (on: number, index: number, way: 'id' | 'sid' | 'page') => {
          const { store } = gateway(on);
          const atLeast = given[on]?.[index] ?? 0;
          const find = async () => {
            if (way === 'id') return (await store.recordings([ids[index] ?? '']))[0];
            if (way === 'sid') {
              const id = await store.recordingIdBySid(sids[index] ?? '');
              return (await store.recordings([id ?? '']))[0];
            }
            const filter = { sids: [sids[index] ?? ''] };
            const page = await store.recordingPage({
              first: 1,
              after: null,
              filter,
              orderBy: 'CHANGED_AT_DESC',
            });
            return page.items[0]?.item;
          };
          const version = (await find())?.version ?? 0;
          expect(version).toBeGreaterThanOrEqual(atLeast);
          const versions = given[on] ?? [];
          versions[index] = Math.max(version, versions[index] ?? 0);
        };
        const reader = async (on: number, way: 'id' | 'sid' | 'page') => {
          for (let index = 0; isWriting; index = (index + 1) % RECORDINGS) {
            await read(on, index, way);
            await new Promise((resolve) => setImmediate(resolve));
          }
        };
        const ended = new AbortController();
        /** By subscriber: the recordings that it follows, and the version of each that it was sent last. */
        const sent: { of: string[]; versions: Map<string, number> }[] = [];
        const subscriber = async (
          of: string[],
          items: AsyncIterable<{ id: string; version: number } | null>,
        ) => {
          const own = new Map<string, number>();
          sent.push({ of, versions: own });
          for await (const recording of items) {
            if (recording === null) continue;
            expect(recording.version).toBeGreaterThanOrEqual(own.get(recording.id) ?? 0);
            own.set(recording.id, recording.version);
          }
        };
        const running: Promise<void>[] = [];
        for (const on of gateways.keys()) {
          const { store, feed } = gateway(on);
          const services = { ...readingServices(store), feed };
          for (const id of ids) {
            running.push(subscriber([id], await watchRecording(services, { id }, ended.signal)));
          }
          const changes = await followChanges(services, { channels: sids }, start, ended.signal);
          const recordings = async function* () {
            for await (const { recording } of changes) yield recording;
          };
          running.push(subscriber(ids, recordings()));
          for (const way of ['id', 'sid', 'page'] as const) running.push(reader(on, way));
        }
        for (const [step, { recording, gateway: on, kind: what, pause }] of writes.entries()) {
          await write(recording, step + 1, on, what === 'repetition');
          const [own] = await gateway(on).store.states([ids[recording] ?? '']);
          const acknowledged = own?.bookkeeping.version ?? 0;
          const versions = given[on % gateways.length] ?? [];
          versions[recording] = Math.max(acknowledged, versions[recording] ?? 0);
          await read(on % gateways.length, recording, 'id');
          if (pause) await new Promise((resolve) => setTimeout(resolve, 1));
        }
        isWriting = false;
        const final = (await gateway(0).store.states(ids)).map((state) => state?.bookkeeping.version ?? 0);
        await waitFor(() =>
          sent.every(({ of, versions }) => of.every((id) => versions.get(id) === final[ids.indexOf(id)])),
        );
        for (const on of gateways.keys()) {
          await waitFor(async () => {
            const recordings = await gateway(on).store.recordings(ids);
            return recordings.every((recording, index) => recording?.version === final[index]);
          });
        }
        ended.abort();
        await Promise.all(running);
      }),
      { numRuns: sized(5, 20, 10_000) },
    );
  });
});
