import {
  CAPABILITY_LIMITS,
  ERROR_LEVELS,
  EVENT_ERRORS,
  EVENT_STATUSES,
  EVENT_WARNINGS,
  LEAVE_REASONS,
  LISTED_LEAVE_REASONS,
  MODULES,
  RELOAD_REASONS,
  SERVICE_TYPES,
  STREAM_STATES,
  TRANSCODING_RESULTS,
  WEB_STOP_REASONS,
} from '@agora-recording-gateway/agora/tables/event-details';
import { EVENT_TYPES } from '@agora-recording-gateway/agora/tables/event-types';
import { SERVICE_STATUSES, SUB_SERVICE_STATUSES } from '@agora-recording-gateway/agora/tables/service-status';
import {
  ALIBABA_CLOUD_REGIONS,
  AMAZON_S3_REGIONS,
  BAIDU_INTELLIGENT_CLOUD_REGIONS,
  HUAWEI_CLOUD_REGIONS,
  KINGSOFT_CLOUD_REGIONS,
  STORAGE_VENDORS,
  TENCENT_CLOUD_REGIONS,
} from '@agora-recording-gateway/agora/tables/storage-vendors';
import { USER_ERRORS, type UserErrorCode } from '../commands/user-errors.js';
import { CALL_REASON_NAMES, CALL_REASONS } from '../recordings/call-reason.js';
import { PROBLEMS, type ProblemCode as Code } from '../recordings/problems.js';
import { PLAYBACK_UNAVAILABLE } from '../media/unavailable.js';
import { defineEnum, named } from './define-enum.js';

const UNKNOWN = {
  name: 'UNKNOWN',
  description: 'A value that this gateway does not know; see the raw value next to it, or in `raw`.',
} as const;

const BACKED_UP = named(EVENT_TYPES).BACKUPED;

export const RecordingMode = defineEnum(
  'RecordingMode',
  'What is recorded, and how (`mode` in the REST paths).',
  {
    INDIVIDUAL: ['INDIVIDUAL', "Separate files for each user's streams (`individual`)."],
    COMPOSITE: ['COMPOSITE', 'All users mixed into one file (`mix`).'],
    WEB: ['WEB', 'A web page (`web`).'],
    UNKNOWN: ['UNKNOWN', 'Not known: started elsewhere, and its mode has not been reported yet.'],
  },
);

export const RecordingPhase = defineEnum(
  'RecordingPhase',
  'Where a recording stands in its life, worked out from all that was seen of it. What is proven is never taken back; ' +
    'what is inferred from silence (`phaseInferred`) may be overturned by later evidence.',
  {
    STARTING: [
      'STARTING',
      'Asked for, not yet confirmed as running. While `sid` is null it is in doubt whether Agora took the start.',
    ],
    RECORDING: ['RECORDING', 'The recording runs.'],
    PAUSED: ['PAUSED', 'Web page recording on hold (`onhold`).'],
    STOPPING: ['STOPPING', 'Agora has taken the stop.'],
    UPLOADING: ['UPLOADING', 'The recorder has left; files are still on their way to the storage.'],
    COMPLETED: ['COMPLETED', 'Ended. `upload.state` says where the files are, `endReason` why it ended.'],
    FAILED: ['FAILED', 'Ended by a fault, with no files proven uploaded.'],
    LOST: ['LOST', 'Gone, with no word of how it ended.'],
  },
);

export const RecordingEndReason = defineEnum(
  'RecordingEndReason',
  'Why a recording ended. `endReasonCertain` says how sure that is.',
  {
    STOP_REQUESTED: ['STOP_REQUESTED', 'A stop was requested.'],
    IDLE: [
      'IDLE',
      'The recorder received no stream for maxIdleTime. Without notifications this is inferred, and uncertain.',
    ],
    MAX_DURATION: ['MAX_DURATION', 'A web page recording reached its maxRecordingHour.'],
    NOTHING_RECORDED: [
      'NOTHING_RECORDED',
      'No user sent a stream, so nothing was recorded (stop: 206, code 435).',
    ],
    START_FAILED: ['START_FAILED', 'Nothing ever confirmed that it ran.'],
    STORAGE_FAILED: [
      'STORAGE_FAILED',
      'The files could not be uploaded (event 1, uploader codes 32 and 47).',
    ],
    PAGE_LOAD_TIMEOUT: ['PAGE_LOAD_TIMEOUT', 'The recorded page did not load in time.'],
    CAPABILITY_LIMIT: ['CAPABILITY_LIMIT', 'The recorded page uses more than can be recorded.'],
    RECORDER_ERROR: [
      'RECORDER_ERROR',
      'The recorder, or another part of Agora, failed: event 71 said so (certain), or an error of event 1 or an abnormal exit (uncertain).',
    ],
    TOKEN_EXPIRED: [
      'TOKEN_EXPIRED',
      'The token expired (event 1, recorder code 109). A recording cannot renew it: start with one that lasts, up to 24 hours.',
    ],
    TOKEN_OR_PARAMETER: [
      'TOKEN_OR_PARAMETER',
      'A token or a parameter was wrong: event 1 reported it (certain), or the recording exited abnormally before it ran (uncertain).',
    ],
    EXPIRED: ['EXPIRED', 'Agora answers no more calls for it (resourceExpiredHour).'],
    UNKNOWN: ['UNKNOWN', 'Nothing shows why.'],
  },
);

