import * as z from 'zod';
import { type KeptFacts } from '../reads/filter.js';
import { jsonColumn } from '../stored-json.js';

const text = z.nullable(z.string());

/** What filters looked at before a change. Earlier releases kept fewer of them. */
export const KEPT_FACTS = jsonColumn<KeptFacts>(
  { table: 'observations', column: 'before' },
  {
    version: 1,
    schema: z.object({
      appId: z.string(),
      channel: z.string(),
      uid: z.string(),
      sid: text,
      mode: z.string(),
      phase: z.string(),
      startedAt: z.number(),
      hasProblems: z.boolean(),
      endReason: z.exactOptional(text),
      uploadState: z.exactOptional(z.string()),
      storageProfile: z.exactOptional(text),
      startedBy: z.exactOptional(text),
      problemSeverity: z.exactOptional(z.nullable(z.enum(['ERROR', 'WARNING']))),
      endedAt: z.exactOptional(z.nullable(z.number())),
      changedAt: z.exactOptional(z.number()),
      metadata: z.exactOptional(z.array(z.object({ key: z.string(), value: z.string() }))),
    }),
  },
);
