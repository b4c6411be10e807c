import { events, type RecorderEvent } from '../../notifications/events.js';
import { identifiers } from '../identifiers.js';
import { type FatalError, type Task } from '../task.js';
import { type ModeOptions } from './mode.js';
import { STOP_TIMEOUT_MS, TIMES } from './times.js';

/** After a long time of standstill (a step, a restart) this much of what recurs is reported, and no more. */
const LONGEST_CATCH_UP_MS = 24 * 3_600_000;

const ALL_UPLOADED = 10_000;

/** What happens to a task though it is ending: parameters that are refused end it all the same, and the upload goes on. */
const ACTIONS_WHILE_ENDING = ['refused', 'progress'];

/** What event 1 says of an upload that failed (callback-service.md, "Error codes related to uploading"). */
const UPLOAD_FAILED: FatalError = {
  module: 1,
  errorCode: 47,
  errorMsg: 'the upload of recorded files failed',
};

/** warnCode of event 2: files are uploaded to the backup cloud (callback-service.md). */
const TO_BACKUP_CLOUD = 32;

/** Steps on the way from start to a running recorder, with times of the same names. */
export type OpeningStep = 'initialized' | 'starting' | 'partlyReady' | 'ready' | 'uploaderStarted' | 'joined';

/** In what the modes differ while their tasks begin, are uploaded and end. */
export interface LifeTraits {
  /** recordingMode of event 3; null where the documents know none. */
  recordingMode: number | null;
  /** The playlist that events 3 and 4 name; null where none is written. */
  playlist(task: Task): string | null;
  /** fileList of events 31 and 32; null where they have none. */
  uploadedFiles(task: Task, at: number): unknown[] | null;
  exitStatus(task: Task): number;
  /** The recorder works: events of its own, then whatever follows. */
  ready(task: Task, at: number): void;
  /** A stop has reached the recorder. */
  left(task: Task, at: number): void;
  /** Another server has taken over, under a new uid. */
  resumed(task: Task, at: number): void;
  /** The time for which calls were answered is over, and with it the recording. */
  expired(task: Task, at: number): void;
}

export type Actions = Record<string, (task: Task, at: number) => void>;

/** What tasks of every mode go through. */
export interface RecorderLife {
  begin(task: Task, at: number, steps: readonly OpeningStep[]): void;
  /** The recording begins with its first slice. */
  beginRecording(task: Task, at: number): void;
  /** Schedules what recurs, though not for a standstill longer than is worth telling. */
  again(task: Task, action: string, next: number): void;
  /** The recorder ends; what it was about to do does not happen any more. */
  beginEnding(task: Task, at: number): void;
  /** The recorder has left, and says so. */
  leave(task: Task, at: number, ...told: RecorderEvent[]): void;
  stop(task: Task, at: number): void;
  /** The task has failed, and exits with that. */
  fail(task: Task, error: FatalError, at: number): void;
  failOver(task: Task, durationMs: number, at: number): void;
  uploadChanged(task: Task, at: number): void;
  actions: Actions;
}

export function recorderLife(options: ModeOptions, traits: LifeTraits): RecorderLife {
  const { clock, tasks, notifier, assumptions } = options;

  function firstFile(task: Task, at: number): void {
    if (task.failoverUntil !== null) {
      // Nobody is there to upload it; the server that takes over is.
      tasks.schedule(task, 'firstFile', task.failoverUntil + TIMES.firstFile);
      return;
    }
    task.firstFileAt = at;
    const playlist = traits.playlist(task);
    if (playlist !== null) notifier.tell(task, at, events.fileInfos(playlist));
    if (task.phase !== 'recording') return;
    task.status = 5;
    notifier.tell(task, at, events.statusUpdate(5, traits.recordingMode, playlist ?? ''));
  }

  function again(task: Task, action: string, next: number): void {
    tasks.schedule(task, action, Math.max(next, clock.now() - LONGEST_CATCH_UP_MS));
  }

  function progress(task: Task, at: number): void {
    const minutes = Math.floor((at - (task.sliceStartTime ?? at)) / TIMES.progress);
    if (task.failoverUntil === null)
      notifier.tell(task, at, events.progress(Math.floor((ALL_UPLOADED * minutes) / (minutes + 1))));
    again(task, 'progress', at + TIMES.progress);
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
    notifier.tell(task, at, events.error(error));
    tasks.schedule(task, 'abnormalExit', at + TIMES.exit);
    options.stopSettled(task.sid);
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
    const list = traits.uploadedFiles(task, at);
    if (task.backup) notifier.tell(task, at, events.uploadWarning(TO_BACKUP_CLOUD));
    const final = task.backup ? events.backuped(list) : events.uploaded(list);
    notifier.tell(task, at, events.progress(ALL_UPLOADED), final);
    tasks.schedule(task, 'exit', at + TIMES.exit);
    options.stopSettled(task.sid);
  }

  function exit(task: Task, exitStatus: number, at: number): void {
    notifier.tell(task, at, events.sessionExit(exitStatus));
    task.exitStatus = exitStatus;
    task.status = exitStatus === 0 ? 8 : 20;
    task.streams = {};
    tasks.end(task, at);
    options.stopSettled(task.sid);
  }

  /** The recorder is back on another server, under a random uid and with numbers of its own. */
  function failoverEnd(task: Task, at: number): void {
    const newUid = identifiers.failoverUid();
    notifier.tell(task, at, events.failover(newUid));
    const told = task.sequences[task.recorderUid] ?? 0;
    task.failoverUntil = null;
    task.recorderUid = String(newUid);
    if (!assumptions().sequenceBeginsAnewAfterFailover) task.sequences[task.recorderUid] = told;
    traits.resumed(task, at);
  }

  return {
    again,
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
    leave(task, at, ...told) {
      task.status = 7;
      task.phase = 'uploading';
      task.streams = {};
      notifier.tell(task, at, ...told);
      if (task.sliceStartTime !== null) {
        tasks.schedule(task, 'uploaded', Math.max(at, (task.endingAt ?? at) + task.uploadMs));
        return;
      }
      // Nothing to upload: the session exits, and the stop is answered with "no recorded data".
      tasks.schedule(task, 'exit', at + TIMES.exit);
      options.stopSettled(task.sid);
    },
    stop(task, at) {
      task.status = 6;
      task.phase = 'stopping';
      beginEnding(task, at);
      tasks.schedule(task, 'left', at + TIMES.left);
      tasks.schedule(task, 'stopTimeout', at + STOP_TIMEOUT_MS);
    },
    fail,
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
        if (!assumptions().noEventThirteen) notifier.tell(task, at, events.highAvailabilityRegistered());
      },
      uploaderStarted: (task, at) => notifier.tell(task, at, events.uploaderStarted()),
      firstFile,
      progress,
      left: (task, at) => traits.left(task, at),
      uploaded,
      // Code 50: the upload goes on, and its end is told by event 31 or 32.
      stopTimeout: (task) => options.stopSettled(task.sid),
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

/** Carries out a scheduled action. */
export function runAction(actions: Actions, task: Task, action: string, at: number): void {
  const run = actions[action];
  if (run === undefined) throw new Error(`Tasks of mode ${task.mode} know no action ${action}.`);
  run(task, at);
}
