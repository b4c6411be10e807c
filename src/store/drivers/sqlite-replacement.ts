import { closeSync, existsSync, fsyncSync, openSync, readdirSync, realpathSync, renameSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { lockOf, SQLITE_FILES, storeFile } from './sqlite-file.js';

/**
 * Replaces a SQLite store by another file in one step, although it consists of up to three files. The new file is renamed
 * to STORE.restored-TIME: this one rename decides. The process that holds the store does the rest; after a crash, the next
 * one to hold it does so before anything is read.
 */

/** Makes the names in the folder of a file survive the loss of power. */
function syncFolderOf(path: string): void {
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

const prefixOf = (store: string) => `${store}.restored-`;

/** A time as it stands in the name of a replacement. */
const inName = (time: Date) => time.toISOString().replaceAll(/[:.]/g, '-');
const TIME_IN_NAME = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z$/;

/** The copy of a backup that is checked and brought to this version before it takes the place of the store. */
export const copyOf = (store: string) => `${store}.restoring`;

/** A database, its lock, and all that belongs to either. */
export function filesOf(database: string): string[] {
  const suffixes = [...SQLITE_FILES, '-journal'];
  return [database, lockOf(database)].flatMap((file) => suffixes.map((suffix) => `${file}${suffix}`));
}

/** The file that a path leads to, whatever links are in it; the file itself need not exist. */
function realFile(path: string): string {
  const file = resolve(storeFile(path));
  return existsSync(dirname(file)) ? join(realpathSync(dirname(file)), basename(file)) : file;
}

/** Whether a file of this name would be taken for one of the store, or removed by a restore. */
export function isNameOfStore(store: string, path: string): boolean {
  const own = realFile(store);
  const file = realFile(path);
  return file.startsWith(prefixOf(own)) || [own, copyOf(own)].flatMap(filesOf).includes(file);
}

/** The file that is to take the place of the store, which only a restore names so; null if there is none. */
function replacementOf(store: string): string | null {
  if (!existsSync(dirname(store))) return null;
  const prefix = basename(prefixOf(store));
  const name = readdirSync(dirname(store)).find(
    (each) => each.startsWith(prefix) && TIME_IN_NAME.test(each.slice(prefix.length)),
  );
  return name === undefined ? null : join(dirname(store), name);
}

/** Whether a replacement has been decided and was interrupted before it was done. */
export function isReplacementPending(store: string): boolean {
  return replacementOf(store) !== null;
}

/** Whether there is a store, or one that must only be put in its place. */
export function sqliteStoreExists(path: string): boolean {
  return existsSync(path) || isReplacementPending(storeFile(path));
}

/** The outcome for the store that was there before. */
export interface Replacement {
  /** Where it is kept; null if there was none. */
  replaced: string | null;
}

/**
 * Does what remains of a replacement; null if there is nothing to do. Only the holder of the store's lock may call it. Each
 * step can be interrupted and repeated: the store that was there before is kept, with its log, under another name.
 */
export function finishReplacement(store: string): Replacement | null {
  const replacement = replacementOf(store);
  if (replacement === null) return null;
  const kept = `${store}.replaced-${replacement.slice(prefixOf(store).length)}`;
  for (const suffix of SQLITE_FILES.toReversed()) {
    if (existsSync(`${store}${suffix}`)) renameSync(`${store}${suffix}`, `${kept}${suffix}`);
  }
  // Otherwise the loss of power could leave the new file next to the old log, which SQLite would apply to it.
  syncFolderOf(store);
  renameSync(replacement, store);
  syncFolderOf(store);
  return { replaced: existsSync(kept) ? kept : null };
}

/**
 * Replaces a store by a database whose file is complete, durable, and has no log. Only the holder of the store's lock may
 * call it.
 */
export function replaceStore(store: string, file: string, now: Date): Replacement {
  renameSync(file, `${prefixOf(store)}${inName(now)}`);
  syncFolderOf(store);
  return finishReplacement(store) ?? { replaced: null };
}
