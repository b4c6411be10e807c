import { type AgoraFile, type AgoraFileList } from '../agora/file-list.js';
import { ERROR_LEVELS, leaveReasons, MODULES, nameOf, STREAM_STATES } from '../agora/tables/event-details.js';
import { serviceStatusName } from '../agora/tables/service-status.js';
import { storageRegion, storageVendor } from '../agora/tables/storage-vendors.js';
import { type Notification } from '../agora/notification.js';
import { type ExtensionService } from '../agora/reply.js';
import { type NotificationTypeName } from '../agora/tables/event-types.js';
import { type ObservationContent, type StorageLocation } from '../recordings/observation.js';
import { type Recording } from '../recordings/recording.js';
import { type StoredObservation } from '../store/rows.js';
import { encodeFileId } from './node-id.js';
import { type RecordedFileType } from './types/file.type.js';
import { type StorageLocationType } from './types/settings.type.js';
import { type RecordingType } from './types/recording.type.js';

/** From the domain's words to the schema's: the objects that fields are read from. */

const KINDS: readonly [RegExp, string][] = [
  [/\.m3u8$/i, 'PLAYLIST'],
  [/\.mp4$/i, 'MP4'],
  [/\.mpd$/i, 'MPD'],
  [/\.jpe?g$/i, 'SNAPSHOT'],
];

export function presentFile(recordingId: string, file: AgoraFile): RecordedFileType {
  return {
    id: encodeFileId(recordingId, file.fileName),
    fileName: file.fileName,
    kind: KINDS.find(([ending]) => ending.test(file.fileName))?.[1] ?? 'OTHER',
    trackType: file.trackType,
    uid: file.uid,
    mixedAllUsers: file.mixedAllUser,
    playable: file.isPlayable,
    startedAt: file.sliceStartTime,
  };
}

function presentFileList(recordingId: string, list: AgoraFileList | null) {
  if (list === null) return null;
  return list.kind === 'playlist'
    ? { __typename: 'PlaylistFile' as const, fileName: list.fileName }
    : {
        __typename: 'RecordedFileSet' as const,
        files: list.files.map((file) => presentFile(recordingId, file)),
      };
}

function presentSnapshot(recordingId: string, fileName: string): RecordedFileType {
  const unsaid = { trackType: null, uid: null, mixedAllUser: null, isPlayable: null, sliceStartTime: null };
  return presentFile(recordingId, { fileName, ...unsaid });
}

function presentIndividual(
  recordingId: string,
  { latestSnapshot, snapshotCount }: { latestSnapshot: string | null; snapshotCount: number },
) {
  return {
    latestSnapshot: latestSnapshot === null ? null : presentSnapshot(recordingId, latestSnapshot),
    snapshotCount,
  };
}

/** A word of Agora's that the enum has, or `unknown`. */
function knownWord(words: readonly string[], word: string | null): string | null {
  return word === null || words.includes(word) ? word : 'unknown';
}

function recorderPhase(state: string | null): string | null {
  return knownWord(['init', 'inProgress', 'exit'], state);
}

function presentOutput({ address, status }: { address: string; status: string | null }) {
  return { address, status: knownWord(['connecting', 'publishing', 'onhold', 'disconnected'], status) };
}

const UPLOAD_STATES = { uploaded: 'UPLOADED', backuped: 'BACKED_UP', unknown: 'UNKNOWN' } as const;

function presentService(recordingId: string, service: ExtensionService): Presented {
  const { serviceName, state, onhold, fileList, uploadingStatus, outputs, videoInfo } = service;
  switch (serviceName) {
    case 'web_recorder_service':
      return {
        __typename: 'WebRecorderState',
        state: recorderPhase(state),
        paused: onhold,
        fileList: presentFileList(recordingId, fileList),
      };
    case 'rtmp_publish_service':
      return {
        __typename: 'RtmpPublishState',
        outputs: outputs.map(({ rtmpUrl, status }) => presentOutput({ address: rtmpUrl, status })),
      };
    case 'upload_service':
      return {
        __typename: 'UploadServiceState',
        uploadState: uploadingStatus === null ? null : UPLOAD_STATES[uploadingStatus],
      };
    case 'aliyun_vod_service':
      return { __typename: 'VodServiceState', serviceState: state, videos: videoInfo };
    default:
      return { __typename: 'UnknownServiceState', serviceName, serviceState: state };
  }
}

function presentStorage(storage: StorageLocation): StorageLocationType {
  const { vendor, region, sse, expireAt, ...same } = storage;
  return {
    ...same,
    vendor: storageVendor(vendor)?.name ?? 'UNKNOWN',
    vendorCode: vendor,
    region: storageRegion(vendor, region)?.name ?? null,
    regionCode: region,
    encryption: sse,
    credentialsExpireAt: expireAt,
  };
}

