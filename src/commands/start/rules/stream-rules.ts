import { type Rule } from './rules.js';
import { type StreamConfigInput, type SubscriptionInput } from '../start-input.js';
import { LIST_RULES } from './subscription-rules.js';

const AUDIO_ONLY = 0;
const VIDEO_ONLY = 1;

/** Lists only for the media that are subscribed to, in a start as in an update. */
export const MEDIA_RULES: readonly Rule<SubscriptionInput & { streamTypes?: number | null }>[] = [
  {
    field: ['streamTypes'],
    message: 'streamTypes AUDIO records no video: leave the video lists out.',
    broken: (config) =>
      config.streamTypes === AUDIO_ONLY &&
      (config.subscribeVideoUids != null || config.unsubscribeVideoUids != null),
  },
  {
    field: ['streamTypes'],
    message: 'streamTypes VIDEO records no audio: leave the audio lists out.',
    broken: (config) =>
      config.streamTypes === VIDEO_ONLY &&
      (config.subscribeAudioUids != null || config.unsubscribeAudioUids != null),
  },
];

/** What composite and individual recordings share: they join a channel and subscribe to streams. */
export const STREAM_RULES: readonly Rule<StreamConfigInput>[] = [
  ...LIST_RULES,
  ...MEDIA_RULES,
  {
    field: ['secret'],
    message: 'secret is required with a decryptionMode.',
    broken: ({ decryptionMode, secret }) => (decryptionMode ?? 0) !== 0 && (secret ?? '') === '',
  },
  {
    field: ['salt'],
    message: 'salt is required with decryptionMode AES_128_GCM2 or AES_256_GCM2.',
    broken: ({ decryptionMode, salt }) =>
      (decryptionMode === 7 || decryptionMode === 8) && (salt ?? '') === '',
  },
];
