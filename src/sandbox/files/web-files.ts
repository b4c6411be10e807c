import { type Task } from '../task.js';
import { fileName, sliceTime } from './file-name.js';

/** One entry of fileList in web mode, which spells the name's property in lower case (stop-endpoint.md). */
export interface WebFile {
  filename: string;
  sliceStartTime: number;
}

/** cname is any text in web mode; what could not stand in a file's name becomes `-` (agora-facts.md, section 4). */
function webFileName(task: Task, ending: string, failovers = 0): string {
  const cname = task.cname.replaceAll(/[^a-zA-Z0-9_-]/gu, '-');
  return fileName(task, { failovers, cname, ending });
}

export function webPlaylistName(task: Task): string {
  return webFileName(task, '.m3u8');
}

/** Every file of a web page recording, playlist first, as Agora lists them. Empty before the first slice. */
export function webFiles(task: Task, inSeconds: boolean): WebFile[] {
  if (task.sliceStartTime === null) return [];
  const file = (filename: string, startTime: number): WebFile => ({
    filename,
    sliceStartTime: sliceTime(startTime, inSeconds),
  });
  return [
    file(webPlaylistName(task), task.sliceStartTime),
    ...(task.web?.mp4Starts ?? []).map((startTime, index) =>
      file(webFileName(task, `_${index}.mp4`), startTime),
    ),
    // The server that takes over after a fail-over writes files of its own.
    ...task.failoverSlices.map((startTime, index) => file(webFileName(task, '.m3u8', index + 1), startTime)),
  ];
}
