import { type NotSentError, type NotSentReason } from '../coordination/not-sent-error.js';
import { userError, type UserError, type UserErrorCode } from './user-errors.js';

const RETRY_SOON = 'Retry in a few seconds.';
const RETRY_LATER = 'Retry later, a start only with the same idempotencyKey.';

const USER_ERRORS_BY_REASON: Record<NotSentReason, { code: UserErrorCode; advice: string }> = {
  budget: { code: 'UPSTREAM_BUSY', advice: RETRY_SOON },
  'lease-lost': { code: 'RECORDING_BUSY', advice: RETRY_SOON },
  'queue-full': { code: 'RECORDING_BUSY', advice: RETRY_SOON },
  'stop-under-way': { code: 'ALREADY_STOPPING', advice: 'Wait for its files.' },
  closing: { code: 'GATEWAY_STOPPING', advice: 'Retry; another instance will serve it.' },
  'store-unavailable': { code: 'STORE_UNAVAILABLE', advice: RETRY_LATER },
};

/** The user error for a call that was not sent. */
export function notSentUserError({ reason, message }: NotSentError): UserError {
  const { code, advice } = USER_ERRORS_BY_REASON[reason];
  return userError(code, `${message} ${advice}`);
}

/** The user error for a command that the store failed when something may have been sent or written already. */
export const STORE_FAILED: UserError = userError(
  'STORE_UNAVAILABLE',
  `The gateway's store became unavailable, so the outcome is unknown. ${RETRY_LATER}`,
);

/** The user error for a command that comes while the store is away: it is not begun. */
export const STORE_AWAY: UserError = userError(
  'STORE_UNAVAILABLE',
  "The gateway's store is unavailable, so nothing was sent or changed. Retry later.",
);
