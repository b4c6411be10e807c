import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

it('The generated sections of the documentation equal the tables in the code', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/emit-docs.mjs', '--check'], { cwd: root });
  expect(String(stderr)).toBe('');
  expect(status).toBe(0);
});