export const ServiceStatus = defineEnum(
  'ServiceStatus',
  "Agora's service status, as in replies to query and in event 3 (`status`).",
  named([...SERVICE_STATUSES, UNKNOWN]),
);

export const SubServiceState = defineEnum(
  'SubServiceState',
  'State of a submodule, as in older replies to query (`subServiceStatus`).',
  named([...SUB_SERVICE_STATUSES, UNKNOWN]),
);

export const ObservationSource = defineEnum('ObservationSource', 'Source of an observation.', {
  COMMAND: ['COMMAND', 'A call made for a user.'],
  NOTIFICATION: ['NOTIFICATION', "A notification of Agora's message service."],
  POLL: ['POLL', 'A query that the gateway made by itself.'],
  CLOCK: ['CLOCK', "The gateway's own clock: a deadline passed, or an outage is over."],
});

export const PhaseEvidenceKind = defineEnum(
  'PhaseEvidenceKind',
  'What a phase rests on: a proof, or the silence that it is inferred from. More kinds may be added.',
  {
    START_SENT: ['START_SENT', 'The start that was sent.'],
    START_REPLY: ['START_REPLY', "Agora's reply to a start."],
    QUERY_REPLY: ['QUERY_REPLY', "Agora's reply to a query."],
    STOP_REPLY: ['STOP_REPLY', "Agora's reply to a stop."],
    NOTIFICATION: ['NOTIFICATION', "A notification of Agora's."],
    START_REFUSED: ['START_REFUSED', 'Agora refused the start, and nothing was seen since.'],
    START_UNCONFIRMED: ['START_UNCONFIRMED', 'Nothing confirmed the start in time.'],
    NOT_FOUND: ['NOT_FOUND', 'Agora has not known the recording for longer than a fail-over takes.'],
    END_UNCONFIRMED: ['END_UNCONFIRMED', 'A stop was accepted, and no report of the end followed.'],
    SILENT: ['SILENT', 'Nothing was heard for too long of a recording that cannot be queried.'],
  },
);

export const CallReason = defineEnum(
  'CallReason',
  'Why Agora is called about a recording.',
  named(CALL_REASON_NAMES.map((name) => ({ name, description: CALL_REASONS[name] }))),
);

export const ProblemCode = defineEnum(
  'ProblemCode',
  'The kind of a problem. More kinds may be added.',
  Object.fromEntries(
    Object.entries(PROBLEMS).map(([name, { description }]) => [name, [name, description]]),
  ) as unknown as Record<Code, [Code, string]>,
);

export const ProblemSeverity = defineEnum('ProblemSeverity', 'How bad a problem is.', {
  WARNING: ['WARNING', 'The recording continues, and its files are expected.'],
  ERROR: ['ERROR', 'Something is missing, or will be without action.'],
});

export const GatewayMode = defineEnum('GatewayMode', 'What the gateway works with.', {
  SANDBOX: ['SANDBOX', 'A sandbox, which records nothing.'],
  AGORA: ['AGORA', 'Agora Cloud Recording.'],
});

export const RecordingsChangeKind = defineEnum(
  'RecordingsChangeKind',
  'What a change is for a list of recordings with the filter of the subscription.',
  {
    STARTED: [
      'STARTED',
      'New in the list: it was started, first seen, or a change brought it into the filter. Put it where the order of the list has it.',
    ],
    CHANGED: ['CHANGED', 'It was in the list, and changed. A list that has not loaded its page ignores it.'],
    LEFT_FILTER: [
      'LEFT_FILTER',
      'It is no longer in the list, and is still there without the filter. Sent once.',
    ],
    REMOVED: [
      'REMOVED',
      'It is gone: removed for its age or by forgetRecording, or found to be the same as another one, which stays.',
    ],
  },
);

