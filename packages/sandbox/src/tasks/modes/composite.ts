import { checkCompositeStart } from '../../api/checks/composite-start.js';
import { checkLayout } from '../../api/checks/layout.js';
import { events } from '../../notifications/events.js';
import { compositeFiles, playlistName, wantsMp4 } from '../../files/composite-files.js';
import { trackType, type Task } from '../task.js';
import { channelRecorder } from './channel-recorder.js';
import { type ModeOptions, type RecordingMode } from './mode.js';

/** recordingMode of event 3 (callback page; the Chinese one has the opposite numbers). */
const COMPOSITE = 1;

/** Composite recording, `mix` in paths: all users in one playlist, and MP4 files if ordered. */
export function compositeMode(options: ModeOptions): RecordingMode {
  const slice = (task: Task, at: number, discontinuedAt: number | null) => {
    const content = { mixedAllUser: true, streamUid: '0', trackType: trackType(task) };
    return events.sliceStart(at, content, discontinuedAt);
  };

  return channelRecorder(options, {
    name: 'mix',
    recordingMode: COMPOSITE,
    checkStart: checkCompositeStart,
    checkLayout,
    isWorthRecording: (_task, received) => Object.keys(received).length > 0,
    // The first slice contains every user, so that no further one begins.
    beginSlices: (task, _received, at, first) => (first ? [slice(task, at, null)] : []),
    resume: (task, at) => {
      task.failoverSlices.push(at);
      return [slice(task, at, task.failedOverAt)];
    },
    playlist: playlistName,
    files: compositeFiles,
    fileList: (task, at) =>
      wantsMp4(task)
        ? { fileListMode: 'json', fileList: compositeFiles(task, at) }
        : { fileListMode: 'string', fileList: playlistName(task) },
    details: () => ({}),
  });
}
