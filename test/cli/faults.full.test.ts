import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, it } from 'vitest';
import { openDatabase, openToRead } from '../../src/store/drivers/database.js';
import { setMeta } from '../../src/store/migrations/meta.js';
import { backUp } from '../../src/store/maintenance/backup.js';
import { startAgoraGateway } from '../support/agora/agora-gateway.js';
import { cleanUpAfterEach } from '../support/clean-ups.js';
import { collectGarbage } from '../support/databases/collect-garbage.js';
import {
  administer,
  type DatabaseKind,
  DATABASES,
  migratedDatabase,
  newDatabase,
} from '../support/databases/databases.js';
import { fillOldStore } from '../support/databases/old-store.js';
import { canMount, mountDisk, unmountDisk } from '../support/faults/memory-disk.js';
import { run } from '../support/processes.js';
import { SOAK } from '../support/size.js';

const cleanUps = cleanUpAfterEach();

/** What uses a store. `restore` comes last: where it succeeds, the fault is gone. */
const USES = [
  'check',
  'migrate',
  'backup',
  'rebuild --dry-run',
  'rebuild',
  'new-epoch',
  'start',
  'restore',
] as const;

/** The exit codes of all uses; null for a start that would serve. */
type Codes = Record<(typeof USES)[number], number | null>;

const all = (code: number): Codes => Object.fromEntries(USES.map((use) => [use, code])) as Codes;

/** An exit code, and the reason that is printed next to it. */
const REASONS: Readonly<Record<number, RegExp>> = {
  65: /corrupt|not a backup that can be restored/,
  74: /cannot be|cannot use/,
  78: /in use|No store found|First run/,
};

/** `check` asks Agora where it is configured. */
const AGORA = {
  AGORA_APP_ID: '0123456789abcdef0123456789abcdef',
  AGORA_CUSTOMER_ID: 'customer',
  AGORA_CUSTOMER_SECRET: 'secret',
  AGORA_API_URLS: 'http://127.0.0.1:1',
  PORT: '0',
};

async function command(url: string, args: readonly string[]): Promise<{ code: unknown; output: string }> {
  await collectGarbage();
  const env = { DATABASE_URL: url, ...(args[0] === 'start' ? AGORA : {}) };
  const running = run('dist/cli.js', env, undefined, [], args);
  cleanUps.push(() => running.kill('SIGKILL'));
  return { code: await running.exited, output: running.output() };
}

const fileOf = (url: string) => url.slice('file:'.length);

async function store(kind: DatabaseKind): Promise<string> {
  const database = await migratedDatabase(kind);
  cleanUps.push(() => database.remove());
  return database.url;
}

/** Puts something into a store that no backup has. */
async function mark(url: string): Promise<void> {
  const database = openDatabase(url);
  try {
    await setMeta(database.kysely, 'mark', 'of the store');
  } finally {
    await database.close();
  }
}

async function metaOf(url: string): Promise<{ key: string; value: string }[]> {
  const database = openToRead(url);
  try {
    return await database.kysely.selectFrom('meta').selectAll().orderBy('key').execute();
  } finally {
    await database.close();
  }
}

async function backupOf(kind: DatabaseKind): Promise<string> {
  const path = join(cleanUps.newDirectory(), 'backup');
  await backUp({ databaseUrl: await store(kind), appIds: null }, path);
  return path;
}

/** A store that a gateway serves. */
async function servedStore(kind: DatabaseKind): Promise<string> {
  const url = await store(kind);
  const gateway = await startAgoraGateway(url);
  cleanUps.push(() => gateway.kill('SIGKILL'));
  await gateway.untilReady();
  return url;
}

/** A store whose log is damaged, where only reading the log shows it. */
async function storeWithDamagedLog(): Promise<string> {
  const url = await store('SQLite');
  const database = new DatabaseSync(fileOf(url));
  const { rootpage } = database
    .prepare(`select rootpage from sqlite_master where name = 'observations'`)
    .get() as { rootpage: number };
  const { page_size: size } = database.prepare('pragma page_size').get() as { page_size: number };
  database.exec('pragma wal_checkpoint(truncate)');
  database.close();
  const bytes = readFileSync(fileOf(url));
  writeFileSync(fileOf(url), bytes.fill(0xa5, (rootpage - 1) * size, rootpage * size));
  return url;
}

async function storeOnReadOnlyDisk(): Promise<string> {
  const folder = cleanUps.newDirectory();
  const mount = (options: string) => mountDisk(folder, options);
  mount('size=64000000');
  cleanUps.push(() => unmountDisk(folder));
  const file = join(folder, 'gateway.db');
  writeFileSync(file, readFileSync(fileOf(await store('SQLite'))));
  mount('remount,ro');
  return `file:${file}`;
}

