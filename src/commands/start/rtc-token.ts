import {
  MAX_TOKEN_SECONDS,
  mintRtcToken,
  rtcTokenExpiry,
} from '@agora-recording-gateway/agora/client/rtc-token';
import { DEFAULT_RESOURCE_EXPIRED_HOURS, type Mode } from '@agora-recording-gateway/agora/tables/operations';
import { type SentSecret } from '../../telemetry/known-secrets.js';
import { type InputWarning } from '../input-warnings.js';
import { type Choice } from './choose-storage.js';
import { type PlaceInput } from './start-input.js';

/** A token that the gateway made, as the caller sent none. It is kept nowhere; it can be made again. */
export interface MintedToken {
  text: string;
  /** Unix seconds. */
  issuedAt: number;
}

/**
 * The token of a recording that joins a channel, if its project has a certificate and the caller sent none. `issuedAt` is null for
 * a start that was sent without one before.
 */
export function mintToken(
  { appCertificate }: Pick<Choice, 'appCertificate'>,
  appId: string,
  { channel, uid, token }: PlaceInput,
  mode: Mode,
  issuedAt: number | null,
): MintedToken | null {
  if (token != null || mode === 'web' || issuedAt === null) return null;
  const certificate = appCertificate(appId);
  if (certificate === null) return null;
  return { text: mintRtcToken(certificate, { appId, channel, uid, issuedAt }), issuedAt };
}

/** What must be cut out of whatever Agora sends. */
export function mintedSecrets(minted: MintedToken | null): SentSecret[] {
  return minted === null ? [] : [{ kind: 'start', text: minted.text }];
}

/** A token for 24 hours may have been made this long before the start without a warning. Seconds. */
const TOKEN_AGE_SECONDS = 3_600;

const HOUR_SECONDS = 3_600;

/** A warning if the caller's token ends the recording before anything else must. `now`: gateway time, Unix milliseconds. */
export function tokenWarnings(
  { appIds, appCertificate }: Pick<Choice, 'appIds' | 'appCertificate'>,
  { appId, token, resourceExpiredHours }: PlaceInput,
  now: number,
): InputWarning[] {
  const expiresAt = token == null ? null : rtcTokenExpiry(token);
  if (expiresAt === null) return [];
  const remaining = expiresAt - Math.floor(now / 1000);
  const usable = (resourceExpiredHours ?? DEFAULT_RESOURCE_EXPIRED_HOURS) * HOUR_SECONDS;
  if (remaining >= Math.min(usable, MAX_TOKEN_SECONDS - TOKEN_AGE_SECONDS)) return [];
  const time = new Date(expiresAt * 1000).toISOString();
  const what =
    remaining <= 0
      ? `The token expired at ${time}, so that the recording cannot join the channel.`
      : `The token expires at ${time}, which ends the recording if it still runs then.`;
  const canMint = appCertificate(appId ?? appIds[0] ?? '') !== null;
  const advice = canMint
    ? 'Leave token out: the gateway makes one that is valid for 24 hours.'
    : 'Send one that is valid for as long as the recording may run; Agora accepts at most 24 hours.';
  return [{ code: 'TOKEN_EXPIRES_EARLY', message: `${what} ${advice}`, field: ['token'] }];
}
