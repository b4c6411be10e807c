import { createHash } from 'node:crypto';
import { type Task } from '../tasks/task.js';

/** A playlist and the id of its video at ApsaraVideo VoD. */
export interface VodVideo {
  fileName: string;
  videoId: string;
}

/** The videos of a task at ApsaraVideo VoD: one for each playlist among its files. */
export function vodVideos(task: Task, files: readonly unknown[]): VodVideo[] {
  return files.flatMap((file) => {
    const { fileName } = file as { fileName?: string };
    if (fileName?.endsWith('.m3u8') !== true) return [];
    const videoId = createHash('md5').update(`${task.sid} ${fileName}`).digest('hex');
    return [{ fileName, videoId }];
  });
}
