import { readFileSync } from 'node:fs';
import pg from 'pg';
import { loginOf, withLogin } from './database-url.js';
import { explainTls } from './postgres-tls.js';

/** SQLSTATE of a user or password that the server refuses. */
const REFUSED = ['28P01', '28000'];

function isLoginRefused(error: unknown): boolean {
  return error instanceof pg.DatabaseError && REFUSED.includes(error.code ?? '');
}

/** The login was refused, and there is another one to try. */
export class LoginRefusedError extends Error {
  constructor(cause: unknown) {
    super('The login was refused.', { cause });
  }
}

/** Connects again if there is another login to try. */
export async function withNextLogin<T>(connect: () => Promise<T>): Promise<T> {
  try {
    return await connect();
  } catch (error) {
    if (error instanceof LoginRefusedError) return await connect();
    throw error;
  }
}

/**
 * With which user and password connections are made. They may be replaced in a file while the gateway runs: it is read for
 * each new connection. A replacement may be in the file before the server knows it, so the login that was accepted last is
 * used until the server refuses it.
 */
export class PostgresLogin {
  readonly #url: string;
  readonly #file: string | null;
  #accepted: string | null = null;
  readonly #refused = new Set<string>();

  /** `file` holds an address like `url`, of which only user and password are used. */
  constructor(url: string, file: string | null) {
    this.#url = url;
    this.#file = file;
  }

  #configured(): string {
    if (this.#file === null) return this.#url;
    try {
      const login = loginOf(
        readFileSync(this.#file, 'utf8')
          .replace(/^\uFEFF/, '')
          .trim(),
      );
      return login === null ? this.#url : withLogin(this.#url, login);
    } catch {
      // While the file is being replaced, the login that is known still works.
      return this.#accepted ?? this.#url;
    }
  }

  /** The address for a new connection. */
  next(): string {
    const configured = this.#configured();
    const candidates = [configured, ...(this.#accepted === null ? [] : [this.#accepted])];
    const candidate = candidates.find((each) => !this.#refused.has(each));
    if (candidate !== undefined) return candidate;
    this.#refused.clear();
    return configured;
  }

  accepted(url: string): void {
    this.#accepted = url;
    this.#refused.delete(url);
  }

  /** Returns whether another login may be accepted. */
  refused(url: string): boolean {
    this.#refused.add(url);
    return this.next() !== url;
  }
}

/**
 * The class of the clients that log in with it. A connection that breaks fails the statement that waits for it, or the next
 * one. So a client always listens to its errors: between the end of the login and the first listener of a pool, an error that
 * the server sends would end the process.
 */
export function clientClass(login: PostgresLogin): new (config?: pg.ClientConfig) => pg.Client {
  return class extends pg.Client {
    readonly #url: string;

    constructor(config?: pg.ClientConfig) {
      const connectionString = login.next();
      super({ ...config, connectionString });
      this.#url = connectionString;
      this.on('error', () => undefined);
    }

    override connect(): Promise<pg.Client>;
    override connect(callback: (error: Error) => void): void;
    override connect(callback?: (error: Error) => void): Promise<pg.Client> | void {
      const connected = super.connect().then(
        (client) => {
          login.accepted(this.#url);
          return client;
        },
        (error: unknown) => {
          if (isLoginRefused(error) && login.refused(this.#url)) throw new LoginRefusedError(error);
          throw explainTls(error);
        },
      );
      if (callback === undefined) return connected;
      connected.then(
        () => callback(undefined as unknown as Error),
        (error: unknown) => callback(error as Error),
      );
    }
  };
}
