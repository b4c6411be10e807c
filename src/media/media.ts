import { type Log } from '../telemetry/log.js';
import { createRepeatedLog } from '../telemetry/repeated-log.js';
import {
  inMebibytes,
  MAX_EXPIRES_SECONDS,
  MAX_FILES_OF_OPERATION,
  MAX_PLAYLIST_BYTES,
  PLAYLIST_TIMEOUT_MS,
} from './bounds.js';
import { type FileFacts, fetchText } from './fetch.js';
import { createFileStreams, type FileAsked, type StreamedFile } from './file-streams.js';
import { askForFiles, type FilesInStorage } from './files-in-storage.js';
import { createMediaTokens, type Holder, type MediaGrant, type Place, placeDigest } from './media-token.js';
import { readPlaylist } from './playlist.js';
import {
  type BucketReader,
  createReaders,
  FETCH_EXPIRES_SECONDS,
  isInBucket,
  type ReadableStorage,
  type ReaderParts,
  type SignedAddress,
} from './reader.js';
import { createStoredFiles, type PlaylistLength } from './stored-files.js';
import { type FileUnreadableReason, type PlaybackUnavailableReason } from './unavailable.js';

/** Playlists that are fetched at once; further requests are refused. */
const MAX_FETCHES = 50;

/** Slices can be fetched for this long after a playlist that a player has loaded would have ended, seconds. */
const PAUSE_SECONDS = 3_600;

/** Sources of one kind; further files have `RecordedFile.url`. */
export const MAX_SOURCES = 100;

/** What is played back of a recording. */
export interface Playable extends Place {
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
  invalid: {
    status: 403,
    error:
      'The gateway did not make the address, or all addresses were revoked since (MEDIA_SECRET). Ask for `playback` again.',
  },
  expired: { status: 403, error: 'The address has expired. Ask for `playback` again.' },
  revoked: {
    status: 403,
    error:
      'The credential that the address was made for was revoked, has ended, or does not permit this recording any more. ' +
      'Ask for `playback` again with a credential that does.',
  },
  gone: { status: 404, error: 'The gateway has no such recording any more.' },
  unavailable: {
    status: 404,
    error: 'The files of this recording can no longer be read; `playbackUnavailable` says why.',
  },
  missing: {
    status: 404,
    error: 'The storage has no such file or bucket. The file may not be uploaded yet, or was deleted.',
  },
  denied: { status: 502, error: 'The storage refuses the key of readCredentialsFile for this file.' },
  malformed: { status: 502, error: 'What the storage has under this name is not a playlist.' },
  'too-large': { status: 502, error: `The playlist is larger than ${inMebibytes(MAX_PLAYLIST_BYTES)}.` },
  unreachable: { status: 502, error: 'The storage cannot be reached, or answers with an error. Try again.' },
  'timed-out': { status: 504, error: 'The storage did not answer in time. Try again.' },
  busy: { status: 503, error: 'The gateway fetches as many files as it may. Try again in a second.' },
} as const;

export type PlaylistFault = keyof typeof PLAYLIST_FAULTS;

/** Why a playlist or a file is not served. */
export const MEDIA_FAULTS = {
  ...PLAYLIST_FAULTS,
  unsatisfiable: { status: 416, error: 'The range lies outside the file.' },
  'not-proxied': {
    status: 404,
    error: 'The gateway passes no files on (MEDIA_PROXY). Ask for `playback` again.',
  },
} as const;

export type MediaFault = keyof typeof MEDIA_FAULTS;

/** A file of a recording that the storage is asked about. */
export interface StoredFileAsked {
  storage: ReadableStorage | null;
  fileName: string;
}

