import { type AssumptionName } from '../assumptions.js';
import {
  type AgoraFileList,
  readFileList,
  readFileName,
  readTrackType,
  type TrackType,
} from './file-list.js';
import { type NamedRecording } from '../client/named-recording.js';
import { Reader, readObject } from './read.js';
import { EVENT_TYPES, eventTypeName, type NotificationTypeName } from '../tables/event-types.js';
import { contentHash } from './content-hash.js';
import { Places } from './places.js';

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
  /** What it names otherwise in another place; absent if all places agree. */
  alsoNames?: NamedRecording;
}

/** A word; null for a number, whose meaning Agora does not publish (docs/agora/notifications.md, Event details). */
function readPushStatus(value: unknown, reader: Reader): string | null {
  if (new Reader().integer(value) === null) return reader.text(value);
  reader.contradict('pushStatusIsWord');
  return null;
}

/** Bits of leaveCode that the newer documents name: 2, 4, 8 and 16; 0 says that the start failed. */
const LEAVE_BITS = 2 | 4 | 8 | 16;

function readLeaveCode(value: unknown, reader: Reader): number | null {
  const leaveCode = reader.integer(value);
  if (leaveCode === null || (leaveCode & ~LEAVE_BITS) !== 0) reader.contradict('leaveCodeIsBitmask');
  return leaveCode;
}

/** Older pages call it leaveStatus, newer ones exitStatus (docs/agora/notifications.md, Event types). */
function readExitStatus(detail: (name: string) => unknown, reader: Reader): number | null {
  const older = reader.integer(detail('leaveStatus'));
  if (older !== null) reader.contradict('sessionExitSaysExitStatus');
  return reader.integer(detail('exitStatus')) ?? older;
}

