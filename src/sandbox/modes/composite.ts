import { type Assumptions } from '../assumptions.js';
import { type Channels } from '../channels.js';
import { checkCompositeStart } from '../checks/composite-start.js';
import { checkLayout } from '../checks/layout.js';
import { checkCompositeUpdate } from '../checks/update.js';
import { type VirtualClock } from '../clock.js';
import { events, streamChanges } from '../events.js';
import { compositeFiles, playlistName, trackType, wantsMp4 } from '../files.js';
import { identifiers } from '../identifiers.js';
import { type Notifier } from '../notifier.js';
import { receivedStreams } from '../subscription.js';
import { type Task } from '../task.js';
import { type Tasks } from '../tasks.js';
import { COMPOSITE_TIMES, STOP_TIMEOUT_MS } from './composite-times.js';
import { type RecordingMode } from './mode.js';

/** After a long time of standstill (a step, a restart) this much of its progress is reported, and no more. */
const LONGEST_CATCH_UP_MS = 24 * 3_600_000;

const LEAVE = { noUsers: 4, clientLeft: 16 } as const;
const ALL_UPLOADED = 10_000;

/** Actions that belong to a running recorder, and end with it. */
const RECORDER_ACTIONS = [
  ...['initialized', 'starting', 'partlyReady', 'ready', 'uploaderStarted', 'joined'],
  ...['firstFile', 'progress', 'idle', 'failoverEnd'],
];

export interface CompositeOptions {
  clock: VirtualClock;
  tasks: Tasks;
  channels: Channels;
  notifier: Notifier;
  assumptions: () => Assumptions;
  /** A stop that waits for this task can be answered. */
  stopSettled: (sid: string) => void;
}

