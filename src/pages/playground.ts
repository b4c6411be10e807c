import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { PLAYGROUND_DIRECTORY } from '../paths.js';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

export interface PageFile {
  type: string;
  /** Changes with the content, whatever the encoding; hence weak. */
  etag: string;
  body: Buffer;
  /** The same compressed; null where it was not worth it. */
  gzip: Buffer | null;
}

export interface Playground {
  index: PageFile;
  /** By file name. Each name holds a hash of the content, so what is behind it never changes. */
  assets: ReadonlyMap<string, PageFile>;
}

function readPageFile(path: string): PageFile {
  const type = TYPES[extname(path)];
  if (type === undefined) throw new Error(`${path} is of a kind that the playground does not serve.`);
  const body = readFileSync(path);
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 27);
  const gzip = existsSync(`${path}.gz`) ? readFileSync(`${path}.gz`) : null;
  return { type, etag: `W/"${digest}"`, body, gzip };
}

/** Reads the whole playground into memory, once; about 9 MB with the compressed files. Throws when it was not built. */
export function loadPlayground(directory: string = PLAYGROUND_DIRECTORY): Playground {
  const index = join(directory, 'index.html');
  if (!existsSync(index))
    throw new Error(`The playground is not built: ${index} is missing. Run npm run build.`);
  const names = readdirSync(join(directory, 'assets')).filter((name) => !name.endsWith('.gz'));
  const assets = names.map((name) => [name, readPageFile(join(directory, 'assets', name))] as const);
  return { index: readPageFile(index), assets: new Map(assets) };
}
