/**
 * Bundles the playground into dist/playground; a step of `npm run build`, and no part of the running gateway. Everything
 * that the page needs is put there, so that it works without internet.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { PLAYGROUND_DIRECTORY } from '../build/paths.js';
import { html, outputOf, pageOptions, putInPlace } from './bundle-page.mjs';

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

const common = pageOptions(assets);
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

putInPlace(
  making,
  PLAYGROUND_DIRECTORY,
  html({
    title: 'Playground: Agora recordings',
    assets: 'assets',
    script: outputOf(modules, SCRIPT),
    style: outputOf(alone, STYLE),
    body: '<div id="playground"><p>The playground is loading. It needs JavaScript.</p></div>',
  }),
);
