/** Another process uses the store, so this one cannot. */
export class StoreHeldError extends Error {
  constructor(store: string, holder: string) {
    super(`${store} is in use by ${holder}. Stop it first.`);
  }
}

/** The store belongs to other Agora projects than those configured. */
export class OtherAgoraError extends Error {
  readonly found: readonly string[];

  constructor(configured: readonly string[], found: readonly string[]) {
    super(
      `The store belongs to the Agora projects ${found.join(', ')}, and the gateway is configured for ` +
        `${configured.join(', ')}. Name another DATABASE_URL, or configure one of the projects of the store.`,
    );
    this.found = found;
  }
}

/** A later release has changed the store so that this one cannot work on it. */
export class StoreNewerError extends Error {
  readonly needed: string;

  constructor(needed: string, known: string) {
    super(
      `The store has version ${needed}, and this release knows versions up to ${known}. Run the release that migrated the ` +
        'store, or a later one; or restore a backup that this release made.',
    );
    this.needed = needed;
  }
}

/** What lasts until an operator mends it, with its own message. */
export type StoreFaultKind = 'corrupt' | 'disk-full' | 'read-only' | 'io';

const STORE_FAULTS: Record<StoreFaultKind, string> = {
  corrupt: 'is corrupt. Stop the gateway and restore a backup: agora-recording-gateway restore FILE',
  'disk-full': 'cannot be written: the disk is full. Free some space',
  'read-only':
    'cannot be written: it is read-only. Check owner, permissions and mount of the file and its folder; of PostgreSQL, ' +
    'default_transaction_read_only and whether it is a standby',
  io: 'cannot be read or written. Check the disk, the folder and the permissions',
};

/** The store cannot be opened or restored, and will not be until an operator mends the cause. */
export class StoreFaultError extends Error {
  readonly kind: StoreFaultKind;

  constructor(store: string, kind: StoreFaultKind, cause: unknown) {
    const detail = cause instanceof Error ? ` (${cause.message})` : '';
    super(`${store} ${STORE_FAULTS[kind]}${detail}.`, { cause });
    this.kind = kind;
  }
}

/** The file by which a SQLite store is locked cannot be used; the store itself may be whole. */
export class LockFileError extends Error {
  constructor(lock: string, cause: unknown) {
    const detail = cause instanceof Error ? ` (${cause.message})` : '';
    super(
      `${lock}, the lock of the store, cannot be used${detail}. It holds no data: remove it if no gateway and no command runs ` +
        'on the store.',
      { cause },
    );
  }
}

/** What is wrong with a store, in a sentence for operators; null where the kind says nothing more than its cause. */
export function describeFault(store: string, kind: UnavailableKind): string | null {
  return kind in STORE_FAULTS ? `${store} ${STORE_FAULTS[kind as StoreFaultKind]}` : null;
}

/** The write queue is full. Nothing was stored; the sender must send again. */
export class StoreBusyError extends Error {
  constructor() {
    super('Write queue full.');
  }
}

/** One read took too long, or no connection for such reads was free. Everything else continues. */
export class StoreSlowError extends Error {
  constructor(cause: unknown) {
    super('Read timed out. Request less or retry.', { cause });
  }
}

/** Why the database cannot be used at the moment. */
export type UnavailableKind =
  StoreFaultKind | 'unreachable' | 'stalled' | 'permission' | 'schema' | 'newer' | 'new-epoch' | 'moved';

/** These last until the process ends: no later success of a write proves that the store can be trusted again. */
const LASTING: ReadonlySet<UnavailableKind> = new Set(['corrupt', 'new-epoch', 'moved']);

/** The database cannot be used at the moment: it is not reached, its disk is full, or it does not answer in time. */
export class StoreUnavailableError extends Error {
  /** For operators; the message is for callers. */
  readonly reason: string;
  readonly kind: UnavailableKind;

  constructor(cause: unknown, kind: UnavailableKind = 'unreachable') {
    super('Store unavailable. Retry later.', { cause });
    const { message = '', code = '' } = cause as { message?: string; code?: string };
    // Node's error for a host with several addresses has no message.
    this.reason = message === '' ? String(code) : message;
    this.kind = kind;
  }

  /** Whether it lasts until the process ends. */
  get isLasting(): boolean {
    return LASTING.has(this.kind);
  }
}

/** The database ended a transaction because it and another one waited for each other. Nothing was changed; it can be run again. */
export class StoreDeadlockError extends StoreUnavailableError {}

/** The file is not a whole backup of this gateway. */
export class BackupInvalidError extends Error {
  constructor(path: string, problem: string) {
    super(`${path} is not a backup that can be restored: ${problem}.`);
  }
}

/** The database holds something else than a store of a gateway. */
export class NotAStoreError extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(
      `The database at DATABASE_URL is not the store of a gateway: ${reason}. Check the name of the database and the login.`,
    );
    this.reason = reason;
  }

  static lacking(table: string): NotAStoreError {
    return new NotAStoreError(`it has no table ${table}`);
  }
}

/** The store must be migrated before a command can do what it is for. */
export class StoreOlderError extends Error {
  constructor(version: string, needed: string) {
    super(
      `The store has version ${version}, and this command needs ${needed}. First run: agora-recording-gateway migrate`,
    );
  }
}

/** Tables of the store cannot be replaced, because something else in the database is built on them. */
export class StoreBuiltUponError extends Error {
  constructor(what: string) {
    super(
      `The tables of the store cannot be replaced, because others depend on them: ${what}. Drop these, and make them again ` +
        'after the restore.',
    );
  }
}

/** Nothing is wrong with the file itself, but it cannot be restored here: its name, this release or the projects do not fit. */
export class BackupUnfitError extends Error {
  constructor(path: string, reason: string) {
    super(`${path} was not restored: ${reason}.`);
  }
}

/** The file of a backup cannot be read. */
export class BackupUnreadableError extends Error {
  constructor(path: string, cause: unknown) {
    const detail = cause instanceof Error ? ` (${cause.message})` : '';
    super(`${path}, the backup, cannot be read. Check the file, its permissions and the disk${detail}.`, {
      cause,
    });
  }
}

/** Another backup is writing the file, or one was interrupted. */
export class BackupUnderWayError extends Error {
  constructor(path: string) {
    super(
      `${path} exists: another backup is writing it, or one was interrupted. Delete it if no backup is running.`,
    );
  }
}

/** The file exists already: a backup does not replace another one. */
export class BackupExistsError extends Error {
  constructor(path: string) {
    super(`${path} exists. Name a file that does not exist yet.`);
  }
}

/** The store would take the file of the backup for one of its files. */
export class BackupMisplacedError extends Error {
  constructor(path: string) {
    super(`${path} is a name that the store uses for its own files. Name another file.`);
  }
}
