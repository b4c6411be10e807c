import { ALL_MODES } from '@agora-recording-gateway/agora/parameters/parameter';
import { type Mode } from '@agora-recording-gateway/agora/tables/operations';
import * as z from 'zod';
import { WEB_STOP_CODES } from '../notifications/events.js';
import { subscription } from './subscription.js';

// The schemas check what is read from the data file. A changed one raises FORMAT in store.ts.

/** The phase of a task; `status` is Agora's number for it. */
const taskPhase = z.enum(['starting', 'recording', 'stopping', 'uploading', 'ended']);

/** What the recorder receives from one user. */
const receivedStreams = z.object({ audio: z.boolean(), video: z.boolean() });

/** Why a task failed, as event 1 reports it. */
const fatalError = z.object({ module: z.number(), errorCode: z.number(), errorMsg: z.string() });

/** Notifications of a task by outcome. Each copy counts. */
const notificationCounts = z.object({
  sent: z.number(),
  delivered: z.number(),
  lost: z.number(),
  gaveUp: z.number(),
});

/** The files of one user's stream in individual mode. */
const track = z.object({
  uid: z.string(),
  kind: z.enum(['audio', 'video']),
  sliceStartTime: z.number(),
  /** Failovers before this track began. */
  failovers: z.number(),
});

/** The state of a task in individual mode. */
const individualState = z.object({
  streamMode: z.enum(['default', 'standard', 'original']),
  /** False if only screenshots are taken. */
  records: z.boolean(),
  /** Time between two screenshots; null if none are taken. */
  captureMs: z.nullable(z.number()),
  /** In the order in which they began. */
  tracks: z.array(track),
  /** Screenshots taken. */
  snapshots: z.number(),
});

const pushStatus = z.enum(['connecting', 'publishing', 'onhold', 'disconnected']);

/** A CDN that a page is pushed to. The address contains the stream key, which query must repeat. */
const pushOutput = z.object({ rtmpUrl: z.string(), status: pushStatus });

/** The state of a task in web mode. */
const webState = z.object({
  onhold: z.boolean(),
  /** null if start did not order the push service. */
  outputs: z.nullable(z.array(pushOutput)),
  maxRecordingMs: z.number(),
  /** Longest MP4 file. */
  maxVideoMs: z.number(),
  /** Time in which the page must signal that it is ready; 0 if the recorder does not wait for it. */
  readyTimeoutMs: z.number(),
  /** The page never signals that it is ready. */
  neverReady: z.boolean(),
  /** The page exceeds what the recorder can render. */
  tooHeavy: z.boolean(),
  /** The page's address cannot be reached. */
  unreachable: z.boolean(),
  /** The page is ready to be recorded. */
  pageReady: z.boolean(),
  reloads: z.number(),
  /** code of event 71. */
  stopCode: z.nullable(z.literal(WEB_STOP_CODES)),
  mp4Starts: z.array(z.number()),
  /** Remaining time of the open MP4 file during a pause; 0 if none is open. */
  mp4LeftMs: z.number(),
});

/** The state of an upload to ApsaraVideo VoD. */
const vodState = z.object({
  /** Playlists whose upload event 60 has reported, by file name. */
  announced: z.array(z.string()),
});

/** What the parameters of start determine about a task; contains no secrets. */
const startPlan = z.object({
  fileNamePrefix: z.array(z.string()),
  avFileType: z.array(z.string()),
  maxIdleMs: z.number(),
  subscription,
  /** Set if an asynchronous check will refuse the parameters. */
  refusal: z.nullable(fatalError),
  /** Set if the files go to ApsaraVideo VoD. */
  vod: z.optional(vodState),
  individual: z.optional(individualState),
  web: z.optional(webState),
});

