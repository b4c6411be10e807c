import { type Mode } from '@agora-recording-gateway/agora/tables/operations';
import { type StartContext } from '../../api/checks/storage.js';
import { checkChannelUpdate } from '../../api/checks/channel-update.js';
import { VOD_SERVICE } from '../../api/checks/vod.js';
import { vodVideos } from '../../files/vod-videos.js';
import { events, type RecorderEvent, streamChanges } from '../../notifications/events.js';
import { receivedStreams } from '../subscription.js';
import { type FatalError, type ReceivedStreams, type StartPlan, type Task } from '../task.js';
import { type Actions, taskLifecycle, type TaskLifecycle, runAction } from './lifecycle.js';
import { type Checked, type ModeOptions, type RecordingMode } from './mode.js';

/** Bits of leaveCode of event 41. */
const LEAVE = { noUsers: 4, timer: 8, clientLeft: 16 } as const;

/** Event 1 after a crash of the recorder; the code is "general error". */
const CRASHED: FatalError = { module: 0, errorCode: 1, errorMsg: 'the recorder has crashed' };

/** The same before it was ready (callback page, error codes for the platform). */
const NEVER_STARTED: FatalError = { module: 2, errorCode: 52, errorMsg: 'starting the recorder timed out' };

type Received = Readonly<Record<string, ReceivedStreams>>;

/** How composite and individual recording differ. */
export interface ChannelTraits {
  name: Mode;
  /** recordingMode of event 3. */
  recordingMode: number;
  checkStart(clientRequest: unknown, context: StartContext): Checked<StartPlan>;
  checkLayout: RecordingMode['checkLayout'];
  /** Whether these streams contain anything to record. */
  isWorthRecording(task: Task, received: Received): boolean;
  /** The slices that begin with these streams; `first` if the recording begins with them. */
  beginSlices(task: Task, received: Received, at: number, first: boolean): RecorderEvent[];
  /** Another server continues the recording. */
  resume(task: Task, at: number): RecorderEvent[];
  /** The playlist that events 3 and 4 name. */
  playlist(task: Task): string | null;
  files(task: Task, at: number): unknown[];
  /** fileListMode and fileList of replies. */
  fileList(task: Task, at: number): Record<string, unknown>;
  details(task: Task): Record<string, unknown>;
  /** Adds actions to those of every recorder in a channel; `listened` is called after each change of streams. */
  extend?(lifecycle: TaskLifecycle): { actions: Actions; listened(task: Task, at: number): void };
}

/** Recording of the streams of a channel, which composite and individual mode share. */
export function channelRecorder(options: ModeOptions, traits: ChannelTraits): RecordingMode {
  const { tasks, channels, notifier } = options;

  const lifecycle = taskLifecycle(options, {
    recordingMode: traits.recordingMode,
    playlist: (task) => traits.playlist(task),
    uploadedFiles: (task, at) => traits.files(task, at),
    exitStatus: () => 0,
    ready: (task, at) => notifier.emit(task, at, events.recorderStarted()),
    left: (task, at) => lifecycle.leave(task, at, events.recorderLeave(LEAVE.clientLeft)),
    resumed: (task, at) => {
      notifier.emit(task, at, events.recorderStarted());
      if (task.sliceStartTime !== null) notifier.emit(task, at, ...traits.resume(task, at));
      task.streams = {};
      if (task.phase === 'recording') listen(task, at);
    },
    expired: (task, at) => end(task, LEAVE.timer, at),
  });
  const extension = traits.extend?.(lifecycle);

  /** The recorder leaves by itself. */
  function end(task: Task, leaveCode: number, at: number): void {
    lifecycle.beginEnding(task, at);
    lifecycle.leave(task, at, events.recorderLeave(leaveCode));
  }

  /** Subscribes to what is published now, begins the resulting slices, and tracks idleness. */
  function listen(task: Task, at: number): void {
    const publishers = channels.publishers(task.cname);
    const received = receivedStreams(task.subscription, publishers);
    const first = task.sliceStartTime === null && traits.isWorthRecording(task, received);
    if (first) lifecycle.beginRecording(task, at);
    if (task.sliceStartTime !== null)
      notifier.emit(task, at, ...traits.beginSlices(task, received, at, first));
    notifier.emit(task, at, ...streamChanges(task.streams, received, at));
    task.streams = received;
    if (!channels.isIdle(task.cname)) tasks.cancel(task, 'idle');
    else if (task.actions.idle === undefined) tasks.schedule(task, 'idle', at + task.maxIdleMs);
    extension?.listened(task, at);
  }

  function vodService(task: Task, at: number): Record<string, unknown> {
    const state = Object.keys(task.streams).length > 0 ? 'inProgress' : 'idle';
    const videoInfo = task.firstFileAt === null ? [] : vodVideos(task, traits.files(task, at));
    return { serviceName: VOD_SERVICE, payload: { state, videoInfo } };
  }

  function publishersChanged(task: Task, at: number): void {
    const joined = task.phase === 'recording' && task.actions.joined === undefined;
    // During a failover no recorder runs; it listens when the failover ends.
    if (joined && task.failoverUntil === null) listen(task, at);
  }

  const actions: Actions = {
    ...lifecycle.actions,
    joined: listen,
    idle: (task, at) => end(task, LEAVE.noUsers, at),
    ...extension?.actions,
  };

  return {
    name: traits.name,
    scenes: [0],
    checkStart: (clientRequest, context) => traits.checkStart(clientRequest, context),
    begin: (task, at) =>
      lifecycle.begin(task, at, [
        'initialized',
        'starting',
        'partlyReady',
        'ready',
        'uploaderStarted',
        'joined',
      ]),
    act: (task, action, at) => runAction(actions, task, action, at),
    publishersChanged,
    update(task, clientRequest, at) {
      const checked = checkChannelUpdate(clientRequest, task.subscription);
      if ('reason' in checked) return checked.reason;
      task.subscription = checked.value;
      publishersChanged(task, at);
      return null;
    },
    checkLayout: traits.checkLayout,
    stop: (task, at) => lifecycle.stop(task, at),
    failOver(task, durationMs, at) {
      // The server that takes over starts its own idle timeout.
      tasks.cancel(task, 'idle');
      lifecycle.failOver(task, durationMs, at);
    },
    trouble(task, trouble, at) {
      if (trouble.kind === 'error') {
        lifecycle.fail(task, trouble.error, at);
        return true;
      }
      if (trouble.kind !== 'crash') return false;
      lifecycle.fail(task, task.phase === 'starting' ? NEVER_STARTED : CRASHED, at);
      return true;
    },
    uploadChanged: (task, at) => lifecycle.uploadChanged(task, at),
    reportStatus: (task, at) => lifecycle.reportStatus(task, at),
    queryResponse(task, at) {
      const { status, sliceStartTime, firstFileAt } = task;
      // With an extension service, query returns no file list (query page, serverResponse).
      if (task.vod !== undefined) {
        const start = sliceStartTime === null ? {} : { sliceStartTime };
        return { status, ...start, extensionServiceState: [vodService(task, at)] };
      }
      if (sliceStartTime === null || firstFileAt === null) return { status };
      return { status, ...traits.fileList(task, at), sliceStartTime };
    },
    stopResponse(task, complete) {
      if (task.uploadedAt === null || !complete) return { uploadingStatus: 'unknown' };
      const uploadingStatus = task.backup ? 'backuped' : 'uploaded';
      return { ...traits.fileList(task, task.uploadedAt), uploadingStatus };
    },
    files: (task, at) => traits.files(task, at),
    details: (task) => traits.details(task),
  };
}
