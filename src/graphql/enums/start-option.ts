import { defineEnum } from './define-enum.js';

export const ChannelType = defineEnum(
  'ChannelType',
  'The channel profile; it must be that of the SDK in the channel (recordingConfig.channelType).',
  { COMMUNICATION: [0, 'Communication.'], LIVE_BROADCASTING: [1, 'Live streaming.'] },
);

export const StreamTypes = defineEnum(
  'StreamTypes',
  'Which media are subscribed to (recordingConfig.streamTypes).',
  {
    AUDIO: [0, 'Audio only.'],
    VIDEO: [1, 'Video only.'],
    AUDIO_AND_VIDEO: [2, 'Audio and video.'],
  },
);

export const VideoStreamType = defineEnum(
  'VideoStreamType',
  'Which video stream, where users send two (recordingConfig.videoStreamType).',
  {
    HIGH: [0, 'The stream of high resolution and bitrate.'],
    LOW: [1, 'The stream of low resolution and bitrate.'],
  },
);

export const AudioProfile = defineEnum(
  'AudioProfile',
  'Encoding of the recorded audio (recordingConfig.audioProfile). All at 48 kHz.',
  {
    MUSIC_STANDARD: [0, 'Mono, about 48 Kbps.'],
    MUSIC_HIGH_QUALITY: [1, 'Mono, about 128 Kbps.'],
    MUSIC_HIGH_QUALITY_STEREO: [2, 'Stereo, about 192 Kbps.'],
  },
);

export const AvFileType = defineEnum('AvFileType', 'Files to be made (recordingFileConfig.avFileType).', {
  HLS: ['hls', 'An M3U8 playlist with TS slices.'],
  MP4: ['mp4', 'MP4 files, only in addition to HLS; a new one about every 2 hours or 2 GB.'],
});

export const DecryptionMode = defineEnum(
  'DecryptionMode',
  'How the channel is encrypted; the same as in the SDK (recordingConfig.decryptionMode).',
  {
    NONE: [0, 'Not encrypted.'],
    AES_128_XTS: [1, '128-bit AES, XTS.'],
    AES_128_ECB: [2, '128-bit AES, ECB.'],
    AES_256_XTS: [3, '256-bit AES, XTS.'],
    SM4_128_ECB: [4, '128-bit SM4, ECB.'],
    AES_128_GCM: [5, '128-bit AES, GCM.'],
    AES_256_GCM: [6, '256-bit AES, GCM.'],
    AES_128_GCM2: [7, '128-bit AES, GCM, with a salt.'],
    AES_256_GCM2: [8, '256-bit AES, GCM, with a salt.'],
  },
);

export const MixedVideoLayout = defineEnum(
  'MixedVideoLayout',
  'How users are laid out (transcodingConfig.mixedVideoLayout). Up to 17 users.',
  {
    FLOATING: [0, 'The first user fills the canvas, the others are small windows above the bottom edge.'],
    ADAPTIVE: [1, 'All windows alike, sized by their number.'],
    VERTICAL: [2, 'maxResolutionUid large at the left, the others in up to two columns at the right.'],
    CUSTOM: [3, 'As layoutConfig says.'],
  },
);

export const RenderMode = defineEnum('RenderMode', 'How a video fills its window (render_mode).', {
  CROPPED: [0, 'Fills the window; what is too much is cut.'],
  FIT: [1, 'Shows the whole video; borders may stay black.'],
});

export const SubscribeUidGroup = defineEnum(
  'SubscribeUidGroup',
  'How many users an individual recording subscribes to at the peak (recordingConfig.subscribeUidGroup).',
  {
    UIDS_1_TO_2: [0, '1 or 2 users.'],
    UIDS_3_TO_7: [1, '3 to 7 users.'],
    UIDS_8_TO_12: [2, '8 to 12 users.'],
    UIDS_13_TO_17: [3, '13 to 17 users.'],
    UIDS_18_TO_32: [4, '18 to 32 users.'],
    UIDS_33_TO_49: [5, '33 to 49 users.'],
  },
);

export const StreamMode = defineEnum(
  'StreamMode',
  'Which files an individual recording makes of the streams (recordingConfig.streamMode).',
  {
    DEFAULT: ['default', 'An audio and a video playlist for each user; audio is transcoded.'],
    STANDARD: ['standard', 'These, and a playlist of both merged. Agora recommends it.'],
    ORIGINAL: ['original', 'Audio alone as it was sent, without transcoding. Only with streamTypes AUDIO.'],
  },
);

export const ResourceScene = defineEnum('ResourceScene', 'What a resource is for (scene of acquire).', {
  REAL_TIME: [0, 'Recording of a channel, individual or composite.'],
  WEB_PAGE: [1, 'Recording of a web page.'],
});

export const Region = defineEnum(
  'Region',
  "Where Agora's servers may be (acquire's region). The storage must lie in it.",
  {
    CN: ['CN', 'Mainland China.'],
    AP: ['AP', 'Asia without mainland China.'],
    EU: ['EU', 'Europe.'],
    NA: ['NA', 'North America.'],
  },
);
