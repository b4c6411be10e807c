import { randomBytes, randomInt } from 'node:crypto';

/** In base64url these are 256 characters, a length seen in real resource ids. */
const RESOURCE_ID_BYTES = 192;

/** Recorder uids after a failover come from the upper half of the range, away from uids that people choose. */
const MIN_FAILOVER_UID = 2 ** 31;

/** Identifiers in the format of real ones. They are random even in a seeded run, because a data file outlives the run. */
export const identifiers = {
  /** sid, noticeId, appId: 32 lower-case hex digits. */
  hex32: (): string => randomBytes(16).toString('hex'),
  resourceId: (): string => randomBytes(RESOURCE_ID_BYTES).toString('base64url'),
  secret: (): string => randomBytes(24).toString('base64url'),
  failoverUid: (): number => randomInt(MIN_FAILOVER_UID, 2 ** 32 - 1),
};
