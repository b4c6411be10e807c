import { type Log } from '../telemetry/log.js';
import { createApiKeyCallers } from './api-key-callers.js';
import { bearerCredential } from './bearer.js';
import { type Place } from '../store/reads/range.js';
import { ANYONE, type Caller, hasScope } from './caller.js';
import { CredentialError, type RefusalReason } from './credential-error.js';
import { type CredentialReference, issuerPrefix } from './credential-reference.js';
import { createJwtVerifier } from './jwt.js';
import { reaches } from './reach.js';
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
  /**
   * Whether what was made for a credential may still be used to read a recording of this place. A key must be in the file, and
   * permit it now. A token permits what it did when it was shown, until it ends. Null stands for a caller who was not authenticated.
   */
  permits(credential: CredentialReference | null, place: Place): boolean;
  /** Whole seconds until a credential ends by itself, 0 after that; Infinity if it does not end. */
  remainingSeconds(credential: CredentialReference | null): number;
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
  /** The caller of the credential with this id, by what it permits now; `as shown` if only the credential itself says that. */
  callerById(id: string): Caller | 'as shown' | null;
  reload(): void;
  close(): void;
}

function sourceOf({ settings, log, now }: AuthenticatorParts): Source | null {
  switch (settings.kind) {
    case 'off':
      return null;
    case 'jwt': {
      const prefix = issuerPrefix(settings.issuer);
      return {
        callerOf: createJwtVerifier(settings, {
          now,
          onStale: (problem) =>
            log.warn({ problem }, 'Keys of tokens not fetched; the known ones stay in use for an hour'),
          onFetched: () => log.info({}, 'Keys of tokens fetched again'),
        }),
        callerById: (id) => (id.startsWith(prefix) ? 'as shown' : null),
        reload: () => undefined,
        close: () => undefined,
      };
    }
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

  function remainingSeconds(credential: CredentialReference | null): number {
    if (credential === null) return Infinity;
    const caller = source?.callerById(credential.id) ?? 'as shown';
    // The end of a key may have been changed since.
    const endsAt = caller === 'as shown' ? credential.endsAt : caller.expiresAt;
    return endsAt === null ? Infinity : Math.max(0, Math.floor((endsAt - parts.now()) / 1000));
  }

  function permits(credential: CredentialReference | null, place: Place): boolean {
    if (source === null || credential === null) return source === null && credential === null;
    const { id, endsAt } = credential;
    if (endsAt !== null && parts.now() >= endsAt) return false;
    const caller = source.callerById(id);
    if (caller === null || caller === 'as shown') return caller !== null;
    return refusal(caller) === null && hasScope(caller, 'recordings:read') && reaches(caller, place);
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
    permits,
    remainingSeconds,
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
