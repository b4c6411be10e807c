import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyState } from '../../src/recordings/state.js';
import { type CommittedState } from '../../src/store/log/rows.js';
import { STATES } from '../../src/store/log/stored-state.js';
import { type LoadedStates, MAX_SHARED_AGE_MS, ReadModel } from '../../src/store/read-model.js';
import { APP_ID, CHANNEL, T0, UID } from '../recordings/observations.js';
import { sized } from '../support/size.js';

function stateOf(id: string, version: number): CommittedState {
  const state = emptyState({ id, appId: APP_ID, channel: CHANNEL, uid: UID, firstSeenAt: T0 });
  const bookkeeping = { ...state.bookkeeping, version };
  return { id, sid: `sid of ${id}`, state: JSON.stringify({ ...state, bookkeeping }), watch_at: null };
}

/** A database of recordings, whose reads are answered when the test says so. */
class FakeDatabase {
  readonly versions = new Map<string, number>();
  position = 0;
  readonly #waiting: (() => void)[] = [];

  write(id: string): number {
    this.position += 1;
    this.versions.set(id, (this.versions.get(id) ?? 0) + 1);
    return this.position;
  }

  /** What is there now, given out later. */
  read(ids: readonly string[]): Promise<LoadedStates> {
    const states = ids.map((id) => {
      const version = this.versions.get(id);
      if (version === undefined) return null;
      const row = stateOf(id, version);
      return { ...row, state: STATES.read(row.state, id), characters: row.state.length };
    });
    const { position } = this;
    return new Promise((resolve) => this.#waiting.push(() => resolve({ states, position })));
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Answers one of the reads that wait, in any order. */
  answer(which: number): void {
    const [resolve] = this.#waiting.splice(which % Math.max(1, this.#waiting.length), 1);
    resolve?.();
  }
}

const IDS = ['a', 'b', 'c'];

const settle = () => new Promise((resolve) => setImmediate(resolve));

type Step =
  | { do: 'write' | 'write elsewhere' | 'read' | 'deliver' | 'tail' | 'drop all'; id: string }
  | { do: 'answer'; which: number }
  | { do: 'wait'; milliseconds: number };

const anyId = fc.constantFrom(...IDS);

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('write', 'write elsewhere', 'read', 'read', 'read', 'deliver', 'tail', 'drop all'),
    id: anyId,
  }) as fc.Arbitrary<Step>,
  fc.record({ do: fc.constant('answer' as const), which: fc.nat(5) }),
  fc.record({ do: fc.constant('wait' as const), milliseconds: fc.constantFrom(1, MAX_SHARED_AGE_MS) }),
);

describe.each([false, true])('The read model, with other gateways: %s', (isShared) => {
  it('never goes back, never lags behind what was acknowledged, and ends at the state of the store', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyStep, { maxLength: 40 }),
        fc.constantFrom(1_000, 20_000, 1_000_000),
        async (steps, maxBytes) => {
          const database = new FakeDatabase();
          let now = 0;
          const model = new ReadModel({
            read: (ids) => database.read(ids),
            isShared,
            isAvailable: () => true,
            monotonic: () => now,
            maxBytes,
          });
          /** Commits of this gateway of which the reader's thread has not heard yet, in their order. */
          let committed: { id: string; position: number; state: CommittedState }[] = [];
          /** Entries of the log that were not tailed yet. */
          let log: { id: string; position: number }[] = [];
          const acknowledged = new Map<string, number>();
          /** The greatest version that a finished read has given. */
          const given = new Map<string, number>();
          const reading: Promise<void>[] = [];

          const deliver = () => {
            for (const { id, position, state } of committed) {
              model.commit([state], position);
              model.see(id, position);
              acknowledged.set(id, STATES.read(state.state, id).bookkeeping.version);
            }
            committed = [];
          };
          const tail = () => {
            for (const { id, position } of log) model.see(id, position);
            log = [];
            model.tailed(now);
          };
          const read = async (id: string) => {
            const atLeast = Math.max(acknowledged.get(id) ?? 0, given.get(id) ?? 0);
            const [recording] = await model.recordings([id]);
            const version = recording?.version ?? 0;
            expect(version).toBeGreaterThanOrEqual(atLeast);
            given.set(id, Math.max(version, given.get(id) ?? 0));
          };

          tail();
          for (const step of steps) {
            if (step.do === 'answer') database.answer(step.which);
            else if (step.do === 'wait') now += step.milliseconds;
            else if (step.do === 'deliver') deliver();
            else if (step.do === 'tail') tail();
            else if (step.do === 'drop all') model.clear();
            else if (step.do === 'read') reading.push(read(step.id));
            else {
              if (step.do === 'write elsewhere' && !isShared) continue;
              const position = database.write(step.id);
              log.push({ id: step.id, position });
              const state = stateOf(step.id, database.versions.get(step.id) ?? 0);
              if (step.do === 'write') committed.push({ id: step.id, position, state });
            }
            await settle();
          }
          deliver();
          tail();
          const finishing = Promise.all([...reading, ...IDS.map(read)]);
          let isDone = false;
          void finishing.finally(() => (isDone = true)).catch(() => undefined);
          while (!isDone) {
            database.answer(0);
            await settle();
          }
          await finishing;
          for (const id of IDS) {
            const last = model.recordings([id]);
            database.answer(0);
            expect((await last)[0]?.version).toBe(database.versions.get(id));
          }
        },
      ),
      {
        numRuns: sized(100, 400, 10_000),
        examples: [
          // A recording that comes while it is looked for, and that is too large to be kept.
          [
            [
              { do: 'read', id: 'a' },
              { do: 'write', id: 'a' },
            ],
            1_000,
          ],
        ],
      },
    );
  });
});

describe('The read model', () => {
  function opened(maxBytes?: number) {
    const asked: string[][] = [];
    const database = new FakeDatabase();
    const model = new ReadModel({
      read: async (ids) => {
        asked.push([...ids]);
        const read = database.read(ids);
        database.answer(0);
        return await read;
      },
      isShared: false,
      isAvailable: () => true,
      monotonic: () => 0,
      ...(maxBytes === undefined ? {} : { maxBytes }),
    });
    return { asked, database, model };
  }

  it('reads what it does not hold from the database once, for however many readers', async () => {
    const { asked, database, model } = opened();
    for (const id of IDS) database.write(id);
    await Promise.all([model.recordings(['a', 'b']), model.recordings(['b', 'c']), model.recordings(['a'])]);
    expect(asked).toEqual([['a', 'b'], ['c']]);
    const [first] = await model.recordings(['a']);
    expect((await model.recordings(['a']))[0]).toBe(first);
    expect(model.idBySid('sid of a')).toBe('a');
    expect(model.statistics()).toMatchObject({ hits: 2, misses: 5, evictions: 0 });
  });

  it('holds no more than its bytes, and finds what it has dropped by no sid', async () => {
    const size = 2 * stateOf('a', 1).state.length * 8 + 2 * 1_000;
    const { database, model } = opened(size);
    for (const id of IDS) database.write(id);
    for (const id of IDS) await model.recordings([id]);
    expect(model.statistics().evictions).toBe(1);
    expect(model.statistics().bytes).toBeLessThanOrEqual(size);
    expect(IDS.map((id) => model.idBySid(`sid of ${id}`))).toEqual([null, 'b', 'c']);
  });

  it('gives nothing for an unknown id, and does not remember that', async () => {
    const { database, model } = opened();
    expect(await model.recordings(['a'])).toEqual([null]);
    database.write('a');
    expect((await model.recordings(['a']))[0]?.id).toBe('a');
  });
});
