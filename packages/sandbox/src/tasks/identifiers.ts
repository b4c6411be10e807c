import { randomBytes, randomInt } from 'node:crypto';

/** Bytes whose base64url text has 256 characters, a length seen for resource ids (agora-facts.md, "Id formats"). */
const RESOURCE_ID_BYTES = 192;

/** Recorder uids after a fail-over come from the upper half of the range, away from the uids that people choose. */
const SMALLEST_FAILOVER_UID = 2 ** 31;

/** Identifiers in the forms that real ones have. They are random even in a seeded run: a data file outlives the run. */
export const identifiers = {
  /** sid, noticeId, appId: 32 lower-case hex digits. */
  hex32: (): string => randomBytes(16).toString('hex'),
  resourceId: (): string => randomBytes(RESOURCE_ID_BYTES).toString('base64url'),
  secret: (): string => randomBytes(24).toString('base64url'),
  failoverUid: (): number => randomInt(SMALLEST_FAILOVER_UID, 2 ** 32 - 1),
};
