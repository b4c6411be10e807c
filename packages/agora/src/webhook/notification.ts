import { type AgoraFileList, readFileList, readTrackType, type TrackType } from './file-list.js';
import {
  type JsonObject,
  readList,
  readBoolean,
  readInteger,
  readObject,
  readString,
  readText,
  readTime,
} from './read.js';
import { EVENT_TYPES, eventTypeName, type NotificationTypeName } from '../tables/event-types.js';
import { contentHash } from './content-hash.js';
import { withDocumentedNames } from './property-names.js';

/** What postponed transcoding made of one user's files. */
export interface TranscodedUser {
  uid: string | null;
  result: string | null;
  fileList: AgoraFileList | null;
}

/** `details` of a notification by type; what is missing or unreadable is null. Events without a typed form are `OTHER`. */
export type NotificationDetails =
  | {
      type: 'CLOUD_RECORDING_ERROR';
      module: number | null;
      errorLevel: number | null;
      errorCode: number | null;
      stat: number | null;
      errorMsg: string | null;
    }
  | { type: 'CLOUD_RECORDING_WARNING'; module: number | null; warnCode: number | null }
  | {
      type: 'CLOUD_RECORDING_STATUS_UPDATE';
      status: number | null;
      recordingMode: number | null;
      fileList: AgoraFileList | null;
    }
  | { type: 'CLOUD_RECORDING_FILE_INFOS'; fileList: AgoraFileList | null }
  | { type: 'SESSION_EXIT'; exitStatus: number | null }
  | { type: 'SESSION_FAILOVER'; newUid: string | null }
  | { type: 'UPLOADER_STARTED' | 'RECORDER_STARTED'; status: number | null }
  | { type: 'UPLOADED' | 'BACKUPED'; status: number | null; fileList: AgoraFileList | null }
  | { type: 'UPLOADING_PROGRESS'; progress: number | null }
  | { type: 'RECORDER_LEAVE'; leaveCode: number | null }
  | {
      type: 'WEB_RECORDER_STOPPED';
      code: number | null;
      message: string | null;
      /** More words, where there are any. */
      details: string | null;
      fileList: AgoraFileList | null;
    }
  | {
      type: 'RECORDER_SLICE_START';
      startUtcMs: number | null;
      discontinueUtcMs: number | null;
      mixedAllUser: boolean | null;
      streamUid: string | null;
      trackType: TrackType | null;
    }
  | {
      type: 'RECORDER_AUDIO_STREAM_STATE_CHANGED' | 'RECORDER_VIDEO_STREAM_STATE_CHANGED';
      streamUid: string | null;
      state: number | null;
      utcMs: number | null;
    }
  | { type: 'RECORDER_SNAPSHOT_FILE'; fileName: string | null }
  | { type: 'VOD_STARTED'; videoId: string | null }
  | { type: 'WEB_RECORDER_STARTED'; startedAt: number | null }
  | { type: 'WEB_RECORDER_CAPABILITY_LIMIT'; limitType: string | null }
  | { type: 'WEB_RECORDER_RELOAD'; reason: string | null }
  | { type: 'RTMP_PUBLISH_STATUS'; rtmpUrl: string | null; status: string | null }
  | { type: 'TRANSCODER_COMPLETED'; result: string | null; users: TranscodedUser[] }
  | { type: 'POSTPONE_TRANSCODE_FINAL_RESULT'; result: string | null; fileList: AgoraFileList | null }
  | {
      type: 'DOWNLOAD_FAILED';
      vendor: number | null;
      region: number | null;
      bucket: string | null;
      fileNames: string[];
    }
  | { type: 'OTHER' };

/** A notification of Agora's message notification service about one recording (docs/agora/notifications.md). */
export interface Notification {
  noticeId: string;
  eventType: number;
  typeName: NotificationTypeName;
  /** Empty if it does not say. */
  cname: string;
  /** Empty if it does not say. uid of the recorder that the event is of; another than the one started with after a fail-over. */
  uid: string;
  sid: string;
  sequence: number | null;
  /** When it happened, Unix milliseconds. */
  sendts: number;
  serviceType: number | null;
  details: NotificationDetails;
}

/** A word; null for a number, whose meaning Agora does not publish (docs/agora/notifications.md, Event details). */
function readWord(value: unknown): string | null {
  return readInteger(value) === null ? readText(value) : null;
}

