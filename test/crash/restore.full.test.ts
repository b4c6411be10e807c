import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/drivers/database.js';
import { restore } from '../../src/store/maintenance/restore.js';
import { cleanUpAfterEach } from '../support/clean-ups.js';
import { startAgoraGateway } from '../support/agora/agora-gateway.js';
import { DATABASES, newDatabase, type TestDatabase } from '../support/databases/databases.js';
import { fillOldStore, BEFORE_THE_LOG_IS_REWRITTEN } from '../support/databases/old-store.js';
import { run, UNBUNDLED } from '../support/processes.js';
import { largeSized } from '../support/size.js';
import { collectGarbage } from '../support/databases/collect-garbage.js';
import { failOnUnreadable } from '../support/fail-on-unreadable.js';

/** Kills of a restore on each database. */
const KILLS = largeSized(3, 60);

/** Notifications in the backup, which is of an earlier version of the store, so that a restore migrates it too. */
const IN_BACKUP = 500;

/** Notifications in the store that is to be replaced, when its gateway was killed. */
const IN_STORE = 20;

const HOOK = fileURLToPath(new URL('../support/faults/die-at-step.mjs', import.meta.url));

const cleanUps = cleanUpAfterEach();

async function emptyDatabase(kind: TestDatabase['kind']): Promise<TestDatabase> {
  const database = await newDatabase(kind);
  cleanUps.push(() => database.remove());
  return database;
}

const fileOf = ({ url }: TestDatabase) => url.slice('file:'.length);

async function command(url: string, args: string[], env: Record<string, string> = {}) {
  const running = run(UNBUNDLED.commands, { DATABASE_URL: url, ...env }, undefined, ['--import', HOOK], args);
  const code = await running.exited;
  return { code, output: running.output() };
}

async function backUp(kind: TestDatabase['kind'], database: TestDatabase): Promise<string> {
  const path = join(cleanUps.newDirectory(), `${kind}.backup`);
  expect(await command(database.url, ['backup', path])).toMatchObject({ code: 0 });
  return path;
}

interface State {
  notifications: number;
  epoch: string;
}

async function stateOf({ url }: TestDatabase): Promise<State> {
  const database = openDatabase(url);
  try {
    const { rows } = await sql<State>`select
      (select count(*) from observations where source = 'NOTIFICATION') as notifications,
      (select value from meta where key = 'epoch') as epoch`.execute(database.kysely);
    const [state] = rows;
    return { notifications: Number(state?.notifications), epoch: state?.epoch ?? '' };
  } finally {
    await database.close();
    await collectGarbage();
  }
}

/** Starts a gateway on the store, and ends it. */
async function serve({ url }: TestDatabase, work: { deliver: number; end: NodeJS.Signals }): Promise<string> {
  const gateway = await startAgoraGateway(url, { appId: 'app'.padEnd(32, '0').replaceAll('p', 'a') });
  try {
    await gateway.untilReady();
    for (let sequence = 0; sequence < work.deliver; sequence += 1) {
      expect(await gateway.deliver({ sid: 'a'.repeat(32), sequence })).toBe(200);
    }
  } finally {
    await gateway.kill(work.end);
  }
  return gateway.output();
}

describe.each(DATABASES)('A restore on %s', (kind) => {
  it(`that is killed at ${KILLS} of its steps leaves the store of before or the restored one, and the next start serves it`, async () => {
    const old = await emptyDatabase(kind);
    await fillOldStore(old.url, BEFORE_THE_LOG_IS_REWRITTEN, IN_BACKUP);
    const path = await backUp(kind, old);

    // What a crash leaves: a file with its log, and no lock.
    const crashed = await emptyDatabase(kind);
    await serve(crashed, { deliver: IN_STORE, end: 'SIGKILL' });
    if (kind === 'SQLite') expect(existsSync(`${fileOf(crashed)}-wal`)).toBe(true);
    const kept = kind === 'SQLite' ? null : await backUp(kind, crashed);
    const storeOfBefore = async (): Promise<TestDatabase> => {
      const store = await emptyDatabase(kind);
      if (kept === null) {
        for (const suffix of ['', '-wal']) {
          copyFileSync(`${fileOf(crashed)}${suffix}`, `${fileOf(store)}${suffix}`);
        }
      } else {
        const address = { databaseUrl: store.url, appIds: null };
        await restore(address, kept, { epoch: 'before', now: new Date(), onUnreadable: failOnUnreadable });
      }
      return store;
    };

    const counted = await command((await storeOfBefore()).url, ['restore', path]);
    expect(counted, counted.output).toMatchObject({ code: 0 });
    const steps = (/^steps: (.*)$/m.exec(counted.output)?.[1] ?? '').split(' ');
    // Where the files are exchanged; on PostgreSQL the last statements, of which one commits.
    const renames = [steps.indexOf('renameSync') + 1, steps.lastIndexOf('renameSync') + 1] as const;
    const [from, to] = kind === 'SQLite' ? renames : [steps.length - 5, steps.length];
    expect(from).toBeGreaterThan(20);
    expect(to - from).toBeGreaterThan(3);

    const outcomes = { before: 0, restored: 0, finishedByStart: 0 };
    for (let kill = 0; kill < KILLS; kill += 1) {
      const store = await storeOfBefore();
      const before = await stateOf(kind === 'SQLite' ? await storeOfBefore() : store);
      expect(before.notifications).toBe(IN_STORE);
      // Half of the kills are spread over the steps that decide, the others over all steps.
      const [first, last] = kill % 2 === 0 ? [from + 1, to] : [1, steps.length];
      const share = (Math.floor(kill / 2) + 0.5) / Math.ceil(KILLS / 2);
      const at = first + Math.floor(share * (last - first + 1));
      const killed = await command(store.url, ['restore', path], { DIE_AT_STEP: String(at) });
      expect({ at, ...killed }).toMatchObject({ code: 'SIGKILL' });

      const output = await serve(store, { deliver: 0, end: 'SIGTERM' });
      if (output.includes('finished a restore that was interrupted')) outcomes.finishedByStart += 1;
      const after = await stateOf(store);
      const isBefore = after.notifications === IN_STORE;
      expect({ at, ...after }).toEqual({
        at,
        notifications: isBefore ? IN_STORE : IN_BACKUP,
        epoch: isBefore ? before.epoch : (expect.not.stringMatching(before.epoch) as string),
      });
      outcomes[isBefore ? 'before' : 'restored'] += 1;

      // Whatever the interrupted one left does not disturb the next one.
      expect(await command(store.url, ['restore', path])).toMatchObject({ code: 0 });
      expect((await stateOf(store)).notifications).toBe(IN_BACKUP);
      if (kind === 'SQLite') {
        const names = readdirSync(dirname(fileOf(store))).map((name) =>
          name.slice(basename(fileOf(store)).length),
        );
        expect(names.filter((name) => /^\.(restoring|restored)/.test(name))).toEqual([]);
      }
    }
    if (kind === 'PostgreSQL' || KILLS > 1) expect(outcomes.before).toBeGreaterThan(0);
    if (kind === 'SQLite') expect(outcomes.finishedByStart).toBeGreaterThan(0);
    console.log(`${kind}: ${KILLS} kills in ${steps.length} steps: ${JSON.stringify(outcomes)}`);
  }, 1_200_000);
});
