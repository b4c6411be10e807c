import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

export default defineConfig({
  resolve: {
    // Without this one alias the bundler and Node each load a copy of graphql, and graphql refuses to mix them.
    alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }],
  },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts', 'test/support/postgres.ts'],
    setupFiles: ['reflect-metadata'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Real processes on a machine that others use too: what fails once there is tried again, and reported as flaky.
    retry: process.env.CI === undefined ? 0 : 2,
    pool: 'forks',
    // One more than the cores that tests may count on: those that drive processes wait most of the time.
    maxWorkers: 3,
  },
});
