import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, it } from 'vitest';
import { notification, queried, started, stopped, T0 } from '../recordings/observations.js';
import { collectGarbage } from '../support/databases/collect-garbage.js';
import { run } from '../support/processes.js';
import { emptyDatabase, openAttempt, recordAll, type StoreDatabase, storeDatabase } from './support.js';

/** A store with a recording of ours and one that was started elsewhere. */
async function filledStore(): Promise<StoreDatabase> {
  const file = await storeDatabase('SQLite');
  const store = await file.open();
  await openAttempt(store, 'ours');
  await recordAll(store, [
    started({ at: 1, recordingId: 'ours' }),
    notification(40, {}, { at: 3, recordingId: null, sequence: 0, noticeId: 'n1', hash: 'one' }),
    notification(40, {}, { at: 3, recordingId: null, sequence: 0, noticeId: 'n1', hash: 'one' }),
    notification(42, {}, { at: 4, recordingId: null, sequence: 3 }),
    queried(5, { at: 15, recordingId: 'ours', response: { fileList: 'a.m3u8' } }),
    stopped({ uploadingStatus: 'uploaded' }, { at: 60, recordingId: 'ours' }),
    notification(42, {}, { at: 5, recordingId: null, sid: 'elsewhere', cname: 'other', uid: '9' }),
  ]);
  await store.close();
  return file;
}

async function rebuild(
  file: StoreDatabase,
  ...options: string[]
): Promise<{ code: unknown; lines: string[] }> {
  await collectGarbage();
  const running = run('dist/cli.js', { DATABASE_URL: file.url }, undefined, [], ['rebuild', ...options]);
  const code = await running.exited;
  const lines = running
    .output()
    .split('\n')
    .filter((line) => line !== '');
  return { code, lines };
}

const pathOf = ({ url }: StoreDatabase) => url.replace('file:', '');

/** Changes what is kept of a recording, as an older version or a bug would have left it. */
function spoil(file: StoreDatabase, id: string, change: (state: Record<string, unknown>) => void): void {
  const database = new DatabaseSync(pathOf(file));
  const row = database.prepare('select state from recordings where id = ?').get(id) as { state: string };
  const state = JSON.parse(row.state) as Record<string, unknown>;
  change(state);
  database.prepare('update recordings set state = ? where id = ?').run(JSON.stringify(state), id);
  database.close();
}

async function kept(file: StoreDatabase): Promise<unknown[]> {
  const store = await file.open();
  const page = await store.recordingPage({ first: 10, after: null, filter: {}, orderBy: 'STARTED_AT_ASC' });
  await store.close();
  return page.items.map(({ item }) => item);
}

describe('npm run rebuild', () => {
  it('finds nothing to change in a store that was kept as it should be', async () => {
    const file = await filledStore();
    const before = await kept(file);
    expect(await rebuild(file)).toEqual({ code: 0, lines: ['0 of 2 recordings changed.'] });
    expect(await kept(file)).toEqual(before);
  });

  it('derives again what its log does not give, reports which fields, and raises the version', async () => {
    const file = await filledStore();
    const before = await kept(file);
    spoil(file, 'ours', (state) => {
      state.fileList = null;
      state.stopTakenAt = T0;
      state.failed = true;
    });
    expect(await rebuild(file, '--dry-run')).toEqual({
      code: 2,
      lines: ['ours: fileList', '1 of 2 recordings would change.'],
    });
    expect(await kept(file)).not.toEqual(before);
    expect(await rebuild(file)).toEqual({
      code: 2,
      lines: ['ours: fileList', '1 of 2 recordings changed.'],
    });
    const [first, ...others] = before as { version: number }[];
    expect(await kept(file)).toEqual([{ ...first, version: (first?.version ?? 0) + 1 }, ...others]);
    expect(await rebuild(file)).toMatchObject({ code: 0 });
  });

  it('folds again what could not be folded before', async () => {
    const file = await filledStore();
    const before = await kept(file);
    const database = new DatabaseSync(pathOf(file));
    database.exec("update observations set fold_error = 'a bug' where type = 'POLL'");
    database.close();
    spoil(file, 'ours', (state) => {
      state.files = {};
    });
    expect(await rebuild(file)).toMatchObject({
      code: 2,
      lines: [expect.stringMatching(/^ours: files/), expect.anything()],
    });
    expect(((await kept(file))[0] as { files: unknown }).files).toEqual(
      (before[0] as { files: unknown }).files,
    );
    const after = new DatabaseSync(pathOf(file));
    expect(
      after.prepare('select count(*) as errors from observations where fold_error is not null').get(),
    ).toEqual({
      errors: 0,
    });
    after.close();
  });

  it('refuses while a gateway holds the store, and says who', async () => {
    const file = await filledStore();
    const store = await file.open();
    const { code, lines } = await rebuild(file);
    expect(code).toBe(78);
    expect(lines.join()).toContain(`process ${process.pid}`);
    await store.close();
  });

  it('fails if the store does not exist, and for an unknown option', async () => {
    const nowhere = await emptyDatabase('SQLite');
    expect(await rebuild(nowhere)).toMatchObject({ code: 78 });
    expect(await rebuild(await filledStore(), '--dryrun')).toMatchObject({ code: 78 });
  });
});
