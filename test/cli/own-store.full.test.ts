import { DatabaseSync } from '@photostructure/sqlite';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { APP_ID, startAgoraGateway } from '../support/agora/agora-gateway.js';
import { cleanUpAfterEach } from '../support/clean-ups.js';
import {
  administer,
  copyOfDatabase,
  type DatabaseKind,
  DATABASES,
  newDatabase,
  type TestDatabase,
} from '../support/databases/databases.js';
import { collectGarbage } from '../support/databases/collect-garbage.js';
import { BEFORE_THE_LOG_IS_REWRITTEN, fillOldStore } from '../support/databases/old-store.js';
import { run } from '../support/processes.js';
import { SOAK } from '../support/size.js';

const cleanUps = cleanUpAfterEach();

const OTHER_APP_ID = 'fedcba9876543210fedcba9876543210';

const SID = 'a'.repeat(32);

interface Outcome {
  code: unknown;
  output: string;
}

/** Runs a command, or a start, with the settings of a project. */
async function command(url: string, args: string[], appId = APP_ID): Promise<Outcome> {
  const env = {
    DATABASE_URL: url,
    AGORA_APP_ID: appId,
    AGORA_CUSTOMER_ID: 'customer',
    AGORA_CUSTOMER_SECRET: 'secret',
    AGORA_API_URLS: 'http://127.0.0.1:1',
    AGORA_WEBHOOK_SECRETS: 'webhook-secret',
    PORT: '0',
  };
  const running = run('dist/cli.js', env, undefined, [], args);
  cleanUps.push(() => running.kill('SIGKILL'));
  return { code: await running.exited, output: running.output() };
}

async function emptyDatabase(kind: DatabaseKind): Promise<string> {
  const database = await newDatabase(kind);
  cleanUps.push(() => database.remove());
  return database.url;
}

/** Rows that a statement gives, as an administrator sees them. */
async function read(url: string, statement: string): Promise<unknown[]> {
  let rows: unknown[] = [];
  if (url.startsWith('file:')) {
    const file = new DatabaseSync(url.slice('file:'.length));
    rows = (file.prepare(statement).all() as object[]).map((row) => ({ ...row }));
    file.close();
    // Until then this process has the file open.
    await collectGarbage();
  } else {
    await administer(url, async (client) => {
      ({ rows } = await client.query(statement));
    });
  }
  return rows;
}

async function change(url: string, ...statements: string[]): Promise<void> {
  if (url.startsWith('file:')) {
    const file = new DatabaseSync(url.slice('file:'.length));
    for (const statement of statements) file.exec(statement);
    file.close();
    return;
  }
  await administer(url, async (client) => {
    for (const statement of statements) await client.query(statement);
  });
}

async function serve(kind: DatabaseKind, appId: string): Promise<TestDatabase> {
  const database = await newDatabase(kind);
  const gateway = await startAgoraGateway(database.url, { appId });
  try {
    await gateway.untilReady();
    expect(await gateway.deliver({ sid: SID, sequence: 0 })).toBe(200);
    expect(await gateway.kill()).toBe(0);
  } finally {
    await gateway.kill('SIGKILL');
  }
  return database;
}

const served = new Map<string, Promise<TestDatabase>>();

afterAll(async () => {
  for (const database of served.values()) await (await database).remove();
});

/** A store that a gateway of a project has served: a copy of the first one. */
async function servedStore(kind: DatabaseKind, appId = APP_ID): Promise<string> {
  const key = `${kind} ${appId}`;
  const original = served.get(key) ?? serve(kind, appId);
  served.set(key, original);
  const copy = await copyOfDatabase(await original);
  cleanUps.push(() => copy.remove());
  return copy.url;
}

async function backupOf(url: string, appId = APP_ID): Promise<string> {
  const path = join(cleanUps.newDirectory(), 'backup');
  expect(await command(url, ['backup', path], appId)).toMatchObject({ code: 0 });
  return path;
}

/** The lines of a backup of PostgreSQL, to be changed. */
const linesOf = (path: string) => gunzipSync(readFileSync(path)).toString().trim().split('\n');

function writeLines(path: string, lines: string[]): string {
  const changed = `${path}-changed`;
  const rows = lines.filter((line) => line.startsWith('[')).length;
  const kept = lines.filter((line) => !line.startsWith('{"end":'));
  writeFileSync(changed, gzipSync([...kept, JSON.stringify({ end: rows }), ''].join('\n')));
  return changed;
}

const NOTICES = 'select notice_id from observations where notice_id is not null';

