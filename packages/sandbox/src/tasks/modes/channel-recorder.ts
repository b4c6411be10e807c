import { type Mode } from '@agora-recording-gateway/agora/tables/operations';
import { checkChannelUpdate } from '../../api/checks/channel-update.js';
import { events, type RecorderEvent, streamChanges } from '../../notifications/events.js';
import { receivedStreams } from '../subscription.js';
import { type FatalError, type ReceivedStreams, type StartPlan, type Task } from '../task.js';
import { type Actions, recorderLife, type RecorderLife, runAction } from './life.js';
import { type Checked, type ModeOptions, type RecordingMode } from './mode.js';

/** leaveCode of event 41, bits (agora-facts.md, section 2). */
const LEAVE = { noUsers: 4, timer: 8, clientLeft: 16 } as const;

/** What event 1 says of a recorder that died; the code is "general error" (agora-facts.md, section 2, errorCode). */
const CRASHED: FatalError = { module: 0, errorCode: 1, errorMsg: 'the recorder has crashed' };

/** The same before it was ready (callback-service.md, "Error codes for the Agora Cloud Recording platform"). */
const NEVER_STARTED: FatalError = { module: 2, errorCode: 52, errorMsg: 'starting the recorder timed out' };

type Received = Readonly<Record<string, ReceivedStreams>>;

/** In what composite and individual recording differ. */
export interface ChannelTraits {
  name: Mode;
  /** recordingMode of event 3. */
  recordingMode: number;
  checkStart(clientRequest: unknown): Checked<StartPlan>;
  checkLayout: RecordingMode['checkLayout'];
  /** Whether these streams give anything to record. */
  isWorthRecording(task: Task, received: Received): boolean;
  /** The slices that begin with these streams; `first` where the recording begins with them. */
  beginSlices(task: Task, received: Received, at: number, first: boolean): RecorderEvent[];
  /** Another server goes on with the recording. */
  resume(task: Task, at: number): RecorderEvent[];
  /** The playlist that events 3 and 4 name. */
  playlist(task: Task): string | null;
  files(task: Task, at: number): unknown[];
  /** fileListMode and fileList of replies. */
  fileList(task: Task, at: number): Record<string, unknown>;
  truth(task: Task): Record<string, unknown>;
  /** Adds actions to those of every recorder in a channel; `listened` is called after each change of streams. */
  extend?(life: RecorderLife): { actions: Actions; listened(task: Task, at: number): void };
}

/** Recording of a channel's streams, which composite and individual mode have in common. */
export function channelRecorder(options: ModeOptions, traits: ChannelTraits): RecordingMode {
  const { tasks, channels, notifier } = options;

  const life = recorderLife(options, {
    recordingMode: traits.recordingMode,
    playlist: (task) => traits.playlist(task),
    uploadedFiles: (task, at) => traits.files(task, at),
    exitStatus: () => 0,
    ready: (task, at) => notifier.tell(task, at, events.recorderStarted()),
    left: (task, at) => life.leave(task, at, events.recorderLeave(LEAVE.clientLeft)),
    resumed: (task, at) => {
      notifier.tell(task, at, events.recorderStarted());
      if (task.sliceStartTime !== null) notifier.tell(task, at, ...traits.resume(task, at));
      task.streams = {};
      if (task.phase === 'recording') listen(task, at);
    },
    expired: (task, at) => end(task, LEAVE.timer, at),
  });
  const extension = traits.extend?.(life);

  /** The recording ends by itself. */
  function end(task: Task, leaveCode: number, at: number): void {
    life.beginEnding(task, at);
    life.leave(task, at, events.recorderLeave(leaveCode));
  }

  /** Takes in what is published now, begins the slices that follow, and minds idleness. */
  function listen(task: Task, at: number): void {
    const publishers = channels.publishers(task.cname);
    const received = receivedStreams(task.subscription, publishers);
    const first = task.sliceStartTime === null && traits.isWorthRecording(task, received);
    if (first) life.beginRecording(task, at);
    if (task.sliceStartTime !== null)
      notifier.tell(task, at, ...traits.beginSlices(task, received, at, first));
    notifier.tell(task, at, ...streamChanges(task.streams, received, at));
    task.streams = received;
    if (!channels.isIdle(task.cname)) tasks.cancel(task, 'idle');
    else if (task.actions.idle === undefined) tasks.schedule(task, 'idle', at + task.maxIdleMs);
    extension?.listened(task, at);
  }

  function publishersChanged(task: Task, at: number): void {
    const joined = task.phase === 'recording' && task.actions.joined === undefined;
    // While a fail-over is on nobody listens; its end does.
    if (joined && task.failoverUntil === null) listen(task, at);
  }

  const actions: Actions = {
    ...life.actions,
    joined: listen,
    idle: (task, at) => end(task, LEAVE.noUsers, at),
    ...extension?.actions,
  };

  return {
    name: traits.name,
    scenes: [0],
    checkStart: (clientRequest) => traits.checkStart(clientRequest),
    begin: (task, at) =>
      life.begin(task, at, ['initialized', 'starting', 'partlyReady', 'ready', 'uploaderStarted', 'joined']),
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
    stop: (task, at) => life.stop(task, at),
    failOver(task, durationMs, at) {
      // The server that takes over begins to wait anew.
      tasks.cancel(task, 'idle');
      life.failOver(task, durationMs, at);
    },
    trouble(task, { kind }, at) {
      if (kind !== 'crash') return false;
      life.fail(task, task.phase === 'starting' ? NEVER_STARTED : CRASHED, at);
      return true;
    },
    uploadChanged: (task, at) => life.uploadChanged(task, at),
    queryResponse(task, at) {
      const { status, sliceStartTime, firstFileAt } = task;
      if (sliceStartTime === null || firstFileAt === null) return { status };
      return { status, ...traits.fileList(task, at), sliceStartTime };
    },
    stopResponse(task, complete) {
      if (task.uploadedAt === null || !complete) return { uploadingStatus: 'unknown' };
      const uploadingStatus = task.backup ? 'backuped' : 'uploaded';
      return { ...traits.fileList(task, task.uploadedAt), uploadingStatus };
    },
    files: (task, at) => traits.files(task, at),
    truth: (task) => traits.truth(task),
  };
}
