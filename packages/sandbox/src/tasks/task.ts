import { type Mode } from '@agora-recording-gateway/agora/tables/operations';
import { type WebStopCode } from '../notifications/events.js';
import { type Subscription } from './subscription.js';

/** Where a task stands, in words; `status` says the same in Agora's numbers. */
export type TaskPhase = 'starting' | 'recording' | 'stopping' | 'uploading' | 'ended';

/** What the recorder receives from one user. */
export interface ReceivedStreams {
  audio: boolean;
  video: boolean;
}

/** What went wrong with a task for good, as event 1 tells it. */
export interface FatalError {
  module: number;
  errorCode: number;
  errorMsg: string;
}

/** How many notifications of a task came to what. Copies count each. */
export interface NotificationCounts {
  sent: number;
  delivered: number;
  lost: number;
  gaveUp: number;
}

/** Files that one user's stream goes into, in individual mode. */
export interface Track {
  uid: string;
  kind: 'audio' | 'video';
  sliceStartTime: number;
  /** How often the recording had moved to another server before. */
  failovers: number;
}

/** What is special to a task in individual mode. */
export interface IndividualState {
  streamMode: 'default' | 'standard' | 'original';
  /** False where only screenshots are taken. */
  records: boolean;
  /** Time between two screenshots; null where none are taken. */
  captureMs: number | null;
  /** In the order in which they began. */
  tracks: Track[];
  /** Screenshots taken. */
  snapshots: number;
}

export type PushStatus = 'connecting' | 'publishing' | 'onhold' | 'disconnected';

/** A CDN that a page is pushed to. The address holds the stream key: query has to repeat it. */
export interface PushOutput {
  rtmpUrl: string;
  status: PushStatus;
}

/** What is special to a task in web mode. */
export interface WebState {
  onhold: boolean;
  /** null where start did not order the push service. */
  outputs: PushOutput[] | null;
  maxRecordingMs: number;
  /** Longest MP4 file. */
  maxVideoMs: number;
  /** Time in which the page has to say that it is ready; 0 where nobody waits for it. */
  readyTimeoutMs: number;
  /** The page never says that it is ready. */
  neverReady: boolean;
  /** The page is more than the recorder can show. */
  tooHeavy: boolean;
  /** The page's address cannot be reached. */
  unreachable: boolean;
  /** The page shows what is to be recorded. */
  pageReady: boolean;
  reloads: number;
  /** code of event 71. */
  stopCode: WebStopCode | null;
  mp4Starts: number[];
  /** What is left of the present MP4 file while nothing is written to it; 0 where none is open. */
  mp4LeftMs: number;
}

/** What the parameters of start make of a task; no secrets among them. */
export interface StartPlan {
  fileNamePrefix: string[];
  avFileType: string[];
  maxIdleMs: number;
  subscription: Subscription;
  /** Set when an asynchronous check will refuse the parameters. */
  refusal: FatalError | null;
  individual?: IndividualState;
  web?: WebState;
}

/** One recording task: everything that must survive a restart. All times are sandbox time, Unix milliseconds. */
export interface Task extends StartPlan {
  sid: string;
  resourceId: string;
  appId: string;
  cname: string;
  /** uid as given to acquire and start. */
  uid: string;
  mode: Mode;
  /** uid under which the recorder is in the channel; another than `uid` after a fail-over. */
  recorderUid: string;
  phase: TaskPhase;
  /** Agora's number for where the service stands (agora/tables/service-status.ts). */
  status: number;
  startedAt: number;
  /** From then on calls are answered with 404. */
  expiresAt: number;
  endedAt: number | null;
  exitStatus: number | null;
  sliceStartTime: number | null;
  firstFileAt: number | null;
  /** When the recorder began to leave: a stop, or the end of its patience. */
  endingAt: number | null;
  uploadedAt: number | null;
  streams: Record<string, ReceivedStreams>;
  /** How long the last upload takes. */
  uploadMs: number;
  /** Whether the last files go to Agora's backup cloud first. */
  backup: boolean;
  /** Whether the last upload fails. */
  uploadFails: boolean;
  failoverUntil: number | null;
  /** When the last fail-over began: from then on nothing was recorded. */
  failedOverAt: number | null;
  /** Start of the recording on each server that took over. */
  failoverSlices: number[];
  /** What will happen next: name of the action and its time. */
  actions: Record<string, number>;
  /** Next sequence number by recorder uid. */
  sequences: Record<string, number>;
  notifications: NotificationCounts;
}

/** The last upload takes this long unless told otherwise. */
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

/** When the recording began on each server that it has been on, in order; empty before its first slice. */
export function serverStarts(task: Task): number[] {
  return task.sliceStartTime === null ? [] : [task.sliceStartTime, ...task.failoverSlices];
}

const TRACK_TYPES = ['audio', 'video', 'audio_and_video'];

/** trackType of what streamTypes orders. */
export function trackType(task: Task): string {
  return TRACK_TYPES[task.subscription.streamTypes] ?? 'audio_and_video';
}

/** Whether Agora's service still answers for the task: it runs, its calls have not expired, and no fail-over is on. */
export function isReachable(task: Task, now: number): boolean {
  return (
    task.phase !== 'ended' &&
    now < task.expiresAt &&
    (task.failoverUntil === null || now >= task.failoverUntil)
  );
}