/** What one operation reads: the credentials of a storage profile are read once for all its files. */
export interface MediaReads {
  /** An address of a file that a browser can open until it expires. */
  fileAddress(
    recording: Omit<Playable, 'fileNames' | 'snapshot'>,
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
  /** For one operation. Addresses are good for the credential that sent it, and end with it; null where callers are not authenticated. */
  reads(holder: Holder | null): MediaReads;
  /** The playlist behind a token, with signed addresses of its slices. */
  playlist(token: string): Promise<{ text: string } | { fault: PlaylistFault }>;
  /** The file behind a token, where files pass through the gateway. */
  file(token: string, asked: FileAsked): Promise<StreamedFile | { fault: MediaFault }>;
  /** Asks the storage of a recording whether files are there. `signal` gives it up. */
  filesInStorage(
    storage: ReadableStorage,
    fileNames: readonly string[],
    signal: AbortSignal,
  ): Promise<FilesInStorage | FileUnreadableReason>;
  close(): void;
}

export interface Playback {
  hls: PlaybackSource[];
  mp4: PlaybackSource[];
  poster: SignedAddress | null;
}

export interface MediaParts extends ReaderParts {
  store: {
    recordings(ids: readonly string[]): Promise<((Pick<Playable, 'storage'> & Place) | null)[]>;
    inputKey: string;
  };
  credentials: {
    /** Whether what was made for a credential may still be used to read a recording of this place. */
    permits(holder: Holder | null, place: Place): boolean;
    /** Whole seconds until a credential ends by itself; Infinity if it does not. */
    remainingSeconds(holder: Holder | null): number;
  };
  /** What addresses are signed with, in addition to the key of the store; a new one revokes those that were made before. */
  secret: () => string | null;
  /** Whether files pass through the gateway, so that no address of a bucket leaves it. */
  proxy: boolean;
  log: Log;
  onPlaylist: (outcome: 'served' | PlaylistFault) => void;
}

/** What the addresses of one recording that are made at once have in common. */
type Binding = Pick<MediaGrant, 'recordingId' | 'place' | 'holder'>;

/** Makes what Agora uploaded playable: addresses that expire, and playlists whose slices have such addresses. */
export function createMedia(parts: MediaParts): Media {
  const { store, credentials, secret, clock, log, proxy, onPlaylist } = parts;
  const readers = createReaders(parts);
  const tokens = createMediaTokens(() => [store.inputKey, secret()]);
  const storedFiles = createStoredFiles();
  const streams = createFileStreams();
  const faults = createRepeatedLog((fields) => log.warn(fields, 'could not serve a playlist or a file'));
  let fetching = 0;

  /** No address outlives the credential that it is made for. */
  function bounded(expiresInSeconds: number, { holder }: Binding): number {
    return Math.min(expiresInSeconds, credentials.remainingSeconds(holder));
  }

  /** An address at which the gateway serves a playlist or a file, relative to its own. */
  function ownAddress(
    ending: 'index.m3u8' | 'file',
    binding: Binding,
    fileName: string,
    expiresInSeconds: number,
  ): SignedAddress {
    const expiresAt = Math.floor(clock.now() / 1000) + bounded(expiresInSeconds, binding);
    const token = tokens.issue({ ...binding, fileName, expiresAt });
    return { url: `/media/${token}/${ending}`, expiresAt: expiresAt * 1000 };
  }

  /** Where a client reads a file: in the bucket, or through the gateway. */
  async function addressOf(
    binding: Binding,
    reader: BucketReader,
    fileName: string,
    seconds: number,
  ): Promise<SignedAddress> {
    if (proxy) return ownAddress('file', binding, fileName, seconds);
    return await reader.sign(fileName, bounded(seconds, binding));
  }

  /** What a token permits, with what reads it. */
  async function openGrant(
    token: string,
  ): Promise<
    | { grant: MediaGrant; reader: BucketReader; isPermitted: () => boolean }
    | { fault: PlaylistFault; recordingId?: string }
  > {
    const grant = tokens.read(token, clock.now());
    if (typeof grant === 'string') return { fault: grant };
    const { recordingId } = grant;
    const [recording] = await store.recordings([recordingId]);
    if (recording == null) return { fault: 'gone', recordingId };
    const isPermitted = () =>
      tokens.isOwn(token) &&
      grant.place === placeDigest(recording) &&
      credentials.permits(grant.holder, recording);
    if (!isPermitted()) return { fault: 'revoked' };
    const reader = await readers.open(recording.storage);
    if (typeof reader === 'string') return { fault: 'unavailable', recordingId };
    return { grant, reader, isPermitted };
  }

  async function playlist(
    token: string,
  ): Promise<{ text: string } | { fault: PlaylistFault; recordingId?: string }> {
    const opened = await openGrant(token);
    if ('fault' in opened) return opened;
    const { grant, reader } = opened;
    const { recordingId, fileName, expiresAt } = grant;
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
    for (const name of read.fileNames) {
      const address = await addressOf(grant, reader, name, seconds);
      // From the address of the playlist, whatever stands before it where a proxy is in front.
      addresses.set(name, proxy ? address.url.replace(/^\/media\//, '../') : address.url);
    }
    return { text: read.withAddresses((name) => addresses.get(name) ?? '') };
  }

  /** The reader of the files that can be played, and their names; or why there are none. */
  async function openPlayable(open: typeof readers.open, { storage, fileNames }: Playable) {
    const reader = await open(storage);
    if (typeof reader === 'string') return reader;
    const named = (ending: RegExp) =>
      fileNames.filter((name) => ending.test(name) && isInBucket(name)).slice(0, MAX_SOURCES);
    const [playlists, mp4Names] = [named(/\.m3u8$/i), named(/\.mp4$/i)];
    return playlists.length + mp4Names.length === 0 ? 'NO_FILES' : { reader, playlists, mp4Names };
  }

  function reads(holder: Holder | null): MediaReads {
    const open = readers.openingOnce();
    let asked = 0;

    function bindingOf({ id, ...place }: Pick<Playable, 'id'> & Place): Binding {
      return { recordingId: id, place: placeDigest(place), holder };
    }

    /** The file with what reads it, or why it is not read. */
    async function openFile({
      storage,
      fileName,
    }: StoredFileAsked): Promise<(StoredFileAsked & { reader: BucketReader }) | FileUnreadableReason> {
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
        if (typeof reader === 'string') return reader;
        return await addressOf(bindingOf(recording), reader, fileName, expiresInSeconds);
      },
      async playback(recording, expiresInSeconds) {
        const opened = await openPlayable(open, recording);
        if (typeof opened === 'string') return opened;
        const { reader, playlists, mp4Names } = opened;
        const binding = bindingOf(recording);
        const hls = playlists.map((fileName) => ({
          fileName,
          ...ownAddress('index.m3u8', binding, fileName, expiresInSeconds),
        }));
        const mp4: PlaybackSource[] = [];
        for (const fileName of mp4Names) {
          mp4.push({ fileName, ...(await addressOf(binding, reader, fileName, expiresInSeconds)) });
        }
        const { snapshot } = recording;
        const poster =
          snapshot === null ? null : await addressOf(binding, reader, snapshot, expiresInSeconds);
        return { hls, mp4, poster };
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
    async file(token, asked) {
      if (!proxy) return { fault: 'not-proxied' };
      const opened = await openGrant(token);
      if ('fault' in opened) return { fault: opened.fault };
      const { grant, reader, isPermitted } = opened;
      const { url } = await reader.sign(grant.fileName, FETCH_EXPIRES_SECONDS, asked.method);
      const streamed = await streams.open(url, grant.fileName, asked, isPermitted);
      if ('fault' in streamed) {
        faults.note(streamed.fault, { fault: streamed.fault, recordingId: grant.recordingId });
      }
      return streamed;
    },
    async filesInStorage(storage, fileNames, signal) {
      const reader = await readers.open(storage);
      return typeof reader === 'string' ? reader : await askForFiles(reader, fileNames, signal);
    },
    close() {
      faults.close();
      readers.close();
    },
  };
}