function readDetails(type: NotificationTypeName, places: Places): NotificationDetails {
  const { reader } = places;
  const detail = (name: string) => places.detail(name);
  const status = () => reader.integer(detail('status'), 'eventStatusIsNumber');
  switch (type) {
    case 'CLOUD_RECORDING_ERROR':
      return {
        type,
        module: reader.integer(detail('module')),
        errorLevel: reader.integer(detail('errorLevel')),
        errorCode: reader.integer(detail('errorCode')),
        stat: reader.integer(detail('stat')),
        errorMsg: reader.text(detail('errorMsg')),
      };
    case 'CLOUD_RECORDING_WARNING':
      return { type, module: reader.integer(detail('module')), warnCode: reader.integer(detail('warnCode')) };
    case 'CLOUD_RECORDING_STATUS_UPDATE':
      return {
        type,
        status: reader.integer(detail('status')),
        recordingMode: reader.integer(detail('recordingMode')),
        fileList: readFileList(detail('fileList'), reader),
      };
    case 'CLOUD_RECORDING_FILE_INFOS':
      return { type, fileList: readFileList(detail('fileList'), reader) };
    case 'SESSION_EXIT':
      return { type, exitStatus: readExitStatus(detail, reader) };
    case 'SESSION_FAILOVER':
      return { type, newUid: reader.uid(detail('newUid')) };
    case 'UPLOADER_STARTED':
    case 'RECORDER_STARTED':
      return { type, status: status() };
    case 'UPLOADED':
    case 'BACKUPED':
      return { type, status: status(), fileList: readFileList(detail('fileList'), reader) };
    case 'UPLOADING_PROGRESS':
      return { type, progress: reader.integer(detail('progress')) };
    case 'RECORDER_LEAVE':
      return { type, leaveCode: readLeaveCode(detail('leaveCode'), reader) };
    case 'WEB_RECORDER_STOPPED':
      return {
        type,
        code: reader.integer(detail('code')),
        message: reader.text(detail('message')),
        details: reader.text(places.details.details),
        fileList: readFileList(detail('fileList'), reader, 'filename'),
      };
    case 'RECORDER_SLICE_START':
      return {
        type,
        startUtcMs: reader.time(detail('startUtcMs')),
        discontinueUtcMs: reader.time(detail('discontinueUtcMs')),
        mixedAllUser: reader.boolean(detail('mixedAllUser'), 'sliceStartSaysMixedAllUserAsBoolean'),
        streamUid: reader.uid(detail('streamUid')),
        trackType: readTrackType(detail('trackType'), reader),
      };
    case 'RECORDER_AUDIO_STREAM_STATE_CHANGED':
    case 'RECORDER_VIDEO_STREAM_STATE_CHANGED':
      return {
        type,
        streamUid: reader.uid(detail('streamUid')),
        state: reader.integer(detail('state')),
        utcMs: reader.time(detail('UtcMs')),
      };
    case 'RECORDER_SNAPSHOT_FILE':
      return { type, fileName: readName(detail, reader) };
    case 'VOD_STARTED':
      return { type, videoId: reader.text(reader.object(detail('aliVodInfo'))?.videoId) };
    case 'WEB_RECORDER_STARTED':
      return { type, startedAt: reader.time(detail('recorderStartTime')) };
    case 'WEB_RECORDER_CAPABILITY_LIMIT':
      return { type, limitType: reader.word(detail('limitType')) };
    case 'WEB_RECORDER_RELOAD':
      return { type, reason: reader.word(detail('reason')) };
    case 'RTMP_PUBLISH_STATUS':
      return {
        type,
        rtmpUrl: reader.text(detail('rtmpUrl')),
        status: readPushStatus(detail('status'), reader),
      };
    case 'TRANSCODER_COMPLETED':
      return {
        type,
        result: reader.word(detail('result')),
        users: reader.list(detail('uids')).map((user) => ({
          uid: reader.uid(readObject(user)?.uid),
          result: reader.word(readObject(user)?.result),
          fileList: readFileList(readObject(user)?.fileList, reader),
        })),
      };
    case 'POSTPONE_TRANSCODE_FINAL_RESULT':
      return {
        type,
        result: reader.word(detail('result')),
        fileList: readFileList(detail('fileList'), reader),
      };
    case 'DOWNLOAD_FAILED':
      return {
        type,
        vendor: reader.integer(detail('vendor')),
        region: reader.integer(detail('region')),
        bucket: reader.text(detail('bucket')),
        fileNames: (readName(detail, reader) ?? '').split(';').filter((name) => name !== ''),
      };
    default:
      return { type: 'OTHER' };
  }
}

/** Cloud Recording's productId; notifications of other products may arrive at the same address. */
const CLOUD_RECORDING_PRODUCT = 3;

/** Events of Cloud Transcoder, whose messages are about a task and have no sid (docs/agora/notifications.md, Event types). */
const CLOUD_TRANSCODER_EVENTS = new Set([110, 111, 112, 113]);

/** The channel of the events that the console's check sends (docs/agora/notifications.md). */
const CHECK_CHANNEL = 'test_webhook';

/** The name of a page recording has up to 1024 bytes, the others are shorter. Longer ones are cut, since the database indexes them. */
const MAX_NAME_BYTES = 1_024;

/** Why a well-formed message is about no recording: answered with 200, and not stored. */
export const NOT_A_RECORDING = ['not-an-object', 'other-product', 'console-check', 'no-recording'] as const;

export type NotARecording = (typeof NOT_A_RECORDING)[number];

export type NotificationReading =
  | {
      about: 'recording';
      notification: Notification;
      /** Assumptions that its form contradicts. */
      contradicted: AssumptionName[];
      /** Whether it is the console's check, unless its recording is known. */
      mayBeCheck: boolean;
    }
  | { about: 'nothing'; reason: NotARecording };

/** At most MAX_NAME_BYTES of a name, in whole characters. */
function cut(name: string): string {
  if (Buffer.byteLength(name) <= MAX_NAME_BYTES) return name;
  const bytes = Buffer.from(name).subarray(0, MAX_NAME_BYTES);
  return new TextDecoder().decode(bytes, { stream: true });
}

