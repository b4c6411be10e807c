import { type Task } from './task.js';

/** A new MP4 file begins after about two hours (rest-api-reference.md, recordingFileConfig). */
export const MP4_LENGTH_MS = 2 * 3_600_000;

/** One entry of fileList where fileListMode is "json". */
export interface RecordedFile {
  fileName: string;
  trackType: string;
  uid: string;
  mixedAllUser: boolean;
  isPlayable: boolean;
  sliceStartTime: number;
}

const TRACK_TYPES = ['audio', 'video', 'audio_and_video'];

export function trackType(task: Task): string {
  return TRACK_TYPES[task.subscription.streamTypes] ?? 'audio_and_video';
}

/** A file's name as Agora makes it: prefix directories, sid, channel (agora-facts.md, section 4, "Files"). */
function name(task: Task, stem: string, ending: string): string {
  return [...task.fileNamePrefix, `${stem}${task.sid}_${task.cname}${ending}`].join('/');
}

export function playlistName(task: Task): string {
  return name(task, '', '.m3u8');
}

export function wantsMp4(task: Task): boolean {
  return task.avFileType.includes('mp4');
}

/** Every file of a composite recording until `now`, MP4 files first, as Agora lists them. Empty before the first slice. */
export function compositeFiles(task: Task, now: number, inSeconds: boolean): RecordedFile[] {
  const start = task.sliceStartTime;
  if (start === null) return [];
  const end = Math.max(start, Math.min(now, task.endingAt ?? now));
  const file = (fileName: string, startTime: number): RecordedFile => ({
    fileName,
    trackType: trackType(task),
    uid: '0',
    mixedAllUser: true,
    isPlayable: true,
    sliceStartTime: inSeconds ? Math.floor(startTime / 1000) : startTime,
  });
  const mp4Count = wantsMp4(task) ? Math.floor((end - start) / MP4_LENGTH_MS) + 1 : 0;
  return [
    ...Array.from({ length: mp4Count }, (_, index) =>
      file(name(task, '', `_${index}.mp4`), start + index * MP4_LENGTH_MS),
    ),
    file(playlistName(task), start),
    // The server that takes over after a fail-over writes files of its own.
    ...task.failoverSlices.map((startTime, index) => file(name(task, `bak${index}_`, '.m3u8'), startTime)),
  ];
}
