import { z } from 'zod';
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
    // Required by one page and optional on another (agora-facts.md, section 5, row 21).
    storageConfig: storageConfig.optional(),
    // For web pages only.
    webRecordingConfig: absent,
    rtmpPublishConfig: absent,
  })
  .refine((given) => given.streamSubscribe !== undefined || given.storageConfig !== undefined, {
    path: ['streamSubscribe'],
  });

/** Checks clientRequest of update in composite and individual mode, and gives the subscription that follows. */
export function checkChannelUpdate(given: unknown, present: Subscription): Checked<Subscription> {
  const checked = check('Update', clientRequest, given);
  if ('reason' in checked) return checked;
  const lists = checked.value.streamSubscribe;
  if (lists === undefined) return { value: present };
  const audio = lists.audioUidList ?? {};
  const video = lists.videoUidList ?? {};
  const conflict = listConflict({ ...audio, ...video }, present.streamTypes);
  if (conflict !== null) {
    const list = conflict.includes('Audio') ? 'audioUidList' : 'videoUidList';
    return { reason: `Update: invalid streamSubscribe.${list}.${conflict} value` };
  }
  return { value: { ...present, audio: audioList(audio), video: videoList(video) } };
}
