/** Another process has the store open. */
export class StoreHeldError extends Error {
  constructor(path: string, holder: string) {
    super(
      `${path} is in use by ${holder}. One gateway at a time may use a SQLite store; stop the other one first.`,
    );
  }
}

/** The store belongs to another Agora account than the one configured. */
export class OtherAgoraError extends Error {
  constructor(expected: string, found: string) {
    super(
      `The store belongs to ${found}, and the gateway is configured for ${expected}. ` +
        'Name another DATABASE_URL, or the settings that the store was made with.',
    );
  }
}

/** More waits to be written than the store takes on. Nothing was stored; the sender has to send again. */
export class StoreBusyError extends Error {
  constructor() {
    super('The store has too much to write at the moment.');
  }
}

/**
 * What a caller asked for took the database too long, or found none of the connections for such reads free. Everything
 * else goes on.
 */
export class StoreSlowError extends Error {
  constructor(cause: unknown) {
    super('The store took too long to read this. Ask for less, or try again later.', { cause });
  }
}

/** The database cannot be used at the moment: it is not reached, its disk is full, or it does not answer in time. */
export class StoreUnavailableError extends Error {
  /** For operators; the message is for everybody. */
  readonly reason: string;

  constructor(cause: unknown) {
    super('The store cannot be used at the moment. Try again later.', { cause });
    const { message = '', code = '' } = cause as { message?: string; code?: string };
    // Node's error for a host with several addresses has no message of its own.
    this.reason = message === '' ? String(code) : message;
  }
}