function readName(detail: (name: string) => unknown, reader: Reader): string | null {
  return readFileName({ fileName: detail('fileName'), filename: detail('filename') }, reader);
}

/** The type by its number, or by the name of the event where the number is missing or a word; 0 if neither is known. */
function readEventType(places: Places): number {
  const { reader } = places;
  const code = places.first('eventType', (value) => reader.integer(value));
  if (code !== null) return code;
  const names = [
    places.first('eventType', (value) => reader.text(value)),
    reader.text(places.detail('msgName')),
  ];
  const found = EVENT_TYPES.find(({ name }) => names.some((given) => given?.toUpperCase() === name));
  if (names[0] !== null) reader.contradict('valuesHaveDocumentedTypes');
  return found?.code ?? UNKNOWN_EVENT;
}

const UNKNOWN_EVENT = 0;

/** When it happened, as far as it says. */
function readSendts(places: Places): number | null {
  const { reader } = places;
  const names = ['sendts', 'eventMs', 'notifyMs'];
  return names.reduce<number | null>(
    (found, name) => found ?? places.first(name, (value) => reader.time(value)),
    null,
  );
}

/**
 * Reads one envelope. Loosely, because Agora adds fields and event types, and moves them: each fact is read in whatever
 * place it is found, and all that is needed is a sid. The console's check sends made-up events of channel `test_webhook`
 * (docs/agora/notifications.md). `receivedAt`: the time of one that has none, Unix milliseconds.
 */
export function readNotification(body: unknown, receivedAt: number | null = null): NotificationReading {
  const reader = new Reader();
  const envelope = readObject(reader.named(body));
  if (envelope === null) return { about: 'nothing', reason: 'not-an-object' };
  const places = new Places(envelope, reader);
  const text = (value: unknown) => reader.text(value);
  const id = (value: unknown) => reader.id(value);
  const cname = places.first('cname', text) ?? places.first('channelName', text);
  const sid = places.first('sid', id);
  const eventType = readEventType(places);
  if (sid === null) return { about: 'nothing', reason: reasonWithoutSid(cname, eventType, places) };
  const productId = places.first('productId', (value) => reader.integer(value));
  if (productId !== null && productId !== CLOUD_RECORDING_PRODUCT)
    reader.contradict('productIsCloudRecording');
  const sendts = readSendts(places) ?? receivedAt;
  if (sendts === null) return { about: 'nothing', reason: 'no-recording' };
  const noticeId = places.first('noticeId', text) ?? places.first('notificationId', text);
  if (eventType === EVENT_THIRTEEN) reader.contradict('noEventThirteen');
  const { notifyMs: _attempt, ...content } = envelope;
  const typeName = eventTypeName(eventType);
  const alsoNames = places.otherNames();
  const notification: Notification = {
    // Without a noticeId, a resend is recognized by its content.
    noticeId: cut(noticeId ?? contentHash(content)),
    eventType,
    typeName,
    cname: cut(cname ?? ''),
    uid: cut(places.first('uid', (value) => reader.uid(value)) ?? ''),
    sid: cut(sid),
    sequence: places.first('sequence', (value) => reader.integer(value)),
    sendts,
    serviceType: places.first('serviceType', (value) => reader.integer(value)),
    details: readDetails(typeName, places),
    ...(alsoNames === null ? {} : { alsoNames }),
  };
  return {
    about: 'recording',
    notification,
    contradicted: reader.contradicted,
    mayBeCheck: cname === CHECK_CHANNEL,
  };
}

/** An event that one page mentions and the table of events does not list. */
const EVENT_THIRTEEN = 13;

function reasonWithoutSid(cname: string | null, eventType: number, { envelope }: Places): NotARecording {
  const productId = new Reader().integer(envelope.productId);
  if (productId !== null && productId !== CLOUD_RECORDING_PRODUCT) return 'other-product';
  if (cname === CHECK_CHANNEL) return 'console-check';
  return CLOUD_TRANSCODER_EVENTS.has(eventType) ? 'other-product' : 'no-recording';
}
