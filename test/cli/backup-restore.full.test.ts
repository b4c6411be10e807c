import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/drivers/database.js';
import { openReadOnlySqlite } from '../../src/store/drivers/sqlite.js';
import { backUp } from '../../src/store/maintenance/backup.js';
import { APP_ID, type AgoraGateway, startAgoraGateway } from '../support/agora/agora-gateway.js';
import { collectGarbage } from '../support/databases/collect-garbage.js';
import { DATABASES, newDatabase } from '../support/databases/databases.js';
import { run, temporaryDirectory } from '../support/processes.js';
import { largeSized } from '../support/size.js';

const CRASHES = largeSized(2, 10);

/** Notifications at once, which is as fast as one gateway takes them. */
const SENDERS = 16;

/** Notifications that are acknowledged before the backup begins, and after it has ended. */
const NOTIFICATIONS = largeSized(200, 2_000);

/**
 * At most so many notifications before the backup of a store that then crashes, and as many after it: enough for each file
 * to have hundreds of pages in a different order.
 */
const BEFORE_A_CRASH = largeSized(100, 400);

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

const cleanUps: (() => Promise<unknown> | void)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** Runs a command on a store as an operator does. */
async function command(databaseUrl: string, ...args: string[]): Promise<{ code: unknown; output: string }> {
  await collectGarbage();
  const running = run('dist/cli.js', { DATABASE_URL: databaseUrl }, undefined, [], args);
  const code = await running.exited;
  return { code, output: running.output() };
}

