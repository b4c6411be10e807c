import { type Task } from '../tasks/task.js';

/** Where in a task a file belongs. */
export interface FileName {
  /** How often the recording had moved to another server: files of those that took over are named after it. */
  failovers?: number;
  /** In place of the channel's name. */
  cname?: string;
  /** What follows the channel's name. */
  ending: string;
}

/** A file's name as Agora makes it: prefix directories, sid, channel (agora-facts.md, section 4, "Files"). */
export function fileName(task: Task, { failovers = 0, cname = task.cname, ending }: FileName): string {
  const backup = failovers === 0 ? '' : `bak${failovers - 1}_`;
  return [...task.fileNamePrefix, `${backup}${task.sid}_${cname}${ending}`].join('/');
}

/** One entry of fileList where fileListMode is "json". */
export interface RecordedFile {
  fileName: string;
  trackType: string;
  uid: string;
  mixedAllUser: boolean;
  isPlayable: boolean;
  sliceStartTime: number;
}
