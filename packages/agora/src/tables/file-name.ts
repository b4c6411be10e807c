/** What the name of a file says of it, in Agora's naming convention. Null: the name does not say. */
export interface FileNameFacts {
  /** The user whose streams it holds. */
  uid: string | null;
  /** The time in the name, Unix milliseconds: when a screenshot was taken, or a slice began. */
  time: number | null;
  /** The number at the end of the name: that of an MP4 file of the recording, or of a screenshot, from 0. */
  index: number | null;
}

/** `…__uid_s_UID__uid_e_TYPE…` stands in the names of individual recording. */
const UID = /__uid_s_(\d{1,10})__uid_e_/;

/** yyyyMMddHHmmssSSS, UTC, perhaps followed by a number, before the ending. */
const TIME = /_(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{3})(?:_\d{1,9})?\.[a-z0-9]+$/i;

const INDEX = /_(\d{1,9})\.(?:mp4|mp3|m4a|aac|jpe?g)$/i;

export type FileKind = 'PLAYLIST' | 'MP4' | 'MPD' | 'SNAPSHOT' | 'OTHER';

const KINDS: readonly [RegExp, FileKind][] = [
  [/\.m3u8$/i, 'PLAYLIST'],
  [/\.mp4$/i, 'MP4'],
  [/\.mpd$/i, 'MPD'],
  [/\.jpe?g$/i, 'SNAPSHOT'],
];

/** What kind of file it is, by the ending of its name. */
export function fileKindOf(fileName: string): FileKind {
  return KINDS.find(([ending]) => ending.test(fileName))?.[1] ?? 'OTHER';
}

/** Reads uid, time and number from the name of a file. A channel's name may hold anything, so the last match counts. */
export function factsOfFileName(fileName: string): FileNameFacts {
  const [, uid = null] = UID.exec(fileName.slice(fileName.lastIndexOf('__uid_s_'))) ?? [];
  const [, year, month, day, hour, minute, second, millisecond] = TIME.exec(fileName) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`);
  const [, index] = INDEX.exec(fileName) ?? [];
  return {
    uid,
    time: Number.isNaN(time) ? null : time,
    index: index === undefined ? null : Number(index),
  };
}
