import { z } from 'zod';

/** Streams that one recording can push (rest-api-reference.md, rtmpPublishConfig). */
const MOST_OUTPUTS = 1;

/** Where a page is pushed to; RTMP and RTMPS only (rest-api-reference.md, rtmpPublishConfig). */
export const pushOutputs = z
  .array(z.looseObject({ rtmpUrl: z.string().regex(/^rtmps?:\/\/[^/\s]+/i) }))
  .max(MOST_OUTPUTS);
