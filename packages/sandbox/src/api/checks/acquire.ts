import * as z from 'zod';
import { RESOURCE_PARAMETERS } from '@agora-recording-gateway/agora/parameters/resource';
import { DEFAULT_RESOURCE_EXPIRED_HOURS } from '@agora-recording-gateway/agora/tables/operations';
import { bounded, channelName, check, integer, uid } from './check.js';
import { withoutEmptyValues } from './empty-values.js';

/** Scene of web page recording, where cname is any name of up to 1024 bytes. */
const WEB_SCENE = 1;

const clientRequest = z.looseObject({
  scene: integer(0, 1).default(0),
  resourceExpiredHour: bounded(RESOURCE_PARAMETERS.resourceExpiredHours).default(
    DEFAULT_RESOURCE_EXPIRED_HOURS,
  ),
  region: z.literal([...RESOURCE_PARAMETERS.region.type.values]).optional(),
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

/** Checks the body of acquire (REST reference, acquire-request). startParameter is checked by start. */
export function checkAcquire(value: unknown) {
  return check('Acquire', body, withoutEmptyValues(value));
}

/** Whether a channel can have this name; any name will do for a web page recording. */
export function isChannelName(cname: string, scene: number): boolean {
  return scene === WEB_SCENE || channelName.safeParse(cname).success;
}
