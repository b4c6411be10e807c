import { z } from 'zod';
import { type Checked } from '../../tasks/modes/mode.js';
import { type WebState } from '../../tasks/task.js';
import { absent } from './channel-start.js';
import { check } from './check.js';
import { pushOutputs } from './push-outputs.js';
import { storageConfig } from './storage.js';

const clientRequest = z
  .looseObject({
    // A page has no streams to subscribe to.
    streamSubscribe: absent,
    // Left out, onhold is false (rest-api-reference.md, webRecordingConfig).
    webRecordingConfig: z.looseObject({ onhold: z.boolean().default(false) }).optional(),
    rtmpPublishConfig: z.looseObject({ outputs: pushOutputs.optional() }).optional(),
    storageConfig: storageConfig.optional(),
  })
  .refine(
    ({ webRecordingConfig, rtmpPublishConfig, storageConfig: storage }) =>
      [webRecordingConfig, rtmpPublishConfig, storage].some((given) => given !== undefined),
    { path: ['webRecordingConfig'] },
  );

/** What an update changes; null for what stays. */
export interface WebUpdate {
  onhold: boolean | null;
  outputs: { rtmpUrl: string }[] | null;
}

/** Checks clientRequest of update in web mode (rest-api-reference.md, clientRequest-update). */
export function checkWebUpdate(given: unknown, present: WebState): Checked<WebUpdate> {
  const checked = check('Update', clientRequest, given);
  if ('reason' in checked) return checked;
  const { webRecordingConfig, rtmpPublishConfig } = checked.value;
  // Only for recordings that push already (rest-api-reference.md, rtmpPublishConfig).
  if (rtmpPublishConfig !== undefined && present.outputs === null) {
    return { reason: 'Update: invalid rtmpPublishConfig value' };
  }
  return {
    value: { onhold: webRecordingConfig?.onhold ?? null, outputs: rtmpPublishConfig?.outputs ?? null },
  };
}
