import { type AgoraFile, type AgoraFileList } from '@agora-recording-gateway/agora/webhook/file-list';
import { bounded, byName, entriesOf } from '../by-name.js';
import { type Observation } from '../observation.js';
import { type RecordingState } from '../state.js';
import { latest } from './register.js';
import { stampOf } from './stamp.js';

/** Files that one recording keeps. */
export const MAX_FILES = 2_000;

/**
 * Which source of a file list comes before which, whatever its time: replies, then events 31, 32 and 71, then events 3 and
 * 4. A list without files comes last: it never replaces one that names any.
 */
export const FILE_LIST_KIND = { reply: 2, uploaded: 1, early: 0 } as const;
const EMPTY_LIST_KIND = -1;

/** How many of its details an entry has; the entry with the most is kept for the file. */
function detailCount(file: AgoraFile): number {
  return Object.values(file).filter((value) => value !== null).length;
}

/** A file of which only the name is known. */
export function namedFile(fileName: string): AgoraFile {
  return { fileName, trackType: null, uid: null, mixedAllUser: null, isPlayable: null, sliceStartTime: null };
}

export function filesOf(list: AgoraFileList): AgoraFile[] {
  return list.kind === 'files' ? list.files : [namedFile(list.fileName)];
}

/** Takes the files of one list, by the kind of its source. */
export function withFileList(
  state: RecordingState,
  list: AgoraFileList | null,
  observation: Observation,
  kind: number,
): RecordingState {
  if (list === null) return state;
  const named = filesOf(list);
  const files = new Map(entriesOf(state.files));
  for (const file of named) {
    const stamp = stampOf(observation, detailCount(file) * 10 + kind);
    files.set(file.fileName, latest(files.get(file.fileName), file, stamp));
  }
  const listKind = named.length === 0 ? EMPTY_LIST_KIND : kind;
  return {
    ...state,
    fileList: latest(state.fileList, list, stampOf(observation, listKind)),
    files: bounded(byName(files), MAX_FILES),
  };
}
