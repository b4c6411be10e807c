import { createHmac } from 'node:crypto';
import { AccessToken2, kRtcServiceType, ServiceRtc } from 'agora-token/src/AccessToken2.js';
import { type Secret } from './secret.js';

/** How long Agora accepts a token at most, seconds (docs/agora/limits.md). */
export const MAX_TOKEN_SECONDS = 86_400;

/** Who joins which channel with a token. */
export interface TokenPurpose {
  appId: string;
  channel: string;
  uid: string;
  /** Unix seconds. */
  issuedAt: number;
}

/** Agora's builders draw the salt from this range. */
const SALTS = 99_999_999;

/** For the same purpose always the same salt, which cannot be computed without the certificate. */
function saltOf(certificate: string, { appId, channel, uid, issuedAt }: TokenPurpose): number {
  const hash = createHmac('sha256', certificate)
    .update(JSON.stringify([appId, channel, uid, issuedAt]))
    .digest();
  return (hash.readUInt32LE() % SALTS) + 1;
}

/**
 * A token with which a recorder joins a channel, and may do nothing else there. It is valid for 24 hours. For the same
 * purpose it is always the same, so that a start can be sent again as it was although no token is stored.
 */
export function mintRtcToken(certificate: Secret, purpose: TokenPurpose): string {
  const { appId, channel, uid, issuedAt } = purpose;
  const token = new AccessToken2(appId, certificate.reveal(), issuedAt, MAX_TOKEN_SECONDS);
  token.salt = saltOf(certificate.reveal(), purpose);
  const service = new ServiceRtc(channel, uid);
  service.add_privilege(ServiceRtc.kPrivilegeJoinChannel, MAX_TOKEN_SECONDS);
  token.add_service(service);
  const text = token.build();
  if (text === '') throw new Error('The App ID or the App Certificate is not 32 hexadecimal digits.');
  return text;
}

const LEGACY_VERSION = '006';
const APP_ID_LENGTH = 32;
const JOIN_CHANNEL = 1;

/** Of a token of the version 006, whose times are Unix seconds: the same, or null if it cannot be read. */
function legacyExpiry(text: string): number | null {
  const bytes = Buffer.from(text.slice(LEGACY_VERSION.length + APP_ID_LENGTH), 'base64');
  try {
    // A signature with its length, two checksums, and the length of the rest: salt, end of the token, and privileges.
    const message = 2 + bytes.readUInt16LE() + 4 + 4 + 2;
    const ends = [bytes.readUInt32LE(message + 4)];
    for (let index = 0; index < bytes.readUInt16LE(message + 8); index += 1) {
      const at = message + 10 + index * 6;
      const until = bytes.readUInt32LE(at + 2);
      if (bytes.readUInt16LE(at) === JOIN_CHANNEL && until !== 0) ends.push(until);
    }
    return Math.min(...ends);
  } catch {
    return null; // It ends before its last value: not a token.
  }
}

/** When a token ends the stay in the channel, Unix seconds; null for any text except an RTC token of the versions 006 and 007. */
export function rtcTokenExpiry(text: string): number | null {
  if (text.startsWith(LEGACY_VERSION)) return legacyExpiry(text);
  const token = new AccessToken2('', '', 0, 0);
  if (!token.from_string(text)) return null;
  const [service] = token.getServices(kRtcServiceType);
  if (service === undefined) return null;
  const join = service.__privileges[ServiceRtc.kPrivilegeJoinChannel] ?? 0;
  return token.issueTs + (join === 0 ? token.expire : Math.min(token.expire, join));
}
