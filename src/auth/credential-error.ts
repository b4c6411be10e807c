/** Why a credential is not accepted. */
export const REFUSALS = {
  missing:
    'Send a credential: Authorization: Bearer CREDENTIAL, on a WebSocket as authorization in connection_init.',
  invalid: 'The credential is not valid. Get a new one.',
  expired: 'The credential has expired. Get a new one.',
  revoked: 'The credential was revoked. Get a new one.',
  unavailable: 'The keys that tokens are verified with cannot be fetched at the moment. Try again.',
} as const;

export type RefusalReason = keyof typeof REFUSALS;

/** A credential is not accepted. `detail` is for the log: what is wrong with it, without any of its text. */
export class CredentialError extends Error {
  override name = 'CredentialError';
  readonly reason: RefusalReason;
  readonly detail: string | null;

  constructor(reason: RefusalReason, detail: string | null = null) {
    super(REFUSALS[reason]);
    this.reason = reason;
    this.detail = detail;
  }
}