export function presentRecording(recording: Recording): RecordingType {
  const {
    settings,
    storage,
    files,
    problems,
    subServiceStatus,
    individual,
    web,
    extensionServices,
    ...same
  } = recording;
  return {
    ...same,
    fileList: presentFileList(recording.id, recording.fileList),
    subServiceStatus:
      subServiceStatus === null ? null : { recordingService: subServiceStatus.recordingService ?? null },
    composite: recording.mode === 'COMPOSITE' ? (settings?.transcoding ?? null) : null,
    individual: individual === null ? null : presentIndividual(recording.id, individual),
    web:
      web === null
        ? null
        : {
            ...web,
            recorderState: recorderPhase(web.recorderState),
            outputs: web.outputs.map(presentOutput),
          },
    extensionServices: extensionServices.map((service) => presentService(recording.id, service)),
    settings,
    storage: storage === null ? null : presentStorage(storage),
    allFiles: files.map((file) => presentFile(recording.id, file)),
    allProblems: problems,
  };
}

/** An object of one of the event types; its fields are those of the type. */
type Presented = { __typename: string; [field: string]: unknown };

/** `progress` of event 33 runs from 0 to 10,000. */
function share(progress: number | null): number | null {
  return progress === null ? null : Math.min(1, Math.max(0, progress / 10_000));
}

function statusFields(code: number | null) {
  return { serviceStatus: code === null ? null : serviceStatusName(code), serviceStatusCode: code };
}

/** Events of which there is nothing more to say than that they happened. */
const PLAIN_EVENTS: Partial<Record<NotificationTypeName, string>> = {
  HA_REGISTER_SUCCESS: 'HaRegisterSuccessEvent',
  STS_EXPIRED: 'StsExpiredEvent',
  VOD_TRIGGERED: 'VodTriggeredEvent',
  TRANSCODER_STARTED: 'TranscoderStartedEvent',
};

function presentDetails({ details, typeName }: Notification, recordingId: string): Presented {
  switch (details.type) {
    case 'CLOUD_RECORDING_ERROR':
      return {
        __typename: 'CloudRecordingErrorEvent',
        module: nameOf(MODULES, details.module),
        moduleCode: details.module,
        errorLevel: nameOf(ERROR_LEVELS, details.errorLevel),
        errorLevelCode: details.errorLevel,
        errorCode: details.errorCode,
        stat: details.stat,
        errorMessage: details.errorMsg,
      };
    case 'CLOUD_RECORDING_WARNING':
      return {
        __typename: 'CloudRecordingWarningEvent',
        module: nameOf(MODULES, details.module),
        moduleCode: details.module,
        warnCode: details.warnCode,
      };
    case 'CLOUD_RECORDING_STATUS_UPDATE':
      return {
        __typename: 'CloudRecordingStatusUpdateEvent',
        ...statusFields(details.status),
        recordingModeCode: details.recordingMode,
        fileList: presentFileList(recordingId, details.fileList),
      };
    case 'CLOUD_RECORDING_FILE_INFOS':
      return {
        __typename: 'CloudRecordingFileInfosEvent',
        fileList: presentFileList(recordingId, details.fileList),
      };
    case 'SESSION_EXIT':
      return { __typename: 'SessionExitEvent', exitStatus: details.exitStatus };
    case 'SESSION_FAILOVER':
      return { __typename: 'SessionFailoverEvent', newUid: details.newUid };
    case 'UPLOADER_STARTED':
      return { __typename: 'UploaderStartedEvent', status: details.status };
    case 'RECORDER_STARTED':
      return { __typename: 'RecorderStartedEvent', status: details.status };
    case 'UPLOADED':
    case 'BACKUPED':
      return {
        __typename: details.type === 'UPLOADED' ? 'UploadedEvent' : 'BackupedEvent',
        status: details.status,
        fileList: presentFileList(recordingId, details.fileList),
      };
    case 'UPLOADING_PROGRESS':
      return { __typename: 'UploadingProgressEvent', progress: share(details.progress) };
    case 'RECORDER_LEAVE':
      return {
        __typename: 'RecorderLeaveEvent',
        leaveCode: details.leaveCode,
        leaveReasons: details.leaveCode === null ? [] : leaveReasons(details.leaveCode),
      };
    case 'RECORDER_SLICE_START':
      return {
        __typename: 'RecorderSliceStartEvent',
        startedAt: details.startUtcMs,
        discontinuedAt: details.discontinueUtcMs,
        mixedAllUsers: details.mixedAllUser,
        streamUid: details.streamUid,
        trackType: details.trackType,
      };
    case 'RECORDER_AUDIO_STREAM_STATE_CHANGED':
    case 'RECORDER_VIDEO_STREAM_STATE_CHANGED':
      return {
        __typename:
          details.type === 'RECORDER_AUDIO_STREAM_STATE_CHANGED'
            ? 'RecorderAudioStreamStateChangedEvent'
            : 'RecorderVideoStreamStateChangedEvent',
        streamUid: details.streamUid,
        state: nameOf(STREAM_STATES, details.state),
        stateCode: details.state,
        changedAt: details.utcMs,
      };
    case 'RECORDER_SNAPSHOT_FILE':
      return {
        __typename: 'RecorderSnapshotFileEvent',
        file: details.fileName === null ? null : presentSnapshot(recordingId, details.fileName),
      };
    case 'VOD_STARTED':
      return { __typename: 'VodStartedEvent', videoId: details.videoId };
    case 'WEB_RECORDER_STARTED':
      return { __typename: 'WebRecorderStartedEvent', startedAt: details.startedAt };
    case 'WEB_RECORDER_STOPPED':
      return {
        __typename: 'WebRecorderStoppedEvent',
        stopCode: details.code,
        message: details.message,
        details: details.details,
        fileList: presentFileList(recordingId, details.fileList),
      };
    case 'WEB_RECORDER_CAPABILITY_LIMIT':
      return { __typename: 'WebRecorderCapabilityLimitEvent', limitType: details.limitType };
    case 'WEB_RECORDER_RELOAD':
      return { __typename: 'WebRecorderReloadEvent', reloadReason: details.reason };
    case 'TRANSCODER_COMPLETED':
      return { __typename: 'TranscoderCompletedEvent', result: details.result };
    case 'POSTPONE_TRANSCODE_FINAL_RESULT':
      return {
        __typename: 'PostponeTranscodeFinalResultEvent',
        result: details.result,
        fileList: presentFileList(recordingId, details.fileList),
      };
    case 'DOWNLOAD_FAILED': {
      const { vendor, region, bucket, fileNames } = details;
      return { __typename: 'DownloadFailedEvent', vendor, region, bucket, fileNames };
    }
    case 'RTMP_PUBLISH_STATUS':
      return {
        __typename: 'RtmpPublishStatusEvent',
        output:
          details.rtmpUrl === null
            ? null
            : presentOutput({ address: details.rtmpUrl, status: details.status }),
      };
    case 'OTHER':
      return { __typename: PLAIN_EVENTS[typeName] ?? 'UnknownEvent' };
  }
}

