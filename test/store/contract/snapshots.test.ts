import { type KyselyPlugin, RawNode, type RootOperationNode, sql } from 'kysely';
import { expect, it } from 'vitest';
import { MAX_FILE_NAME_BYTES } from '../../../src/recordings/snapshot-name.js';
import { openDatabase } from '../../../src/store/drivers/database.js';
import { createSnapshotReads } from '../../../src/store/reads/snapshots.js';
import { type Store } from '../../../src/store/store.js';
import { notification } from '../../recordings/observations.js';
import { sized } from '../../support/size.js';
import { onBothDatabases, openAttempt, recordAll } from '../support.js';

/** Screenshots of one recording. */
const MANY = sized(2_000, 20_000, 1_000_000);

const snapshot = (fileName: string | null, at: number) =>
  notification(
    45,
    { fileName },
    { at, sequence: at, recordingId: 'ours', noticeId: `shot ${at} ${fileName}` },
  );

async function namesOf(store: Store, after: string | null = null, limit = 100): Promise<string[]> {
  const { names } = await store.snapshotNames([{ recordingId: 'ours', after, limit }]);
  return names[0] ?? [];
}

/** Turns what is read into what the database says of how it reads it. */
function explaining(prefix: string, plans: unknown[]): KyselyPlugin {
  return {
    transformQuery({ node }): RootOperationNode {
      if (!RawNode.is(node)) throw new Error('The read is written as SQL.');
      const [first = '', ...rest] = node.sqlFragments;
      return { ...node, sqlFragments: [`${prefix} ${first}`, ...rest] };
    },
    transformResult({ result }) {
      plans.push(...result.rows);
      return Promise.resolve({ ...result, rows: [] });
    },
  };
}

interface PlanNode {
  'Node Type': string;
  'Actual Rows': number;
  Plans?: PlanNode[];
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

onBothDatabases(({ kind, newDatabase, newStore }) => {
  it('lists the screenshots of the log by name, page by page, each name once', async () => {
    const store = await newStore();
    await openAttempt(store, 'ours');
    const names = ['b.jpg', 'a.jpg', 'é.jpg', 'Z.jpg', '\u{1f600}.jpg', '\ufffd.jpg'];
    await recordAll(store, names.map(snapshot));
    await store.record({ ...snapshot('a.jpg', 50), id: 'the same name again' });
    await store.record({ ...snapshot(null, 51), id: 'without a name' });
    await store.record({ ...snapshot('x'.repeat(MAX_FILE_NAME_BYTES + 1), 52), id: 'no file of a storage' });
    const inOrder = ['Z.jpg', 'a.jpg', 'b.jpg', 'é.jpg', '\ufffd.jpg', '\u{1f600}.jpg'];
    expect(await namesOf(store)).toEqual(inOrder);
    expect(await namesOf(store, 'a.jpg', 2)).toEqual(['b.jpg', 'é.jpg']);
    expect(await namesOf(store, '\u{1f600}.jpg')).toEqual([]);
    expect(await store.knownSnapshots('ours', ['b.jpg', 'other.jpg'])).toEqual(['b.jpg']);
    const other = { recordingId: 'unknown', after: null, limit: 3 };
    const several = await store.snapshotNames([other, { recordingId: 'ours', after: 'a.jpg', limit: 1 }]);
    expect(several.names).toEqual([[], ['b.jpg']]);
  });

  it(`reads as much for a page of few as of ${MANY} screenshots`, async () => {
    const fresh = await newDatabase();
    await (await fresh.open()).close();
    const database = openDatabase(fresh.url);
    try {
      await sql`with recursive numbers (number) as
          (select 1 union all select number + 1 from numbers where number < ${sql.lit(MANY)})
        insert into observations (id, app_id, recording_id, source, type, occurred_at, received_at, content, hash,
          version, changed, file_name)
        select 'id ' || number, 'app', 'ours', 'NOTIFICATION', 'RECORDER_SNAPSHOT_FILE', 0, 0, '{}', '', 1, 1,
          's_' || (1000000000 + number) || '.jpg' from numbers`.execute(database.kysely);
      if (database.shared) await sql`analyze observations`.execute(database.kysely);
      const limit = 101;
      const after = `s_${1_000_000_000 + MANY / 2}.jpg`;
      const { names } = await createSnapshotReads(database.kysely).snapshotNames([
        { recordingId: 'ours', after, limit },
      ]);
      expect(names[0]).toHaveLength(limit);
      expect(names[0]?.[0]).toBe(`s_${1_000_000_001 + MANY / 2}.jpg`);
      const plans: unknown[] = [];
      const prefix = database.shared ? 'explain (analyze, format json)' : 'explain query plan';
      const explained = createSnapshotReads(database.kysely.withPlugin(explaining(prefix, plans)));
      await explained.snapshotNames([{ recordingId: 'ours', after, limit }]);
      if (kind === 'SQLite') {
        const details = (plans as { detail: string }[]).map(({ detail }) => detail);
        // Read in the order of the index, so that the limit ends it.
        expect(details.join('\n')).toMatch(
          /SEARCH observations USING COVERING INDEX observations_file_name \(recording_id=\? AND file_name>\?\)/,
        );
        expect(details.join('\n')).not.toMatch(/TEMP B-TREE|SCAN observations/);
      } else {
        const [row] = plans as { 'QUERY PLAN': [{ Plan: PlanNode }] }[];
        const nodes = row === undefined ? [] : nodesOf(row['QUERY PLAN'][0].Plan);
        const scans = nodes.filter((node) => node['Node Type'].includes('Scan'));
        expect(scans.map((node) => node['Node Type'])).toContainEqual(expect.stringMatching(/^Index/));
        for (const node of nodes) expect(node['Actual Rows']).toBeLessThanOrEqual(limit);
      }
    } finally {
      await database.close();
    }
  });
});
