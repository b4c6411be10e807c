import { copyFileSync, existsSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Observation } from '../../src/recordings/observation.js';
import { visiblePart } from '../../src/recordings/view/recording.js';
import { emptyState } from '../../src/recordings/state.js';
import { fold } from '../../src/recordings/fold/fold.js';
import { type Store } from '../../src/store/store.js';
import { logOf, type StoreDatabase, storeDatabase } from '../store/support.js';
import { sized } from '../support/size.js';
import { anyPlan, play, type Step } from './history.js';
import { APP_ID, CHANNEL, RESOURCE_ID, T0, UID } from './observations.js';

const numRuns = sized(12, 80, 600);

const OURS = 'recording';

/** The file as the loss of power would leave it at this moment, in another place. */
async function crashImage(from: StoreDatabase): Promise<StoreDatabase> {
  const to = await storeDatabase('SQLite');
  const pathOf = ({ url }: StoreDatabase) => url.slice('file:'.length);
  for (const suffix of ['', '-wal']) {
    if (existsSync(pathOf(from) + suffix)) copyFileSync(pathOf(from) + suffix, pathOf(to) + suffix);
  }
  return to;
}

/** Plays what a gateway saw into a store that crashes where the gateway did, and gives what is left of it. */
async function keep(steps: readonly Step[]): Promise<{ store: Store; acknowledged: Observation[] }> {
  let file = await storeDatabase('SQLite');
  let store = await file.open();
  let recordingId: string | null = null;
  const acknowledged = new Map<string, Observation>();
  let crashes = 0;
  let open = new Map<Promise<void>, Observation>();

  const send = (observation: Observation) => {
    const isNotification = observation.content.kind === 'notification';
    // Only the gateway that knows a recording observes it without a notification.
    if (!isNotification && recordingId === null) return;
    const sent = { ...observation, recordingId: isNotification ? null : recordingId };
    const asked = crashes;
    const done = store.record(sent).then((recorded) => {
      // An answer of a process that has crashed is never received.
      if (asked !== crashes) return;
      recordingId = recorded.recordingId;
      if (recorded.outcome === 'stored') acknowledged.set(observation.id, observation);
      open.delete(done);
    });
    open.set(done, observation);
  };

  for (const step of steps) {
    if (step.kind === 'crash') {
      const unanswered = [...open.values()];
      crashes += 1;
      open = new Map();
      file = await crashImage(file);
      store = await file.open();
      // Agora sends again what was not answered; what the gateway saw by itself is lost.
      for (const observation of unanswered) {
        if (observation.content.kind === 'notification') send(observation);
      }
      continue;
    }
    const { observation } = step;
    if (observation.content.kind === 'attempt') {
      recordingId = OURS;
      await store.attempts.open({
        recordingId: OURS,
        appId: APP_ID,
        channel: CHANNEL,
        uid: UID,
        resourceId: RESOURCE_ID,
        idempotencyKey: null,
        inputHash: null,
        input: null,
        acquiredAt: T0,
        createdAt: T0,
        observation: { ...observation, recordingId: OURS },
      });
      continue;
    }
    send(observation);
    // The first one must show which recording it is; others are written together, and some await nothing.
    if (recordingId === null || open.size >= 5) await Promise.all(open.keys());
  }
  await Promise.all(open.keys());
  return { store, acknowledged: [...acknowledged.values()] };
}

/** Checks that the recording is the fold of its log in either order, and gives the ids of what its log holds. */
async function checkLog(store: Store, id: string): Promise<string[]> {
  const log = await logOf(store, id);
  const [state] = await store.states([id]);
  const first = log[0]?.observation;
  if (state == null || first === undefined) throw new Error('A recording has a state and a log.');
  const blank = () =>
    emptyState({ id, appId: APP_ID, channel: CHANNEL, uid: state.uid, firstSeenAt: first.occurredAt });
  const shown = (observations: typeof log) =>
    JSON.stringify(visiblePart(observations.reduce((held, seen) => fold(held, seen.observation), blank())));
  expect(JSON.stringify(visiblePart(state))).toBe(shown(log));
  expect(shown(log.toReversed())).toBe(shown(log));

  let before: string | null = null;
  let version = 0;
  let held = blank();
  for (const entry of log) {
    held = fold(held, entry.observation);
    const after = JSON.stringify(visiblePart(held));
    if (after !== before) version += 1;
    before = after;
    expect(entry.version).toBe(version);
  }
  expect(state.bookkeeping.version).toBe(version);
  return log.map(({ observation }) => observation.id);
}

describe('In every history that is kept in a store which crashes', () => {
  it('what was acknowledged is there once, the recording is the fold of its log, and each change counts one', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlan, async (plan) => {
        const { store, acknowledged } = await keep(play(plan).steps);
        const { items } = await store.recordingPage({
          first: 10,
          after: null,
          filter: {},
          orderBy: 'STARTED_AT_ASC',
        });
        const kept: string[] = [];
        for (const { item } of items) kept.push(...(await checkLog(store, item.id)));
        expect(new Set(kept).size).toBe(kept.length);
        for (const observation of acknowledged) expect(kept).toContain(observation.id);
        // A failover changes the uid. Without the reply to the start, the sid, and the notification of the failover,
        // nothing links what the new recorder reports to the start.
        const states = await store.states(items.map(({ item }) => item.id));
        const ours = states.find((state) => state?.id === OURS);
        const others = states.filter((state) => state?.id !== OURS);
        expect(others.length).toBeLessThanOrEqual(1);
        if (ours != null && others[0] != null) {
          expect(ours.sid).toBeNull();
          expect(others[0].uid).not.toBe(UID);
        }
        await store.close();
      }),
      { numRuns },
    );
  }, 600_000);
});
