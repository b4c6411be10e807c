/** `npm run bench -- NAME [small]`: runs the measurement test/bench/NAME.ts; `small` for a quick look. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const name = process.argv[2] ?? '';
const entry = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
if (!/^[a-z-]+$/.test(name) || !existsSync(entry)) {
  console.error(
    `Unknown measurement ${JSON.stringify(name)}. Name a file of test/bench, for example economy.`,
  );
  process.exit(78);
}
// As near to the project's folder as a source is, for what is found from there.
const outfile = fileURLToPath(new URL(`../../build/bench-${name}.mjs`, import.meta.url));
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  define: { 'process.env.BENCH_ROOT': JSON.stringify(fileURLToPath(new URL('../..', import.meta.url))) },
});
await import(outfile);
