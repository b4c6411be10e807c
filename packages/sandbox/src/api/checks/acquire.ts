import { z } from 'zod';
import { DEFAULT_RESOURCE_EXPIRED_HOURS } from '@agora-recording-gateway/agora/tables/operations';
import { channelName, check, integer, uid } from './check.js';

/** Scene of web page recording, where cname is any name of up to 1024 bytes. */
const WEB_SCENE = 1;

const clientRequest = z.looseObject({
  scene: integer(0, 1).default(0),
  resourceExpiredHour: integer(1, 720).default(DEFAULT_RESOURCE_EXPIRED_HOURS),
  region: z.enum(['CN', 'AP', 'EU', 'NA']).optional(),
  excludeResourceIds: z.array(z.string().min(1)).optional(),
  startParameter: z.record(z.string(), z.unknown()).optional(),
});

const body = z
  .looseObject({ cname: z.string(), uid, clientRequest: clientRequest.optional() })
  .transform((value) => ({ ...value, clientRequest: value.clientRequest ?? clientRequest.parse({}) }))
  .refine(
    ({ cname, clientRequest: { scene } }) =>
      scene !== WEB_SCENE || (cname !== '' && Buffer.byteLength(cname) <= 1024),
    { path: ['cname'] },
  );

/** Checks the body of acquire (rest-api-reference.md, acquire-request). startParameter is start's to check. */
export function checkAcquire(value: unknown) {
  return check('Acquire', body, value);
}

/** Whether what is to be recorded is a page, or a channel that can have this name. */
export function isChannelName(cname: string, scene: number): boolean {
  return scene === WEB_SCENE || channelName.safeParse(cname).success;
}
