import { DEFAULT_MAX_IDLE_SECONDS } from '../tables/operations.js';
import {
  ALL_MODES,
  CHANNEL_MODES,
  choice,
  choices,
  COMPOSITE,
  INDIVIDUAL,
  integer,
  type ParameterTable,
  text,
  texts,
} from './parameter.js';

/** Uids in a subscription list. */
const MAX_SUBSCRIBED = 32;

/** Who is subscribed to, in a start and in an update. */
export const SUBSCRIPTION_PARAMETERS = {
  subscribeAudioUids: {
    wire: 'recordingConfig.subscribeAudioUids',
    type: texts(MAX_SUBSCRIBED, 'uid-or-all'),
    default: null,
    modes: CHANNEL_MODES,
    description: 'Users whose audio is recorded',
    absent: 'all users; with a list for video only, no user',
    note: '["#allstream#"] means all.',
  },
  unsubscribeAudioUids: {
    wire: 'recordingConfig.unsubscribeAudioUids',
    type: texts(MAX_SUBSCRIBED, 'uid'),
    default: null,
    modes: CHANNEL_MODES,
    description: 'Users whose audio is not recorded',
    absent: 'no user',
    note: 'Not with subscribeAudioUids.',
  },
  subscribeVideoUids: {
    wire: 'recordingConfig.subscribeVideoUids',
    type: texts(MAX_SUBSCRIBED, 'uid-or-all'),
    default: null,
    modes: CHANNEL_MODES,
    description: 'Users whose video is recorded',
    absent: 'all users; with a list for audio only, no user',
    note: '["#allstream#"] means all.',
  },
  unsubscribeVideoUids: {
    wire: 'recordingConfig.unsubscribeVideoUids',
    type: texts(MAX_SUBSCRIBED, 'uid'),
    default: null,
    modes: CHANNEL_MODES,
    description: 'Users whose video is not recorded',
    absent: 'no user',
    note: 'Not with subscribeVideoUids.',
  },
} as const satisfies ParameterTable;

/** What individual and composite recordings share. */
export const STREAM_PARAMETERS = {
  channelType: {
    wire: 'recordingConfig.channelType',
    type: choice('ChannelType', [0, 1]),
    default: 0,
    alwaysSent: true,
    modes: CHANNEL_MODES,
    description: 'The channel profile of the SDK',
  },
  streamTypes: {
    wire: 'recordingConfig.streamTypes',
    type: choice('StreamTypes', [0, 1, 2]),
    default: 2,
    modes: CHANNEL_MODES,
    description: 'The media that are subscribed to',
  },
  videoStreamType: {
    wire: 'recordingConfig.videoStreamType',
    type: choice('VideoStreamType', [0, 1]),
    default: 0,
    modes: CHANNEL_MODES,
    description: 'The video stream that is recorded of users who send two',
  },
  maxIdleTime: {
    wire: 'recordingConfig.maxIdleTime',
    type: integer(5, 2_592_000, 'seconds'),
    default: DEFAULT_MAX_IDLE_SECONDS,
    modes: CHANNEL_MODES,
    description: 'Seconds without a publishing user after which the recording ends',
  },
  decryptionMode: {
    wire: 'recordingConfig.decryptionMode',
    type: choice('DecryptionMode', [0, 1, 2, 3, 4, 5, 6, 7, 8]),
    default: 0,
    modes: CHANNEL_MODES,
    description: 'How the channel is encrypted',
  },
  secret: {
    wire: 'recordingConfig.secret',
    type: text(),
    default: null,
    modes: CHANNEL_MODES,
    secrecy: 'secret',
    description: 'Key of the encryption',
  },
  salt: {
    wire: 'recordingConfig.salt',
    type: text('salt'),
    default: null,
    modes: CHANNEL_MODES,
    secrecy: 'secret',
    description: 'Salt of the encryption, for the modes with GCM2',
  },
  ...SUBSCRIPTION_PARAMETERS,
} as const satisfies ParameterTable;

/** Which files are made. */
const AV_FILE_TYPE = {
  wire: 'recordingFileConfig.avFileType',
  type: choices('AvFileType', ['hls', 'mp4']),
  default: ['hls'],
  alwaysSent: true,
  modes: ALL_MODES,
  description: 'Files that are made',
} as const;

export const FILE_PARAMETERS = {
  avFileType: { ...AV_FILE_TYPE, note: '[HLS] or [HLS, MP4].' },
} as const satisfies ParameterTable;

export const COMPOSITE_PARAMETERS = {
  ...STREAM_PARAMETERS,
  ...FILE_PARAMETERS,
  audioProfile: {
    wire: 'recordingConfig.audioProfile',
    type: choice('AudioProfile', [0, 1, 2]),
    default: 0,
    modes: COMPOSITE,
    description: 'Encoding of the recorded audio',
  },
} as const satisfies ParameterTable;

export const INDIVIDUAL_PARAMETERS = {
  ...STREAM_PARAMETERS,
  avFileType: {
    ...AV_FILE_TYPE,
    note:
      '[HLS] or [HLS, MP4]; the documents contradict each other on whether Agora makes MP4 files here. With snapshotConfig ' +
      'the default is none: only screenshots are taken.',
  },
  subscribeUidGroup: {
    wire: 'recordingConfig.subscribeUidGroup',
    type: choice('SubscribeUidGroup', [0, 1, 2, 3, 4, 5]),
    default: 0,
    alwaysSent: true,
    modes: INDIVIDUAL,
    description: 'Estimated number of users that are subscribed to at the peak',
  },
  streamMode: {
    wire: 'recordingConfig.streamMode',
    type: choice('StreamMode', ['default', 'standard', 'original']),
    default: 'default',
    modes: INDIVIDUAL,
    description: 'Files that are made of the streams',
  },
} as const satisfies ParameterTable;

export const SNAPSHOT_PARAMETERS = {
  captureInterval: {
    wire: 'snapshotConfig.captureInterval',
    type: integer(5, 3600, 'seconds'),
    default: 10,
    modes: INDIVIDUAL,
    description: 'Seconds between screenshots',
  },
} as const satisfies ParameterTable;