async function start(databaseUrl: string): Promise<AgoraGateway> {
  const gateway = await startAgoraGateway(databaseUrl);
  cleanUps.push(() => gateway.kill('SIGKILL'));
  await gateway.untilReady();
  return gateway;
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Sends without a pause from several senders, each for a separate recording, so that pages fill in no fixed order. Rounds
 * send about different recordings.
 */
function sendAtFullSpeed(gateway: AgoraGateway, random: () => number, round = 0) {
  const acknowledged = new Set<string>();
  let isStopped = false;
  const senders = Array.from({ length: SENDERS }, async (_, index) => {
    const sid = `${round}${'c'.repeat(3)}${index}`.padStart(32, 'a');
    for (let sequence = 0; !isStopped; sequence += 1) {
      const bytes = Math.floor(random() ** 4 * 5_000);
      const status = await gateway.deliver({ sid, sequence, bytes }).catch(() => 0);
      if (status === 200) acknowledged.add(`${sid}-${sequence}`);
    }
  });
  return {
    acknowledged,
    async until(count: number): Promise<void> {
      while (acknowledged.size < count) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    async stop(): Promise<void> {
      isStopped = true;
      await Promise.all(senders);
    },
  };
}

/** The notifications that a store holds. */
async function storedNotices(databaseUrl: string): Promise<Set<string>> {
  const database = openDatabase(databaseUrl);
  try {
    const rows = await database.kysely
      .selectFrom('observations')
      .select('notice_id')
      .where('notice_id', 'is not', null)
      .execute();
    return new Set(rows.map(({ notice_id: id }) => id ?? ''));
  } finally {
    await database.close();
  }
}

/** Every recording is what its log gives: both are of the same moment. */
async function expectConsistent(databaseUrl: string): Promise<void> {
  const { code, output } = await command(databaseUrl, 'rebuild', '--dry-run');
  expect({ code, output }).toEqual({
    code: 0,
    output: expect.stringMatching(/^0 of \d+ recordings/) as string,
  });
}

function expectIntact(path: string): void {
  const database = openReadOnlySqlite(path);
  try {
    expect(database.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  } finally {
    database.close();
  }
}

describe.each(DATABASES)('A backup on %s while notifications arrive at full speed', (kind) => {
  it('restores to a consistent store with all that was acknowledged before it began', async () => {
    const source = await newDatabase(kind);
    cleanUps.push(() => source.remove());
    const target = await newDatabase(kind);
    cleanUps.push(() => target.remove());
    const directory = temporaryDirectory();
    cleanUps.push(() => directory.remove());
    const path = join(directory.path, 'backup');
    const gateway = await start(source.url);
    const sender = sendAtFullSpeed(gateway, randomNumbers(SEED));
    await sender.until(NOTIFICATIONS);
    const before = new Set(sender.acknowledged);
    const backup = await command(source.url, 'backup', path);
    expect(backup).toMatchObject({ code: 0 });
    const during = sender.acknowledged.size - before.size;
    await sender.until(sender.acknowledged.size + NOTIFICATIONS);
    await sender.stop();

    const { code, output } = await command(target.url, 'restore', path);
    expect({ code, output }).toMatchObject({ code: 0 });
    const notices = await storedNotices(target.url);
    expect([...before].filter((notice) => !notices.has(notice))).toEqual([]);
    await expectConsistent(target.url);
    expect(during).toBeGreaterThan(0);
    // The restored store takes what comes next.
    const next = await start(target.url);
    expect(await next.deliver({ sid: 'b'.repeat(32), sequence: 0 })).toBe(200);
  }, 600_000);

  it('is refused as a restore while the gateway lives', async () => {
    const database = await newDatabase(kind);
    cleanUps.push(() => database.remove());
    const directory = temporaryDirectory();
    cleanUps.push(() => directory.remove());
    const path = join(directory.path, 'backup');
    const gateway = await start(database.url);
    expect(await command(database.url, 'backup', path)).toMatchObject({ code: 0 });
    for (const args of [['restore', path], ['new-epoch'], ['rebuild']]) {
      const { code, output } = await command(database.url, ...args);
      expect({ args, code }).toEqual({ args, code: 78 });
      expect(output).toContain('in use by');
    }
    expect(await gateway.isReady()).toBe(true);
    expect(await gateway.kill()).toBe(0);
    expect(await command(database.url, 'restore', path)).toMatchObject({ code: 0 });
  }, 120_000);
});

describe('A restore on SQLite after a crash', () => {
  it(`gives what the backup held and nothing of the log that the crash left, ${CRASHES} times (SEED ${SEED})`, async () => {
    const database = await newDatabase('SQLite');
    cleanUps.push(() => database.remove());
    const directory = temporaryDirectory();
    cleanUps.push(() => directory.remove());
    const file = database.url.slice('file:'.length);
    const random = randomNumbers(SEED);
    const some = () => Math.ceil((0.2 + random()) * BEFORE_A_CRASH);
    for (let crash = 0; crash < CRASHES; crash += 1) {
      const path = join(directory.path, `backup-${crash}`);
      // From the second round on, of the store that was restored.
      const gateway = await start(database.url);
      const sender = sendAtFullSpeed(gateway, random, crash);
      await sender.until(some());
      const before = new Set(sender.acknowledged);
      await backUp({ databaseUrl: database.url, appIds: [APP_ID] }, path);
      await sender.until(sender.acknowledged.size + some());
      await gateway.kill('SIGKILL');
      await sender.stop();
      expect(existsSync(`${file}-wal`)).toBe(true);

      expect(await command(database.url, 'restore', path)).toMatchObject({ code: 0 });
      const notices = await storedNotices(database.url);
      expect(notices).toEqual(await storedNotices(`file:${path}`));
      expect([...before].filter((notice) => !notices.has(notice))).toEqual([]);
      expect([...sender.acknowledged].filter((notice) => !notices.has(notice))).not.toEqual([]);
      expectIntact(file);
    }
    await expectConsistent(database.url);
    const last = await start(database.url);
    expect(await last.deliver({ sid: 'b'.repeat(32), sequence: 0 })).toBe(200);
    expect(await last.kill()).toBe(0);
    expectIntact(file);
  }, 600_000);
});
