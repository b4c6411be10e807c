import { type JsonObject, parseJson, readObject, type Reader } from './read.js';

export type TrackType = 'audio' | 'video' | 'audio_and_video' | 'unknown';

/** One file of a recording, in one form whichever reply or notification named it. */
export interface AgoraFile {
  fileName: string;
  /** As Agora gave it: one of TrackType, or a word that is not known here. */
  trackType: string | null;
  /** Whose stream it holds; "0" in composite mode. */
  uid: string | null;
  mixedAllUser: boolean | null;
  isPlayable: boolean | null;
  /** Start of the recording in this file, Unix milliseconds. */
  sliceStartTime: number | null;
}

/** fileList is one playlist name (fileListMode "string") or the details of each file ("json"). */
export type AgoraFileList = { kind: 'playlist'; fileName: string } | { kind: 'files'; files: AgoraFile[] };

/** Those of Agora have at most 15; a longer one is cut. */
const MAX_TRACK_TYPE_CHARACTERS = 100;

export function readTrackType(value: unknown, reader: Reader): TrackType | null {
  const text = reader.text(value);
  if (text === null) return null;
  return text === 'audio' || text === 'video' || text === 'audio_and_video' ? text : 'unknown';
}

/** Which spelling is documented: page recordings say filename, the others fileName (docs/agora/status-and-files.md, File lists). */
export type FileSpelling = 'fileName' | 'filename';

/** The name of a file in an object that names one. */
export function readFileName(
  object: JsonObject,
  reader: Reader,
  spelling: FileSpelling = 'fileName',
): string | null {
  const documented = reader.text(object[spelling]);
  if (documented !== null) return documented;
  const other = reader.text(object[spelling === 'fileName' ? 'filename' : 'fileName']);
  if (other !== null)
    reader.contradict(spelling === 'fileName' ? 'namesHaveDocumentedCase' : 'webFilesSayFilename');
  return other;
}

function readFile(value: unknown, reader: Reader, spelling: FileSpelling): AgoraFile | null {
  if (typeof value === 'string' && value !== '') {
    reader.contradict('valuesHaveDocumentedTypes');
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
  const fileName = file === null ? null : readFileName(file, reader, spelling);
  if (file === null || fileName === null) return null;
  return {
    fileName,
    trackType: reader.text(file.trackType)?.slice(0, MAX_TRACK_TYPE_CHARACTERS) ?? null,
    uid: reader.uid(file.uid),
    mixedAllUser: reader.boolean(file.mixedAllUser),
    isPlayable: reader.boolean(file.isPlayable),
    sliceStartTime: reader.time(file.sliceStartTime, 'sliceStartTimeIsMilliseconds'),
  };
}

/** Reads fileList by the type of its value, never by fileListMode (docs/agora/status-and-files.md, File lists). */
export function readFileList(
  value: unknown,
  reader: Reader,
  spelling: FileSpelling = 'fileName',
): AgoraFileList | null {
  if (typeof value === 'string') {
    if (value === '') return null;
    const parsed = parseJson(value);
    if (parsed === null) return { kind: 'playlist', fileName: value };
    reader.contradict('fileListIsArray');
    return readFileList(reader.named(parsed), reader, spelling);
  }
  if (!Array.isArray(value) && readObject(value) === null) return null;
  const files = reader
    .list(value)
    .map((file) => readFile(file, reader, spelling))
    .filter((file) => file !== null);
  return { kind: 'files', files };
}
