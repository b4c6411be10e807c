import {
  type CompiledQuery,
  createQueryId,
  type Kysely,
  type QueryId,
  type RootOperationNode,
  sql,
} from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCursors } from '../../../src/store/reads/cursor.js';
import { type RecordingFilter } from '../../../src/store/reads/filter.js';
import { type FileFilter } from '../../../src/store/reads/file-list.js';
import { MAX_ROWS, type Page } from '../../../src/store/reads/page.js';
import { type ProblemFilter } from '../../../src/store/reads/problem-list.js';
import { createReads, type Reads } from '../../../src/store/reads/reads.js';
import { ORDERS as EVERY_ORDER, type RecordingOrder } from '../../../src/store/reads/recording-pages.js';
import { type PageAsked } from '../../../src/store/reads/walk.js';
import { type Database, openDatabase } from '../../../src/store/drivers/database.js';
import { type Schema } from '../../../src/store/migrations/schema.js';
import { administer, migratedDatabase, type TestDatabase } from '../../support/databases/databases.js';
import { APP_ID, notification, T0 } from '../../recordings/observations.js';
import { onBothDatabases } from '../support.js';
import { openStore } from '../../../src/store/store.js';

const ORDERS = Object.keys(EVERY_ORDER) as RecordingOrder[];

/** Of each hundred recordings one is in a rare channel, and of each thousand one runs. */
const RECORDINGS = 4_000;

/** Entries of the log, of which one recording has a twentieth. */
const ENTRIES = 40_000;

interface Plan {
  'Node Type': string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}

