import { describe, expect, it } from 'vitest';
import { recordingOf } from '../../../src/recordings/view/recording.js';
import { notification, queried, started } from '../../recordings/observations.js';
import { change, logOf, onBothDatabases, openAttempt, recordAll, type StoreDatabase } from '../support.js';

const LATER = '{"stateVersion":99,"formVersion":99}';
const EARLIER = '{"stateVersion":1,"formVersion":0}';
const UNREADABLE: [what: string, text: string][] = [
  ['is not JSON', 'secret-text{'],
  ['a later release wrote', LATER],
  ['an earlier release wrote', EARLIER],
  ['lacks what it must have', '{"stateVersion":2,"secret-text":1}'],
];

async function filled(database: StoreDatabase) {
  const store = await database.open();
  await openAttempt(store, 'ours');
  await recordAll(store, [
    started({ at: 1, recordingId: 'ours' }),
    notification(40, {}, { at: 3, recordingId: null, sequence: 0 }),
    queried(5, { at: 15, recordingId: 'ours', response: { fileList: 'a.m3u8' } }),
  ]);
  const [state] = await store.states(['ours']);
  if (state == null) throw new Error('It was not stored.');
  const log = await logOf(store, 'ours');
  await store.close();
  return { shown: recordingOf(state), log };
}

onBothDatabases(({ newDatabase }) => {
  describe('A state that cannot be read', () => {
    it.each(UNREADABLE)(
      'because it %s is folded again from its log, and reported without its text',
      async (_what, text) => {
        const database = await newDatabase();
        const { shown } = await filled(database);
        await change(database, `update recordings set state = '${text}' where id = 'ours'`);
        const problems: string[] = [];
        const store = await database.open({ onUnreadable: (problem: string) => problems.push(problem) });
        const [state] = await store.states(['ours']);
        expect(state == null ? null : recordingOf(state)).toEqual(shown);
        expect(await store.recordings(['ours'])).toMatchObject([{ phase: shown.phase, sid: shown.sid }]);
        expect(problems.join()).toContain('Cannot read column state of table recordings, key ours');
        expect(problems.join()).not.toContain('secret-text');

        // The next observation writes it whole again.
        await store.record(notification(42, {}, { at: 20, recordingId: null, sequence: 1 }));
        problems.length = 0;
        const [after] = await store.states(['ours']);
        expect(after?.bookkeeping.version).toBeGreaterThan(0);
        expect(problems).toEqual([]);
      },
    );
  });

  describe('An entry of the log that cannot be read', () => {
    it.each(UNREADABLE)(
      'because it %s is left out of the events, and the others stay',
      async (_what, text) => {
        const database = await newDatabase();
        const { log } = await filled(database);
        const spoiled = log[2];
        if (spoiled === undefined) throw new Error('There is an entry of the notification.');
        await change(
          database,
          `update observations set content = '${text}' where id = '${spoiled.observation.id}'`,
        );
        const problems: string[] = [];
        const store = await database.open({ onUnreadable: (problem: string) => problems.push(problem) });
        const rest = log.filter((entry) => entry !== spoiled);
        expect((await logOf(store, 'ours')).map(({ observation }) => observation.id)).toEqual(
          rest.map(({ observation }) => observation.id),
        );
        expect(await store.event(spoiled.observation.id)).toBeNull();
        const { events } = await store.eventsAfter(
          0,
          { recordingId: null, recordings: {}, types: null },
          100,
        );
        expect(events.map(({ observation }) => observation.id)).toEqual(
          rest.map(({ observation }) => observation.id),
        );
        expect(problems[0]).toContain('Cannot read column content of table observations');
        expect(problems.join()).not.toContain('secret-text');
      },
    );
  });

  describe('The first observation of a start that cannot be read', () => {
    it('takes nothing from a recording that was opened with it', async () => {
      const database = await newDatabase();
      await filled(database);
      await change(
        database,
        `update start_attempts set observation = 'secret-text{' where recording_id = 'ours'`,
      );
      const store = await database.open();
      expect(await store.recordings(['ours'])).toMatchObject([{ id: 'ours' }]);
      await store.record(notification(42, {}, { at: 20, recordingId: null, sequence: 1 }));
    });
  });
});
