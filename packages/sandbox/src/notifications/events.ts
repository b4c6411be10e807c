import { EVENT_TYPES } from '@agora-recording-gateway/agora/tables/event-types';
import { type ReceivedStreams, type FatalError } from '../tasks/task.js';

/** An event of a recording, as a notification reports it. */
export interface RecorderEvent {
  eventType: number;
  serviceType: number;
  details: Record<string, unknown>;
}

/** serviceType by eventType, if it is not 0 (the cloud recording service). */
const SERVICE_TYPES: ReadonlyMap<number, number> = new Map([
  ...[40, 41, 42, 43, 44, 45].map((type) => [type, 1] as const),
  ...[30, 31, 32, 33, 34].map((type) => [type, 2] as const),
  ...[60, 61].map((type) => [type, 4] as const),
  ...[70, 71, 72, 73, 100].map((type) => [type, 6] as const),
  ...[80, 81].map((type) => [type, 7] as const),
  [90, 8],
]);

/** msgName is the name of the type in lower case, except for this one. */
const ODD_MESSAGE_NAMES: ReadonlyMap<number, string> = new Map([[34, 'STSExpired']]);

/** An event of any type; msgName and serviceType come from the tables. */
export function anyEvent(eventType: number, details: Record<string, unknown>): RecorderEvent {
  const name =
    ODD_MESSAGE_NAMES.get(eventType) ??
    EVENT_TYPES.find((type) => type.code === eventType)?.name.toLowerCase();
  return {
    eventType,
    serviceType: SERVICE_TYPES.get(eventType) ?? 0,
    details: { ...(name === undefined ? {} : { msgName: name }), ...details },
  };
}

/** The content of a slice. */
export interface SliceContent {
  mixedAllUser: boolean;
  /** The user whose stream it is; "0" if all users are mixed. */
  streamUid: string;
  trackType: string;
}

/** Codes of event 71, with Agora's names for them. */
const WEB_STOP_MESSAGES = {
  0: 'ok',
  1: 'max_recording_hour',
  2: 'capability_limit',
  3: 'start_engine_failed',
  4: 'page_load_timeout',
  5: 'access_url_failed',
  6: 'recorder_error',
} as const;

export type WebStopCode = keyof typeof WEB_STOP_MESSAGES;

export const WEB_STOP_CODES = Object.keys(WEB_STOP_MESSAGES).map(Number) as WebStopCode[];

/** A property, or nothing if its value is null. */
function optional(property: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(property).filter(([, value]) => value !== null));
}

/** The events of a recording, by Agora's names. */
export const events = {
  error: (fault: FatalError) =>
    anyEvent(1, {
      module: fault.module,
      errorLevel: 5,
      errorCode: fault.errorCode,
      stat: 1,
      errorMsg: fault.errorMsg,
    }),
  uploadWarning: (warnCode: number) => anyEvent(2, { module: 1, warnCode }),
  statusUpdate: (status: number, recordingMode: number | null, fileList: string) =>
    anyEvent(3, { status, ...optional({ recordingMode }), fileList }),
  fileInfos: (fileList: string) => anyEvent(4, { fileList }),
  sessionExit: (exitStatus: number) => anyEvent(11, { exitStatus }),
  failover: (newUid: number) => anyEvent(12, { newUid }),
  highAvailabilityRegistered: () => anyEvent(13, {}),
  uploaderStarted: () => anyEvent(30, { status: 0 }),
  uploaded: (fileList: unknown[] | null) => anyEvent(31, { ...optional({ fileList }), status: 0 }),
  backuped: (fileList: unknown[] | null) => anyEvent(32, { ...optional({ fileList }), status: 0 }),
  progress: (progress: number) => anyEvent(33, { progress }),
  recorderStarted: () => anyEvent(40, { status: 0 }),
  recorderLeave: (leaveCode: number) => anyEvent(41, { leaveCode }),
  /** `discontinuedAt`: when the previous slice ended, if the recording was interrupted. */
  sliceStart: (at: number, content: SliceContent, discontinuedAt: number | null = null) =>
    anyEvent(42, { startUtcMs: at, discontinueUtcMs: discontinuedAt ?? at, ...content }),
  vodStarted: (videoId: string) => anyEvent(60, { aliVodInfo: { videoId } }),
  vodTriggered: () => anyEvent(61, {}),
  snapshotFile: (fileName: string) => anyEvent(45, { fileName }),
  webStarted: (recorderStartTime: number) => anyEvent(70, { recorderStartTime }),
  webStopped: (code: WebStopCode, fileList: unknown[]) =>
    anyEvent(71, { code, message: WEB_STOP_MESSAGES[code], details: '', fileList }),
  webCapabilityLimit: (limitType: string) => anyEvent(72, { limitType }),
  webReload: (reason: string) => anyEvent(73, { reason }),
  pushStatus: (rtmpUrl: string, status: string) => anyEvent(100, { rtmpUrl, status }),
};

const STREAM_EVENTS = { audio: 43, video: 44 } as const;

/** State 0 means that the stream is received, 1 that it is not. */
function streamState(kind: 'audio' | 'video', uid: string, received: boolean, at: number): RecorderEvent {
  return anyEvent(STREAM_EVENTS[kind], { streamUid: uid, state: received ? 0 : 1, UtcMs: at });
}

const NOTHING: ReceivedStreams = { audio: false, video: false };

/** One event for each stream that started or stopped being received. */
export function streamChanges(
  before: Readonly<Record<string, ReceivedStreams>>,
  now: Readonly<Record<string, ReceivedStreams>>,
  at: number,
): RecorderEvent[] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].flatMap((uid) =>
    (['audio', 'video'] as const).flatMap((kind) => {
      const received = (now[uid] ?? NOTHING)[kind];
      return received === (before[uid] ?? NOTHING)[kind] ? [] : [streamState(kind, uid, received, at)];
    }),
  );
}
