import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';

/** The credential that an address was made for. */
export interface Holder {
  id: string;
  /** When it ends by itself, in Unix milliseconds of real time; null if it does not. */
  endsAt: number | null;
}

/** Where a recording is, as far as permissions look at it. */
export interface Place {
  appId: string;
  channel: string;
}

/** What the address of a playlist or of a file permits: to read one file of one recording until a time, for one credential. */
export interface MediaGrant {
  recordingId: string;
  /** Where the recording was when the address was made, by `placeDigest`. */
  place: string;
  fileName: string;
  /** Unix seconds. */
  expiresAt: number;
  /** Null where callers are not authenticated. */
  holder: Holder | null;
}

/** Why an address is not good. */
export type MediaTokenFault = 'invalid' | 'expired';

export interface MediaTokens {
  issue(grant: MediaGrant): string;
  /** `now`: Unix milliseconds. */
  read(token: string, now: number): MediaGrant | MediaTokenFault;
  /** Whether it is signed with the secrets of this moment. */
  isOwn(token: string): boolean;
}

/** What a token signs: all that stands before its last dot. */
function textOf(token: string): string {
  return token.slice(0, Math.max(token.lastIndexOf('.'), 0));
}

/** 96 bits of a hash. Characters. */
const PLACE_LENGTH = 16;

const Grant = z.tuple([
  z.string(),
  z.string(),
  z.string(),
  z.number().int(),
  z.string().nullable(),
  z.number().int().nullable(),
]);

/** Stands for a place in a token: an adoption may move a recording to another channel. */
export function placeDigest({ appId, channel }: Place): string {
  return createHash('sha256')
    .update(JSON.stringify([appId, channel]))
    .digest('base64url')
    .slice(0, PLACE_LENGTH);
}

/** The key of the store, which its gateways alone know, and the secret that the operator may add. */
type Secrets = readonly [storeKey: string, added: string | null];

/** `secrets`: asked for at each use, as the second one can be replaced. */
export function createMediaTokens(secrets: () => Secrets): MediaTokens {
  function sign(text: string): string {
    const [storeKey, added] = secrets();
    const key = createHmac('sha256', storeKey)
      .update(JSON.stringify(['addresses of files', added]))
      .digest();
    return createHmac('sha256', key).update(text).digest('base64url');
  }

  function isOwn(token: string): boolean {
    const end = token.lastIndexOf('.');
    // As texts: several texts stand for the same bytes.
    const given = Buffer.from(token.slice(end + 1));
    const expected = Buffer.from(sign(textOf(token)));
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  return {
    isOwn,
    issue({ recordingId, place, fileName, expiresAt, holder }) {
      const parts: z.infer<typeof Grant> = [
        recordingId,
        place,
        fileName,
        expiresAt,
        holder?.id ?? null,
        holder?.endsAt ?? null,
      ];
      const text = Buffer.from(JSON.stringify(parts)).toString('base64url');
      return `${text}.${sign(text)}`;
    },
    read(token, now) {
      if (!isOwn(token)) return 'invalid';
      const [recordingId, place, fileName, expiresAt, id, endsAt] = Grant.parse(
        JSON.parse(Buffer.from(textOf(token), 'base64url').toString()),
      );
      if (expiresAt * 1000 <= now) return 'expired';
      return { recordingId, place, fileName, expiresAt, holder: id === null ? null : { id, endsAt } };
    },
  };
}