export const FileKind = defineEnum('FileKind', 'What kind of file it is, by the ending of its name.', {
  PLAYLIST: ['PLAYLIST', 'An M3U8 playlist.'],
  MP4: ['MP4', 'An MP4 file.'],
  MPD: ['MPD', 'An MPD index.'],
  SNAPSHOT: ['SNAPSHOT', 'A JPEG screenshot.'],
  OTHER: ['OTHER', 'Anything else.'],
});

export const TrackType = defineEnum('TrackType', 'What a file or slice holds (`trackType`).', {
  AUDIO: ['audio', 'Audio only.'],
  VIDEO: ['video', 'Video only.'],
  AUDIO_AND_VIDEO: ['audio_and_video', 'Audio and video.'],
  UNKNOWN: ['unknown', UNKNOWN.description],
});

export const UploadState = defineEnum('UploadState', 'Where the files are.', {
  NOT_STARTED: ['NOT_STARTED', 'Nothing has been uploaded.'],
  IN_PROGRESS: ['IN_PROGRESS', 'Files are being uploaded, during the recording or after it.'],
  UPLOADED: ['UPLOADED', 'All files are in the storage (event 31, or stop: `uploaded`).'],
  BACKED_UP: [
    'BACKED_UP',
    "All files are uploaded, some of them to Agora's backup cloud, which forwards them (event 32, or stop: `backuped`).",
  ],
  FAILED: ['FAILED', 'The upload failed.'],
  UNKNOWN: ['UNKNOWN', 'The recording has ended, and nothing shows where its files are.'],
});

export const FileOrder = defineEnum(
  'FileOrder',
  'How a list of files is ordered. The time of a file is its `startedAt`; where that is null, when its recording started or, for a ' +
    'screenshot, when it was reported.',
  {
    TIME_DESC: ['TIME_DESC', 'The latest first.'],
    TIME_ASC: ['TIME_ASC', 'The earliest first.'],
    NAME_ASC: ['NAME_ASC', 'By name, in the order of its bytes in UTF-8.'],
    NAME_DESC: ['NAME_DESC', 'The same, backwards.'],
  },
);

export const RecordingOrder = defineEnum('RecordingOrder', 'How a list of recordings is ordered.', {
  STARTED_AT_DESC: ['STARTED_AT_DESC', 'The latest started first.'],
  STARTED_AT_ASC: ['STARTED_AT_ASC', 'The earliest started first.'],
  ENDED_AT_DESC: ['ENDED_AT_DESC', 'Those that have not ended first, then the latest ended.'],
  ENDED_AT_ASC: ['ENDED_AT_ASC', 'The earliest ended first, and those that have not ended last.'],
  CHANGED_AT_DESC: ['CHANGED_AT_DESC', 'The latest changed first.'],
  CHANGED_AT_ASC: ['CHANGED_AT_ASC', 'The earliest changed first.'],
  CHANNEL_ASC: ['CHANNEL_ASC', 'By channel, in the order of its bytes in UTF-8.'],
  CHANNEL_DESC: ['CHANNEL_DESC', 'By channel, backwards.'],
});

export const RecordingEventType = defineEnum(
  'RecordingEventType',
  "The kinds of events: Agora's notifications by their msgName in capitals, and what the gateway saw by itself.",
  {
    ...named(EVENT_TYPES.filter((type) => type.name !== 'BACKUPED')),
    BACKED_UP,
    COMMAND: ['COMMAND', 'A call made for a user, and its outcome.'],
    POLL: ['POLL', "Agora's answer to a query that the gateway made by itself."],
    CLOCK: [
      'CLOCK',
      'A deadline passed without the evidence that was expected, or no gateway ran for a while.',
    ],
    METADATA: ['METADATA', 'The metadata was changed by updateMetadata.'],
    MUTATION: ['MUTATION', 'A caller sent a mutation about the recording.'],
    SEQUENCE_GAP: ['SEQUENCE_GAP', 'Notifications have been missing for some seconds.'],
    UNKNOWN: ['UNKNOWN', 'A notification that this gateway does not know; see `typeCode` and `raw`.'],
  },
);

