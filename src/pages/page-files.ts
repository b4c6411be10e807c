import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
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
  /** The page itself. */
  index(): Promise<PageFile>;
  /** A file of the page by its name, which has a hash of the content, so that the content never changes. */
  asset(name: string): Promise<PageFile | null>;
}

async function readPageFile(path: string, type: string): Promise<PageFile> {
  const body = await readFile(path);
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 27);
  const gzip = existsSync(`${path}.gz`) ? await readFile(`${path}.gz`) : null;
  return { type, etag: `W/"${digest}"`, body, gzip };
}

/** Reads a file when it is first asked for, and keeps it. A failure is not kept. */
function readOnce(path: string): () => Promise<PageFile> {
  const type = TYPES[extname(path)];
  if (type === undefined) throw new Error(`${path} is of a kind that no page serves.`);
  let file: Promise<PageFile> | null = null;
  return async () => {
    try {
      return await (file ??= readPageFile(path, type));
    } catch (error) {
      file = null;
      throw error;
    }
  };
}

/**
 * Finds the files of a page, which are read when they are first asked for: a start need not wait for them. Throws when the
 * page was not built. `name` is for that error.
 */
export function loadPage(name: string, directory: string): BuiltPage {
  const index = join(directory, 'index.html');
  if (!existsSync(index))
    throw new Error(`The ${name} is not built: ${index} is missing. Run npm run build.`);
  const names = readdirSync(join(directory, 'assets')).filter((file) => !file.endsWith('.gz'));
  const assets = new Map(names.map((file) => [file, readOnce(join(directory, 'assets', file))]));
  return { index: readOnce(index), asset: async (file) => (await assets.get(file)?.()) ?? null };
}
