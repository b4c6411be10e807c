import * as fc from 'fast-check';
import { type Kysely, sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/store/drivers/database.js';
import { OtherAgoraError } from '../../../src/store/errors.js';
import { ATTEMPT_OBSERVATIONS, CONTENTS } from '../../../src/store/log/stored-content.js';
import { rebuildRecordings } from '../../../src/store/maintenance/rebuild.js';
import { type Observation } from '../../../src/recordings/observation.js';
import { type Schema } from '../../../src/store/migrations/schema.js';
import { type Store } from '../../../src/store/store.js';
import { anyObservation } from '../../recordings/arbitraries.js';
import {
  APP_ID,
  attempt,
  CHANNEL,
  deadline,
  described,
  filesChecked,
  gapReported,
  noReply,
  notification,
  outage,
  queried,
  started,
  startFacts,
  stopped,
} from '../../recordings/observations.js';
import { SOAK } from '../../support/size.js';
import { logOf, onBothDatabases, openAttempt, recordAll, type StoreDatabase } from '../support.js';

const SECRET = 'a-secret';

/** What a column may hold instead of what it should: each as its name and text, made of the right one. */
const UNREADABLE: [what: string, spoil: (text: string, version: string) => string][] = [
  ['a future version', (text, version) => JSON.stringify({ ...(JSON.parse(text) as object), [version]: 99 })],
  [
    'a version that is not a number',
    (text, version) => JSON.stringify({ ...(JSON.parse(text) as object), [version]: SECRET }),
  ],
  ['no JSON', () => `{"${SECRET}":`],
  ['another type', () => `["${SECRET}"]`],
  ['an object with nothing of it', (_text, version) => JSON.stringify({ [version]: 2, secret: SECRET })],
];

async function onDatabase<T>(url: string, work: (kysely: Kysely<Schema>) => Promise<T>): Promise<T> {
  const database = openDatabase(url);
  try {
    return await work(database.kysely);
  } finally {
    await database.close();
  }
}

type Column = readonly [table: keyof Schema, column: string, version: string];

/** Changes a column of each row that a condition finds. The store is closed meanwhile. */
async function spoil(
  { url }: StoreDatabase,
  [table, column, version]: Column,
  where: ReturnType<typeof sql>,
  how: (text: string, version: string) => string,
): Promise<void> {
  await onDatabase(url, async (kysely) => {
    const rows = await sql<{ value: string }>`
      select ${sql.ref(column)} as value from ${sql.table(table)} where ${where}`.execute(kysely);
    const [row] = rows.rows;
    if (row === undefined) throw new Error('The row is missing.');
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${how(row.value, version)} where ${where}`.execute(
      kysely,
    );
  });
}

/** A store with one recording of ours that was stopped, and what of it is changed before it is opened again. */
async function filled(newDatabase: () => Promise<StoreDatabase>) {
  const database = await newDatabase();
  const store = await database.open();
  await openAttempt(store, 'ours');
  await openAttempt(store, 'pending', { at: 1, channel: 'pending' });
  await recordAll(store, [
    started({ at: 1, recordingId: 'ours' }),
    notification(40, {}, { at: 3, recordingId: null, sequence: 0 }),
    notification(40, {}, { at: 3, recordingId: null, sequence: 0, noticeId: 'again' }),
    described([{ key: 'title', value: 'Algebra' }], { at: 4, recordingId: 'ours' }),
    queried(5, { at: 15, recordingId: 'ours', response: { fileList: 'a.m3u8' } }),
  ]);
  const [recording] = await store.recordings(['ours']);
  const [state] = await store.states(['ours']);
  const events = await logOf(store, 'ours');
  await store.close();
  return {
    database,
    before: { recording, state, events },
    reopened: async () => {
      const problems: string[] = [];
      return { problems, store: await database.open({ onUnreadable: (problem) => problems.push(problem) }) };
    },
  };
}

function expectNamed(problems: readonly string[], place: string): void {
  expect(problems.length).toBeGreaterThan(0);
  for (const problem of problems) {
    expect(problem).toContain(place);
    expect(problem).not.toContain(SECRET);
  }
}

onBothDatabases(({ kind, newDatabase }) => {
  // What is read back is judged by the same code for both databases: only the longest run tries each fault on both.
  const faults = UNREADABLE.slice(0, kind === 'SQLite' || SOAK ? undefined : 1);

  describe('The state of a recording', () => {
    const STATE = ['recordings', 'state', 'stateVersion'] as const;
    const unreadable: typeof UNREADABLE = [
      [
        'the version before versions',
        (text, version) => JSON.stringify({ ...(JSON.parse(text) as object), [version]: undefined }),
      ],
      ...faults,
    ];

    it.each(unreadable)('is folded again from its log if the column holds %s', async (_what, how) => {
      const { database, before, reopened } = await filled(newDatabase);
      await spoil(database, STATE, sql`id = 'ours'`, how);
      const { store, problems } = await reopened();
      const [state] = await store.states(['ours']);
      const uncounted = (of: typeof state) => ({ ...of, bookkeeping: { ...of?.bookkeeping, duplicates: 0 } });
      expect(uncounted(state)).toEqual(uncounted(before.state));
      const [recording] = await store.recordings(['ours']);
      expect(recording).toMatchObject({ phase: before.recording?.phase, version: before.recording?.version });
      expectNamed(problems, 'column state of table recordings, key ours');
      const watches = await store.takeDueWatches(Number.MAX_SAFE_INTEGER, 10);
      expect(watches.map(({ state: { id } }) => id)).toContain('ours');
      await store.record(stopped({ uploadingStatus: 'uploaded' }, { at: 60, recordingId: 'ours' }));
      const reported = problems.length;
      const [after] = await store.states(['ours']);
      expect(after?.bookkeeping.version).toBe((before.state?.bookkeeping.version ?? 0) + 1);
      // What is recorded leaves a state that can be read.
      expect(problems).toHaveLength(reported);
    });

    it('keeps its count of repetitions where what cannot be read still says it', async () => {
      const { database, before, reopened } = await filled(newDatabase);
      expect(before.state?.bookkeeping.duplicates).toBe(1);
      const [, ofFuture] = UNREADABLE[0] ?? [];
      await spoil(database, STATE, sql`id = 'ours'`, ofFuture ?? String);
      const [state] = await (await reopened()).store.states(['ours']);
      expect(state).toEqual(before.state);
    });

    it.each(unreadable)('can be removed, and rebuilt, if the column holds %s', async (_what, how) => {
      const { database, before, reopened } = await filled(newDatabase);
      const changed: string[] = [];
      await spoil(database, STATE, sql`id = 'ours'`, how);
      await onDatabase(database.url, (kysely) =>
        rebuildRecordings(kysely, {
          dryRun: false,
          onChange: ({ recordingId }) => changed.push(recordingId),
        }),
      );
      expect(changed).toEqual(['ours']);
      const { store, problems } = await reopened();
      expect((await store.recordings(['ours']))[0]?.phase).toBe(before.recording?.phase);
      expect(problems).toEqual([]);
      await store.record(stopped({ uploadingStatus: 'uploaded' }, { at: 60, recordingId: 'ours' }));
      await store.postponeWatch('ours', null);
      await store.close();
      await spoil(database, STATE, sql`id = 'ours'`, how);
      const again = await reopened();
      expect(await again.store.forgetRecording('ours', 1)).toBe(true);
      expect(await again.store.recordings(['ours'])).toEqual([null]);
    });
  });

  describe('The content of an entry of the log', () => {
    const CONTENT = ['observations', 'content', 'formVersion'] as const;
    const isQuery = sql`recording_id = 'ours' and type = 'POLL'`;

    it('is read as an earlier release wrote it, without a version', async () => {
      const { database, before, reopened } = await filled(newDatabase);
      await spoil(database, CONTENT, isQuery, (text) =>
        JSON.stringify({ ...(JSON.parse(text) as object), formVersion: undefined }),
      );
      const { store, problems } = await reopened();
      expect(await logOf(store, 'ours')).toEqual(before.events);
      expect(problems).toEqual([]);
    });

    it.each(faults)('is left out of events if it is %s, and pages go past it', async (_what, how) => {
      const { database, before, reopened } = await filled(newDatabase);
      await spoil(database, CONTENT, isQuery, how);
      const { store, problems } = await reopened();
      const query = before.events.find(({ type }) => type === 'POLL');
      const others = before.events.filter(({ type }) => type !== 'POLL');
      expect(await logOf(store, 'ours')).toEqual(others);
      expect(await store.event(query?.observation.id ?? '')).toBeNull();
      const found = [];
      for (let after: string | null = null, more = true; more;) {
        const page: Awaited<ReturnType<Store['eventPage']>> = await store.eventPage(
          'ours',
          { first: 1, after },
          1,
        );
        found.push(...page.items.map(({ item }) => item));
        [after, more] = [page.endCursor, page.hasNextPage];
      }
      expect(found).toEqual(others);
      const followed = await store.eventsAfter(0, { recordingId: 'ours', recordings: {}, types: null }, 100);
      expect(followed.events).toEqual(others);
      expectNamed(problems, `column content of table observations, key ${query?.observation.id}`);
    });

    it.each(faults)(
      'is marked by a rebuild if it is %s, and the recording continues without it',
      async (_what, how) => {
        const { database, before, reopened } = await filled(newDatabase);
        await spoil(database, CONTENT, isQuery, how);
        const [row] = await onDatabase(database.url, async (kysely) => {
          await rebuildRecordings(kysely, { dryRun: false, onChange: () => undefined });
          return await kysely
            .selectFrom('observations')
            .select('fold_error')
            .where('fold_error', 'is not', null)
            .execute();
        });
        expectNamed([row?.fold_error ?? ''], 'column content of table observations');
        const { store } = await reopened();
        const [state] = await store.states(['ours']);
        expect(state?.fileList).toBeNull();
        expect(before.state?.fileList).not.toBeNull();
        expect(await store.record(started({ at: 70, recordingId: 'ours' }))).toMatchObject({
          foldError: null,
        });
      },
    );
  });

  describe('What filters looked at before a change', () => {
    const BEFORE = ['observations', 'before', 'formVersion'] as const;
    const isLast = sql`recording_id = 'ours' and type = 'POLL'`;

    it.each(faults)('counts as unknown if it is %s', async (_what, how) => {
      const { database, reopened } = await filled(newDatabase);
      await spoil(database, BEFORE, isLast, how);
      const { store, problems } = await reopened();
      const position = (await logOf(store, 'ours')).find(({ type }) => type === 'POLL')?.position ?? 0;
      const { changes } = await store.changesAfter(position - 1, 10);
      expect(changes).toMatchObject([{ recordingId: 'ours', position, before: null, removed: null }]);
      expectNamed(problems, `column before of table observations, key ${position}`);
    });

    it('is read as an earlier release wrote it, with less and without a version', async () => {
      const { database, reopened } = await filled(newDatabase);
      const kept = { appId: APP_ID, channel: CHANNEL, uid: '1', sid: null, mode: 'MIX', phase: 'STARTING' };
      const facts = { ...kept, startedAt: 1, hasProblems: false };
      await spoil(database, BEFORE, isLast, () => JSON.stringify(facts));
      const { store, problems } = await reopened();
      const position = (await logOf(store, 'ours')).find(({ type }) => type === 'POLL')?.position ?? 0;
      expect((await store.changesAfter(position - 1, 10)).changes).toMatchObject([{ before: facts }]);
      expect(problems).toEqual([]);
    });
  });

  describe('The observation of a start', () => {
    const OBSERVATION = ['start_attempts', 'observation', 'formVersion'] as const;
    const isPending = sql`recording_id = 'pending'`;
    const seen = notification(40, {}, { at: 5, recordingId: null, sid: 'new', cname: 'pending' });

    it('is read as an earlier release wrote it, without a version', async () => {
      const { database, reopened } = await filled(newDatabase);
      await spoil(database, OBSERVATION, isPending, (text) =>
        JSON.stringify({ ...(JSON.parse(text) as object), formVersion: undefined }),
      );
      const { store } = await reopened();
      expect((await store.record(seen)).recordingId).toBe('pending');
    });

    it.each(faults)('opens no recording if it is %s, and nothing else fails for it', async (_what, how) => {
      const { database, reopened } = await filled(newDatabase);
      await spoil(database, OBSERVATION, isPending, how);
      const { store, problems } = await reopened();
      expect(await store.attempts.unsettled(0, 10)).toMatchObject([{ recordingId: 'pending' }]);
      expect(await store.record(seen)).toMatchObject({ outcome: 'stored', foldError: null });
      expectNamed(problems, 'column observation of table start_attempts, key pending');
    });
  });

  describe('An entry of the audit trail', () => {
    const keep = async () => {
      const at = await filled(newDatabase);
      const store = await at.database.open();
      const said = { operation: 'stopRecording', caller: null, requestId: 'r', input: { id: 'ours' } };
      const entry = { ...said, id: 'entry', at: 1, address: '::1', recordingId: 'ours', place: null };
      await store.audit.keep({ ...entry, result: 'USER_ERROR', codes: ['NOT_FOUND'] }, true);
      await store.close();
      return at;
    };
    const read = async (store: Store) => {
      const page = await store.auditPage({ first: 5, after: null, last: null, before: null, filter: {} });
      return page.items.map(({ item: { id, input, codes } }) => ({ id, input, codes }));
    };

    it('is read as it was written', async () => {
      const { store, problems } = await (await keep()).reopened();
      expect(await read(store)).toEqual([{ id: 'entry', input: { id: 'ours' }, codes: ['NOT_FOUND'] }]);
      expect(problems).toEqual([]);
    });

    it.each(faults)('is shown without its input if that is %s', async (_what, how) => {
      const { database, reopened } = await keep();
      await spoil(database, ['audit_entries', 'input', 'formVersion'], sql`id = 'entry'`, how);
      const { store, problems } = await reopened();
      expect(await read(store)).toEqual([{ id: 'entry', input: null, codes: ['NOT_FOUND'] }]);
      expectNamed(problems, 'column input of table audit_entries, key entry');
    });
  });

  describe('The list of projects', () => {
    const PROJECTS = ['meta', 'value', 'formVersion'] as const;

    it.each([
      ['no JSON', SECRET],
      ['no list', JSON.stringify({ formVersion: 99, secret: SECRET })],
      ['a list of something else', JSON.stringify([[SECRET]])],
    ])('is made again from the recordings if it is %s', async (_what, text) => {
      const { database, reopened } = await filled(newDatabase);
      const break_ = () => spoil(database, PROJECTS, sql`key = 'app-ids'`, () => text);
      await break_();
      await expect(database.open({ appIds: ['another'] })).rejects.toThrow(OtherAgoraError);
      const { store, problems } = await reopened();
      expectNamed(problems, 'column value of table meta, key app-ids');
      await store.close();
      expect((await reopened()).problems).toEqual([]);
    });
  });
});

describe('An observation that is stored', () => {
  it('is read as it was written, whatever it is', () => {
    const same = (observation: Observation) => {
      const text = CONTENTS.write(observation.content);
      expect(CONTENTS.read(text, 'key')).toEqual(observation.content);
      expect(ATTEMPT_OBSERVATIONS.read(ATTEMPT_OBSERVATIONS.write(observation), 'key')).toEqual(observation);
    };
    fc.assert(fc.property(anyObservation, same), { numRuns: SOAK ? 3_000 : 300 });
    const credentials = { profile: 'main', expireAt: 1 };
    const update = { paused: true, outputs: ['rtmp://push'], credentials };
    const adoption = {
      kind: 'adoption',
      sid: 'sid',
      facts: startFacts({ settings: null, storage: null }),
    } as const;
    const replied = started();
    const made: Observation[] = [
      attempt({ startedBy: 'teacher', metadata: [{ key: 'title', value: 'Algebra' }] }),
      { ...attempt(), content: adoption },
      described([], { by: 'teacher' }),
      noReply('update', { named: { sid: 'sid', channel: null, uid: null } }),
      {
        ...noReply('update'),
        content: { kind: 'no-reply', operation: 'update', sent: false, message: '', update } as const,
      },
      {
        ...replied,
        content: {
          ...replied.content,
          start: { resourceId: 'r', again: true },
          update,
        } as typeof replied.content,
      },
      deadline('SILENT'),
      gapReported(1, 2, { asksForQuery: false }),
      filesChecked({ missing: ['a.mp4'], absent: 1, notMade: { reason: 'R', message: 'm' } }),
      outage(1, 2),
      {
        ...attempt(),
        content: {
          kind: 'mutation',
          ...{ operation: 'stopRecording', caller: null, requestId: 'r', input: { id: 'ours' } },
          ...{ result: 'OK', codes: [] },
        },
      },
    ];
    made.forEach(same);
  });
});
