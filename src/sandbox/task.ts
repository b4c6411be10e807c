import { type Mode } from '../agora/tables/operations.js';
import { type Subscription } from './subscription.js';

/** Where a task stands, in words; `status` says the same in Agora's numbers. */
export type TaskPhase = 'starting' | 'recording' | 'stopping' | 'uploading' | 'ended';

/** What the recorder receives from one user. */
export interface ReceivedStreams {
  audio: boolean;
  video: boolean;
}

/** What an asynchronous check found wrong, as event 1 will tell it. */
export interface Refusal {
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

/** What the parameters of start make of a task; no secrets among them. */
export interface StartPlan {
  fileNamePrefix: string[];
  avFileType: string[];
  maxIdleMs: number;
  subscription: Subscription;
  /** Set when an asynchronous check will refuse the parameters. */
  refusal: Refusal | null;
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
  failoverUntil: number | null;
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
    failoverUntil: null,
    failoverSlices: [],
    actions: {},
    sequences: {},
    notifications: { sent: 0, delivered: 0, lost: 0, gaveUp: 0 },
  };
}

/** Whether Agora's service still answers for the task: it runs, its calls have not expired, and no fail-over is on. */
export function isReachable(task: Task, now: number): boolean {
  return (
    task.phase !== 'ended' &&
    now < task.expiresAt &&
    (task.failoverUntil === null || now >= task.failoverUntil)
  );
}
