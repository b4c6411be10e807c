import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);
const packages = fileURLToPath(new URL('packages/', import.meta.url));

const IS_SMALL = (process.env.TEST_SIZE ?? 'small') === 'small';

/** Where Linux keeps files in memory, and how much of it must be free. Nothing that the small run writes is kept. */
const MEMORY = { path: '/dev/shm', bytes: 2 ** 31 };
if (IS_SMALL && process.env.TMPDIR === undefined && existsSync(MEMORY.path)) {
  const { bavail, bsize } = statfsSync(MEMORY.path);
  if (bavail * bsize > MEMORY.bytes) process.env.TMPDIR = MEMORY.path;
}

/**
 * Files that the small run leaves out, unless TEST_FILES says "all": they start, kill and restore many processes, or repeat
 * something many times.
 */
const LARGE = '**/*.full.test.ts';
const leavesOut = IS_SMALL && process.env.TEST_FILES !== 'all' ? [LARGE] : [];

/** At the larger sizes those files run, and those that take such a size: the others would do the same again. */
function testFiles(): string[] {
  if (IS_SMALL) return ['test/**/*.test.ts', 'packages/*/test/**/*.test.ts'];
  const files = execFileSync('git', ['ls-files', '*.test.ts'], { encoding: 'utf8' }).trim().split('\n');
  const size = process.env.TEST_SIZE === 'full' ? /\bFULL\b|[sS]ized\(/ : /support\/size\.js/;
  const takesSize = (file: string) => size.test(readFileSync(file, 'utf8'));
  return files.filter((file) => file.endsWith('.full.test.ts') || takesSize(file));
}

/**
 * Percentages that the small run covers at the least, with --coverage. Only what runs in the test's own process counts:
 * processes under test run what is built, so rooms that only they run (http, cli, process) have no number. A number is about
 * a point below what was measured; raise it when tests cover more.
 */
const COVERED = {
  ...{ statements: 76, branches: 69, functions: 76, lines: 77 },
  'packages/agora/src/**': { lines: 96 },
  'packages/client/src/**': { lines: 71 },
  'packages/sandbox/src/**': { lines: 83 },
  'src/agora-calls/**': { lines: 94 },
  'src/commands/**': { lines: 80 },
  'src/coordination/**': { lines: 90 },
  'src/feed/**': { lines: 90 },
  'src/graphql/**': { lines: 74 },
  'src/intake/**': { lines: 93 },
  'src/recordings/**': { lines: 93 },
  'src/settings/**': { lines: 82 },
  'src/store/**': { lines: 86 },
  'src/watch/**': { lines: 86 },
};

export default defineConfig({
  resolve: {
    alias: [
      // Without this one the bundler and Node each load a copy of graphql, and graphql refuses to mix them.
      { find: /^graphql$/, replacement: require.resolve('graphql') },
      // Unit tests run the sources of the packages; processes under test run what is built.
      { find: /^@agora-recording-gateway\/(\w+)\/(.*)$/, replacement: `${packages}$1/src/$2.ts` },
      {
        find: /^@agora-recording-gateway\/client$/,
        replacement: `${packages}client/src/index.ts`,
      },
      { find: /^agora-recording-sandbox$/, replacement: `${packages}sandbox/src/sandbox.ts` },
    ],
  },
  test: {
    include: testFiles(),
    exclude: ['**/node_modules/**', ...leavesOut],
    globalSetup: ['test/support/build.ts', 'test/support/databases/setup.ts'],
    setupFiles: ['reflect-metadata', 'test/support/current-file.ts'],
    // What a test waits for has its own limit. These only end a run that hangs, on the busiest machine too.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    pool: 'forks',
    execArgv: ['--preserve-symlinks'],
    // The files of a worker share their modules: to load the schema again for each takes longer than most tests.
    isolate: false,
    // More than the two cores that tests may count on: those that drive processes wait most of the time. The larger sizes
    // keep more processes busy.
    maxWorkers: IS_SMALL ? 4 : 3,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'packages/*/src/**/*.ts'],
      exclude: ['src/pages/playground/**', 'src/pages/console/**', 'packages/client/src/generated/**'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: COVERED,
    },
  },
});
