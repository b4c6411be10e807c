import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What the address of a playlist permits: to read one file of one recording until a time. */
export interface MediaGrant {
  recordingId: string;
  fileName: string;
  /** Unix seconds. */
  expiresAt: number;
}

/** Why an address is not good. */
export type MediaTokenFault = 'invalid' | 'expired';

export interface MediaTokens {
  issue(grant: MediaGrant): string;
  /** `now`: Unix milliseconds. */
  read(token: string, now: number): MediaGrant | MediaTokenFault;
}

const Grant = z.tuple([z.string(), z.string(), z.number().int()]);

/** `secret`: known to the gateways of a store alone. */
export function createMediaTokens(secret: string): MediaTokens {
  const key = createHmac('sha256', secret).update('addresses of playlists').digest();
  const sign = (text: string) => createHmac('sha256', key).update(text).digest();
  return {
    issue({ recordingId, fileName, expiresAt }) {
      const text = Buffer.from(JSON.stringify([recordingId, fileName, expiresAt])).toString('base64url');
      return `${text}.${sign(text).toString('base64url')}`;
    },
    read(token, now) {
      const [text = '', signature = ''] = token.split('.');
      const given = Buffer.from(signature, 'base64url');
      const expected = sign(text);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'invalid';
      const [recordingId, fileName, expiresAt] = Grant.parse(
        JSON.parse(Buffer.from(text, 'base64url').toString()),
      );
      return expiresAt * 1000 <= now ? 'expired' : { recordingId, fileName, expiresAt };
    },
  };
}
