import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/store/drivers/database.js';
import { VERSIONS } from '../../src/store/migrations/migrations.js';
import { DATABASES, newDatabase } from '../support/databases/databases.js';
import { BEFORE_THE_LOG_IS_REWRITTEN, fillOldStore } from '../support/databases/old-store.js';
import { largeSized } from '../support/size.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

const KILLS = largeSized(6, 60);
const ROWS = largeSized(2_000, 10_000);

/** The version of the store, and how many rows of the log the migration to 0003 has filled. */
async function stateOf(url: string): Promise<{ version: string; filled: number }> {
  const database = openDatabase(url);
  try {
    const versions = await sql<{ name: string }>`select max(name) as name from kysely_migration`.execute(
      database.kysely,
    );
    const version = versions.rows[0]?.name ?? '';
    if (version === BEFORE_THE_LOG_IS_REWRITTEN) return { version, filled: 0 };
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
      await fillOldStore(made.url, BEFORE_THE_LOG_IS_REWRITTEN, ROWS);
      return made;
    };
    let database = await oldStore();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const signal = kill % 2 === 0 ? 'SIGKILL' : 'SIGTERM';
      await migrateAndKill(database.url, signal, (kill * 7) % 120);
      const { version, filled } = await stateOf(database.url);
      expect(VERSIONS).toContain(version);
      expect(filled).toBe(version === BEFORE_THE_LOG_IS_REWRITTEN ? 0 : ROWS);
      // The next signal must find a store to migrate.
      if (version !== BEFORE_THE_LOG_IS_REWRITTEN) database = await oldStore();
    }
    expect(await migrateAndKill(database.url, 'SIGKILL', null)).toBe(0);
    expect(await stateOf(database.url)).toEqual({ version: VERSIONS.at(-1), filled: ROWS });
  },
);
