import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

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

/** `secret`: known to the gateways of a store alone. */
export function createMediaTokens(secret: string): MediaTokens {
  const key = createHmac('sha256', secret).update('addresses of files').digest();
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
  return {
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
      const end = token.lastIndexOf('.');
      const text = token.slice(0, Math.max(end, 0));
      // As texts: several texts stand for the same bytes.
      const given = Buffer.from(token.slice(end + 1));
      const expected = Buffer.from(sign(text));
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'invalid';
      const [recordingId, place, fileName, expiresAt, id, endsAt] = Grant.parse(
        JSON.parse(Buffer.from(text, 'base64url').toString()),
      );
      if (expiresAt * 1000 <= now) return 'expired';
      return { recordingId, place, fileName, expiresAt, holder: id === null ? null : { id, endsAt } };
    },
  };
}
