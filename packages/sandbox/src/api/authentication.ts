import { createHash, timingSafeEqual } from 'node:crypto';
import { type Project } from '../tasks/project.js';
import { type Answer, gatewayAnswers } from './replies.js';

/** The scheme is matched without regard to case (RFC 7617). */
const BASIC = /^basic +(\S+)$/i;

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Checks HTTP Basic credentials: null if they are those of the project, otherwise the refusal. */
export function createAuthentication({
  customerId,
  customerSecret,
}: Project): (header: string | undefined) => Answer | null {
  const expected = digest(Buffer.from(`${customerId}:${customerSecret}`).toString('base64'));
  return (header) => {
    if (header === undefined) return gatewayAnswers.unauthorized;
    const credentials = BASIC.exec(header.trim())?.[1] ?? '';
    return timingSafeEqual(digest(credentials), expected) ? null : gatewayAnswers.credentialsInvalid;
  };
}
