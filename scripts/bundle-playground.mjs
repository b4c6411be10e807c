/**
 * Bundles the playground into dist/playground; a step of `npm run build`, and no part of the running gateway. Everything
 * that the page needs is put there, so that it works without internet.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { PLAYGROUND_DIRECTORY } from '../build/paths.js';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Made here, and put in its place when it is whole. */
const making = `${PLAYGROUND_DIRECTORY}.${process.pid}`;
const assets = join(making, 'assets');

const WORKERS = {
  editor: 'monaco-editor/esm/vs/editor/editor.worker.js',
  json: 'monaco-editor/esm/vs/language/json/json.worker.js',
  graphql: 'monaco-graphql/esm/graphql.worker.js',
};

const SCRIPT = 'src/pages/playground/main.ts';
const STYLE = 'src/pages/playground/page.css';

/** @satisfies {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  metafile: true,
  legalComments: 'eof',
  logLevel: 'warning',
  platform: 'browser',
  target: 'es2022',
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  outdir: assets,
  define: { 'process.env.NODE_ENV': '"production"' },
};

/** The name of the file that came out of an entry. */
function outputOf({ outputs }, entry) {
  const found = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint?.endsWith(entry));
  if (found === undefined) throw new Error(`Nothing came out of ${entry}.`);
  return basename(found[0]);
}

const FAVICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="#0b6bcb"/><circle cx="8" cy="8" r="3" fill="#fff"/></svg>',
)}`;

/** Its addresses are relative, so that it also works under a path of a proxy. */
function html(page) {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Playground: Agora recordings</title>
    <link rel="icon" href="${FAVICON}" />
    <link rel="stylesheet" href="assets/${page.style}" />
    <script type="module" src="assets/${page.script}"></script>
  </head>
  <body>
    <div id="playground"><p>The playground is loading. It needs JavaScript.</p></div>
  </body>
</html>
`;
}

mkdirSync(assets, { recursive: true });

const { metafile: alone } = await build({
  ...common,
  format: 'iife',
  entryPoints: [...Object.values(WORKERS), STYLE],
});
const workers = Object.fromEntries(
  Object.entries(WORKERS).map(([label, entry]) => [label, outputOf(alone, entry)]),
);
const { metafile: modules } = await build({
  ...common,
  format: 'esm',
  splitting: true,
  entryPoints: [SCRIPT],
  // Monaco's scripts import its styles piece by piece; the page's stylesheet has all of them.
  loader: { '.css': 'empty' },
  define: { ...common.define, WORKERS: JSON.stringify(workers) },
});

for (const name of readdirSync(assets)) {
  writeFileSync(join(assets, `${name}.gz`), gzipSync(readFileSync(join(assets, name)), { level: 9 }));
}
writeFileSync(
  join(making, 'index.html'),
  html({ script: outputOf(modules, SCRIPT), style: outputOf(alone, STYLE) }),
);
rmSync(PLAYGROUND_DIRECTORY, { recursive: true, force: true });
renameSync(making, PLAYGROUND_DIRECTORY);
