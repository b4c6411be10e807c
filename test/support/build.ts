import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';

/**
 * The processes under test run what is built, so it is built once before all tests, unless TEST_IS_BUILT says "true". Types
 * are checked by `npm run typecheck`, not here, which is faster.
 */
export default function build(): void {
  if (process.env.TEST_IS_BUILT === 'true') return;
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-b', '--noCheck', 'tsconfig.build.json'], { stdio: 'inherit' });
  execFileSync(process.execPath, ['scripts/bundle.mjs', 'sandbox'], { stdio: 'inherit' });
  execFileSync(process.execPath, ['scripts/bundle.mjs', 'gateway'], { stdio: 'inherit' });
  execFileSync(process.execPath, ['scripts/bundle-playground.mjs'], { stdio: 'inherit' });
  execFileSync(process.execPath, ['scripts/bundle-console.mjs'], { stdio: 'inherit' });
}
