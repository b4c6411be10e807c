import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import { CONNECT_TIMEOUT_MS } from '../drivers/postgres.js';
import { BackupInvalidError, NotAStoreError, StoreUnavailableError } from '../errors.js';
import { ESSENTIAL_TABLES, TABLES } from './tables.js';

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

type Row = (string | null)[];

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
  // Also those that this login may not read: to leave them out would make a backup that lacks them.
  const existing = await ask(
    client.query<{ relname: string }>(
      "select relname from pg_class where relnamespace = to_regnamespace(current_schema()) and relkind in ('r', 'p')",
    ),
  );
  const names = new Set(existing.rows.map(({ relname }) => relname));
  for (const table of ESSENTIAL_TABLES) if (!names.has(table)) throw new NotAStoreError(table);
  for (const table of TABLES.filter((name) => names.has(name))) {
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
  const client = new pg.Client({
    connectionString: databaseUrl,
    types: AS_TEXT,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  });
  // A connection that breaks fails the statement that waits for it, or the next one.
  client.on('error', () => undefined);
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

/** The entries of a backup after its header. Throws BackupInvalidError if it is of another kind, or not whole. */
export async function* readPostgresBackup(path: string): AsyncGenerator<BackupEntry> {
  const input = createReadStream(path);
  const unzipped = input.pipe(createGunzip());
  input.on('error', (error) => unzipped.destroy(error));
  let rows = 0;
  let end: number | null = null;
  let hasHeader = false;
  try {
    for await (const line of createInterface({ input: unzipped })) {
      const entry = parse(path, line);
      if (!hasHeader) {
        const { format, formatVersion } = entry as Partial<Header>;
        if (format !== BACKUP_FORMAT) throw new BackupInvalidError(path, 'it was not made by this gateway');
        if (formatVersion !== BACKUP_FORMAT_VERSION) {
          throw new BackupInvalidError(
            path,
            `its format has version ${formatVersion}, which a later release wrote`,
          );
        }
        hasHeader = true;
      } else if (Array.isArray(entry)) {
        rows += 1;
        yield entry as Row;
      } else if (typeof entry === 'object' && entry !== null && 'end' in entry) end = Number(entry.end);
      else yield entry as TableStart;
    }
  } catch (error) {
    if (error instanceof BackupInvalidError) throw error;
    throw new BackupInvalidError(path, error instanceof Error ? error.message : String(error));
  }
  if (end !== rows) throw new BackupInvalidError(path, 'it was cut short');
}
