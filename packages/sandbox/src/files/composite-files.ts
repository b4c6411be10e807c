import { serverStarts, type Task, trackType } from '../tasks/task.js';
import { fileName, type RecordedFile } from './file-name.js';

/** A new MP4 file begins after about two hours (REST reference, recordingFileConfig). */
export const MP4_LENGTH_MS = 2 * 3_600_000;

export function playlistName(task: Task): string {
  return fileName(task, { ending: '.m3u8' });
}

export function wantsMp4(task: Task): boolean {
  return task.avFileType.includes('mp4');
}

/** Every file of a composite recording by `now`, MP4 files first, in Agora's order. Empty before the first slice. */
export function compositeFiles(task: Task, now: number): RecordedFile[] {
  const end = Math.min(now, task.endingAt ?? now);
  const starts = serverStarts(task);
  // A server that takes over writes its own files.
  return starts.flatMap((start, failovers) => {
    const file = (ending: string, sliceStartTime: number): RecordedFile => ({
      fileName: fileName(task, { failovers, ending }),
      trackType: trackType(task),
      uid: '0',
      mixedAllUser: true,
      isPlayable: true,
      sliceStartTime,
    });
    const length = Math.max(0, (starts[failovers + 1] ?? end) - start);
    const mp4Count = wantsMp4(task) ? Math.floor(length / MP4_LENGTH_MS) + 1 : 0;
    return [
      ...Array.from({ length: mp4Count }, (_, index) => file(`_${index}.mp4`, start + index * MP4_LENGTH_MS)),
      file('.m3u8', start),
    ];
  });
}
