import { checkIndividualStart } from '../../api/checks/individual-start.js';
import { events, type RecorderEvent } from '../../notifications/events.js';
import { firstPlaylistName, individualFiles, snapshotName } from '../../files/individual-files.js';
import { type IndividualState, type ReceivedStreams, type Task, type Track } from '../task.js';
import { channelRecorder } from './channel-recorder.js';
import { type TaskLifecycle } from './lifecycle.js';
import { type ModeOptions, type RecordingMode } from './mode.js';

/** recordingMode of event 3 (callback page; the Chinese one has the opposite numbers). */
const INDIVIDUAL = 0;

const KINDS: readonly Track['kind'][] = ['audio', 'video'];

function stateOf(task: Task): IndividualState {
  if (task.individual === undefined) throw new Error(`Task ${task.sid} is not in individual mode.`);
  return task.individual;
}

/** Users whose video is received. */
function shownUsers(streams: Readonly<Record<string, ReceivedStreams>>): string[] {
  return Object.entries(streams).flatMap(([uid, { video }]) => (video ? [uid] : []));
}

/** Individual recording: files for each user and track, or screenshots of each user's video, or both. */
export function individualMode(options: ModeOptions): RecordingMode {
  const { tasks, notifier } = options;

  /** Begins a track for each stream that this server has not recorded before; returns the events of their first slices. */
  function beginTracks(
    task: Task,
    received: Readonly<Record<string, ReceivedStreams>>,
    at: number,
  ): RecorderEvent[] {
    const { tracks, records } = stateOf(task);
    if (!records) return [];
    const failovers = task.failoverSlices.length;
    const begun = (uid: string, kind: Track['kind']) =>
      tracks.some((track) => track.uid === uid && track.kind === kind && track.failovers === failovers);
    const interrupted = (uid: string, kind: Track['kind']) =>
      tracks.some((track) => track.uid === uid && track.kind === kind && track.failovers < failovers);
    return Object.entries(received).flatMap(([uid, streams]) =>
      KINDS.filter((kind) => streams[kind] && !begun(uid, kind)).map((kind) => {
        tracks.push({ uid, kind, sliceStartTime: at, failovers });
        const content = { mixedAllUser: false, streamUid: uid, trackType: kind };
        return events.sliceStart(at, content, interrupted(uid, kind) ? task.failedOverAt : null);
      }),
    );
  }

  function takeSnapshots(lifecycle: TaskLifecycle, task: Task, at: number): void {
    const state = stateOf(task);
    // During a failover no recorder runs.
    const users = task.failoverUntil === null ? shownUsers(task.streams) : [];
    for (const uid of users) {
      notifier.emit(task, at, events.snapshotFile(snapshotName(task, uid, at)));
      state.snapshots++;
    }
    if (state.captureMs !== null) lifecycle.repeat(task, 'snapshot', at + state.captureMs);
  }

  return channelRecorder(options, {
    name: 'individual',
    recordingMode: INDIVIDUAL,
    checkStart: (request, context) =>
      checkIndividualStart(request, { ...context, allowsMp4: !options.assumptions().individualMakesNoMp4 }),
    // Only composite recording has a layout (REST reference, updateLayout).
    checkLayout: null,
    isWorthRecording: (task, received) =>
      stateOf(task).records ? Object.keys(received).length > 0 : shownUsers(received).length > 0,
    beginSlices: beginTracks,
    resume: (task, at) => {
      // The server that takes over begins its slices with the streams that it receives.
      task.failoverSlices.push(at);
      return [];
    },
    playlist: firstPlaylistName,
    files: individualFiles,
    // With screenshots, replies have no files (REST reference, query and stop, use-case 2).
    fileList: (task, at) =>
      stateOf(task).captureMs === null ? { fileListMode: 'json', fileList: individualFiles(task, at) } : {},
    details: (task) => {
      const { streamMode, records, captureMs, snapshots } = stateOf(task);
      return { streamMode, records, captureMs, snapshots };
    },
    extend: (lifecycle) => ({
      actions: { snapshot: (task, at) => takeSnapshots(lifecycle, task, at) },
      listened: (task, at) => {
        const { captureMs } = stateOf(task);
        if (captureMs === null || task.sliceStartTime === null) return;
        if (task.actions.snapshot === undefined) tasks.schedule(task, 'snapshot', at + captureMs);
      },
    }),
  });
}
