import { type Log } from '../telemetry/log.js';
import { createRepeatedLog } from '../telemetry/repeated-log.js';
import { type FileFacts, fetchText } from './fetch.js';
import { createMediaTokens } from './media-token.js';
import { readPlaylist } from './playlist.js';
import {
  createReaders,
  FETCH_EXPIRES_SECONDS,
  isInBucket,
  type ReadableStorage,
  type ReaderParts,
  type SignedAddress,
} from './reader.js';
import {
  createStoredFiles,
  MAX_FILES_OF_OPERATION,
  MAX_PLAYLIST_BYTES,
  type PlaylistLength,
} from './stored-files.js';
import { type FileUnreadableReason, type PlaybackUnavailableReason } from './unavailable.js';

/** Bounds of expiresInSeconds. A week is the longest that vendors accept. */
export const MIN_EXPIRES_SECONDS = 60;
export const MAX_EXPIRES_SECONDS = 604_800;

/** Time in which the storage must have sent a whole playlist. Real milliseconds. */
const PLAYLIST_TIMEOUT_MS = 10_000;

/** Playlists that are fetched at once; further requests are refused. */
const MAX_FETCHES = 50;

/** Slices can be fetched for this long after a playlist that a player has loaded would have ended, seconds. */
const PAUSE_SECONDS = 3_600;

/** Sources of one kind; further files have `RecordedFile.url`. */
export const MAX_SOURCES = 100;

/** What is played back of a recording. */
export interface Playable {
  id: string;
  storage: ReadableStorage | null;
  /** Names of its files in the bucket. */
  fileNames: readonly string[];
  /** Name of its latest screenshot. */
  snapshot: string | null;
}

/** Where a file of a recording can be played. */
export interface PlaybackSource extends SignedAddress {
  fileName: string;
}

/** Why a playlist is not served, with the HTTP status that says so. */
export const PLAYLIST_FAULTS = {
  invalid: { status: 403, error: 'This gateway did not make the address. Ask for `playback` again.' },
  expired: { status: 403, error: 'The address has expired. Ask for `playback` again.' },
  gone: { status: 404, error: 'The gateway has no such recording any more.' },
  unavailable: {
    status: 404,
    error: 'The files of this recording can no longer be read; `playbackUnavailable` says why.',
  },
  missing: {
    status: 404,
    error: 'The storage has no such file. It may not be uploaded yet, or was deleted.',
  },
  denied: { status: 502, error: 'The storage refuses the key of readCredentialsFile for this file.' },
  malformed: { status: 502, error: 'What the storage has under this name is not a playlist.' },
  'too-large': { status: 502, error: `The playlist is larger than ${MAX_PLAYLIST_BYTES} bytes.` },
  unreachable: { status: 502, error: 'The storage cannot be reached, or answers with an error. Try again.' },
  'timed-out': { status: 504, error: 'The storage did not answer in time. Try again.' },
  busy: { status: 503, error: 'The gateway fetches as many playlists as it may. Try again in a second.' },
} as const;

export type PlaylistFault = keyof typeof PLAYLIST_FAULTS;

/** A file of a recording that the storage is asked about. */
export interface StoredFileAsked {
  storage: ReadableStorage | null;
  fileName: string;
}

/** What one operation reads: the credentials of a storage profile are read once for all its files. */
export interface MediaReads {
  /** An address of a file that a browser can open until it expires. */
  fileAddress(
    recording: Pick<Playable, 'storage'>,
    fileName: string,
    expiresInSeconds: number,
  ): Promise<SignedAddress | FileUnreadableReason>;
  /** What the storage says of files, each asked for by HEAD; in the order of `files`. */
  facts(files: readonly StoredFileAsked[]): Promise<(FileFacts | FileUnreadableReason)[]>;
  /** How long a playlist is; it is read for that. */
  playlistLength(file: StoredFileAsked): Promise<PlaylistLength | FileUnreadableReason>;
  /** Playlists, which the gateway serves, and MP4 files; by name. */
  playback(recording: Playable, expiresInSeconds: number): Promise<Playback | PlaybackUnavailableReason>;
  /** Why `playback` has nothing to give; null if it has. */
  unavailable(recording: Playable): Promise<PlaybackUnavailableReason | null>;
}

export interface Media {
  /** For one operation. */
  reads(): MediaReads;
  /** The playlist behind a token, with signed addresses of its slices. */
  playlist(token: string): Promise<{ text: string } | { fault: PlaylistFault }>;
  close(): void;
}

export interface Playback {
  hls: PlaybackSource[];
  mp4: PlaybackSource[];
  poster: SignedAddress | null;
}

export interface MediaParts extends ReaderParts {
  store: {
    recordings(ids: readonly string[]): Promise<(Pick<Playable, 'storage'> | null)[]>;
    inputKey: string;
  };
  log: Log;
  onPlaylist: (outcome: 'served' | PlaylistFault) => void;
}