describe.each(DATABASES)('On %s', (kind) => {
  /** Ways to use a store, with `backup` to restore, which comes last: some of them on each database, and all at the largest size. */
  const uses = (backup: string) => {
    const others = [
      ['start'],
      ['migrate'],
      ['rebuild'],
      ['rebuild', '--dry-run'],
      ['new-epoch'],
      ['check'],
      ['backup', join(cleanUps.newDirectory(), 'new')],
    ];
    const first = DATABASES.indexOf(kind);
    return [...others.filter((_, index) => SOAK || index % 3 === first), ['restore', backup]];
  };

  it('the store of another project is refused by each command with 78, and stays as it was', async () => {
    const theirs = await servedStore(kind, OTHER_APP_ID);
    const ours = await backupOf(await servedStore(kind));
    const before = [await read(theirs, NOTICES), await read(theirs, 'select * from meta order by key')];
    for (const args of uses(ours)) {
      const { code, output } = await command(theirs, args);
      expect({ args, code, output }).toMatchObject({ code: 78 });
      expect(output).toContain(`belongs to the Agora projects ${OTHER_APP_ID}`);
    }
    expect([await read(theirs, NOTICES), await read(theirs, 'select * from meta order by key')]).toEqual(
      before,
    );
    expect(before[0]).toHaveLength(1);
  }, 120_000);

  it('the backup of another project is not restored, and the store stays as it was', async () => {
    const theirs = await backupOf(await servedStore(kind, OTHER_APP_ID), OTHER_APP_ID);
    const ours = await servedStore(kind);
    const { code, output } = await command(ours, ['restore', theirs]);
    expect(code).toBe(78);
    expect(output).toContain(`${theirs} was not restored: it belongs to the Agora projects ${OTHER_APP_ID}.`);
    expect(await command(ours, ['rebuild'])).toMatchObject({ code: 0 });
  }, 120_000);

  it('tables of something else that have names of ours are refused with 78, and stay', async () => {
    const ours = await backupOf(await servedStore(kind));
    // One of the names on each database, and both at the largest size.
    const names = ['recordings', 'kysely_migration'].filter(
      (_, index) => SOAK || index === DATABASES.indexOf(kind),
    );
    for (const table of names) {
      const url = await emptyDatabase(kind);
      await change(url, `create table ${table} (name text)`, `insert into ${table} values ('theirs')`);
      for (const args of uses(ours)) {
        const { code, output } = await command(url, args);
        expect({ table, args, code, output }).toMatchObject({ code: 78 });
        expect(output).toContain('is not the store of a gateway');
      }
      expect(await read(url, `select * from ${table}`)).toEqual([{ name: 'theirs' }]);
    }
  }, 240_000);

  it('a database without a store gets none from a command, but one from migrate and from restore', async () => {
    const url = await emptyDatabase(kind);
    await change(url, 'create table unrelated (id integer)');
    const backup = await backupOf(await servedStore(kind));
    for (const args of [['rebuild'], ['rebuild', '--dry-run'], ['new-epoch'], ['backup', `${backup}-2`]]) {
      const { code, output } = await command(url, args);
      expect({ args, code, output }).toMatchObject({ code: 78 });
    }
    expect(existsSync(`${backup}-2`)).toBe(false);
    expect(await command(url, ['restore', backup])).toMatchObject({ code: 0 });
    expect(await read(url, NOTICES)).toHaveLength(1);
    if (kind === 'PostgreSQL') expect(await read(url, 'select * from unrelated')).toEqual([]);
  }, 120_000);

  it('a store that a later release has migrated is refused by each command with 78, and a backup replaces it', async () => {
    const url = await servedStore(kind);
    const backup = await backupOf(url);
    await change(
      url,
      "insert into meta values ('needs-version', '0099-later') on conflict (key) do update set value = '0099-later'",
    );
    for (const args of uses(backup).slice(0, -1)) {
      const { code, output } = await command(url, args);
      expect({ args, code, output }).toMatchObject({ code: 78 });
      expect(output).toContain('The store has version 0099-later');
    }
    expect(await command(url, ['restore', backup])).toMatchObject({ code: 0 });
    expect(await command(url, ['rebuild'])).toMatchObject({ code: 0 });
  }, 120_000);

  it('a backup of a store that needs a later release is refused with 78, and names the version', async () => {
    const url = await servedStore(kind);
    let backup = await backupOf(url);
    if (kind === 'SQLite')
      await change(`file:${backup}`, "update meta set value = '0099-later' where key = 'needs-version'");
    else {
      const lines = linesOf(backup).map((line) =>
        line.startsWith('["needs-version"') ? '["needs-version","0099-later"]' : line,
      );
      backup = writeLines(backup, lines);
    }
    const { code, output } = await command(url, ['restore', backup]);
    expect({ code, output }).toMatchObject({ code: 78 });
    expect(output).toContain('version 0099-later of the store');
    expect(await command(url, ['rebuild'])).toMatchObject({ code: 0 });
  }, 120_000);

  it('a backup of a store that a later, compatible release has migrated is restored', async () => {
    const url = await servedStore(kind);
    let backup = await backupOf(url);
    if (kind === 'SQLite')
      await change(`file:${backup}`, "insert into kysely_migration values ('0099-later', 'now')");
    else {
      const lines = linesOf(backup);
      const first = lines.findIndex((line) => line.includes('"table":"kysely_migration"'));
      lines.splice(first + 1, 0, '["0099-later","now"]');
      backup = writeLines(backup, lines);
    }
    expect(await command(url, ['restore', backup])).toMatchObject({ code: 0 });
    expect(await read(url, NOTICES)).toHaveLength(1);
    expect(await command(url, ['rebuild'])).toMatchObject({ code: 0 });
  }, 120_000);

  it('a dry run of rebuild on a store of an earlier version says that it is to be migrated, with 78', async () => {
    const url = await servedStore(kind);
    await change(
      url,
      "delete from kysely_migration where name >= '0013'",
      'drop table unknown_recordings',
      'drop table notifications_set_aside',
      'drop table unanswered_queries',
    );
    const { code, output } = await command(url, ['rebuild', '--dry-run']);
    expect({ code, output }).toMatchObject({ code: 78 });
    expect(output).toContain('agora-recording-gateway migrate');
    expect(await command(url, ['migrate'])).toMatchObject({ code: 0 });
    expect(await command(url, ['rebuild', '--dry-run'])).toMatchObject({ code: 0 });
  }, 120_000);

  it('a store that lacks a table is refused with 78, and a backup brings it back', async () => {
    const url = await servedStore(kind);
    const backup = await backupOf(url);
    await change(url, 'drop table recordings');
    for (const args of [['start'], ['backup', `${backup}-2`]]) {
      const { code, output } = await command(url, args);
      expect({ args, code, output }).toMatchObject({ code: 78 });
      expect(output).toContain('it has no table recordings');
    }
    expect(await command(url, ['restore', backup])).toMatchObject({ code: 0 });
    expect(await command(url, ['rebuild'])).toMatchObject({ code: 0 });
  }, 120_000);
});

