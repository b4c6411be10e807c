import { chmodSync, chownSync, readFileSync, renameSync, statSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { hashOf } from '../../src/auth/api-keys.js';
import { run, temporaryDirectory } from '../support/processes.js';

const directory = temporaryDirectory();
afterAll(() => directory.remove());
const file = join(directory.path, 'api-keys.json');

async function keys(...args: string[]): Promise<{ code: unknown; output: string }> {
  const running = run('dist/cli.js', { AUTH_API_KEYS_FILE: file }, undefined, [], ['keys', ...args]);
  const code = await running.exited;
  return { code, output: running.output() };
}

it('a key is made, listed without itself, and revoked; the file holds its hash only, for its owner only', async () => {
  const places = ['--channel', 'class-*', '--app-id', '*', '--expires', '2099-01-31T00:00:00Z'];
  const made = await keys('add', 'teacher', '--scope', 'control', ...places);
  expect(made.code).toBe(0);
  const credential = made.output.trim();
  expect(credential).toMatch(/^ark_[\w-]{43}$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).not.toContain(credential);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual([
    {
      name: 'teacher',
      sha256: hashOf(credential),
      scopes: ['recordings:control'],
      channels: ['class-*'],
      appIds: ['*'],
      expiresAt: '2099-01-31T00:00:00Z',
    },
  ]);
  const listed = await keys('list');
  expect(listed.output).toMatch(/teacher +recordings:control +class-\* +\* +\(default\) +2099-01-31/);
  expect(listed.output).not.toContain(hashOf(credential));
  expect((await keys('revoke', 'teacher')).code).toBe(0);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual([]);
});

it('a file keeps its mode and its owner, and a link the file that it leads to', async () => {
  expect((await keys('add', 'first', '--scope', 'read', '--channel', '*', '--app-id', '*')).code).toBe(0);
  const target = `${file}.target`;
  renameSync(file, target);
  symlinkSync(target, file);
  chmodSync(target, 0o640);
  if (process.getuid?.() === 0) chownSync(target, 1_000, 1_000);
  const before = statSync(target);
  expect((await keys('revoke', 'first')).code).toBe(0);
  const { mode, uid, gid } = statSync(target);
  expect({ mode, uid, gid }).toEqual({ mode: before.mode, uid: before.uid, gid: before.gid });
  expect(JSON.parse(readFileSync(target, 'utf8'))).toEqual([]);
  unlinkSync(file);
  unlinkSync(target);
});

it('what is wrong with a new key is said, and nothing is written', async () => {
  await keys('add', 'one', '--scope', 'read');
  const before = readFileSync(file, 'utf8');
  for (const [args, problem] of [
    [['add', 'one', '--scope', 'read'], /named one already/],
    [['add', 'two'], /--scope/],
    [['add', 'two', '--scope', 'write'], /scopes/],
    [['add', 'two', '--scope', 'read', '--channel', 'a*b'], /only at its end/],
    [['add', 'two', '--scope', 'read', '--app-id', 'x'], /App IDs/],
    [['add', 'two', '--scope', 'read', '--expires', 'tomorrow'], /moment/],
    [['add', 'two', '--scope', 'read', '--colour', 'red'], /--colour/],
    [['revoke', 'unknown'], /No key is named/],
    [['destroy'], /Unknown action/],
  ] as const) {
    const { code, output } = await keys(...args);
    expect([args, code]).toEqual([args, 78]);
    expect(output).toMatch(problem);
  }
  expect(readFileSync(file, 'utf8')).toBe(before);
});
