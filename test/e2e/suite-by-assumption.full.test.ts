import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import {
  ASSUMPTION_NAMES,
  ASSUMPTIONS,
  type AssumptionName,
} from '@agora-recording-gateway/agora/assumptions';
import { temporaryDirectory } from '../support/processes.js';
import { SOAK } from '../support/size.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const VITEST = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));

const HOURS_MS = 3 * 3_600_000;

/** The tests of the gateway; those of the sandbox say themselves which assumptions hold. */
const SUITE = ['test/'];

/** Runs test files at their smallest sizes; returns the exit code and the output. */
function runFiles(
  files: readonly string[],
  env: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [VITEST, 'run', ...files], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...{ TEST_SIZE: 'small', TEST_FILES: 'all' },
      // This run has built everything and has a server of PostgreSQL: no suite needs to do so again.
      ...{ TEST_IS_BUILT: 'true', TEST_DATABASE_URL: inject('postgresUrl') },
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, output })));
}

interface Used {
  assumption: AssumptionName;
  /** Whether a test had set it, so that its default does not matter. */
  changed: boolean;
}

/** The files that depend on the default of each assumption, by what the sandboxes of each file logged. */
function dependentFiles(folder: string): Map<AssumptionName, string[]> {
  const files = new Map<AssumptionName, string[]>();
  for (const name of readdirSync(folder)) {
    const lines = readFileSync(join(folder, name), 'utf8').trim().split('\n');
    const used = lines.map((line) => JSON.parse(line) as Used).filter(({ changed }) => !changed);
    for (const assumption of new Set(used.map((line) => line.assumption))) {
      files.set(assumption, [...(files.get(assumption) ?? []), decodeURIComponent(name)]);
    }
  }
  return files;
}

describe.runIf(SOAK)('The suite passes', () => {
  let dependent = new Map<AssumptionName, string[]>();

  beforeAll(async () => {
    const folder = temporaryDirectory();
    try {
      const { code, output } = await runFiles(SUITE, { TEST_USED_ASSUMPTIONS: folder.path });
      expect(code, output).toBe(0);
      dependent = dependentFiles(folder.path);
    } finally {
      folder.remove();
    }
  }, HOURS_MS);

  it.for(ASSUMPTION_NAMES.map((name) => [name, ASSUMPTIONS[name].claim] as const))(
    'though this is false: %s (%s)',
    { timeout: HOURS_MS },
    async ([name], { skip }) => {
      // No other file can notice: what its sandboxes did was the same under both readings.
      const files = dependent.get(name) ?? [];
      if (files.length === 0) skip('no file depends on it');
      const { code, output } = await runFiles(files, { TEST_FALSE_ASSUMPTIONS: name });
      expect(code, output).toBe(0);
    },
  );
});
