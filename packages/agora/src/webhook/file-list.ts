import { readBoolean, readList, readObject, readString, readText, readTime } from './read.js';

export type TrackType = 'audio' | 'video' | 'audio_and_video' | 'unknown';

/** One file of a recording, in one form whichever reply or notification named it. */
export interface AgoraFile {
  fileName: string;
  trackType: TrackType | null;
  /** Whose stream it holds; "0" in composite mode. */
  uid: string | null;
  mixedAllUser: boolean | null;
  isPlayable: boolean | null;
  /** Start of the recording in this file, Unix milliseconds. */
  sliceStartTime: number | null;
}

/** fileList is one playlist name (fileListMode "string") or the details of each file ("json"). */
export type AgoraFileList = { kind: 'playlist'; fileName: string } | { kind: 'files'; files: AgoraFile[] };

export function readTrackType(value: unknown): TrackType | null {
  const text = readText(value);
  if (text === null) return null;
  return text === 'audio' || text === 'video' || text === 'audio_and_video' ? text : 'unknown';
}

function readFile(value: unknown): AgoraFile | null {
  if (typeof value === 'string' && value !== '') {
    return {
      fileName: value,
      trackType: null,
      uid: null,
      mixedAllUser: null,
      isPlayable: null,
      sliceStartTime: null,
    };
  }
  const file = readObject(value);
  if (file === null) return null;
  // Page recordings say filename in replies and event 71, the others fileName (docs/agora/status-and-files.md, File lists).
  const fileName = readText(file.fileName) ?? readText(file.filename);
  if (fileName === null) return null;
  return {
    fileName,
    trackType: readTrackType(file.trackType),
    uid: readString(file.uid),
    mixedAllUser: readBoolean(file.mixedAllUser),
    isPlayable: readBoolean(file.isPlayable),
    sliceStartTime: readTime(file.sliceStartTime),
  };
}

function parseJsonArray(text: string): unknown[] | null {
  if (!text.trimStart().startsWith('[')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null; // A file name may begin with a bracket: then it is a name and no list.
  }
}

/** Reads fileList by the type of its value, never by fileListMode (docs/agora/status-and-files.md, File lists). */
export function readFileList(value: unknown): AgoraFileList | null {
  if (typeof value === 'string') {
    if (value === '') return null;
    const array = parseJsonArray(value);
    return array === null ? { kind: 'playlist', fileName: value } : readFileList(array);
  }
  if (!Array.isArray(value) && readObject(value) === null) return null;
  const files = readList(value)
    .map(readFile)
    .filter((file) => file !== null);
  return { kind: 'files', files };
}
