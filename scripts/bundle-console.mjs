/** Bundles the console into dist/console; a step of `npm run build`, and no part of the running gateway. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { CONSOLE_DIRECTORY } from '../build/paths.js';
import { phaseProofs } from './phase-proofs.mjs';
import { startFields } from './start-fields.mjs';
import { html, outputOf, pageOptions, putInPlace } from './bundle-page.mjs';

/** Made here, and put in its place when it is whole. */
const making = `${CONSOLE_DIRECTORY}.${process.pid}`;
const assets = join(making, 'assets');

const SCRIPT = 'src/pages/console/main.tsx';
const STYLE = 'src/pages/console/page.css';

mkdirSync(assets, { recursive: true });
const common = pageOptions(assets);
const { metafile } = await build({
  ...common,
  format: 'esm',
  splitting: true,
  jsx: 'automatic',
  define: {
    ...common.define,
    START_FIELDS: JSON.stringify(startFields()),
    PHASE_PROOFS: JSON.stringify(phaseProofs()),
  },
  entryPoints: [SCRIPT, STYLE],
});

putInPlace(
  making,
  CONSOLE_DIRECTORY,
  html({
    title: 'Console: Agora recordings',
    assets: 'console/assets',
    script: outputOf(metafile, SCRIPT),
    style: outputOf(metafile, STYLE),
    body: '<div id="console"><p class="loading">The console is loading. It needs JavaScript.</p></div>',
  }),
);