export const MutationResult = defineEnum('MutationResult', 'The result of a mutation.', {
  OK: ['OK', 'It was done.'],
  USER_ERROR: ['USER_ERROR', 'It returned userErrors.'],
  ERROR: ['ERROR', 'It ended with a GraphQL error.'],
});

export const EventService = defineEnum(
  'EventService',
  'The service that sent a notification (`serviceType`).',
  named([...SERVICE_TYPES, UNKNOWN]),
);

export const EventModule = defineEnum(
  'EventModule',
  'The module that an error or warning is of (`module` of events 1 and 2).',
  named([...MODULES, UNKNOWN]),
);

export const EventErrorLevel = defineEnum(
  'EventErrorLevel',
  'How grave an error is (`errorLevel` of event 1).',
  named([...ERROR_LEVELS, UNKNOWN]),
);

export const EventError = defineEnum(
  'EventError',
  'What went wrong: `errorCode` of event 1, of the uploader and of the cloud recording service. The ' +
    'codes of the recorder are listed nowhere.',
  named([...EVENT_ERRORS, UNKNOWN]),
);

export const EventWarning = defineEnum(
  'EventWarning',
  'The warning: `warnCode` of event 2, of the uploader.',
  named([...EVENT_WARNINGS, UNKNOWN]),
);

export const EventStatus = defineEnum(
  'EventStatus',
  'Whether things are as they should be (`stat`, `status` and `exitStatus`).',
  named(EVENT_STATUSES),
);

export const StreamReceiveState = defineEnum(
  'StreamReceiveState',
  'Whether the recorder receives a stream (`state` of events 43 and 44).',
  named([...STREAM_STATES, UNKNOWN]),
);

export const LeaveReason = defineEnum(
  'LeaveReason',
  'Why the recorder left, by the bits of `leaveCode`. The raw code is always given too.',
  named([...LEAVE_REASONS, { name: 'UNKNOWN', description: 'Bits that no document names.' } as const]),
);

export const ListedLeaveReason = defineEnum(
  'ListedLeaveReason',
  'Why the recorder left, by an older list of single values for `leaveCode`. The raw code is always given too.',
  named([...LISTED_LEAVE_REASONS, UNKNOWN]),
);

export const WebStopReason = defineEnum(
  'WebStopReason',
  'Why page recording stopped (`code` of event 71).',
  named([...WEB_STOP_REASONS, UNKNOWN]),
);

export const WebCapabilityLimit = defineEnum(
  'WebCapabilityLimit',
  'What of a page is too much to be recorded (`limitType` of event 72).',
  named([...CAPABILITY_LIMITS, UNKNOWN]),
);

export const WebReloadReason = defineEnum(
  'WebReloadReason',
  'Why a page was reloaded (`reason` of event 73).',
  named([...RELOAD_REASONS, UNKNOWN]),
);

export const TranscodingResult = defineEnum(
  'TranscodingResult',
  'The result of postponed transcoding (`result` of events 81 and 1001).',
  named([...TRANSCODING_RESULTS, UNKNOWN]),
);

export const CallOperation = defineEnum('CallOperation', "An operation of Agora's REST API.", {
  ACQUIRE: ['acquire', 'Reserves a resource.'],
  START: ['start', 'Starts a recording.'],
  QUERY: ['query', 'Asks for the state of a recording.'],
  UPDATE: ['update', 'Changes subscriptions, pause, push addresses or storage credentials.'],
  UPDATE_LAYOUT: ['updateLayout', 'Replaces the layout of a composite recording.'],
  STOP: ['stop', 'Ends a recording.'],
});

export const CallOutcome = defineEnum('CallOutcome', 'The outcome of a call.', {
  SENT: ['SENT', 'Written down, and about to be sent.'],
  ANSWERED: ['ANSWERED', 'Agora answered; see `httpStatus` and `agoraCode`.'],
  ADOPTED: ['ADOPTED', 'A recording that was started elsewhere was taken over, after a query that found it.'],
  NOT_SENT: ['NOT_SENT', 'No turn or no connection was to be had: Agora was not asked.'],
  NOT_ANSWERED: ['NOT_ANSWERED', 'No answer came; whether Agora acted is in doubt.'],
});

export const WatchDeadline = defineEnum('WatchDeadline', "A deadline of the gateway's own.", {
  START_UNCONFIRMED: ['START_UNCONFIRMED', 'No evidence that a start runs, within 90 seconds.'],
  NOT_FOUND: [
    'NOT_FOUND',
    'Agora has not known the recording for longer than a fail-over takes (90 seconds).',
  ],
  END_UNCONFIRMED: [
    'END_UNCONFIRMED',
    'A stop was taken, and no word of the files followed within 30 minutes.',
  ],
  SILENT: ['SILENT', 'A recording that cannot be queried was not heard of for too long.'],
});

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

