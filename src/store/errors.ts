/** Another process uses the store, so this one cannot. */
export class StoreHeldError extends Error {
  constructor(store: string, holder: string) {
    super(`${store} is in use by ${holder}. Stop it first.`);
  }
}

/** The store belongs to other Agora projects than those configured. */
export class OtherAgoraError extends Error {
  constructor(configured: readonly string[], found: readonly string[]) {
    super(
      `The store belongs to the Agora projects ${found.join(', ')}, and the gateway is configured for ` +
        `${configured.join(', ')}. Name another DATABASE_URL, or configure one of the projects of the store.`,
    );
  }
}

/** A later release has changed the store so that this one cannot work on it. */
export class StoreNewerError extends Error {
  constructor(needed: string, known: string) {
    super(
      `The store has version ${needed}, and this release knows versions up to ${known}. Run the release that migrated the ` +
        'store, or a later one; or restore a backup that this release made.',
    );
  }
}

/** What lasts until an operator mends it, with its own message. */
export type StoreFaultKind = 'corrupt' | 'disk-full' | 'read-only' | 'io';

const FAULTS: Record<StoreFaultKind, string> = {
  corrupt: 'is corrupt. Stop the gateway and restore a backup: agora-recording-gateway restore FILE',
  'disk-full': 'cannot be written: the disk is full. Free some space',
  'read-only':
    'cannot be written: the file or its folder is read-only. Check its owner, permissions and mount',
  io: 'cannot be read or written. Check the disk, the folder and the permissions',
};

/** The store cannot be opened or restored, and will not be until an operator mends the cause. */
export class StoreFaultError extends Error {
  readonly kind: StoreFaultKind;

  constructor(store: string, kind: StoreFaultKind, cause: unknown) {
    const detail = cause instanceof Error ? ` (${cause.message})` : '';
    super(`${store} ${FAULTS[kind]}${detail}.`, { cause });
    this.kind = kind;
  }
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
export type UnavailableKind = StoreFaultKind | 'unreachable' | 'stalled' | 'newer' | 'new-epoch';

/** These last until the process ends: no later success of a write proves that the store can be trusted again. */
const LASTING: ReadonlySet<UnavailableKind> = new Set(['corrupt', 'new-epoch']);

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

/** The database that is to be backed up holds no store that this login can see. */
export class NotAStoreError extends Error {
  constructor(table: string) {
    super(
      `The database at DATABASE_URL is not the store of a gateway: it has no table ${table} that this login can see. ` +
        'Check the name of the database and the login.',
    );
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
