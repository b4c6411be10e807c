/**
 * Bundles the sandbox and its commands into dist, with the parts of the agora package that they use: the packed sandbox
 * installs alone. tsc emits the declarations; this is the only place where JavaScript comes from.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/sandbox.ts', 'src/main.ts', 'src/notify.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  chunkNames: 'shared-[hash]',
  metafile: true,
  logLevel: 'warning',
});

// Chunks of earlier builds. Removed afterwards, so that a sandbox that starts during a build finds its files.
const built = new Set(Object.keys(metafile.outputs).map((file) => file.replace(/^dist\//, '')));
for (const name of readdirSync(dist)) {
  if (/\.js(\.map)?$/.test(name) && !built.has(name)) rmSync(join(dist, name));
}