function presentContent(content: ObservationContent, type: string, recordingId: string): Presented {
  const callType = type === 'POLL' ? 'PollEvent' : 'CommandEvent';
  const nothing = { httpStatus: null, agoraCode: null, reason: null, requestId: null, fileList: null };
  switch (content.kind) {
    case 'notification':
      return presentDetails(content.notification, recordingId);
    case 'adoption':
      return {
        __typename: callType,
        operation: 'query',
        outcome: 'ADOPTED',
        ...nothing,
        ...statusFields(null),
      };
    case 'attempt':
      return {
        __typename: callType,
        operation: content.operation,
        outcome: 'SENT',
        ...nothing,
        ...statusFields(null),
      };
    case 'no-reply':
      return {
        __typename: callType,
        operation: content.operation,
        outcome: content.sent ? 'NOT_ANSWERED' : 'NOT_SENT',
        ...nothing,
        reason: content.message,
        ...statusFields(null),
      };
    case 'reply':
      return {
        __typename: callType,
        operation: content.operation,
        outcome: 'ANSWERED',
        httpStatus: content.httpStatus,
        agoraCode: content.reply.code,
        reason: content.reply.reason,
        requestId: content.requestId,
        fileList: presentFileList(recordingId, content.reply.fileList),
        ...statusFields(content.reply.status),
      };
    case 'deadline':
      return { __typename: 'ClockEvent', deadline: content.deadline, outage: null };
    case 'outage':
      return { __typename: 'ClockEvent', deadline: null, outage: { from: content.from, to: content.to } };
    case 'gap':
      return { __typename: 'SequenceGapEvent', gap: content.gap };
  }
}

export type PresentedEvent = ReturnType<typeof presentEvent>;

export function presentEvent({ observation, type }: StoredObservation) {
  const { content, recordingId } = observation;
  const notification = content.kind === 'notification' ? content.notification : null;
  return {
    ...presentContent(content, type, recordingId),
    id: observation.id,
    recordingId,
    type,
    typeCode: notification?.eventType ?? null,
    serviceType: notification?.serviceType ?? null,
    sequence: notification?.sequence ?? null,
    occurredAt: observation.occurredAt,
    receivedAt: observation.receivedAt,
    source: observation.source,
    raw: observation.raw === null ? null : (JSON.parse(observation.raw) as unknown),
  };
}
