import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

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

/** A page that the build made: static, without data. */
export interface BuiltPage {
  index: PageFile;
  /** By file name. Each name holds a hash of the content, so what is behind it never changes. */
  assets: ReadonlyMap<string, PageFile>;
}

function readPageFile(path: string): PageFile {
  const type = TYPES[extname(path)];
  if (type === undefined) throw new Error(`${path} is of a kind that no page serves.`);
  const body = readFileSync(path);
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 27);
  const gzip = existsSync(`${path}.gz`) ? readFileSync(`${path}.gz`) : null;
  return { type, etag: `W/"${digest}"`, body, gzip };
}

/** Reads the whole page into memory. Throws when it was not built. `name` is for that error. */
export function loadPage(name: string, directory: string): BuiltPage {
  const index = join(directory, 'index.html');
  if (!existsSync(index))
    throw new Error(`The ${name} is not built: ${index} is missing. Run npm run build.`);
  const names = readdirSync(join(directory, 'assets')).filter((file) => !file.endsWith('.gz'));
  const assets = names.map((file) => [file, readPageFile(join(directory, 'assets', file))] as const);
  return { index: readPageFile(index), assets: new Map(assets) };
}
