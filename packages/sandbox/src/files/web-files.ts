import { serverStarts, type Task } from '../tasks/task.js';
import { fileName } from './file-name.js';

/** One entry of fileList in web mode, which spells the name's property in lower case (stop-endpoint.md). */
export interface WebFile {
  filename: string;
  sliceStartTime: number;
}

/** cname is any text in web mode; what is special in a file's name becomes `-` (agora-facts.md, section 4, "Files"). */
function webFileName(task: Task, ending: string, failovers: number): string {
  const cname = task.cname.replaceAll(/[^a-zA-Z0-9-]/gu, '-');
  return fileName(task, { failovers, cname, ending });
}

export function webPlaylistName(task: Task): string {
  return webFileName(task, '.m3u8', 0);
}

/** Every file of a web page recording, playlist first, as Agora lists them. Empty before the first slice. */
export function webFiles(task: Task): WebFile[] {
  const starts = serverStarts(task);
  // A server that takes over writes files of its own.
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
