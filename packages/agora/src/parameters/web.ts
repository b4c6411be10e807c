import { FILE_PARAMETERS } from './channel.js';
import { boolean, choice, integer, MAX_INT, objects, type ParameterTable, text, WEB } from './parameter.js';

/** Streams that one recording can push. */
const MAX_OUTPUTS = 1;

/** Pixels of the video; neither side has a separate limit. */
export const MAX_PIXELS = 1920 * 1080;

export const PUSH_OUTPUT_PARAMETERS = {
  rtmpUrl: {
    wire: 'rtmpUrl',
    type: text('push-address'),
    default: null,
    required: true,
    modes: WEB,
    secrecy: 'push-address',
    description: 'rtmp or rtmps address with the stream key',
  },
} as const satisfies ParameterTable;

/** serviceParam of web_recorder_service and of rtmp_publish_service, as far as no other mode has it. */
export const PAGE_PARAMETERS = {
  url: {
    wire: 'web_recorder_service.url',
    type: text('web-address'),
    default: null,
    required: true,
    modes: WEB,
    secrecy: 'page-address',
    description: 'Address of the page',
  },
  videoWidth: {
    wire: 'web_recorder_service.videoWidth',
    type: integer(1, MAX_PIXELS, 'pixels'),
    default: null,
    required: true,
    modes: WEB,
    description: 'Width in pixels',
    note: 'videoWidth × videoHeight at most 1920 × 1080.',
  },
  videoHeight: {
    wire: 'web_recorder_service.videoHeight',
    type: integer(1, MAX_PIXELS, 'pixels'),
    default: null,
    required: true,
    modes: WEB,
    description: 'Height in pixels',
  },
  maxRecordingHour: {
    wire: 'web_recorder_service.maxRecordingHour',
    type: integer(1, 720, 'hours'),
    default: null,
    required: true,
    modes: WEB,
    description: 'Hours after which the recording ends',
    note: 'Charged until then. At most resourceExpiredHours is advised.',
  },
  videoBitrate: {
    wire: 'web_recorder_service.videoBitrate',
    // No bound is documented, and an example of the reference has 0.
    type: integer(0, MAX_INT, 'Kbps'),
    default: null,
    defaultText: '2000 from 1280 × 720 on, otherwise 1500',
    modes: WEB,
    description: 'Bitrate of the video in Kbps',
  },
  videoFps: {
    wire: 'web_recorder_service.videoFps',
    type: integer(5, 60, 'frames per second'),
    default: 15,
    modes: WEB,
    description: 'Frames per second',
  },
  mobile: {
    wire: 'web_recorder_service.mobile',
    type: boolean,
    default: false,
    modes: WEB,
    description: 'Whether the page is rendered as on a mobile device',
  },
  maxVideoDuration: {
    wire: 'web_recorder_service.maxVideoDuration',
    type: integer(30, 240, 'minutes'),
    default: 120,
    modes: WEB,
    description: 'Minutes after which a new MP4 file begins',
  },
  paused: {
    wire: 'web_recorder_service.onhold',
    type: boolean,
    default: false,
    modes: WEB,
    description: 'Whether the recording starts on hold',
    note: 'Then the page is opened, but nothing is recorded until updateRecording resumes it.',
  },
  readyTimeout: {
    wire: 'web_recorder_service.readyTimeout',
    type: integer(0, 60, 'seconds'),
    default: 0,
    modes: WEB,
    description: 'Seconds in which the page must report that it is ready; 0 does not check',
  },
  outputs: {
    wire: 'rtmp_publish_service.outputs',
    type: objects(PUSH_OUTPUT_PARAMETERS, MAX_OUTPUTS),
    default: [],
    modes: WEB,
    description: 'Push addresses',
    defaultText: 'none',
  },
} as const satisfies ParameterTable;

export const WEB_PARAMETERS = {
  ...PAGE_PARAMETERS,
  ...FILE_PARAMETERS,
  audioProfile: {
    wire: 'web_recorder_service.audioProfile',
    type: choice('AudioProfile', [0, 1, 2]),
    default: null,
    required: true,
    modes: WEB,
    description: 'Encoding of the recorded audio',
  },
} as const satisfies ParameterTable;
