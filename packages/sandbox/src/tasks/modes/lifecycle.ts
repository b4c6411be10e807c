import { vodVideos } from '../../files/vod-videos.js';
import { events, type RecorderEvent } from '../../notifications/events.js';
import { identifiers } from '../identifiers.js';
import { type FatalError, type Task } from '../task.js';
import { type ModeOptions } from './mode.js';
import { STOP_TIMEOUT_MS, TIMES } from './times.js';

/** After a long gap (a step, a restart), recurring events of at most this time are sent. */
const MAX_CATCH_UP_MS = 24 * 3_600_000;

const ALL_UPLOADED = 10_000;

/** Actions that remain scheduled when a task is ending: refused parameters still end it, and the upload continues. */
const ACTIONS_WHILE_ENDING = ['refused', 'progress'];

/** Event 1 after a failed upload (callback page, error codes related to uploading). */
const UPLOAD_FAILED: FatalError = {
  module: 1,
  errorCode: 47,
  errorMsg: 'the upload of recorded files failed',
};

/** warnCode of event 2: files are uploaded to the backup cloud (callback page). */
const TO_BACKUP_CLOUD = 32;

/** Steps from start to a running recorder; TIMES has the same names. */
export type OpeningStep = 'initialized' | 'starting' | 'partlyReady' | 'ready' | 'uploaderStarted' | 'joined';

/** How the modes differ when tasks begin, are uploaded and end. */
export interface LifecycleTraits {
  /** recordingMode of event 3; null if the documents have none for the mode. */
  recordingMode: number | null;
  /** The playlist of events 3 and 4; null if none is written. */
  playlist(task: Task): string | null;
  /** fileList of events 31 and 32; null if they have none. */
  uploadedFiles(task: Task, at: number): unknown[] | null;
  exitStatus(task: Task): number;
  /** The recorder is ready: sends its events and continues. */
  ready(task: Task, at: number): void;
  /** A stop has reached the recorder. */
  left(task: Task, at: number): void;
  /** Another server has taken over, under a new uid. */
  resumed(task: Task, at: number): void;
  /** The resource has expired, and the recording with it. */
  expired(task: Task, at: number): void;
}

export type Actions = Record<string, (task: Task, at: number) => void>;

/** The lifecycle that tasks of every mode share. */
export interface TaskLifecycle {
  begin(task: Task, at: number, steps: readonly OpeningStep[]): void;
  /** The recording begins with its first slice. */
  beginRecording(task: Task, at: number): void;
  /** Schedules a recurring action, skipping what a gap longer than MAX_CATCH_UP_MS missed. */
  repeat(task: Task, action: string, next: number): void;
  /** The recorder begins to leave; its scheduled actions are cancelled. */
  beginEnding(task: Task, at: number): void;
  /** The recorder has left; sends the given events. */
  leave(task: Task, at: number, ...events: RecorderEvent[]): void;
  stop(task: Task, at: number): void;
  /** The task fails, and exits abnormally. */
  fail(task: Task, error: FatalError, at: number): void;
  failOver(task: Task, durationMs: number, at: number): void;
  uploadChanged(task: Task, at: number): void;
  /** Sends event 3 with the current status. */
  reportStatus(task: Task, at: number): void;
  actions: Actions;
}

