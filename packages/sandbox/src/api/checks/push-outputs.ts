import * as z from 'zod';

/** Streams that one recording can push (REST reference, rtmpPublishConfig). */
const MAX_OUTPUTS = 1;

/** Where a page is pushed to; RTMP and RTMPS only (REST reference, rtmpPublishConfig). */
export const pushOutputs = z
  .array(z.looseObject({ rtmpUrl: z.string().regex(/^rtmps?:\/\/[^/\s]+/i) }))
  .max(MAX_OUTPUTS);
