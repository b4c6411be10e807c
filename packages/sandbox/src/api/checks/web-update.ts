import * as z from 'zod';
import { type Checked } from '../../tasks/modes/mode.js';
import { type WebState } from '../../tasks/task.js';
import { absent } from './channel-start.js';
import { check } from './check.js';
import { pushOutputs } from './push-outputs.js';
import { storageConfig } from './storage.js';

const clientRequest = z
  .looseObject({
    // For channel recording only.
    streamSubscribe: absent,
    // onhold is false by default (REST reference, webRecordingConfig).
    webRecordingConfig: z.looseObject({ onhold: z.boolean().default(false) }).optional(),
    rtmpPublishConfig: z.looseObject({ outputs: pushOutputs.optional() }).optional(),
    storageConfig: storageConfig.optional(),
  })
  .refine(
    ({ webRecordingConfig, rtmpPublishConfig, storageConfig: storage }) =>
      [webRecordingConfig, rtmpPublishConfig, storage].some((given) => given !== undefined),
    { path: ['webRecordingConfig'] },
  );

/** What an update changes; null if it stays as it is. */
export interface WebUpdate {
  onhold: boolean | null;
  outputs: { rtmpUrl: string }[] | null;
}

/** Checks clientRequest of update in web mode (REST reference, clientRequest of update). */
export function checkWebUpdate(given: unknown, current: WebState): Checked<WebUpdate> {
  const checked = check('Update', clientRequest, given);
  if ('reason' in checked) return checked;
  const { webRecordingConfig, rtmpPublishConfig } = checked.value;
  // Only for a recording that is pushed (REST reference, rtmpPublishConfig).
  if (rtmpPublishConfig !== undefined && current.outputs === null) {
    return { reason: 'Update: invalid rtmpPublishConfig value' };
  }
  return {
    value: { onhold: webRecordingConfig?.onhold ?? null, outputs: rtmpPublishConfig?.outputs ?? null },
  };
}
