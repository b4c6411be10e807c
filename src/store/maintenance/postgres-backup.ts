import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type pg from 'pg';
import { CONNECT_TIMEOUT_MS } from '../drivers/postgres.js';
import { clientClass, PostgresLogin } from '../drivers/postgres-login.js';
import { BackupInvalidError, BackupUnreadableError, StoreUnavailableError } from '../errors.js';
import { isTableOf, TABLES } from '../migrations/tables.js';
import { needsLaterRelease } from './backup-errors.js';

/**
 * A backup of a PostgreSQL store: gzip of lines of JSON. The first line is the header, then each table is announced by
 * one line and followed by its rows, arrays of texts and nulls. The last line counts the rows, so that a file that was cut
 * short is recognised.
 */
export const BACKUP_FORMAT = 'agora-recording-gateway backup';
export const BACKUP_FORMAT_VERSION = 1;

/** Rows that are read at once. */
const PAGE = 500;

interface Header {
  format: string;
  formatVersion: number;
  createdAt: string;
}

export interface TableStart {
  table: string;
  columns: string[];
}

export type Row = (string | null)[];

/** A line of a backup after its header. */
export type BackupEntry = TableStart | Row;

/** All values as the texts that PostgreSQL sends: nothing is converted on the way out and back. */
const AS_TEXT: pg.CustomTypesConfig = { getTypeParser: () => (value: unknown) => value };

/** A failure here is one of the database, and not of the file that is written. */
async function ask<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    throw new StoreUnavailableError(error);
  }
}

async function* linesOf(client: pg.Client, counts: Map<string, number>): AsyncGenerator<string> {
  const line = (value: unknown) => `${JSON.stringify(value)}\n`;
  const header: Header = {
    format: BACKUP_FORMAT,
    formatVersion: BACKUP_FORMAT_VERSION,
    createdAt: new Date().toISOString(),
  };
  yield line(header);
  // Of the snapshot, and with those that this login may not read: to leave one out would make a backup that lacks it.
  const { rows: versions } = await ask(
    client.query<Row>({ text: 'select name from kysely_migration', rowMode: 'array' }),
  );
  const applied = versions.map(([name]) => name ?? '');
  for (const { name: table } of TABLES.filter((each) => each.isKept && isTableOf(each, applied, true))) {
    await ask(client.query(`declare rows no scroll cursor for select * from ${table}`));
    let rows = 0;
    for (let isFirst = true; ; isFirst = false) {
      const page = await ask(client.query<Row>({ text: `fetch ${PAGE} from rows`, rowMode: 'array' }));
      if (isFirst) yield line({ table, columns: page.fields.map(({ name }) => name) } satisfies TableStart);
      for (const row of page.rows) yield line(row);
      rows += page.rows.length;
      if (page.rows.length < PAGE) break;
    }
    await ask(client.query('close rows'));
    counts.set(table, rows);
  }
  yield line({ end: [...counts.values()].reduce((sum, rows) => sum + rows, 0) });
}

/** Streams one snapshot of the database to a file. Memory does not grow with the store. */
export async function writePostgresBackup(
  databaseUrl: string,
  path: string,
): Promise<{ recordings: number; observations: number }> {
  const LoginClient = clientClass(new PostgresLogin(databaseUrl, null));
  const client = new LoginClient({
    types: AS_TEXT,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  });
  await ask(client.connect());
  try {
    await ask(client.query('begin transaction isolation level repeatable read read only'));
    const counts = new Map<string, number>();
    await pipeline(Readable.from(linesOf(client, counts)), createGzip(), createWriteStream(path));
    await ask(client.query('commit'));
    return { recordings: counts.get('recordings') ?? 0, observations: counts.get('observations') ?? 0 };
  } finally {
    await client.end();
  }
}

function parse(path: string, line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw new BackupInvalidError(path, 'a line is not JSON');
  }
}

function checkHeader(path: string, entry: unknown): void {
  const { format, formatVersion } = (entry ?? {}) as Partial<Header>;
  if (format !== BACKUP_FORMAT || typeof formatVersion !== 'number')
    throw new BackupInvalidError(path, 'it was not made by this gateway');
  if (formatVersion > BACKUP_FORMAT_VERSION)
    throw needsLaterRelease(path, `version ${formatVersion} of the format`);
}

const isRow = (entry: unknown): entry is Row =>
  Array.isArray(entry) && entry.every((value) => value === null || typeof value === 'string');

function isTableStart(entry: unknown): entry is TableStart {
  const { table, columns } = (entry ?? {}) as Partial<TableStart>;
  return typeof table === 'string' && isRow(columns) && columns.every((column) => column !== null);
}

/**
 * The entries of a backup after its header; each row comes after the start of its table, with as many values as that has
 * columns. Throws BackupInvalidError if it is of another kind, or not whole, and BackupUnfitError for a later format.
 */
async function* entriesOf(path: string, lines: AsyncIterable<string>): AsyncGenerator<BackupEntry> {
  let rows = 0;
  let columns: number | null = null;
  let end: number | null = null;
  let hasHeader = false;
  for await (const line of lines) {
    const entry = parse(path, line);
    if (end !== null) throw new BackupInvalidError(path, 'something follows its end');
    if (!hasHeader) {
      checkHeader(path, entry);
      hasHeader = true;
    } else if (isRow(entry)) {
      if (entry.length !== columns) throw new BackupInvalidError(path, 'a row does not fit its table');
      rows += 1;
      yield entry;
    } else if (isTableStart(entry)) {
      columns = entry.columns.length;
      yield entry;
    } else {
      end = Number((entry as { end?: unknown } | null)?.end ?? NaN);
      if (Number.isNaN(end)) throw new BackupInvalidError(path, 'a line is not part of a backup');
    }
  }
  if (end !== rows) throw new BackupInvalidError(path, 'it was cut short');
}

/** The entries of the backup in a file, as `entriesOf` gives them. Throws BackupUnreadableError where reading it fails. */
export async function* readPostgresBackup(path: string): AsyncGenerator<BackupEntry> {
  const input = createReadStream(path);
  const unzipped = input.pipe(createGunzip());
  input.on('error', (error) => unzipped.destroy(new BackupUnreadableError(path, error)));
  try {
    yield* entriesOf(path, createInterface({ input: unzipped }));
  } catch (error) {
    // What the decompression says of the bytes that it got.
    const isOfContent = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
    throw isOfContent ? new BackupInvalidError(path, error.message) : error;
  } finally {
    input.destroy();
  }
}