/** The most rows that one step of a plan reads from a table or an index. */
function rowsOf(plan: Plan): number {
  const read = (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops'];
  const own = plan['Node Type'].includes('Scan') && plan['Node Type'] !== 'Subquery Scan' ? read : 0;
  return Math.max(own, ...(plan.Plans ?? []).map(rowsOf));
}

/** A plan in short. */
function summary({ 'Node Type': type, 'Actual Rows': rows, Plans: plans = [] }: Plan): string {
  return `${type} ${rows} (${plans.map(summary).join(', ')})`;
}

onBothDatabases(({ kind }) => {
  describe('what the reads look through', () => {
    let database: TestDatabase;
    let opened: Database;
    let reads: Reads;
    let asked: RootOperationNode[] = [];
    const nodes = new WeakMap<QueryId, RootOperationNode>();

    beforeAll(async () => {
      database = await migratedDatabase(kind);
      if (kind === 'PostgreSQL') {
        // PostgreSQL takes a disk for one with moving parts, and prefers to scan a small log.
        await administer(database.url, async (client) => {
          await client.query(
            `alter database ${new URL(database.url).pathname.slice(1)} set random_page_cost = 1.1`,
          );
        });
      }
      let minted = 0;
      const store = await openStore({
        databaseUrl: database.url,
        appIds: [APP_ID],
        mintKey: () => 'key',
        mintId: () => `first-${(minted += 1)}`,
      });
      await store.record(notification(40, {}, { recordingId: null }));
      await store.close();
      opened = openDatabase(database.url);
      await fill(opened.kysely);
      const watched = opened.kysely.withPlugin({
        transformQuery({ node, queryId }) {
          nodes.set(queryId, node);
          return node;
        },
        // A part of a statement has an id, too, but no result.
        transformResult({ queryId, result }) {
          asked.push(nodes.get(queryId) ?? { kind: 'RawNode', sqlFragments: [], parameters: [] });
          return Promise.resolve(result);
        },
      });
      reads = createReads(
        { kysely: watched, longReads: watched },
        createCursors({ key: 'key', epoch: 'epoch' }),
        () => undefined,
      );
    });

    afterAll(async () => {
      await opened.close();
      await database.remove();
    });

    async function fill(kysely: Kysely<Schema>): Promise<void> {
      const numbers = (count: number) =>
        sql`with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ${sql.lit(count)})`;
      const position = opened.shared ? sql`overriding system value` : sql``;
      await sql`insert into recordings (id, app_id, channel, uid, sid, resource_id, mode, phase, started_at, has_problems,
          created_at, changed_position, version, observed_at, watch_at, state)
        ${numbers(RECORDINGS)} select 'id-' || n, app_id, case when n % 100 = 0 then 'rare-' || n else 'often-' || (n % 10) end, '1',
          'sid-' || n, null, mode, case when n % 1000 = 0 then 'RECORDING' else 'COMPLETED' end, started_at + n, 0, created_at, n + 1,
          version, observed_at, null, replace(state, 'first-1', 'id-' || n) from recordings, numbers`.execute(
        kysely,
      );
      await sql`insert into observations (position, id, app_id, recording_id, source, type, occurred_at, received_at, content,
          raw, hash, version, changed) ${position}
          ${numbers(ENTRIES)} select n + 1, 'event-' || n, app_id, case when n % 20 = 0 then 'id-1' else 'id-' || (n % 4000 + 1) end, source,
          case when n % 1000 = 0 then 'RARE' else type end, occurred_at, received_at, content, raw, hash, 1,
          case when n % 1000 = 0 then 1 else 0 end from observations, numbers`.execute(kysely);
      await sql`insert into recording_files (recording_id, file_name, app_id, channel, kind, at)
        ${numbers(RECORDINGS)} select id, 'name-' || n || case when n % 1000 = 0 then '.mp4' else '.m3u8' end, app_id, channel,
          case when n % 1000 = 0 then 'MP4' else 'PLAYLIST' end, n from recordings join numbers on id = 'id-' || n`.execute(
        kysely,
      );
      await sql`insert into recording_problems (recording_id, key, app_id, channel, code, severity, at, message)
        ${numbers(RECORDINGS)} select id, 'key', app_id, channel,
          case when n % 1000 = 0 then 'STS_EXPIRED' else 'AGORA_WARNING' end, 'WARNING', n, 'message'
          from recordings join numbers on id = 'id-' || n`.execute(kysely);
      await sql`insert into unanswered_queries (id, recording_id, reason, requested_at, ended_at)
        ${numbers(RECORDINGS)} select 'query-' || n, 'id-' || n, 'HEARTBEAT', n, n from numbers`.execute(
        kysely,
      );
      if (opened.shared) await sql`analyze`.execute(kysely);
    }

    /** Runs a read, and checks each of its statements. `isSorted`: whether it may sort what it looks through. */
    async function check<Result>(read: () => Promise<Result>, isSorted = true): Promise<Result> {
      asked = [];
      const result = await read();
      const executor = opened.kysely.getExecutor();
      for (const node of asked) {
        const query: CompiledQuery = executor.compileQuery(node, createQueryId());
        if (opened.shared) {
          const { rows } = await executor.executeQuery<{ 'QUERY PLAN': { Plan: Plan }[] }>({
            ...query,
            sql: `explain (analyze, format json) ${query.sql}`,
          });
          const [explained] = rows[0]?.['QUERY PLAN'] ?? [];
          if (explained === undefined) throw new Error('PostgreSQL gave no plan.');
          expect(rowsOf(explained.Plan), `${query.sql}\n${summary(explained.Plan)}`).toBeLessThanOrEqual(
            MAX_ROWS + 1,
          );
        } else {
          const { rows } = await executor.executeQuery<{ detail: string }>({
            ...query,
            sql: `explain query plan ${query.sql}`,
          });
          const details = rows.map(({ detail }) => detail);
          if (!isSorted) expect(details.join('\n'), query.sql).not.toContain('TEMP B-TREE');
          for (const table of ['recordings', 'observations', 'unanswered_queries', 'whole']) {
            // A subquery that is bounded itself has the name of its table, too.
            const subqueries = details.filter((detail) => detail === `CO-ROUTINE ${table}`);
            const scans = details.filter((detail) => detail === `SCAN ${table}`);
            expect(scans.length, `${query.sql}\n${details.join('\n')}`).toBeLessThanOrEqual(
              subqueries.length,
            );
          }
        }
      }
      return result;
    }

    async function walk(
      filter: RecordingFilter,
      orderBy: RecordingOrder,
    ): Promise<{ ids: string[]; pages: number }> {
      const ids: string[] = [];
      let after: string | null = null;
      for (let pages = 1; pages < 100; pages += 1) {
        const page = await check(() => reads.recordingPage({ first: 100, after, filter, orderBy }));
        ids.push(...page.items.map(({ item }) => item));
        if (!page.hasNextPage) return { ids, pages };
        expect(page.endCursor).not.toBeNull();
        after = page.endCursor;
      }
      throw new Error('The pages do not end.');
    }

    const keys = (page: Awaited<ReturnType<Reads['recordingPage']>>) =>
      page.items.map(({ cursor }) => cursor);

    it('is one recording for a sid, whatever is stored', async () => {
      expect(await check(() => reads.recordingIdBySid('sid-77'))).toBe('id-77');
      await check(() => reads.states(['id-77']));
      await check(() => reads.runningRecordings());
      await check(() => reads.findInPlace({ appId: APP_ID, channel: 'rare-100', uid: '1' }));
    });

    it('is at most 1,000 recordings for a page in each order, however far in the list', async () => {
      for (const orderBy of ORDERS) {
        const first = await check(() =>
          reads.recordingPage({ first: 100, after: null, filter: {}, orderBy }),
        );
        expect(first.items).toHaveLength(100);
        const last = await check(() =>
          reads.recordingPage({ first: 100, after: keys(first).at(-1) ?? '', filter: {}, orderBy }),
        );
        expect(last.items).toHaveLength(100);
      }
    });

    it('is what an index finds, where a condition of the filter lets few through', async () => {
      for (const orderBy of ORDERS) {
        const channels = { names: [], prefixes: ['rare-'] };
        expect(await walk({ range: { appIds: null, channels } }, orderBy)).toMatchObject({ pages: 1 });
        expect((await walk({ channels: ['rare-100', 'rare-200'] }, orderBy)).ids).toHaveLength(2);
        expect(await walk({ phases: ['RECORDING', 'STARTING'] }, orderBy)).toMatchObject({ pages: 1 });
        expect((await walk({ sids: ['sid-3', 'sid-5'], phases: ['COMPLETED'] }, orderBy)).ids).toHaveLength(
          2,
        );
        expect((await walk({ startedAfter: T0 + RECORDINGS - 10 }, orderBy)).ids).toHaveLength(10);
      }
    });

    it('is 1,000 recordings for a rare filter that no index serves: its pages are shorter, up to the end of the list', async () => {
      for (const orderBy of ORDERS) {
        const none = await walk({ modes: ['COMPOSITE'] }, orderBy);
        expect(none.ids).toEqual([]);
        expect(none.pages).toBe(Math.floor(RECORDINGS / MAX_ROWS) + 1);
        const { ids } = await walk(
          { modes: ['UNKNOWN'], uids: ['1'], startedBefore: T0 + RECORDINGS / 2 },
          orderBy,
        );
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length).toBeGreaterThanOrEqual(RECORDINGS / 2 - 1);
      }
    });

    it('is 1,000 entries of the log for rare events and rare changes, in each direction', async () => {
      let after: string | null = null;
      let found = 0;
      for (let isLast = false; !isLast;) {
        const page = await check(() => reads.eventPage('id-1', { first: 50, after, types: ['RARE'] }, 50));
        found += page.items.length;
        after = page.endCursor;
        isLast = !page.hasNextPage;
      }
      expect(found).toBe(ENTRIES / 1_000);
      const back = await check(() => reads.eventPage('id-1', { last: 50, types: ['NONE'] }, 50));
      expect([back.items.length, back.hasPreviousPage]).toEqual([0, true]);
      const earlier = await check(() => reads.eventPage('id-1', { last: 50, before: back.startCursor }, 50));
      expect(earlier.items).toHaveLength(50);
      const filter = { recordingId: null, recordings: { phases: ['LOST'] }, types: null };
      const { events, readTo } = await check(() => reads.eventsAfter(0, filter, 50));
      expect([events.length, readTo]).toEqual([0, MAX_ROWS]);
      expect(await check(() => reads.changesAfter(1, 20))).toMatchObject({
        readTo: MAX_ROWS + 1,
        changes: [{ position: 1_001 }],
      });
      await check(() => reads.tail(0, 500));
    });

    it('is what an index gives, for the queries from which nothing was learned', async () => {
      const { queries } = await check(() => reads.unansweredQueries('id-1'), false);
      expect(queries).toHaveLength(1);
    });

    it('is what an index gives in its order, for files and problems of all recordings or of one channel', async () => {
      const all = { first: 100, after: null, last: null, before: null };
      for (const filter of [{}, { after: 1_000, before: 3_000 }, { channels: ['often-7'] }]) {
        for (const orderBy of ['TIME_DESC', 'TIME_ASC'] as const) {
          const first = await check(() => reads.filePage({ ...all, filter, orderBy }), false);
          expect(first.items).toHaveLength(100);
          const asked = { ...all, after: first.endCursor, filter, orderBy };
          expect((await check(() => reads.filePage(asked), false)).items).toHaveLength(100);
        }
        const first = await check(() => reads.problemPage({ ...all, filter }), false);
        expect(first.items).toHaveLength(100);
        const back = { ...all, first: null, last: 100, before: first.endCursor, filter };
        expect((await check(() => reads.problemPage(back), false)).items).toHaveLength(99);
      }
      for (const orderBy of ['NAME_DESC', 'NAME_ASC'] as const) {
        const filter = { namePrefix: 'name-1' };
        const first = await check(() => reads.filePage({ ...all, filter, orderBy }), false);
        expect(first.items).toHaveLength(100);
      }
    });

    it('is at most 1,000 files or problems for any filter, and what an index finds where that is little', async () => {
      const range = { appIds: null, channels: { names: [], prefixes: ['rare-'] } };
      const read = {
        files: (asked: PageAsked, filter: FileFilter) =>
          reads.filePage({ ...asked, filter, orderBy: 'TIME_DESC' }),
        names: (asked: PageAsked, filter: FileFilter) =>
          reads.filePage({ ...asked, filter, orderBy: 'NAME_ASC' }),
        problems: (asked: PageAsked, filter: ProblemFilter) => reads.problemPage({ ...asked, filter }),
      };
      const pagesOf = async (name: keyof typeof read, filter: FileFilter & ProblemFilter) => {
        let [pages, found] = [0, 0];
        for (let after: string | null = null, isLast = false; !isLast; pages += 1) {
          const asked: PageAsked = { first: 100, after, last: null, before: null };
          const page: Page<unknown> = await check<Page<unknown>>(() => read[name](asked, filter));
          found += page.items.length;
          after = page.endCursor;
          isLast = !page.hasNextPage;
        }
        return { pages, found };
      };
      for (const name of ['files', 'names', 'problems'] as const) {
        expect(await pagesOf(name, { range })).toEqual({ pages: 1, found: RECORDINGS / 100 });
        expect(await pagesOf(name, { channelPrefix: 'rare-1' })).toMatchObject({ pages: 1 });
      }
      expect(await pagesOf('files', { namePrefix: 'name-77' })).toEqual({ pages: 1, found: 11 });
      const rare = { pages: RECORDINGS / MAX_ROWS, found: RECORDINGS / 1_000 };
      expect(await pagesOf('files', { kinds: ['MP4'] })).toEqual(rare);
      expect(await pagesOf('problems', { codes: ['STS_EXPIRED'] })).toEqual(rare);
      expect(await reads.fileCount({ kinds: ['MP4'] })).toEqual({ count: 4, exact: true });
      expect(await reads.problemCount({ severities: ['WARNING'] })).toEqual({
        count: RECORDINGS,
        exact: true,
      });
      expect(await reads.channelCount({ channelPrefix: 'often-' })).toEqual({ count: 10, exact: true });
      expect(await reads.channelCount({ to: 0 })).toEqual({ count: 0, exact: true });
    });
  });
});