export function taskLifecycle(options: ModeOptions, traits: LifecycleTraits): TaskLifecycle {
  const { clock, tasks, notifier, assumptions } = options;

  function firstFile(task: Task, at: number): void {
    if (task.failoverUntil !== null) {
      // The server that takes over uploads it.
      tasks.schedule(task, 'firstFile', task.failoverUntil + TIMES.firstFile);
      return;
    }
    task.firstFileAt = at;
    const playlist = traits.playlist(task);
    if (playlist !== null) notifier.emit(task, at, events.fileInfos(playlist));
    announceVideos(task, at);
    if (task.phase !== 'recording') return;
    task.status = 5;
    if (assumptions().statusUpdateFollowsStatus) reportStatus(task, at);
  }

  function reportStatus(task: Task, at: number): void {
    const playlist = traits.playlist(task) ?? '';
    notifier.emit(task, at, events.statusUpdate(task.status, traits.recordingMode, playlist));
  }

  /** Sends event 60 for each playlist whose upload to ApsaraVideo VoD begins. */
  function announceVideos(task: Task, at: number): void {
    if (task.vod === undefined) return;
    const { announced } = task.vod;
    for (const { fileName, videoId } of vodVideos(task, traits.uploadedFiles(task, at) ?? [])) {
      if (announced.includes(fileName)) continue;
      announced.push(fileName);
      notifier.emit(task, at, events.vodStarted(videoId));
    }
  }

  function repeat(task: Task, action: string, next: number): void {
    tasks.schedule(task, action, Math.max(next, clock.now() - MAX_CATCH_UP_MS));
  }

  function progress(task: Task, at: number): void {
    const minutes = Math.floor((at - (task.sliceStartTime ?? at)) / TIMES.progress);
    if (task.failoverUntil === null) {
      announceVideos(task, at);
      notifier.emit(task, at, events.progress(Math.floor((ALL_UPLOADED * minutes) / (minutes + 1))));
    }
    repeat(task, 'progress', at + TIMES.progress);
  }

  function beginEnding(task: Task, at: number): void {
    const dropped = Object.keys(task.actions).filter((action) => !ACTIONS_WHILE_ENDING.includes(action));
    tasks.cancel(task, ...dropped);
    task.failoverUntil = null;
    task.endingAt = at;
  }

  function fail(task: Task, error: FatalError, at: number): void {
    tasks.cancel(task, ...Object.keys(task.actions));
    task.failoverUntil = null;
    task.endingAt ??= at;
    if (task.phase !== 'uploading') task.phase = 'stopping';
    task.status = 20;
    notifier.emit(task, at, events.error(error));
    tasks.schedule(task, 'abnormalExit', at + TIMES.exit);
    options.onStopSettled(task.sid);
  }

  function uploaded(task: Task, at: number): void {
    if (task.uploadFails) {
      fail(task, UPLOAD_FAILED, at);
      return;
    }
    tasks.cancel(task, 'progress');
    if (task.firstFileAt === null) firstFile(task, at);
    task.status = 8;
    task.uploadedAt = at;
    announceVideos(task, at);
    const list = traits.uploadedFiles(task, at);
    if (task.backup) notifier.emit(task, at, events.uploadWarning(TO_BACKUP_CLOUD));
    const final = task.backup ? events.backuped(list) : events.uploaded(list);
    notifier.emit(task, at, events.progress(ALL_UPLOADED), final);
    if (task.vod !== undefined) notifier.emit(task, at, events.vodTriggered());
    tasks.schedule(task, 'exit', at + TIMES.exit);
    options.onStopSettled(task.sid);
  }

  function exit(task: Task, exitStatus: number, at: number): void {
    notifier.emit(task, at, events.sessionExit(exitStatus));
    task.exitStatus = exitStatus;
    task.status = exitStatus === 0 ? 8 : 20;
    task.streams = {};
    tasks.end(task, at);
    options.onStopSettled(task.sid);
  }

  /** The recorder continues on another server, with a random uid and its own sequence numbers. */
  function failoverEnd(task: Task, at: number): void {
    const newUid = identifiers.failoverUid();
    notifier.emit(task, at, events.failover(newUid));
    const next = task.sequences[task.recorderUid] ?? 0;
    task.failoverUntil = null;
    task.recorderUid = String(newUid);
    if (!assumptions().sequenceBeginsAnewAfterFailover) task.sequences[task.recorderUid] = next;
    traits.resumed(task, at);
  }

  return {
    repeat,
    beginEnding,
    begin(task, at, steps) {
      const opening = task.refusal === null ? steps : (['initialized', 'starting'] as const);
      for (const step of opening) tasks.schedule(task, step, at + TIMES[step]);
      tasks.schedule(task, 'expired', task.expiresAt);
      if (task.refusal !== null) tasks.schedule(task, 'refused', at + TIMES.refused);
    },
    beginRecording(task, at) {
      task.sliceStartTime = at;
      tasks.schedule(task, 'firstFile', at + TIMES.firstFile);
      tasks.schedule(task, 'progress', at + TIMES.progress);
    },
    leave(task, at, ...leaveEvents) {
      task.status = 7;
      task.phase = 'uploading';
      task.streams = {};
      notifier.emit(task, at, ...leaveEvents);
      if (task.sliceStartTime !== null) {
        tasks.schedule(task, 'uploaded', Math.max(at, (task.endingAt ?? at) + task.uploadMs));
        return;
      }
      // Nothing to upload: the session exits, and the stop gets "no recorded data".
      tasks.schedule(task, 'exit', at + TIMES.exit);
      options.onStopSettled(task.sid);
    },
    stop(task, at) {
      task.status = 6;
      task.phase = 'stopping';
      beginEnding(task, at);
      tasks.schedule(task, 'left', at + TIMES.left);
      tasks.schedule(task, 'stopTimeout', at + STOP_TIMEOUT_MS);
    },
    fail,
    reportStatus,
    failOver(task, durationMs, at) {
      task.failoverUntil = at + durationMs;
      task.failedOverAt = at;
      tasks.schedule(task, 'failoverEnd', at + durationMs);
    },
    uploadChanged(task, at) {
      if (task.endingAt === null || task.actions.uploaded === undefined) return;
      tasks.schedule(task, 'uploaded', Math.max(at, task.endingAt + task.uploadMs));
    },
    actions: {
      initialized: (task) => (task.status = 1),
      starting: (task) => (task.status = 2),
      partlyReady: (task) => (task.status = 3),
      ready: (task, at) => {
        task.status = 4;
        task.phase = 'recording';
        traits.ready(task, at);
        if (!assumptions().noEventThirteen) notifier.emit(task, at, events.highAvailabilityRegistered());
      },
      uploaderStarted: (task, at) => notifier.emit(task, at, events.uploaderStarted()),
      firstFile,
      progress,
      left: (task, at) => traits.left(task, at),
      uploaded,
      // Code 50: the upload continues, and event 31 or 32 reports its end.
      stopTimeout: (task) => options.onStopSettled(task.sid),
      exit: (task, at) => exit(task, traits.exitStatus(task), at),
      refused: (task, at) => {
        if (task.refusal !== null) fail(task, task.refusal, at);
      },
      abnormalExit: (task, at) => exit(task, 1, at),
      failoverEnd,
      expired: (task, at) => {
        if (!assumptions().expiryEndsOnlyCalls) traits.expired(task, at);
      },
    },
  };
}

/** Runs a scheduled action. */
export function runAction(actions: Actions, task: Task, action: string, at: number): void {
  const run = actions[action];
  if (run === undefined) throw new Error(`Tasks of mode ${task.mode} have no action ${action}.`);
  run(task, at);
}
