import { EVENT_TYPES } from '../agora/tables/event-types.js';
import { type ReceivedStreams, type Refusal } from './task.js';

/** What happened, as a notification tells it. */
export interface RecorderEvent {
  eventType: number;
  serviceType: number;
  details: Record<string, unknown>;
}

/** serviceType by eventType where it is not 0, the cloud recording service (agora-facts.md, section 2). */
const SERVICE_TYPES: ReadonlyMap<number, number> = new Map([
  ...[40, 41, 42, 43, 44, 45].map((type) => [type, 1] as const),
  ...[30, 31, 32, 33, 34].map((type) => [type, 2] as const),
  ...[60, 61].map((type) => [type, 4] as const),
  ...[70, 71, 72, 73, 100].map((type) => [type, 6] as const),
  ...[80, 81].map((type) => [type, 7] as const),
  [90, 8],
]);

/** msgName is the name of the type in lower case, but for this one (agora-facts.md, section 2). */
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

/** recordingMode of event 3 in composite mode (callback-service.md; the Chinese documents say otherwise). */
const COMPOSITE_RECORDING_MODE = 1;

/** The events of a recording's life, by Agora's names. */
export const events = {
  error: (refusal: Refusal) =>
    anyEvent(1, {
      module: refusal.module,
      errorLevel: 5,
      errorCode: refusal.errorCode,
      stat: 1,
      errorMsg: refusal.errorMsg,
    }),
  statusUpdate: (status: number, fileList: string) =>
    anyEvent(3, { status, recordingMode: COMPOSITE_RECORDING_MODE, fileList }),
  fileInfos: (fileList: string) => anyEvent(4, { fileList }),
  sessionExit: (exitStatus: number) => anyEvent(11, { exitStatus }),
  failover: (newUid: number) => anyEvent(12, { newUid }),
  uploaderStarted: () => anyEvent(30, { status: 0 }),
  uploaded: (fileList: unknown[]) => anyEvent(31, { fileList, status: 0 }),
  backuped: (fileList: unknown[]) => anyEvent(32, { fileList, status: 0 }),
  progress: (progress: number) => anyEvent(33, { progress }),
  recorderStarted: () => anyEvent(40, { status: 0 }),
  recorderLeave: (leaveCode: number) => anyEvent(41, { leaveCode }),
  sliceStart: (startUtcMs: number, discontinueUtcMs: number, trackType: string) =>
    anyEvent(42, { startUtcMs, discontinueUtcMs, mixedAllUser: true, streamUid: '0', trackType }),
};

const STREAM_EVENTS = { audio: 43, video: 44 } as const;

/** State 0 is receiving, 1 is not (agora-facts.md, section 2). */
function streamState(kind: 'audio' | 'video', uid: string, received: boolean, at: number): RecorderEvent {
  return anyEvent(STREAM_EVENTS[kind], { streamUid: uid, state: received ? 0 : 1, UtcMs: at });
}

const NOTHING: ReceivedStreams = { audio: false, video: false };

/** One event for each stream that is received now and was not before, or the other way round. */
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
