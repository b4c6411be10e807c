import { type Notification } from '@agora-recording-gateway/agora/webhook/notification';
import {
  CAPABILITY_LIMITS,
  ERROR_LEVELS,
  EVENT_ERRORS,
  eventStatus,
  EVENT_WARNINGS,
  leaveReasons,
  LISTED_LEAVE_REASONS,
  MODULES,
  nameInModule,
  nameOf,
  nameOfWord,
  RELOAD_REASONS,
  SERVICE_TYPES,
  STREAM_STATES,
  TRANSCODING_RESULTS,
  WEB_STOP_REASONS,
} from '@agora-recording-gateway/agora/tables/event-details';
import { type NotificationTypeName } from '@agora-recording-gateway/agora/tables/event-types';
import { serviceStatusName } from '@agora-recording-gateway/agora/tables/service-status';
import { type Observation } from '../../recordings/observation.js';
import { type StoredObservation } from '../../store/log/rows.js';
import { presentFileList, presentOutput, presentSnapshot, type Presented } from './present.js';

/** From what was seen of a recording to the schema's events. */

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
  RECORDER_AUDIO_INFO_CHANGED: 'RecorderAudioInfoChangedEvent',
  RECORDER_VIDEO_INFO_CHANGED: 'RecorderVideoInfoChangedEvent',
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
        error: nameInModule(EVENT_ERRORS, details.module, details.errorCode),
        errorCode: details.errorCode,
        status: eventStatus(details.stat),
        statusCode: details.stat,
        errorMessage: details.errorMsg,
      };
    case 'CLOUD_RECORDING_WARNING':
      return {
        __typename: 'CloudRecordingWarningEvent',
        module: nameOf(MODULES, details.module),
        moduleCode: details.module,
        warning: nameInModule(EVENT_WARNINGS, details.module, details.warnCode),
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
      return {
        __typename: 'SessionExitEvent',
        exitStatus: eventStatus(details.exitStatus),
        exitStatusCode: details.exitStatus,
      };
    case 'SESSION_FAILOVER':
      return { __typename: 'SessionFailoverEvent', newUid: details.newUid };
    case 'UPLOADER_STARTED':
    case 'RECORDER_STARTED':
      return {
        __typename: details.type === 'UPLOADER_STARTED' ? 'UploaderStartedEvent' : 'RecorderStartedEvent',
        status: eventStatus(details.status),
        statusCode: details.status,
      };
    case 'UPLOADED':
    case 'BACKUPED':
      return {
        __typename: details.type === 'UPLOADED' ? 'UploadedEvent' : 'BackedUpEvent',
        status: eventStatus(details.status),
        statusCode: details.status,
        fileList: presentFileList(recordingId, details.fileList),
      };
    case 'UPLOADING_PROGRESS':
      return { __typename: 'UploadingProgressEvent', progress: share(details.progress) };
    case 'RECORDER_LEAVE':
      return {
        __typename: 'RecorderLeaveEvent',
        leaveCode: details.leaveCode,
        leaveReasons: details.leaveCode === null ? [] : leaveReasons(details.leaveCode),
        listedLeaveReason: nameOf(LISTED_LEAVE_REASONS, details.leaveCode),
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
        stopReason: nameOf(WEB_STOP_REASONS, details.code),
        stopCode: details.code,
        message: details.message,
        details: details.details,
        fileList: presentFileList(recordingId, details.fileList),
      };
    case 'WEB_RECORDER_CAPABILITY_LIMIT':
      return {
        __typename: 'WebRecorderCapabilityLimitEvent',
        limitType: nameOfWord(CAPABILITY_LIMITS, details.limitType),
      };
    case 'WEB_RECORDER_RELOAD':
      return {
        __typename: 'WebRecorderReloadEvent',
        reloadReason: nameOfWord(RELOAD_REASONS, details.reason),
      };
    case 'TRANSCODER_COMPLETED':
      return {
        __typename: 'TranscoderCompletedEvent',
        result: nameOfWord(TRANSCODING_RESULTS, details.result),
        users: details.users.map(({ uid, result, fileList }) => ({
          uid,
          result: nameOfWord(TRANSCODING_RESULTS, result),
          fileList: presentFileList(recordingId, fileList),
        })),
      };
    case 'POSTPONE_TRANSCODE_FINAL_RESULT':
      return {
        __typename: 'PostponeTranscodeFinalResultEvent',
        result: nameOfWord(TRANSCODING_RESULTS, details.result),
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

function presentContent(
  { content, occurredAt }: Pick<Observation, 'content' | 'occurredAt'>,
  type: string,
  recordingId: string,
): Presented {
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
    case 'metadata':
      return { __typename: 'MetadataEvent', metadata: content.metadata, changedBy: content.by };
    case 'mutation': {
      const { operation, caller, requestId, input, result, codes } = content;
      return {
        __typename: 'MutationEvent',
        mutation: operation,
        caller,
        gatewayRequestId: requestId,
        input,
        mutationResult: result,
        errorCodes: codes,
      };
    }
    case 'file-check':
      return { __typename: 'FileCheckEvent', fileCheck: { ...content.check, checkedAt: occurredAt } };
    case 'gap':
      return { __typename: 'SequenceGapEvent', gap: content.gap };
  }
}

export type PresentedEvent = ReturnType<typeof presentEvent>;

export function presentEvent({ observation, type }: StoredObservation) {
  const { content, recordingId } = observation;
  const notification = content.kind === 'notification' ? content.notification : null;
  return {
    ...presentContent(observation, type, recordingId),
    id: observation.id,
    recordingId,
    type,
    typeCode: notification?.eventType ?? null,
    service: nameOf(SERVICE_TYPES, notification?.serviceType ?? null),
    serviceType: notification?.serviceType ?? null,
    sequence: notification?.sequence ?? null,
    occurredAt: observation.occurredAt,
    receivedAt: observation.receivedAt,
    source: observation.source,
    rawText: observation.raw,
  };
}
