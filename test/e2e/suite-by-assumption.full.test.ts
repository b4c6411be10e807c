import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, it } from 'vitest';
import { ASSUMPTION_NAMES, ASSUMPTIONS } from '@agora-recording-gateway/agora/assumptions';
import { SOAK } from '../support/size.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const VITEST = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));

const HOUR_MS = 3_600_000;

/**
 * The tests of the gateway; those of the sandbox say themselves which assumptions hold. TEST_SUITE names some of them,
 * separated by spaces, where the whole suite would take too long.
 */
const SUITE = (process.env.TEST_SUITE ?? 'test/').split(' ');

/** Runs the suite at its smallest sizes with a sandbox in which one assumption is false; returns the exit code and the output. */
function runSuite(assumption: string): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [VITEST, 'run', ...SUITE], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...{ TEST_SIZE: 'small', TEST_FILES: 'all', TEST_FALSE_ASSUMPTIONS: assumption },
      // This run has built everything and has a server of PostgreSQL: no suite needs to do so again.
      ...{ TEST_IS_BUILT: 'true', TEST_DATABASE_URL: inject('postgresUrl') },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, output })));
}

describe('The suite passes', () => {
  it.runIf(SOAK).each(ASSUMPTION_NAMES.map((name) => [name, ASSUMPTIONS[name].claim] as const))(
    'though this is false: %s (%s)',
    async (name) => {
      const { code, output } = await runSuite(name);
      expect(code, output).toBe(0);
    },
    HOUR_MS,
  );
});