/** One recording task: everything that must survive a restart. All times are sandbox time, Unix milliseconds. */
export const TASK = startPlan.extend({
  sid: z.string(),
  resourceId: z.string(),
  appId: z.string(),
  cname: z.string(),
  /** The uid of acquire and start. */
  uid: z.string(),
  mode: z.enum(ALL_MODES),
  /** The uid of the recorder in the channel; differs from `uid` after a failover. */
  recorderUid: z.string(),
  phase: taskPhase,
  /** Agora's number for the status of the service. */
  status: z.number(),
  startedAt: z.number(),
  /** After this time, calls get 404. */
  expiresAt: z.number(),
  endedAt: z.nullable(z.number()),
  exitStatus: z.nullable(z.number()),
  sliceStartTime: z.nullable(z.number()),
  firstFileAt: z.nullable(z.number()),
  /** When the recorder began to leave, because of a stop or by itself. */
  endingAt: z.nullable(z.number()),
  uploadedAt: z.nullable(z.number()),
  /** A stop has been answered: calls get 404, and the channel and uid are free, although the upload may continue. */
  released: z.boolean(),
  streams: z.record(z.string(), receivedStreams),
  /** How long the last upload takes. */
  uploadMs: z.number(),
  /** Whether the last files go to Agora's backup cloud first. */
  backup: z.boolean(),
  /** Whether the last upload fails. */
  uploadFails: z.boolean(),
  failoverUntil: z.nullable(z.number()),
  /** When the last failover began; nothing was recorded after this time. */
  failedOverAt: z.nullable(z.number()),
  /** Start of the recording on each server that took over. */
  failoverSlices: z.array(z.number()),
  /** Scheduled actions and their times. */
  actions: z.record(z.string(), z.number()),
  /** Next sequence number by recorder uid. */
  sequences: z.record(z.string(), z.number()),
  notifications: notificationCounts,
});

export type ReceivedStreams = z.infer<typeof receivedStreams>;
export type FatalError = z.infer<typeof fatalError>;
export type Track = z.infer<typeof track>;
export type IndividualState = z.infer<typeof individualState>;
export type PushStatus = z.infer<typeof pushStatus>;
export type PushOutput = z.infer<typeof pushOutput>;
export type WebState = z.infer<typeof webState>;
export type StartPlan = z.infer<typeof startPlan>;
export type Task = z.infer<typeof TASK>;

/** Duration of the last upload by default. */
export const DEFAULT_UPLOAD_MS = 2_000;

export interface NewTask {
  sid: string;
  resourceId: string;
  appId: string;
  cname: string;
  uid: string;
  mode: Mode;
  startedAt: number;
  expiresAt: number;
  plan: StartPlan;
}

export function newTask({ plan, ...given }: NewTask): Task {
  return {
    ...given,
    ...plan,
    recorderUid: given.uid,
    phase: 'starting',
    status: 0,
    endedAt: null,
    exitStatus: null,
    sliceStartTime: null,
    firstFileAt: null,
    endingAt: null,
    uploadedAt: null,
    released: false,
    streams: {},
    uploadMs: DEFAULT_UPLOAD_MS,
    backup: false,
    uploadFails: false,
    failoverUntil: null,
    failedOverAt: null,
    failoverSlices: [],
    actions: {},
    sequences: {},
    notifications: { sent: 0, delivered: 0, lost: 0, gaveUp: 0 },
  };
}

/** When the recording began on each of its servers, in order; empty before its first slice. */
export function serverStarts(task: Task): number[] {
  return task.sliceStartTime === null ? [] : [task.sliceStartTime, ...task.failoverSlices];
}

const TRACK_TYPES = ['audio', 'video', 'audio_and_video'];

/** trackType for streamTypes. */
export function trackType(task: Task): string {
  return TRACK_TYPES[task.subscription.streamTypes] ?? 'audio_and_video';
}

/** Whether calls for the task are served: it runs, no stop has been answered, and it is neither expired nor in a failover. */
export function isReachable(task: Task, now: number): boolean {
  return (
    task.phase !== 'ended' &&
    !task.released &&
    now < task.expiresAt &&
    (task.failoverUntil === null || now >= task.failoverUntil)
  );
}
