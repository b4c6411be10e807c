import { StoreFaultError, type StoreFaultKind } from '../errors.js';

/** Faults of the file or the disk, not of a statement: primary result codes (https://sqlite.org/rescode.html) and messages. */
const FAULTS: [code: number, message: RegExp, kind: StoreFaultKind][] = [
  [5, /database is locked/, 'io'],
  [6, /database table is locked/, 'io'],
  [7, /out of memory/, 'io'],
  [8, /attempt to write a readonly database/, 'read-only'],
  [10, /disk I\/O error/, 'io'],
  [11, /database disk image is malformed/, 'corrupt'],
  [13, /database or disk is full/, 'disk-full'],
  [14, /unable to open database file/, 'io'],
  [15, /locking protocol/, 'io'],
  [26, /file is not a database/, 'corrupt'],
];

const SYSTEM_FAULTS: Record<string, StoreFaultKind> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
  EIO: 'io',
  ENOTDIR: 'io',
  ENOENT: 'io',
  EISDIR: 'io',
  ENAMETOOLONG: 'io',
  ELOOP: 'io',
};

/** The fault of the file or the disk that an error reports; null where something else is wrong. */
export function faultOf(error: unknown): StoreFaultKind | null {
  if (!(error instanceof Error)) return null;
  if ('errcode' in error) {
    // Extended codes have the primary one in their lowest byte.
    const code = Number(error.errcode) & 0xff;
    return FAULTS.find(([known]) => known === code)?.[2] ?? null;
  }
  if ('code' in error && typeof error.code === 'string' && error.code in SYSTEM_FAULTS) {
    return SYSTEM_FAULTS[error.code] ?? null;
  }
  // Errors of reads come without a code. Our own errors may quote them.
  if (Object.getPrototypeOf(error) !== Error.prototype) return null;
  return FAULTS.find(([, message]) => message.test(error.message))?.[2] ?? null;
}

/** The error for operators where the file or the disk is at fault; any other error as it is. */
export function asStoreFault(path: string, error: unknown): unknown {
  const kind = faultOf(error);
  return kind === null ? error : new StoreFaultError(path, kind, error);
}

/** Whether another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('errcode' in error) return [5, 6].includes(Number(error.errcode) & 0xff);
  return /database (table )?is locked/.test(error.message);
}