function readDetails(type: NotificationTypeName, details: JsonObject): NotificationDetails {
  switch (type) {
    case 'CLOUD_RECORDING_ERROR':
      return {
        type,
        module: readInteger(details.module),
        errorLevel: readInteger(details.errorLevel),
        errorCode: readInteger(details.errorCode),
        stat: readInteger(details.stat),
        errorMsg: readText(details.errorMsg),
      };
    case 'CLOUD_RECORDING_WARNING':
      return { type, module: readInteger(details.module), warnCode: readInteger(details.warnCode) };
    case 'CLOUD_RECORDING_STATUS_UPDATE':
      return {
        type,
        status: readInteger(details.status),
        recordingMode: readInteger(details.recordingMode),
        fileList: readFileList(details.fileList),
      };
    case 'CLOUD_RECORDING_FILE_INFOS':
      return { type, fileList: readFileList(details.fileList) };
    case 'SESSION_EXIT':
      // Older pages call it leaveStatus, newer ones exitStatus (docs/agora/notifications.md, Event types).
      return { type, exitStatus: readInteger(details.exitStatus) ?? readInteger(details.leaveStatus) };
    case 'SESSION_FAILOVER':
      return { type, newUid: readString(details.newUid) };
    case 'UPLOADER_STARTED':
    case 'RECORDER_STARTED':
      return { type, status: readInteger(details.status) };
    case 'UPLOADED':
    case 'BACKUPED':
      return { type, status: readInteger(details.status), fileList: readFileList(details.fileList) };
    case 'UPLOADING_PROGRESS':
      return { type, progress: readInteger(details.progress) };
    case 'RECORDER_LEAVE':
      return { type, leaveCode: readInteger(details.leaveCode) };
    case 'WEB_RECORDER_STOPPED':
      return {
        type,
        code: readInteger(details.code),
        message: readText(details.message),
        details: readText(details.details),
        fileList: readFileList(details.fileList),
      };
    case 'RECORDER_SLICE_START':
      return {
        type,
        startUtcMs: readTime(details.startUtcMs),
        discontinueUtcMs: readTime(details.discontinueUtcMs),
        mixedAllUser: readBoolean(details.mixedAllUser),
        streamUid: readString(details.streamUid),
        trackType: readTrackType(details.trackType),
      };
    case 'RECORDER_AUDIO_STREAM_STATE_CHANGED':
    case 'RECORDER_VIDEO_STREAM_STATE_CHANGED':
      return {
        type,
        streamUid: readString(details.streamUid),
        state: readInteger(details.state),
        utcMs: readTime(details.UtcMs),
      };
    case 'RECORDER_SNAPSHOT_FILE':
      return { type, fileName: readText(details.fileName) };
    case 'VOD_STARTED':
      return { type, videoId: readText(readObject(details.aliVodInfo)?.videoId) };
    case 'WEB_RECORDER_STARTED':
      return { type, startedAt: readTime(details.recorderStartTime) };
    case 'WEB_RECORDER_CAPABILITY_LIMIT':
      return { type, limitType: readText(details.limitType) };
    case 'WEB_RECORDER_RELOAD':
      return { type, reason: readText(details.reason) };
    case 'RTMP_PUBLISH_STATUS':
      return { type, rtmpUrl: readText(details.rtmpUrl), status: readWord(details.status) };
    case 'TRANSCODER_COMPLETED':
      return {
        type,
        result: readText(details.result),
        users: readList(details.uids).map((user) => ({
          uid: readString(readObject(user)?.uid),
          result: readText(readObject(user)?.result),
          fileList: readFileList(readObject(user)?.fileList),
        })),
      };
    case 'POSTPONE_TRANSCODE_FINAL_RESULT':
      return { type, result: readText(details.result), fileList: readFileList(details.fileList) };
    case 'DOWNLOAD_FAILED':
      return {
        type,
        vendor: readInteger(details.vendor),
        region: readInteger(details.region),
        bucket: readText(details.bucket),
        fileNames: (readText(details.fileName) ?? '').split(';').filter((name) => name !== ''),
      };
    default:
      return { type: 'OTHER' };
  }
}

/** Cloud Recording's productId; notifications of other products may arrive at the same address. */
const CLOUD_RECORDING_PRODUCT = 3;

