import { type Task, trackType } from '../task.js';
import { fileName, type RecordedFile, sliceTime } from './file-name.js';

/** A new MP4 file begins after about two hours (rest-api-reference.md, recordingFileConfig). */
export const MP4_LENGTH_MS = 2 * 3_600_000;

export function playlistName(task: Task): string {
  return fileName(task, { ending: '.m3u8' });
}

export function wantsMp4(task: Task): boolean {
  return task.avFileType.includes('mp4');
}

/** Every file of a composite recording until `now`, MP4 files first, as Agora lists them. Empty before the first slice. */
export function compositeFiles(task: Task, now: number, inSeconds: boolean): RecordedFile[] {
  const start = task.sliceStartTime;
  if (start === null) return [];
  const end = Math.max(start, Math.min(now, task.endingAt ?? now));
  const file = (name: string, startTime: number): RecordedFile => ({
    fileName: name,
    trackType: trackType(task),
    uid: '0',
    mixedAllUser: true,
    isPlayable: true,
    sliceStartTime: sliceTime(startTime, inSeconds),
  });
  const mp4Count = wantsMp4(task) ? Math.floor((end - start) / MP4_LENGTH_MS) + 1 : 0;
  return [
    ...Array.from({ length: mp4Count }, (_, index) =>
      file(fileName(task, { ending: `_${index}.mp4` }), start + index * MP4_LENGTH_MS),
    ),
    file(playlistName(task), start),
    // The server that takes over after a fail-over writes files of its own.
    ...task.failoverSlices.map((startTime, index) =>
      file(fileName(task, { failovers: index + 1, ending: '.m3u8' }), startTime),
    ),
  ];
}
