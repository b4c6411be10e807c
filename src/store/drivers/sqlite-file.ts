import { accessSync, constants, existsSync, lstatSync, readlinkSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The files of a SQLite database: what the second and third hold belongs to the first and to no other. */
export const SQLITE_FILES = ['', '-wal', '-shm'] as const;

/** The lock of a store, a second SQLite file. */
export const lockOf = (store: string) => `${store}.lock`;

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false; // What cannot be looked at cannot be opened, which says why.
  }
}

/** As many symbolic links in a row as Linux follows. */
const MAX_LINKS = 40;

/** The file that a path names. A symbolic link stands for its file: the lock next to it must be the same under both names. */
export function storeFile(path: string): string {
  let file = path;
  for (let links = 0; links < MAX_LINKS && isLink(file); links += 1)
    file = resolve(dirname(file), readlinkSync(file));
  return file;
}

/** The path, or the closest folder above it that exists. */
function existing(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : existing(dirname(path));
}

/**
 * Throws the error of the operating system if a store, or the folder that it is in or would be made in, cannot be written:
 * SQLite says only that it could not open it. No file is opened for this, as closing it would end every lock that this process
 * has on it.
 */
export function assertWritable(store: string): void {
  const folder = existing(dirname(store));
  if (!statSync(folder).isDirectory())
    throw Object.assign(new Error(`${folder} is not a folder`), { code: 'ENOTDIR' });
  accessSync(folder, constants.W_OK);
  for (const file of [...SQLITE_FILES.map((suffix) => `${store}${suffix}`), lockOf(store)])
    if (existsSync(file)) accessSync(file, constants.W_OK);
}

/** What a path leads to; null if that cannot be found out. */
function identityOf(path: string): string | null {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '') ? 'nothing' : null;
  }
}

/** Remembers what paths lead to while their files are open; gives the first one that leads to something else by now. */
export function watchPaths(paths: readonly string[]): () => string | null {
  const opened = new Map(paths.map((path) => [path, identityOf(path)]));
  return () => {
    for (const [path, identity] of opened) {
      const now = identityOf(path);
      if (now !== null && identity !== null && now !== identity) return path;
    }
    return null;
  };
}