describe('On PostgreSQL', () => {
  it('a restore into one schema leaves the store in another schema of the search path', async () => {
    const url = await servedStore('PostgreSQL');
    const backup = await backupOf(url);
    await change(url, 'create schema second', "update meta set value = 'of the first' where key = 'epoch'");
    const second = new URL(url);
    second.searchParams.set('options', '-csearch_path=second,public');
    expect(await command(second.href, ['restore', backup])).toMatchObject({ code: 0 });
    expect(await read(url, "select value from meta where key = 'epoch'")).toEqual([
      { value: 'of the first' },
    ]);
    expect(
      await read(url, 'select notice_id from second.observations where notice_id is not null'),
    ).toHaveLength(1);
  }, 120_000);

  it('a restore drops no view of the operator, and names what is in the way', async () => {
    const url = await servedStore('PostgreSQL');
    const backup = await backupOf(url);
    await change(url, 'create view report as select id from recordings');
    const { code, output } = await command(url, ['restore', backup]);
    expect({ code, output }).toMatchObject({ code: 78 });
    expect(output).toContain('view report depends on table recordings');
    expect(await read(url, 'select * from report')).toHaveLength(1);
    await change(url, 'drop view report');
    expect(await command(url, ['restore', backup])).toMatchObject({ code: 0 });
  }, 120_000);

  it('a restore removes the tables of a later release too, so that it can migrate the store once more', async () => {
    const url = await servedStore('PostgreSQL');
    const backup = await backupOf(url);
    await change(
      url,
      'create table of_later (id integer)',
      'create table unrelated (id integer)',
      `update meta set value = (value::jsonb || '["of_later"]')::text where key = 'tables'`,
    );
    expect(await command(url, ['restore', backup])).toMatchObject({ code: 0 });
    const found = `select relname as name from pg_class where relname in ('of_later', 'unrelated')`;
    expect(await read(url, found)).toEqual([{ name: 'unrelated' }]);
  }, 120_000);

  it('no backup is made that would lack the tables of a later release', async () => {
    const url = await servedStore('PostgreSQL');
    await change(
      url,
      "insert into kysely_migration values ('0099-later', 'now')",
      'create table of_later (id integer)',
    );
    const path = join(cleanUps.newDirectory(), 'backup');
    const { code, output } = await command(url, ['backup', path]);
    expect({ code, output }).toMatchObject({ code: 78 });
    expect(output).toContain('0099-later');
    expect(existsSync(path)).toBe(false);
  }, 120_000);

  it('a backup with content that only a later release knows is refused with 78, and one without it is restored', async () => {
    const url = await servedStore('PostgreSQL');
    const backup = await backupOf(url);
    const lines = linesOf(backup);
    const versions = lines.findIndex((line) => line.includes('"table":"kysely_migration"'));
    const later = [...lines.slice(0, versions + 1), '["0099-later","now"]', ...lines.slice(versions + 1, -1)];
    const withTable = (rows: string[]) => [...later, '{"table":"of_later","columns":["id"]}', ...rows];
    const withColumn = (value: string | null) =>
      later.map((line) => {
        if (line.includes('"table":"meta"')) return line.replace('"value"', '"value","later"');
        return line.startsWith('["epoch"')
          ? JSON.stringify([...(JSON.parse(line) as string[]), value])
          : line;
      });
    const onlyEpoch = (changed: string[]) =>
      changed.filter((line, index) => {
        const start = changed.findLastIndex((each, at) => at <= index && each.includes('"table":'));
        return start === index || !changed[start]?.includes('"table":"meta"') || line.startsWith('["epoch"');
      });
    for (const refused of [withTable(['["1"]']), onlyEpoch(withColumn('x'))]) {
      const { code, output } = await command(url, ['restore', writeLines(backup, refused)]);
      expect({ code, output }).toMatchObject({ code: 78 });
      expect(output).toContain('version 0099-later of the store');
      expect(await read(url, NOTICES)).toHaveLength(1);
    }
    for (const restored of [withTable([]), onlyEpoch(withColumn(null))]) {
      expect(await command(url, ['restore', writeLines(backup, restored)])).toMatchObject({ code: 0 });
      expect(await read(url, NOTICES)).toHaveLength(1);
    }
  }, 120_000);

  it.each([
    ['two backups in one file', (lines: string[]) => [...lines, ...lines]],
    ['a line that is nothing', (lines: string[]) => [...lines.slice(0, -1), '{}', lines.at(-1) ?? '']],
    [
      'a row that is too short',
      (lines: string[]) => lines.map((line) => (line.startsWith('["epoch"') ? '["epoch"]' : line)),
    ],
    [
      'a row twice',
      (lines: string[]) => lines.flatMap((line) => (line.startsWith('["epoch"') ? [line, line] : [line])),
    ],
    [
      'a value of another type',
      (lines: string[]) =>
        lines.map((line) => (line.includes('"NOTIFICATION"') ? line.replace(/^\["\d+"/, '["x"') : line)),
    ],
  ])(
    'a backup with %s is refused with 65, and changes nothing',
    async (what, spoil) => {
      const url = await servedStore('PostgreSQL');
      const backup = await backupOf(url);
      const lines = spoil(linesOf(backup));
      const path = `${backup}-damaged`;
      if (what === 'two backups in one file') writeFileSync(path, gzipSync(`${lines.join('\n')}\n`));
      else writeFileSync(path, readFileSync(writeLines(backup, lines)));
      const { code, output } = await command(url, ['restore', path]);
      expect({ code, output }).toMatchObject({ code: 65 });
      expect(output).toMatch(/is not a backup that can be restored: [a-z]/);
      expect(await read(url, NOTICES)).toHaveLength(1);
    },
    120_000,
  );

  it('a backup of a store of before version 0003 holds the keys of its notifications', async () => {
    const url = await emptyDatabase('PostgreSQL');
    await fillOldStore(url, BEFORE_THE_LOG_IS_REWRITTEN, 10);
    await change(url, "insert into observation_keys values ('app', 'notice:one', 'hash', 'recording', 1)");
    const path = await backupOf(url);
    expect(linesOf(path).some((line) => line.includes('notice:one'))).toBe(true);
    const target = await emptyDatabase('PostgreSQL');
    expect(await command(target, ['restore', path])).toMatchObject({ code: 0 });
  }, 120_000);
});
