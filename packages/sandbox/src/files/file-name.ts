import { type Task } from '../tasks/task.js';

/** The parts of a file name that depend on the file. */
export interface FileName {
  /** Failovers before this file; files of a server that took over have it in their name. */
  failovers?: number;
  /** Replaces the name of the channel. */
  cname?: string;
  /** The part after the name of the channel. */
  ending: string;
}

/** The name of a file in Agora's format: prefix directories, sid, channel. */
export function fileName(task: Task, { failovers = 0, cname = task.cname, ending }: FileName): string {
  const backup = failovers === 0 ? '' : `bak${failovers - 1}_`;
  return [...task.fileNamePrefix, `${backup}${task.sid}_${cname}${ending}`].join('/');
}

/** One entry of fileList if fileListMode is "json". */
export interface RecordedFile {
  fileName: string;
  trackType: string;
  uid: string;
  mixedAllUser: boolean;
  isPlayable: boolean;
  sliceStartTime: number;
}
