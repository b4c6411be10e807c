import { serverStarts, type Task } from '../tasks/task.js';
import { fileName } from './file-name.js';

/** One entry of fileList in web mode, where the property of the name is in lower case (stop page). */
export interface WebFile {
  filename: string;
  sliceStartTime: number;
}

/** cname is any text in web mode; special characters become `-` in the name of a file. */
function webFileName(task: Task, ending: string, failovers: number): string {
  const cname = task.cname.replaceAll(/[^a-zA-Z0-9-]/gu, '-');
  return fileName(task, { failovers, cname, ending });
}

export function webPlaylistName(task: Task): string {
  return webFileName(task, '.m3u8', 0);
}

/** Every file of a web page recording, playlist first, in Agora's order. Empty before the first slice. */
export function webFiles(task: Task): WebFile[] {
  const starts = serverStarts(task);
  // A server that takes over writes its own files.
  return starts.flatMap((start, failovers) => {
    const until = starts[failovers + 1] ?? Infinity;
    const mp4Starts = (task.web?.mp4Starts ?? []).filter((at) => at >= start && at < until);
    return [
      { filename: webFileName(task, '.m3u8', failovers), sliceStartTime: start },
      ...mp4Starts.map((at, index) => ({
        filename: webFileName(task, `_${index}.mp4`, failovers),
        sliceStartTime: at,
      })),
    ];
  });
}