/** Composite recording, `mix` in paths: all users in one playlist, with MP4 files beside it where ordered. */
export function compositeMode(options: CompositeOptions): RecordingMode {
  const { clock, tasks, channels, notifier } = options;

  const files = (task: Task, at: number) =>
    compositeFiles(task, at, options.assumptions().sliceStartTimeInSeconds);

  const fileList = (task: Task, at: number) =>
    wantsMp4(task)
      ? { fileListMode: 'json', fileList: files(task, at) }
      : { fileListMode: 'string', fileList: playlistName(task) };

  /** Takes in what is published now, begins the first slice with the first stream, and minds idleness. */
  function listen(task: Task, at: number): void {
    const publishers = channels.publishers(task.cname);
    const received = receivedStreams(task.subscription, publishers);
    if (task.sliceStartTime === null && Object.keys(received).length > 0) {
      task.sliceStartTime = at;
      notifier.tell(task, at, events.sliceStart(at, at, trackType(task)));
      tasks.schedule(task, 'firstFile', at + COMPOSITE_TIMES.firstFile);
      tasks.schedule(task, 'progress', at + COMPOSITE_TIMES.progress);
    }
    notifier.tell(task, at, ...streamChanges(task.streams, received, at));
    task.streams = received;
    if (!channels.isIdle(task.cname)) tasks.cancel(task, 'idle');
    else if (task.actions.idle === undefined) tasks.schedule(task, 'idle', at + task.maxIdleMs);
  }

  function firstFile(task: Task, at: number): void {
    task.firstFileAt = at;
    const playlist = playlistName(task);
    notifier.tell(task, at, events.fileInfos(playlist));
    if (task.phase !== 'recording') return;
    task.status = 5;
    notifier.tell(task, at, events.statusUpdate(5, playlist));
  }

  function progress(task: Task, at: number): void {
    const minutes = Math.floor((at - (task.sliceStartTime ?? at)) / COMPOSITE_TIMES.progress);
    notifier.tell(task, at, events.progress(Math.floor((ALL_UPLOADED * minutes) / (minutes + 1))));
    const missed = clock.now() - LONGEST_CATCH_UP_MS;
    tasks.schedule(task, 'progress', Math.max(at + COMPOSITE_TIMES.progress, missed));
  }

  function leave(task: Task, leaveCode: number, at: number): void {
    task.status = 7;
    task.phase = 'uploading';
    task.streams = {};
    notifier.tell(task, at, events.recorderLeave(leaveCode));
    if (task.sliceStartTime !== null) return;
    // Nothing to upload: the session exits, and the stop is answered with "no recorded data".
    tasks.schedule(task, 'exit', at + COMPOSITE_TIMES.exit);
    options.stopSettled(task.sid);
  }

  function beginEnding(task: Task, at: number): void {
    tasks.cancel(task, ...RECORDER_ACTIONS);
    task.failoverUntil = null;
    task.endingAt = at;
    if (task.sliceStartTime !== null) tasks.schedule(task, 'uploaded', at + task.uploadMs);
  }

  function uploaded(task: Task, at: number): void {
    if (task.firstFileAt === null) firstFile(task, at);
    task.status = 8;
    task.uploadedAt = at;
    const list = files(task, at);
    const final = task.backup ? events.backuped(list) : events.uploaded(list);
    notifier.tell(task, at, events.progress(ALL_UPLOADED), final);
    tasks.schedule(task, 'exit', at + COMPOSITE_TIMES.exit);
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
    task.failoverUntil = null;
    task.recorderUid = String(newUid);
    notifier.tell(task, at, events.recorderStarted());
    if (task.sliceStartTime !== null) {
      task.failoverSlices.push(at);
      notifier.tell(task, at, events.sliceStart(at, at, trackType(task)));
    }
    task.streams = {};
    if (task.phase === 'recording') listen(task, at);
  }

  const ACTIONS: Record<string, (task: Task, at: number) => void> = {
    initialized: (task) => (task.status = 1),
    starting: (task) => (task.status = 2),
    partlyReady: (task) => (task.status = 3),
    ready: (task, at) => {
      task.status = 4;
      task.phase = 'recording';
      notifier.tell(task, at, events.recorderStarted());
    },
    uploaderStarted: (task, at) => notifier.tell(task, at, events.uploaderStarted()),
    joined: listen,
    firstFile,
    progress,
    idle: (task, at) => {
      beginEnding(task, at);
      leave(task, LEAVE.noUsers, at);
    },
    left: (task, at) => leave(task, LEAVE.clientLeft, at),
    uploaded,
    // Code 50: the upload goes on, and its end is told by event 31 or 32.
    stopTimeout: (task) => options.stopSettled(task.sid),
    exit: (task, at) => exit(task, 0, at),
    refused: (task, at) => {
      task.status = 20;
      if (task.refusal !== null) notifier.tell(task, at, events.error(task.refusal));
    },
    refusedExit: (task, at) => exit(task, 1, at),
    failoverEnd,
  };

  return {
    name: 'mix',
    scenes: [0],
    checkStart: checkCompositeStart,
    begin(task, at) {
      const { initialized, starting, refused, refusedExit } = COMPOSITE_TIMES;
      tasks.schedule(task, 'initialized', at + initialized);
      tasks.schedule(task, 'starting', at + starting);
      if (task.refusal !== null) {
        tasks.schedule(task, 'refused', at + refused);
        tasks.schedule(task, 'refusedExit', at + refusedExit);
        return;
      }
      for (const action of ['partlyReady', 'ready', 'uploaderStarted', 'joined'] as const) {
        tasks.schedule(task, action, at + COMPOSITE_TIMES[action]);
      }
    },
    act(task, action, at) {
      const run = ACTIONS[action];
      if (run === undefined) throw new Error(`Composite tasks know no action ${action}.`);
      run(task, at);
    },
    publishersChanged(task, at) {
      const joined = task.phase === 'recording' && task.actions.joined === undefined;
      // While a fail-over is on nobody listens; failoverEnd does.
      if (joined && task.failoverUntil === null) listen(task, at);
    },
    update(task, clientRequest, at) {
      const checked = checkCompositeUpdate(clientRequest, task.subscription);
      if ('reason' in checked) return checked.reason;
      task.subscription = checked.value;
      this.publishersChanged(task, at);
      return null;
    },
    checkLayout,
    stop(task, at) {
      task.status = 6;
      task.phase = 'stopping';
      beginEnding(task, at);
      tasks.schedule(task, 'left', Math.min(at + COMPOSITE_TIMES.left, at + task.uploadMs));
      tasks.schedule(task, 'stopTimeout', at + STOP_TIMEOUT_MS);
    },
    failOver(task, durationMs, at) {
      task.failoverUntil = at + durationMs;
      tasks.schedule(task, 'failoverEnd', at + durationMs);
    },
    uploadChanged(task, at) {
      if (task.endingAt === null || task.actions.uploaded === undefined) return;
      tasks.schedule(task, 'uploaded', Math.max(at, task.endingAt + task.uploadMs));
    },
    queryResponse(task, at) {
      const { status, sliceStartTime, firstFileAt } = task;
      if (sliceStartTime === null || firstFileAt === null) return { status };
      return { status, ...fileList(task, at), sliceStartTime };
    },
    stopResponse(task) {
      if (task.uploadedAt === null) return { uploadingStatus: 'unknown' };
      return { ...fileList(task, task.uploadedAt), uploadingStatus: task.backup ? 'backuped' : 'uploaded' };
    },
    files,
  };
}
