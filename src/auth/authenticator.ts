import { type Log } from '../telemetry/log.js';
import { createApiKeyCallers } from './api-key-callers.js';
import { bearerCredential } from './bearer.js';
import { ANYONE, type Caller } from './caller.js';
import { CredentialError, type RefusalReason } from './credential-error.js';
import { createJwtVerifier } from './jwt.js';
import { type AuthSettings } from './settings.js';

/** How often the credentials of open sessions are checked. Real milliseconds. */
export const SESSION_CHECK_INTERVAL_MS = 1_000;

/** The one way from a credential to its caller, for every transport. */
export interface Authenticator {
  /** Whether callers must bring a credential. */
  isOn: boolean;
  /** The caller of an `Authorization` header, or of what stands for it in connection_init. Rejects with CredentialError. */
  authenticate(authorization: unknown): Promise<Caller>;
  /** Why the credential of a caller is not accepted any more; null while it is. */
  refusal(caller: Caller): RefusalReason | null;
  /** Calls `end` once when the caller's credential is not accepted any more. Returns what ends the watch. */
  watch(caller: Caller, end: (reason: RefusalReason) => void): () => void;
  /** Reads what SIGHUP is for, and ends the sessions of what was revoked, at once. */
  reload(): void;
  close(): void;
}

export interface AuthenticatorParts {
  settings: AuthSettings;
  log: Log;
  /** Unix milliseconds of real time: credentials do not follow the clock of a sandbox. */
  now: () => number;
}

/** From the text after `Bearer` to the caller. */
interface Source {
  callerOf(credential: string): Caller | Promise<Caller>;
  reload(): void;
  close(): void;
}

function sourceOf({ settings, log }: AuthenticatorParts): Source | null {
  switch (settings.kind) {
    case 'off':
      return null;
    case 'jwt':
      return { callerOf: createJwtVerifier(settings), reload: () => undefined, close: () => undefined };
    case 'keys': {
      const { file } = settings;
      return createApiKeyCallers({
        file,
        onReload: (keys) => log.info({ file, keys }, 'API keys read'),
        onProblem: (problem) =>
          log.error({ file, problem }, 'API keys not read; the previous ones stay in use'),
      });
    }
  }
}

export function createAuthenticator(parts: AuthenticatorParts): Authenticator {
  const source = sourceOf(parts);
  const sessions = new Map<symbol, { caller: Caller; end: (reason: RefusalReason) => void }>();

  function refusal({ expiresAt, isRevoked }: Caller): RefusalReason | null {
    if (expiresAt !== null && parts.now() >= expiresAt) return 'expired';
    return isRevoked() ? 'revoked' : null;
  }

  function check(): void {
    for (const [id, { caller, end }] of sessions) {
      const reason = refusal(caller);
      if (reason === null) continue;
      sessions.delete(id);
      end(reason);
    }
  }

  const timer = setInterval(check, SESSION_CHECK_INTERVAL_MS);
  timer.unref();

  return {
    isOn: source !== null,
    async authenticate(authorization) {
      if (source === null) return ANYONE;
      const caller = await source.callerOf(bearerCredential(authorization));
      const reason = refusal(caller);
      if (reason !== null) throw new CredentialError(reason);
      return caller;
    },
    refusal,
    watch(caller, end) {
      if (source === null) return () => undefined;
      const id = Symbol();
      sessions.set(id, { caller, end });
      return () => sessions.delete(id);
    },
    reload() {
      source?.reload();
      check();
    },
    close() {
      clearInterval(timer);
      source?.close();
    },
  };
}
