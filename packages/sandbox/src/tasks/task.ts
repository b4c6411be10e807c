import { type Mode } from '@agora-recording-gateway/agora/tables/operations';
import { type WebStopCode } from '../notifications/events.js';
import { type Subscription } from './subscription.js';

/** The phase of a task; `status` is Agora's number for it. */
export type TaskPhase = 'starting' | 'recording' | 'stopping' | 'uploading' | 'ended';

/** What the recorder receives from one user. */
export interface ReceivedStreams {
  audio: boolean;
  video: boolean;
}

/** Why a task failed, as event 1 reports it. */
export interface FatalError {
  module: number;
  errorCode: number;
  errorMsg: string;
}

/** Notifications of a task by outcome. Each copy counts. */
export interface NotificationCounts {
  sent: number;
  delivered: number;
  lost: number;
  gaveUp: number;
}

/** The files of one user's stream in individual mode. */
export interface Track {
  uid: string;
  kind: 'audio' | 'video';
  sliceStartTime: number;
  /** Failovers before this track began. */
  failovers: number;
}

/** The state of a task in individual mode. */
export interface IndividualState {
  streamMode: 'default' | 'standard' | 'original';
  /** False if only screenshots are taken. */
  records: boolean;
  /** Time between two screenshots; null if none are taken. */
  captureMs: number | null;
  /** In the order in which they began. */
  tracks: Track[];
  /** Screenshots taken. */
  snapshots: number;
}

export type PushStatus = 'connecting' | 'publishing' | 'onhold' | 'disconnected';

/** A CDN that a page is pushed to. The address contains the stream key, which query must repeat. */
export interface PushOutput {
  rtmpUrl: string;
  status: PushStatus;
}

/** The state of a task in web mode. */
export interface WebState {
  onhold: boolean;
  /** null if start did not order the push service. */
  outputs: PushOutput[] | null;
  maxRecordingMs: number;
  /** Longest MP4 file. */
  maxVideoMs: number;
  /** Time in which the page must signal that it is ready; 0 if the recorder does not wait for it. */
  readyTimeoutMs: number;
  /** The page never signals that it is ready. */
  neverReady: boolean;
  /** The page exceeds what the recorder can render. */
  tooHeavy: boolean;
  /** The page's address cannot be reached. */
  unreachable: boolean;
  /** The page is ready to be recorded. */
  pageReady: boolean;
  reloads: number;
  /** code of event 71. */
  stopCode: WebStopCode | null;
  mp4Starts: number[];
  /** Remaining time of the open MP4 file during a pause; 0 if none is open. */
  mp4LeftMs: number;
}

/** The state of an upload to ApsaraVideo VoD. */
export interface VodState {
  /** Playlists whose upload event 60 has reported, by file name. */
  announced: string[];
}

/** What the parameters of start determine about a task; contains no secrets. */
export interface StartPlan {
  fileNamePrefix: string[];
  avFileType: string[];
  maxIdleMs: number;
  subscription: Subscription;
  /** Set if an asynchronous check will refuse the parameters. */
  refusal: FatalError | null;
  /** Set if the files go to ApsaraVideo VoD. */
  vod?: VodState;
  individual?: IndividualState;
  web?: WebState;
}

/** One recording task: everything that must survive a restart. All times are sandbox time, Unix milliseconds. */
export interface Task extends StartPlan {
  sid: string;
  resourceId: string;
  appId: string;
  cname: string;
  /** The uid of acquire and start. */
  uid: string;
  mode: Mode;
  /** The uid of the recorder in the channel; differs from `uid` after a failover. */
  recorderUid: string;
  phase: TaskPhase;
  /** Agora's number for the status of the service. */
  status: number;
  startedAt: number;
  /** After this time, calls get 404. */
  expiresAt: number;
  endedAt: number | null;
  exitStatus: number | null;
  sliceStartTime: number | null;
  firstFileAt: number | null;
  /** When the recorder began to leave, because of a stop or by itself. */
  endingAt: number | null;
  uploadedAt: number | null;
  /** A stop has been answered: calls get 404, and the channel and uid are free, although the upload may continue. */
  released: boolean;
  streams: Record<string, ReceivedStreams>;
  /** How long the last upload takes. */
  uploadMs: number;
  /** Whether the last files go to Agora's backup cloud first. */
  backup: boolean;
  /** Whether the last upload fails. */
  uploadFails: boolean;
  failoverUntil: number | null;
  /** When the last failover began; nothing was recorded after this time. */
  failedOverAt: number | null;
  /** Start of the recording on each server that took over. */
  failoverSlices: number[];
  /** Scheduled actions and their times. */
  actions: Record<string, number>;
  /** Next sequence number by recorder uid. */
  sequences: Record<string, number>;
  notifications: NotificationCounts;
}

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
