import { type Task, type Track } from '../tasks/task.js';
import { fileName, type RecordedFile } from './file-name.js';

/** The track of one user that goes into one file; `audio_and_video` is the merged one of streamMode standard. */
type FileKind = Track['kind'] | 'audio_and_video';

const KINDS: readonly FileKind[] = ['audio', 'video', 'audio_and_video'];

function trackName(task: Task, track: Track, kind: FileKind, ending: string): string {
  const { uid, failovers } = track;
  return fileName(task, { failovers, ending: `__uid_s_${uid}__uid_e_${kind}${ending}` });
}

/** The playlist of a recording's first track; null where there is none. */
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
    // Tracks stand in the order of their beginning, so the later of two has both.
    if (streamMode === 'standard' && user.audio !== undefined && user.video !== undefined) {
      user.audio_and_video = track;
    }
    users.set(key, user);
  }
  return [...users.values()];
}

/** Every playlist of an individual recording: one for each user and track (agora-facts.md, section 4, "Files"). */
export function individualFiles(task: Task): RecordedFile[] {
  const state = task.individual;
  if (state?.records !== true) return [];
  return byUser(state).flatMap((user) =>
    KINDS.flatMap((kind) => {
      const track = user[kind];
      if (track === undefined) return [];
      return {
        fileName: trackName(task, track, kind, '.m3u8'),
        trackType: kind,
        uid: track.uid,
        mixedAllUser: false,
        isPlayable: true,
        sliceStartTime: track.sliceStartTime,
      };
    }),
  );
}

/** A screenshot's time in its name: yyyyMMddHHmmssSSS, UTC. */
function compactTime(at: number): string {
  return new Date(at).toISOString().replaceAll(/[^0-9]/g, '');
}

export function snapshotName(task: Task, uid: string, at: number): string {
  const ending = `__uid_s_${uid}__uid_e_video_${compactTime(at)}.jpg`;
  return fileName(task, { failovers: task.failoverSlices.length, ending });
}
