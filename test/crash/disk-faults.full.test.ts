import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cleanUpAfterEach } from '../support/clean-ups.js';
import { type AgoraGateway, startAgoraGateway } from '../support/agora/agora-gateway.js';
import { administer, newDatabase } from '../support/databases/databases.js';
import { post } from '../support/graphql-client.js';
import { run } from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';

const SID = 'a'.repeat(32);

const cleanUps = cleanUpAfterEach();

async function start(databaseUrl: string): Promise<AgoraGateway> {
  const gateway = await startAgoraGateway(databaseUrl);
  cleanUps.push(() => gateway.kill('SIGKILL'));
  await gateway.untilReady();
  return gateway;
}

async function faults({ url }: AgoraGateway): Promise<string[]> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return [...text.matchAll(/^gateway_store_fault\{kind="([\w-]+)"\} 1$/gm)].map(([, kind]) => kind ?? '');
}

async function stored({ url }: AgoraGateway): Promise<number> {
  const { data } = await post<{ recording: { delivery: { received: number } } }>(
    url,
    `{ recording(by: { sid: "${SID}" }) { delivery { received } } }`,
  );
  return data.recording.delivery.received;
}

/** The process lives, and says to everybody that its store cannot be used, and why. */
async function expectFault(gateway: AgoraGateway, kind: string, sequence: number): Promise<void> {
  await waitFor(async () => (await gateway.deliver({ sid: SID, sequence })) === 503, { what: '503' });
  await waitFor(async () => (await faults(gateway))[0] === kind, { what: `the fault ${kind}` });
  expect(await faults(gateway)).toEqual([kind]);
  expect((await fetch(`${gateway.url}/readyz`)).status).toBe(503);
  expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
  const { errors, data } = await post<Record<string, { userErrors: object[] }>>(
    gateway.url,
    'mutation { acquireResource(input: { channel: "a", uid: "1" }) { userErrors { code retryable } } }',
  );
  expect(errors).toBeUndefined();
  expect(data.acquireResource?.userErrors).toEqual([{ code: 'STORE_UNAVAILABLE', retryable: true }]);
  expect(gateway.output()).toMatch(new RegExp(`"kind":"${kind}".*"msg":"store unavailable`));
  expect(gateway.child.exitCode).toBeNull();
}

/** Runs a command on a store as an operator does. */
async function command(databaseUrl: string, ...args: string[]): Promise<{ code: unknown; output: string }> {
  const running = run('dist/cli.js', { DATABASE_URL: databaseUrl }, undefined, [], args);
  return { code: await running.exited, output: running.output() };
}

/** A disk with a file system that becomes read-only when it finds a fault, as those of servers do. */
function diskThatFails(): { path: string; fail: () => void } | null {
  const directory = cleanUps.newDirectory();
  const [image, path] = [join(directory, 'image'), join(directory, 'disk')];
  mkdirSync(path);
  writeFileSync(image, Buffer.alloc(64 * 1024 * 1024));
  try {
    execFileSync('mkfs.ext4', ['-q', image], { stdio: 'ignore' });
    execFileSync('mount', ['-o', 'loop,errors=remount-ro', image, path], { stdio: 'ignore' });
  } catch {
    return null;
  }
  cleanUps.push(() => void execFileSync('umount', ['--lazy', path]));
  const device = execFileSync('findmnt', ['--noheadings', '--output', 'SOURCE', path], { encoding: 'utf8' });
  const trigger = `/sys/fs/ext4/${basename(device.trim())}/trigger_fs_error`;
  return { path, fail: () => writeFileSync(trigger, 'a fault for a test') };
}

