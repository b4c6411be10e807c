import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);
const packages = fileURLToPath(new URL('packages/', import.meta.url));

/** At the larger sizes only the files run that take a size: the others would do the same again. */
function testFiles(): string[] {
  const all = ['test/**/*.test.ts', 'packages/*/test/**/*.test.ts'];
  if ((process.env.TEST_SIZE ?? 'small') === 'small') return all;
  const files = execFileSync('git', ['ls-files', '*.test.ts'], { encoding: 'utf8' }).trim().split('\n');
  return files.filter((file) => readFileSync(file, 'utf8').includes('support/size.js'));
}

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
    globalSetup: ['test/support/build.ts', 'test/support/postgres.ts'],
    setupFiles: ['reflect-metadata'],
    // What a test waits for has its own limit. These only end a run that hangs, on the busiest machine too.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    pool: 'forks',
    // One more than the cores that tests may count on: those that drive processes wait most of the time.
    maxWorkers: 3,
  },
});