/** Of the version before this one, with a login that may read and write every table, and make none. */
async function olderStoreWithoutRights(): Promise<string> {
  const database = await newDatabase('PostgreSQL');
  cleanUps.push(() => database.remove());
  await fillOldStore(database.url, '0012-file-and-problem-lists', 5);
  const login = `gateway_${randomBytes(4).toString('hex')}`;
  const asAdministrator = (statements: string) =>
    administer(database.url, async (client) => void (await client.query(statements)));
  await asAdministrator(
    `create role ${login} login password 'gateway'; revoke create on schema public from public;
      grant usage on schema public to ${login}; grant all on all tables in schema public to ${login}`,
  );
  cleanUps.push(() => asAdministrator(`drop owned by ${login} cascade; drop role ${login}`));
  const url = new URL(database.url);
  url.username = login;
  url.password = 'gateway';
  return url.href;
}

async function storeInReadOnlyDatabase(): Promise<string> {
  const url = await store('PostgreSQL');
  const name = new URL(url).pathname.slice(1);
  await administer(
    url,
    async (client) =>
      void (await client.query(`alter database ${name} set default_transaction_read_only = on`)),
  );
  return url;
}

const FAULTS: [kind: DatabaseKind, fault: string, make: () => Promise<string>, codes: Codes][] = [
  [
    'SQLite',
    'does not exist',
    () => Promise.resolve(`file:${join(cleanUps.newDirectory(), 'gateway.db')}`),
    { ...all(78), check: 0, start: null, restore: 0 },
  ],
  [
    'SQLite',
    'is a text file',
    async () => {
      const url = await store('SQLite');
      writeFileSync(fileOf(url), 'This is not a database. '.repeat(1_000));
      return url;
    },
    { ...all(65), restore: 0 },
  ],
  [
    'SQLite',
    'has a damaged log',
    storeWithDamagedLog,
    // What reads no row of the log does its work. A copy that would be damaged too is not made.
    { ...all(0), backup: 65, start: null },
  ],
  [
    'SQLite',
    'has a damaged lock file',
    async () => {
      const url = await store('SQLite');
      writeFileSync(`${fileOf(url)}.lock`, 'This is not a lock. '.repeat(1_000));
      return url;
    },
    { ...all(74), backup: 0 },
  ],
  ['SQLite', 'is in use by a gateway', () => servedStore('SQLite'), { ...all(78), check: 0, backup: 0 }],
  ...(canMount()
    ? ([['SQLite', 'is on a read-only disk', storeOnReadOnlyDisk, all(74)]] satisfies typeof FAULTS)
    : []),
  [
    'PostgreSQL',
    'does not exist',
    async () => {
      const url = new URL(await store('PostgreSQL'));
      url.pathname = '/there-is-no-such-database';
      return url.href;
    },
    all(74),
  ],
  [
    'PostgreSQL',
    'cannot be reached',
    () => Promise.resolve('postgres://gateway:canary@127.0.0.1:1/recordings'),
    all(74),
  ],
  [
    'PostgreSQL',
    'is in use by a gateway',
    () => servedStore('PostgreSQL'),
    { ...all(78), check: 0, migrate: 0, backup: 0, start: null },
  ],
  [
    'PostgreSQL',
    'begins each transaction as a read-only one',
    storeInReadOnlyDatabase,
    { ...all(74), backup: 0, 'rebuild --dry-run': 0 },
  ],
  [
    'PostgreSQL',
    'is of an earlier version, and its login may make no table',
    olderStoreWithoutRights,
    { ...all(74), backup: 0, 'rebuild --dry-run': 78 },
  ],
];

/** The uses that are tried with a fault: half of them, the other half with the next fault, and all at the largest size. */
const usesOf = (kind: DatabaseKind, fault: string) => {
  const first = FAULTS.findIndex(([on, each]) => on === kind && each === fault) % 2;
  return USES.filter((use, index) => SOAK || use === 'backup' || use === 'restore' || index % 2 === first);
};

describe.each(FAULTS)('On %s, where the store %s', (kind, fault, make, codes) => {
  it('each command ends with the exit code of the fault, and says what it is', async () => {
    const url = await make();
    const backup = await backupOf(kind);
    const target = join(cleanUps.newDirectory(), 'new');
    const found: Partial<Codes> = {};
    const unexplained: string[] = [];
    const expected = Object.fromEntries(usesOf(kind, fault).map((use) => [use, codes[use]]));
    for (const use of usesOf(kind, fault)) {
      const expectedCode = codes[use];
      found[use] = null;
      if (expectedCode === null) continue;
      const files: Readonly<Record<string, string>> = { backup: target, restore: backup };
      const file = files[use];
      const args = [...use.split(' '), ...(file === undefined ? [] : [file])];
      const { code, output } = await command(url, args);
      found[use] = code as number;
      if (!(REASONS[expectedCode] ?? /./).test(output) || code !== expectedCode)
        unexplained.push(`${use}: ${output}`);
      expect(output).not.toContain('canary');
    }
    expect({ found, unexplained }).toEqual({ found: expected, unexplained: [] });
    // A backup that fails leaves nothing.
    expect(readdirSync(dirname(target))).toEqual(codes.backup === 0 ? [basename(target)] : []);
  }, 240_000);
});