/** Events of Cloud Transcoder, whose messages are about a task and have no sid (docs/agora/notifications.md, Event types). */
const CLOUD_TRANSCODER_EVENTS = new Set([110, 111, 112, 113]);

/** The name of a page recording has up to 1024 bytes, the others are shorter. Longer ones are cut, since the database indexes them. */
const MAX_NAME_BYTES = 1_024;

/** Why a well-formed message is about no recording: answered with 200, and not stored. */
export type NotARecording = 'not-an-object' | 'other-product' | 'console-check' | 'no-recording';

export type NotificationReading =
  { about: 'recording'; notification: Notification } | { about: 'nothing'; reason: NotARecording };

/** The first of the objects that has the property, read; null if none has. */
function firstOf<T>(
  objects: readonly JsonObject[],
  name: string,
  read: (value: unknown) => T | null,
): T | null {
  for (const object of objects) {
    const value = read(object[name]);
    if (value !== null) return value;
  }
  return null;
}

/** At most MAX_NAME_BYTES of a name, in whole characters. */
function cut(name: string): string {
  if (Buffer.byteLength(name) <= MAX_NAME_BYTES) return name;
  const bytes = Buffer.from(name).subarray(0, MAX_NAME_BYTES);
  return new TextDecoder().decode(bytes, { stream: true });
}

/** The type by its number, or by the name of the event where the number is missing or a word; 0 if neither is known. */
function readEventType(envelope: JsonObject, details: JsonObject): number {
  const code = readInteger(envelope.eventType);
  if (code !== null) return code;
  const names = [readText(envelope.eventType), readText(details.msgName)].map((name) => name?.toUpperCase());
  return EVENT_TYPES.find(({ name }) => names.includes(name))?.code ?? UNKNOWN_EVENT;
}

const UNKNOWN_EVENT = 0;

/**
 * Reads one envelope. Loosely, because Agora adds fields and event types, and moves them: each fact is read in whatever
 * place it is found, and all that is needed is a sid. The console's check sends made-up events of channel `test_webhook`
 * (docs/agora/notifications.md). `receivedAt`: the time of one that has none, Unix milliseconds.
 */
export function readNotification(body: unknown, receivedAt: number | null = null): NotificationReading {
  const envelope = readObject(withDocumentedNames(body));
  if (envelope === null) return { about: 'nothing', reason: 'not-an-object' };
  const productId = readInteger(envelope.productId);
  if (productId !== null && productId !== CLOUD_RECORDING_PRODUCT)
    return { about: 'nothing', reason: 'other-product' };
  const payload = readObject(envelope.payload) ?? {};
  // What an event says stands in the details, or next to them.
  const details = {
    ...envelope,
    ...payload,
    ...(readObject(payload.details) ?? readObject(envelope.details)),
  };
  const places = [payload, envelope, details];
  const cname = firstOf(places, 'cname', readText) ?? firstOf(places, 'channelName', readText);
  if (cname === 'test_webhook') return { about: 'nothing', reason: 'console-check' };
  const sid = firstOf(places, 'sid', readText);
  const eventType = readEventType(envelope, details);
  if (sid === null && CLOUD_TRANSCODER_EVENTS.has(eventType)) {
    return { about: 'nothing', reason: 'other-product' };
  }
  const noticeId = readText(envelope.noticeId) ?? readText(envelope.notificationId);
  const sendts =
    firstOf(places, 'sendts', readTime) ??
    firstOf(places, 'eventMs', readTime) ??
    readTime(envelope.notifyMs) ??
    receivedAt;
  if (sid === null || sendts === null) {
    return { about: 'nothing', reason: 'no-recording' };
  }
  const { notifyMs: _attempt, ...content } = envelope;
  const typeName = eventTypeName(eventType);
  return {
    about: 'recording',
    notification: {
      // Without a noticeId, a resend is recognized by its content.
      noticeId: cut(noticeId ?? contentHash(content)),
      eventType,
      typeName,
      cname: cut(cname ?? ''),
      uid: cut(firstOf(places, 'uid', readText) ?? ''),
      sid: cut(sid),
      sequence: firstOf(places, 'sequence', readInteger),
      sendts,
      serviceType: firstOf(places, 'serviceType', readInteger),
      details: readDetails(typeName, details),
    },
  };
}
