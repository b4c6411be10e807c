import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { temporaryDirectory } from '../support/processes.js';

const cleanUps: (() => void)[] = [];

afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

function run(folder: string, ...parameters: string[]): { status: number | null; output: string } {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/check-schema.mjs', folder, ...parameters]);
  return { status, output: String(stderr) };
}

/** A copy of the schema with its baseline, in which a text is replaced. */
function copied(file: string, text: string, replacement: string): string {
  const directory = temporaryDirectory();
  cleanUps.push(() => directory.remove());
  cpSync('schema', directory.path, { recursive: true });
  const path = join(directory.path, file);
  const before = readFileSync(path, 'utf8');
  expect(before).toContain(text);
  writeFileSync(path, before.replace(text, replacement));
  return directory.path;
}

const PAGE_INFO = 'type PageInfo {';

it('The schema breaks nothing that front ends rely on', () => {
  expect(run('schema')).toEqual({ status: 0, output: '' });
});

it('A change that only adds passes', () => {
  const folder = copied('schema.graphql', PAGE_INFO, `${PAGE_INFO}\n  more: Int`);
  expect(run(folder)).toEqual({ status: 0, output: '' });
});

it('A field that is gone fails by its name, until the change is accepted with a reason', () => {
  const folder = copied('schema.graphql', '  hasNextPage: Boolean!', '  anotherPage: Boolean!');
  const { status, output } = run(folder);
  expect(status).toBe(1);
  expect(output).toContain('PageInfo.hasNextPage was removed.');
  expect(run(folder, 'accept').status).toBe(64);
  expect(run(folder).status).toBe(1);
  expect(run(folder, 'accept', 'Pages have another name.').status).toBe(0);
  expect(run(folder)).toEqual({ status: 0, output: '' });
  const accepted = readFileSync(join(folder, 'accepted-changes.txt'), 'utf8');
  expect(accepted).toContain('Pages have another name.');
  expect(accepted).toContain('PageInfo.hasNextPage was removed.');
});

it('A baseline that was changed by hand fails', () => {
  const folder = copied('baseline.graphql', PAGE_INFO, `${PAGE_INFO}\n  more: Int`);
  expect(run(folder).output).toContain('baseline.graphql was changed without a reason');
});