/** Makes what Agora uploaded playable: addresses that expire, and playlists whose slices have such addresses. */
export function createMedia(parts: MediaParts): Media {
  const { store, clock, log, onPlaylist } = parts;
  const readers = createReaders(parts);
  const tokens = createMediaTokens(store.inputKey);
  const storedFiles = createStoredFiles();
  const faults = createRepeatedLog((fields) => log.warn(fields, 'could not serve a playlist'));
  let fetching = 0;

  /** The address of a playlist, relative to that of the gateway. */
  function playlistAddress(recordingId: string, fileName: string, expiresInSeconds: number): SignedAddress {
    const expiresAt = Math.floor(clock.now() / 1000) + expiresInSeconds;
    const token = tokens.issue({ recordingId, fileName, expiresAt });
    return { url: `/media/${token}/index.m3u8`, expiresAt: expiresAt * 1000 };
  }

  async function playlist(
    token: string,
  ): Promise<{ text: string } | { fault: PlaylistFault; recordingId?: string }> {
    const grant = tokens.read(token, clock.now());
    if (typeof grant === 'string') return { fault: grant };
    const { recordingId, fileName, expiresAt } = grant;
    const [recording] = await store.recordings([recordingId]);
    if (recording == null) return { fault: 'gone', recordingId };
    const reader = await readers.open(recording.storage);
    if (typeof reader === 'string') return { fault: 'unavailable', recordingId };
    const { url } = await reader.sign(fileName, FETCH_EXPIRES_SECONDS);
    const fetched = await fetchText(url, {
      timeoutMs: PLAYLIST_TIMEOUT_MS,
      maxBytes: MAX_PLAYLIST_BYTES,
    });
    if ('fault' in fetched) return { ...fetched, recordingId };
    const read = readPlaylist(fileName, fetched.text);
    if (read === null) return { fault: 'malformed', recordingId };
    const remaining = expiresAt - Math.floor(clock.now() / 1000);
    const lasting = Math.ceil(read.durationSeconds) + PAUSE_SECONDS;
    const seconds = Math.min(Math.max(remaining, lasting), MAX_EXPIRES_SECONDS);
    const addresses = new Map<string, string>();
    for (const name of read.fileNames) addresses.set(name, (await reader.sign(name, seconds)).url);
    return { text: read.withAddresses((name) => addresses.get(name) ?? '') };
  }

  /** The reader of the files that can be played, and their names; or why there are none. */
  async function openPlayable(open: typeof readers.open, { storage, fileNames }: Playable) {
    const reader = await open(storage);
    if (typeof reader === 'string') return reader;
    const named = (ending: RegExp) => fileNames.filter((name) => ending.test(name) && isInBucket(name)).slice(0, MAX_SOURCES);
    const [playlists, mp4Names] = [named(/\.m3u8$/i), named(/\.mp4$/i)];
    return playlists.length + mp4Names.length === 0 ? 'NO_FILES' : { reader, playlists, mp4Names };
  }

  function reads(): MediaReads {
    const open = readers.openingOnce();
    let asked = 0;

    /** The file with what reads it, or why it is not read. */
    async function openFile({ storage, fileName }: StoredFileAsked) {
      asked += 1;
      if (asked > MAX_FILES_OF_OPERATION) return 'TOO_MANY_FILES';
      if (!isInBucket(fileName)) return 'NAME_OUTSIDE_BUCKET';
      const reader = await open(storage);
      return typeof reader === 'string' ? reader : { storage, fileName, reader };
    }

    return {
      facts: (files) =>
        Promise.all(
          files.map(async (each) => {
            const file = await openFile(each);
            return typeof file === 'string' ? file : await storedFiles.facts(file);
          }),
        ),
      async playlistLength(each) {
        const file = await openFile(each);
        return typeof file === 'string' ? file : await storedFiles.length(file);
      },
      async unavailable(recording) {
        const opened = await openPlayable(open, recording);
        return typeof opened === 'string' ? opened : null;
      },
      async fileAddress(recording, fileName, expiresInSeconds) {
        if (!isInBucket(fileName)) return 'NAME_OUTSIDE_BUCKET';
        const reader = await open(recording.storage);
        return typeof reader === 'string' ? reader : await reader.sign(fileName, expiresInSeconds);
      },
      async playback(recording, expiresInSeconds) {
        const opened = await openPlayable(open, recording);
        if (typeof opened === 'string') return opened;
        const { reader, playlists, mp4Names } = opened;
        const hls = playlists.map((fileName) => ({
          fileName,
          ...playlistAddress(recording.id, fileName, expiresInSeconds),
        }));
        const mp4: PlaybackSource[] = [];
        for (const fileName of mp4Names) {
          mp4.push({ fileName, ...(await reader.sign(fileName, expiresInSeconds)) });
        }
        const { snapshot } = recording;
        return { hls, mp4, poster: snapshot === null ? null : await reader.sign(snapshot, expiresInSeconds) };
      },
    };
  }

  return {
    reads,
    async playlist(token) {
      if (fetching >= MAX_FETCHES) {
        onPlaylist('busy');
        return { fault: 'busy' };
      }
      fetching += 1;
      try {
        const result = await playlist(token);
        if ('text' in result) {
          onPlaylist('served');
          return result;
        }
        onPlaylist(result.fault);
        if (result.recordingId !== undefined) faults.note(result.fault, result);
        return { fault: result.fault };
      } finally {
        fetching -= 1;
      }
    },
    close() {
      faults.close();
      readers.close();
    },
  };
}