describe('While a gateway runs', () => {
  it('a disk that fails each write makes it unready with the fault "io", until writes succeed again', async () => {
    const file = join(cleanUps.newDirectory(), 'gateway.db');
    const gateway = await start(`file:${file}`);
    for (let sequence = 0; sequence < 5; sequence += 1) {
      expect(await gateway.deliver({ sid: SID, sequence })).toBe(200);
    }
    const limit = (size: string) =>
      execFileSync('prlimit', ['--pid', String(gateway.child.pid), `--fsize=${size}:unlimited`]);
    // The kernel refuses every write to a file with an error that is neither a full nor a read-only disk.
    limit('0');
    await expectFault(gateway, 'io', 5);
    expect(await stored(gateway)).toBe(5);

    limit('unlimited');
    await gateway.untilReady();
    expect(await faults(gateway)).toEqual([]);
    expect(await gateway.deliver({ sid: SID, sequence: 5 })).toBe(200);
    await gateway.kill('SIGKILL');
    const next = await start(`file:${file}`);
    expect(await stored(next)).toBe(6);
    expect(await next.kill()).toBe(0);
  });

  it('a disk that becomes read-only makes it unready with the fault "read-only", and the next start ends with 74', async (context) => {
    const disk = diskThatFails();
    if (disk === null) return context.skip();
    const gateway = await start(`file:${join(disk.path, 'gateway.db')}`);
    for (let sequence = 0; sequence < 5; sequence += 1) {
      expect(await gateway.deliver({ sid: SID, sequence })).toBe(200);
    }
    disk.fail();
    await expectFault(gateway, 'read-only', 5);
    expect(await stored(gateway)).toBe(5);
    // What is to be written is kept for up to 30 s before the gateway ends without it.
    expect(await gateway.kill()).toBe(0);

    const next = await startAgoraGateway(`file:${join(disk.path, 'gateway.db')}`);
    expect(await next.exited).toBe(74);
    expect(next.output()).toContain('is read-only');
  });

  it('a PostgreSQL that becomes read-only makes it unready with that fault, until it can be written again', async () => {
    const database = await newDatabase('PostgreSQL');
    cleanUps.push(() => database.remove());
    const name = new URL(database.url).pathname.slice(1);
    const gateway = await start(database.url);
    expect(await gateway.deliver({ sid: SID, sequence: 0 })).toBe(200);
    const setReadOnly = (value: 'on' | 'off') =>
      administer(database.url, async (client) => {
        // The second one takes effect for connections that are made later.
        await client.query('set default_transaction_read_only = off');
        await client.query(`alter database ${name} set default_transaction_read_only = ${value}`);
        await client.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
        );
      });
    await setReadOnly('on');
    await expectFault(gateway, 'read-only', 1);

    await setReadOnly('off');
    await gateway.untilReady();
    expect(await faults(gateway)).toEqual([]);
    expect(await gateway.deliver({ sid: SID, sequence: 1 })).toBe(200);
    expect(await stored(gateway)).toBe(2);
    expect(await gateway.kill()).toBe(0);
  });

  /** What an operator or a script does to the files of a store. */
  const ACCIDENTS: [what: string, path: string, happen: (file: string) => void][] = [
    ['its lock file is removed', '.lock', (file) => rmSync(`${file}.lock`)],
    [
      'its lock file is replaced',
      '.lock',
      (file) => {
        copyFileSync(`${file}.lock`, `${file}.copy`);
        renameSync(`${file}.copy`, `${file}.lock`);
      },
    ],
    ['its file is removed', '', (file) => rmSync(file)],
    ['its file is moved', '', (file) => renameSync(file, `${file}.moved`)],
    [
      'another file takes its place',
      '',
      (file) => {
        copyFileSync(file, `${file}.copy`);
        renameSync(`${file}.copy`, file);
      },
    ],
  ];

  it.each(ACCIDENTS)(
    'it becomes unready with the fault "moved" if %s, and nothing replaces the store while it lives',
    async (_what, suffix, happen) => {
      const folder = cleanUps.newDirectory();
      const file = join(folder, 'gateway.db');
      const gateway = await start(`file:${file}`);
      expect(await gateway.deliver({ sid: SID, sequence: 0 })).toBe(200);
      const backup = join(folder, 'backup');
      expect(await command(`file:${file}`, 'backup', backup)).toMatchObject({ code: 0 });
      happen(file);
      // Without anything that writes.
      await waitFor(async () => !(await gateway.isReady()), { what: 'unreadiness' });
      await expectFault(gateway, 'moved', 1);
      expect(gateway.output()).toContain(`${file}${suffix} was moved, replaced or removed`);

      expect(await command(`file:${file}`, 'restore', backup)).toMatchObject({ code: 78 });
      for (const args of [['new-epoch'], ['rebuild']])
        expect(await command(`file:${file}`, ...args), args[0]).toMatchObject({ code: 78 });
      expect(await gateway.kill()).toBe(0);
      expect(await command(`file:${file}`, 'restore', backup)).toMatchObject({ code: 0 });
    },
  );

  it('a file that takes the place of the store keeps all that is written to it, whatever becomes of the gateway', async () => {
    const file = join(cleanUps.newDirectory(), 'gateway.db');
    const gateway = await start(`file:${file}`);
    expect(await gateway.deliver({ sid: SID, sequence: 0 })).toBe(200);
    for (const suffix of ['', '-wal', '-shm', '.lock']) rmSync(`${file}${suffix}`);
    const next = await start(`file:${file}`);
    expect(await next.deliver({ sid: SID, sequence: 0 })).toBe(200);
    await waitFor(async () => !(await gateway.isReady()), { what: 'unreadiness' });
    expect(await gateway.kill()).toBe(0);
    expect(await next.deliver({ sid: SID, sequence: 1 })).toBe(200);
    await next.kill('SIGKILL');
    const last = await start(`file:${file}`);
    expect(await stored(last)).toBe(2);
    expect(await last.kill()).toBe(0);
  });
});