export const WebRecorderPhase = defineEnum(
  'WebRecorderPhase',
  'State of the page recorder (web_recorder_service).',
  {
    INIT: ['init', 'It is initialising.'],
    IN_PROGRESS: ['inProgress', 'It works.'],
    EXIT: ['exit', 'It has exited.'],
    UNKNOWN: ['unknown', UNKNOWN.description],
  },
);

export const PushStatus = defineEnum(
  'PushStatus',
  'State of a push to a CDN (rtmp_publish_service, event 100).',
  {
    CONNECTING: ['connecting', 'Connecting to the server.'],
    PUBLISHING: ['publishing', 'Pushing.'],
    ON_HOLD: ['onhold', 'Paused.'],
    DISCONNECTED: [
      'disconnected',
      'The server could not be reached. Check the address, or change it with updateRecording.',
    ],
    UNKNOWN: ['unknown', UNKNOWN.description],
  },
);

export const StorageVendor = defineEnum('StorageVendor', 'Who stores the files (storageConfig.vendor).', {
  ...named(STORAGE_VENDORS),
  ...named([UNKNOWN]),
});

/** The regions of a vendor; what is used inside is Agora's number. */
function regionEnum(name: string, vendor: string, rows: readonly { name: string; code: number }[]) {
  return defineEnum<string, number>(
    name,
    `Regions of ${vendor} (storageConfig.region). A region that is missing here goes as its number in \`other\`.`,
    Object.fromEntries(
      rows.map((row) => [
        row.name,
        [row.code, `${vendor}, region ${row.name}; number ${row.code} at Agora.`],
      ]),
    ),
  );
}

export const AmazonS3Region = regionEnum('AmazonS3Region', 'Amazon S3', AMAZON_S3_REGIONS);
export const AlibabaCloudRegion = regionEnum('AlibabaCloudRegion', 'Alibaba Cloud', ALIBABA_CLOUD_REGIONS);
export const TencentCloudRegion = regionEnum('TencentCloudRegion', 'Tencent Cloud', TENCENT_CLOUD_REGIONS);
export const KingsoftCloudRegion = regionEnum(
  'KingsoftCloudRegion',
  'Kingsoft Cloud',
  KINGSOFT_CLOUD_REGIONS,
);
export const HuaweiCloudRegion = regionEnum('HuaweiCloudRegion', 'Huawei Cloud', HUAWEI_CLOUD_REGIONS);
export const BaiduIntelligentCloudRegion = regionEnum(
  'BaiduIntelligentCloudRegion',
  'Baidu IntelligentCloud',
  BAIDU_INTELLIGENT_CLOUD_REGIONS,
);

export const GlobalStorageVendor = defineEnum('GlobalStorageVendor', 'Vendors whose region Agora ignores.', {
  MICROSOFT_AZURE: [5, 'Microsoft Azure.'],
  GOOGLE_CLOUD: [6, 'Google Cloud.'],
});

export const StorageEncryption = defineEnum(
  'StorageEncryption',
  'How Amazon S3 encrypts the files (extensionParams.sse).',
  { KMS: ['kms', 'With keys of KMS.'], AES256: ['aes256', 'AES-256.'] },
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

export const UserErrorCodes = defineEnum(
  'UserErrorCode',
  'What stood in the way of a mutation.',
  Object.fromEntries(
    Object.entries(USER_ERRORS).map(([code, { description }]) => [code, [code, description]]),
  ) as unknown as Record<UserErrorCode, readonly [UserErrorCode, string]>,
);

export const InputWarningCodes = defineEnum('InputWarningCode', 'What is wrong with a value of the input.', {
  NO_EFFECT: ['NO_EFFECT', "By Agora's documents the value has no effect in this case. Omit it."],
});

export const PlaybackUnavailableReason = defineEnum(
  'PlaybackUnavailableReason',
  'Why files of a recording cannot be read through the gateway. More reasons may be added.',
  named(
    (Object.keys(PLAYBACK_UNAVAILABLE) as (keyof typeof PLAYBACK_UNAVAILABLE)[]).map((name) => ({
      name,
      description: PLAYBACK_UNAVAILABLE[name],
    })),
  ),
);