describe.each(DATABASES)('On %s', (kind) => {
  it('restore names what is wrong with the file, and the store stays as it was', async () => {
    const url = await store(kind);
    await mark(url);
    const folder = cleanUps.newDirectory();
    const text = join(folder, 'text');
    writeFileSync(text, 'This is not a backup. '.repeat(1_000));
    const cut = join(folder, 'cut');
    const whole = readFileSync(await backupOf(kind));
    writeFileSync(cut, whole.subarray(0, Math.floor(whole.length / 2)));
    const before = await metaOf(url);
    expect(before).toContainEqual({ key: 'mark', value: 'of the store' });
    const other = await backupOf(kind === 'SQLite' ? 'PostgreSQL' : 'SQLite');
    for (const [path, code, reason] of [
      [other, 78, 'was not restored: it looks like the backup of a store on'],
      ['/dev/null', 78, 'was not restored: it is not a regular file'],
      [join(folder, 'none'), 78, 'was not restored: the file does not exist'],
      [folder, 78, 'was not restored: it is a folder'],
      [text, 65, 'is not a backup that can be restored'],
      [cut, 65, 'is not a backup that can be restored'],
    ] as const) {
      const ended = await command(url, ['restore', path]);
      expect({ path, ...ended }).toMatchObject({ code });
      expect(ended.output).toContain(`${path} ${reason}`);
    }
    expect(await metaOf(url)).toEqual(before);
    expect(await command(url, ['rebuild', '--dry-run'])).toMatchObject({ code: 0 });
  }, 120_000);

  it('backup writes to no folder, no file that is there, and to none in a folder that is not', async () => {
    const url = await store(kind);
    const folder = cleanUps.newDirectory();
    const file = join(folder, 'file');
    writeFileSync(file, 'kept');
    const inner = join(folder, 'inner');
    mkdirSync(inner);
    for (const [path, code] of [
      [inner, 78],
      [`${inner}/`, 78],
      [file, 78],
      [join(folder, 'none', 'backup'), 74],
      [join(file, 'backup'), 74],
    ] as const) {
      expect({ path, ...(await command(url, ['backup', path])) }).toMatchObject({ code });
    }
    expect(readFileSync(file, 'utf8')).toBe('kept');
    expect([readdirSync(folder).sort(), readdirSync(inner)]).toEqual([['file', 'inner'], []]);
  }, 120_000);
});

it('backup is refused with 78 where the store would take the file for its own', async () => {
  const url = await store('SQLite');
  const files = readdirSync(dirname(fileOf(url))).sort();
  for (const suffix of ['', '-wal', '-shm', '-journal', '.lock', '.restoring', '.restored-2026']) {
    const path = `${fileOf(url)}${suffix}`;
    const { code, output } = await command(url, ['backup', path]);
    expect({ path, code, output }).toMatchObject({ code: 78 });
    expect(output).toContain(`${path} is a name that the store uses`);
  }
  expect(readdirSync(dirname(fileOf(url))).sort()).toEqual(files);
}, 60_000);

it('a file that only looks like one of a restore is left where it is, and so is the store', async () => {
  const url = await store('SQLite');
  await mark(url);
  const notes = `${fileOf(url)}.restored-notes.txt`;
  writeFileSync(notes, 'notes');
  expect(await command(url, ['rebuild', '--dry-run'])).toMatchObject({ code: 0 });
  expect(await metaOf(url)).toContainEqual({ key: 'mark', value: 'of the store' });
  expect(readFileSync(notes, 'utf8')).toBe('notes');
  const link = join(cleanUps.newDirectory(), 'link');
  symlinkSync(dirname(fileOf(url)), link);
  const { code } = await command(url, ['backup', join(link, 'gateway.db.restored-mine')]);
  expect(code).toBe(78);
}, 60_000);

it('a backup with a name that a restore removes is refused with 78, and stays', async () => {
  const url = await store('SQLite');
  for (const suffix of ['.restoring', '.restoring-wal']) {
    const path = `${fileOf(url)}${suffix}`;
    await backUp({ databaseUrl: await store('SQLite'), appIds: null }, path);
    const { code, output } = await command(url, ['restore', path]);
    expect({ code, output }).toMatchObject({ code: 78 });
    expect(output).toContain('Rename it first');
    expect(existsSync(path)).toBe(true);
  }
}, 60_000);
