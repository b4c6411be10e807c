import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/store/drivers/database.js';
import { migrate } from '../../src/store/migrations/migrate.js';
import { VERSIONS } from '../../src/store/migrations/migrations.js';
import { DATABASES, newDatabase } from '../support/databases.js';
import { sized } from '../support/size.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** The version of the oldest store that must survive: the one before notifications were deduplicated by the log. */
const OLD = '0002-several-gateways';

const KILLS = sized(2, 60);
const ROWS = sized(2_000, 10_000);

/** Fills the log with notifications as that version kept them. */
async function fill(url: string): Promise<void> {
  const database = openDatabase(url);
  try {
    await migrate(database, { to: OLD });
    const content = (index: number) =>
      JSON.stringify({
        kind: 'notification',
        notification: {
          noticeId: `notice-${index}`,
          sid: 'sid',
          uid: '1',
          eventType: 42,
          sequence: index,
          sendts: index,
        },
      });
    for (let from = 0; from < ROWS; from += 500) {
      const rows = Array.from({ length: 500 }, (_, offset) => from + offset).map(
        (index) =>
          sql`(${`id-${index}`}, 'app', 'recording', 'NOTIFICATION', 'X', 1, 1, ${content(index)}, null, 'hash', 1, 1)`,
      );
      await sql`insert into observations
        (id, app_id, recording_id, source, type, occurred_at, received_at, content, raw, hash, version, changed)
        values ${sql.join(rows)}`.execute(database.kysely);
    }
  } finally {
    await database.close();
  }
}

/** The version of the store, and how many rows of the log the migration to 0003 has filled. */
async function stateOf(url: string): Promise<{ version: string; filled: number }> {
  const database = openDatabase(url);
  try {
    const versions = await sql<{ name: string }>`select max(name) as name from kysely_migration`.execute(
      database.kysely,
    );
    const version = versions.rows[0]?.name ?? '';
    if (version === OLD) return { version, filled: 0 };
    const rows = await sql<{
      count: number;
    }>`select count(*) as count from observations where notice_id is not null`.execute(database.kysely);
    return { version, filled: Number(rows.rows[0]?.count) };
  } finally {
    await database.close();
  }
}

/** Runs `migrate` and kills it after a time; resolves with its exit code, null if it was killed. */
function migrateAndKill(url: string, signal: NodeJS.Signals, afterMs: number | null): Promise<number | null> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [CLI, 'migrate'],
      { env: { PATH: process.env.PATH, DATABASE_URL: url } },
      () => resolve(child.exitCode),
    );
    if (afterMs !== null) {
      // From the first sign of progress on, so that the signal falls into the migration whatever the machine.
      child.stdout?.once('data', () => setTimeout(() => child.kill(signal), afterMs));
    }
  });
}

it.each(DATABASES)(
  `A migration on %s that is killed at ${KILLS} moments leaves the old version or the new one, and the next one finishes`,
  async (kind) => {
    const oldStore = async () => {
      const made = await newDatabase(kind);
      onTestFinished(() => made.remove());
      await fill(made.url);
      return made;
    };
    let database = await oldStore();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const signal = kill % 2 === 0 ? 'SIGKILL' : 'SIGTERM';
      await migrateAndKill(database.url, signal, (kill * 7) % 120);
      const { version, filled } = await stateOf(database.url);
      expect(VERSIONS).toContain(version);
      expect(filled).toBe(version === OLD ? 0 : ROWS);
      // The next signal must find a store to migrate.
      if (version !== OLD) database = await oldStore();
    }
    expect(await migrateAndKill(database.url, 'SIGKILL', null)).toBe(0);
    expect(await stateOf(database.url)).toEqual({ version: VERSIONS.at(-1), filled: ROWS });
  },
);
