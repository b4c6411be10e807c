import { readFileSync } from 'node:fs';

/** The text of a file without byte order mark and surrounding white space. */
export function readText(path: string): string {
  return readFileSync(path, 'utf8')
    .replace(/^\uFEFF/, '')
    .trim();
}

/** What an error of the file system means, without the stack. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
