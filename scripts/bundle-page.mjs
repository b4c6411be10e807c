/** What the bundles of the pages share; each is a step of `npm run build`, and no part of the running gateway. */
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Options of esbuild for a page whose files are put into `assets`. */
export function pageOptions(assets) {
  return /** @satisfies {import('esbuild').BuildOptions} */ ({
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
  });
}

/** The name of the file that came out of an entry. */
export function outputOf({ outputs }, entry) {
  const found = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint?.endsWith(entry));
  if (found === undefined) throw new Error(`Nothing came out of ${entry}.`);
  return basename(found[0]);
}

const FAVICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="#0b6bcb"/><circle cx="8" cy="8" r="3" fill="#fff"/></svg>',
)}`;

/** The HTML of a page. Its addresses are relative, so that it also works under a path of a proxy. */
export function html({ title, assets, script, style, body }) {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <link rel="icon" href="${FAVICON}" />
    <link rel="stylesheet" href="${assets}/${style}" />
    <script type="module" src="${assets}/${script}"></script>
  </head>
  <body>
    ${body}
  </body>
</html>
`;
}

/** Adds compressed files and the HTML to what was made, and puts all of it in its place. */
export function putInPlace(making, directory, index) {
  const assets = join(making, 'assets');
  for (const name of readdirSync(assets)) {
    writeFileSync(join(assets, `${name}.gz`), gzipSync(readFileSync(join(assets, name)), { level: 9 }));
  }
  writeFileSync(join(making, 'index.html'), index);
  rmSync(directory, { recursive: true, force: true });
  renameSync(making, directory);
}
