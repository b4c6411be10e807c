/**
 * Bundles what runs: `bundle.mjs gateway` puts the gateway's process and commands into dist, `bundle.mjs sandbox` the
 * sandbox's into packages/sandbox/dist. To load a few files instead of a thousand halves the time of a start.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @type {Record<string, { folder: string, options: import('esbuild').BuildOptions }>} */
const BUNDLES = {
  // From tsc's output, as type-graphql needs the types of fields, which esbuild does not emit. With all packages but those
  // that stay installed: SQLite has a binary, and the sandbox is a program in a package that is also published.
  gateway: {
    folder: root,
    options: {
      entryPoints: {
        main: 'build/main.js',
        cli: 'build/cli.js',
        'engine-thread': 'build/store/thread/engine-thread.js',
      },
      // Optional parts of type-graphql and pg that are not installed.
      external: ['@photostructure/sqlite', 'agora-recording-sandbox', 'class-validator', 'pg-native'],
      // CommonJS packages require what Node has built in.
      banner: {
        js: "import { createRequire as bundledRequire } from 'node:module'; const require = bundledRequire(import.meta.url);",
      },
      // type-graphql and the log read names of classes, which esbuild changes where two files use the same.
      keepNames: true,
    },
  },
  // With the parts of the agora package that it uses, so that the packed sandbox installs alone. tsc emits declarations only.
  sandbox: {
    folder: join(root, 'packages/sandbox'),
    options: {
      entryPoints: ['src/sandbox.ts', 'src/main.ts', 'src/notify.ts'],
      packages: 'external',
    },
  },
};

const bundle = BUNDLES[process.argv[2]];
if (bundle === undefined) {
  console.error(`Name what to bundle: ${Object.keys(BUNDLES).join(' or ')}.`);
  process.exit(78);
}
const { metafile } = await build({
  absWorkingDir: bundle.folder,
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  chunkNames: 'shared-[hash]',
  metafile: true,
  logLevel: 'warning',
  ...bundle.options,
});

// Chunks of earlier builds. Removed afterwards, so that a process that starts during a build finds its files.
const built = new Set(Object.keys(metafile.outputs).map((file) => file.replace(/^dist\//, '')));
const dist = join(bundle.folder, 'dist');
for (const name of readdirSync(dist)) {
  if (/\.js(\.map)?$/.test(name) && !built.has(name)) rmSync(join(dist, name));
}
