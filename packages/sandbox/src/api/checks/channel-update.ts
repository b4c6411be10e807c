import * as z from 'zod';
import { type Checked } from '../../tasks/modes/mode.js';
import { type Subscription } from '../../tasks/subscription.js';
import { absent } from './channel-start.js';
import { check } from './check.js';
import { storageConfig } from './storage.js';
import { audioList, audioLists, listConflict, videoList, videoLists } from './subscription-lists.js';

const clientRequest = z
  .looseObject({
    streamSubscribe: z
      .looseObject({
        audioUidList: z.looseObject(audioLists).optional(),
        videoUidList: z.looseObject(videoLists).optional(),
      })
      .optional(),
    // The REST reference requires it; the examples of update do not send it.
    storageConfig: storageConfig.optional(),
    // For web page recording only.
    webRecordingConfig: absent,
    rtmpPublishConfig: absent,
  })
  .refine((given) => given.streamSubscribe !== undefined || given.storageConfig !== undefined, {
    path: ['streamSubscribe'],
  });

/** Checks clientRequest of update in composite and individual mode; returns the resulting subscription. */
export function checkChannelUpdate(given: unknown, current: Subscription): Checked<Subscription> {
  const checked = check('Update', clientRequest, given);
  if ('reason' in checked) return checked;
  const lists = checked.value.streamSubscribe;
  if (lists === undefined) return { value: current };
  const audio = lists.audioUidList ?? {};
  const video = lists.videoUidList ?? {};
  const conflict = listConflict({ ...audio, ...video }, current.streamTypes);
  if (conflict !== null) {
    const list = conflict.includes('Audio') ? 'audioUidList' : 'videoUidList';
    return { reason: `Update: invalid streamSubscribe.${list}.${conflict} value` };
  }
  return { value: { ...current, audio: audioList(audio), video: videoList(video) } };
}
