import { serverStarts, type Task, type Track } from '../tasks/task.js';
import { MP4_LENGTH_MS } from './composite-files.js';
import { fileName, type RecordedFile } from './file-name.js';

/** The track of one user in one file; `audio_and_video` is the merged one of streamMode standard. */
type FileKind = Track['kind'] | 'audio_and_video';

const KINDS: readonly FileKind[] = ['audio', 'video', 'audio_and_video'];

function trackName(task: Task, track: Track, kind: FileKind, ending: string): string {
  const { uid, failovers } = track;
  return fileName(task, { failovers, ending: `__uid_s_${uid}__uid_e_${kind}${ending}` });
}

/** The playlist of the first track of a recording; null if there is none. */
export function firstPlaylistName(task: Task): string | null {
  const first = task.individual?.tracks[0];
  return first === undefined || task.individual?.records !== true
    ? null
    : trackName(task, first, first.kind, '.m3u8');
}

/** Tracks of one user on one server, by kind. */
type TracksOfUser = Partial<Record<FileKind, Track>>;

function byUser({ tracks, streamMode }: { tracks: Track[]; streamMode: string }): TracksOfUser[] {
  const users = new Map<string, TracksOfUser>();
  for (const track of tracks) {
    const key = `${track.failovers} ${track.uid}`;
    const user = { ...users.get(key), [track.kind]: track };
    // Tracks are in the order of their beginning, so that the later of two has both.
    if (streamMode === 'standard' && user.audio !== undefined && user.video !== undefined) {
      user.audio_and_video = track;
    }
    users.set(key, user);
  }
  return [...users.values()];
}

/** MP4 files of a track, if an assumption lets individual recording make them. */
function mp4Count(task: Task, track: Track, now: number): number {
  if (!task.avFileType.includes('mp4')) return 0;
  const end = serverStarts(task)[track.failovers + 1] ?? Math.min(now, task.endingAt ?? now);
  return Math.floor(Math.max(0, end - track.sliceStartTime) / MP4_LENGTH_MS) + 1;
}

/** Every file of an individual recording by `now`: a playlist for each user and track, and MP4 files if ordered. */
export function individualFiles(task: Task, now: number): RecordedFile[] {
  const state = task.individual;
  if (state?.records !== true) return [];
  return byUser(state).flatMap((user) =>
    KINDS.flatMap((kind) => {
      const track = user[kind];
      if (track === undefined) return [];
      const file = (ending: string, sliceStartTime: number): RecordedFile => ({
        fileName: trackName(task, track, kind, ending),
        trackType: kind,
        uid: track.uid,
        mixedAllUser: false,
        isPlayable: true,
        sliceStartTime,
      });
      const { sliceStartTime } = track;
      return [
        ...Array.from({ length: mp4Count(task, track, now) }, (_, index) =>
          file(`_${index}.mp4`, sliceStartTime + index * MP4_LENGTH_MS),
        ),
        file('.m3u8', sliceStartTime),
      ];
    }),
  );
}

/** The time in the name of a screenshot: yyyyMMddHHmmssSSS, UTC. */
function compactTime(at: number): string {
  return new Date(at).toISOString().replaceAll(/[^0-9]/g, '');
}

const SNAPSHOT = /_video_(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})\.jpg$/;

/** When a screenshot with this name was taken, Unix milliseconds; null if the task takes none, or the name is of another file. */
export function snapshotTime(task: Task, name: string): number | null {
  const found = task.individual?.captureMs == null ? null : SNAPSHOT.exec(name);
  if (found === null) return null;
  const [year = 0, month = 0, ...rest] = found.slice(1).map(Number);
  const at = Date.UTC(year, month - 1, ...rest);
  return at >= task.startedAt ? at : null;
}

export function snapshotName(task: Task, uid: string, at: number): string {
  const ending = `__uid_s_${uid}__uid_e_video_${compactTime(at)}.jpg`;
  return fileName(task, { failovers: task.failoverSlices.length, ending });
}
