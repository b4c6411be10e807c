import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';

/** Runs a script of Node. */
async function node(...args: string[]): Promise<void> {
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}.`);
}

/**
 * The processes under test run what is built, so it is built once before all tests, unless TEST_IS_BUILT says "true". Types
 * are checked by `npm run typecheck`, not here, which is faster.
 */
export default async function build(): Promise<void> {
  if (process.env.TEST_IS_BUILT === 'true') return;
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  await node(tsc, '-b', '--noCheck', 'tsconfig.build.json');
  await Promise.all([
    node('scripts/bundle.mjs', 'sandbox'),
    node('scripts/bundle.mjs', 'gateway'),
    node('scripts/bundle-playground.mjs'),
    node('scripts/bundle-console.mjs'),
  ]);
}
