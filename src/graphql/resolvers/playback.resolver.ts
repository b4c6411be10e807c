import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import {
  FACTS_TIMEOUT_MS,
  inSeconds,
  MAX_EXPIRES_SECONDS,
  MAX_FILES_OF_OPERATION,
  MIN_EXPIRES_SECONDS,
} from '../../media/bounds.js';
import { type Playable } from '../../media/media.js';
import { type PlaylistLength } from '../../media/stored-files.js';
import { explained, type FileUnreadableReason, PLAYBACK_UNAVAILABLE } from '../../media/unavailable.js';
import { type Context } from '../context.js';
import { badInput, recordingNotFound } from '../errors.js';
import { RecordedFileType } from '../types/file.type.js';
import {
  PlaybackUnavailableType,
  PlaylistLengthUnion,
  RecordingPlaybackType,
  SignedAddressType,
  StoredFileType,
  StoredFileUnion,
} from '../types/playback.type.js';
import { RecordingType } from '../types/recording.type.js';

const DEFAULT_EXPIRES_SECONDS = 3_600;

const expires = {
  nullable: true,
  defaultValue: DEFAULT_EXPIRES_SECONDS,
  description: `For how long addresses are good, in seconds, ${MIN_EXPIRES_SECONDS} to ${MAX_EXPIRES_SECONDS} (a week); at most until the caller's credential ends.`,
};

function seconds(asked: number | null): number {
  const value = asked ?? DEFAULT_EXPIRES_SECONDS;
  if (value >= MIN_EXPIRES_SECONDS && value <= MAX_EXPIRES_SECONDS) return value;
  throw badInput(`expiresInSeconds must be from ${MIN_EXPIRES_SECONDS} to ${MAX_EXPIRES_SECONDS}.`);
}

function playable({ id, appId, channel, storage, allFiles, individual }: RecordingType): Playable {
  return {
    id,
    appId,
    channel,
    storage: storage === null ? null : { ...storage, vendor: storage.vendorCode, region: storage.regionCode },
    fileNames: allFiles.map(({ fileName }) => fileName),
    snapshot: individual?.latestSnapshot?.fileName ?? null,
  };
}

function unreadable(reason: FileUnreadableReason) {
  return { __typename: 'FileUnreadable' as const, ...explained(reason) };
}

@Resolver(() => RecordingType)
export class PlaybackResolver {
  @FieldResolver(() => RecordingPlaybackType, {
    nullable: true,
    description:
      'Addresses for a player, once there are files; null where there are none, or they cannot be read (playbackUnavailable). ' +
      "Signed with the key of the storage profile's readCredentialsFile; nothing is fetched for it.",
  })
  async playback(
    @Root() recording: RecordingType,
    @Ctx() { media }: Context,
    @Arg('expiresInSeconds', () => Int, expires) expiresInSeconds: number | null,
  ): Promise<RecordingPlaybackType | null> {
    const found = await media.playback(playable(recording), seconds(expiresInSeconds));
    return typeof found === 'string' ? null : found;
  }

  @FieldResolver(() => PlaybackUnavailableType, {
    nullable: true,
    description: 'Why `playback`, or `url` of its files, is null; null if it is not.',
  })
  async playbackUnavailable(
    @Root() recording: RecordingType,
    @Ctx() { media }: Context,
  ): Promise<PlaybackUnavailableType | null> {
    const reason = await media.unavailable(playable(recording));
    return reason === null ? null : { reason, message: PLAYBACK_UNAVAILABLE[reason] };
  }
}

@Resolver(() => RecordedFileType)
export class FileAddressResolver {
  @FieldResolver(() => SignedAddressType, {
    nullable: true,
    description:
      'An address of the file in its bucket; null where the gateway cannot read it (Recording.playbackUnavailable). Each slice of ' +
      'a playlist needs its own address: play it from Recording.playback.',
  })
  async url(
    @Root() file: RecordedFileType,
    @Ctx() { media, recordings }: Context,
    @Arg('expiresInSeconds', () => Int, expires) expiresInSeconds: number | null,
  ): Promise<SignedAddressType | null> {
    const asked = seconds(expiresInSeconds);
    const recording = await recordings.load(file.recordingId);
    if (recording === null) throw recordingNotFound();
    const address = await media.fileAddress(playable(recording), file.fileName, asked);
    return typeof address === 'string' ? null : address;
  }

  @FieldResolver(() => StoredFileUnion, {
    description:
      "Whether the file is in its bucket, and what it is like: asked for by HEAD with the key of the profile's readCredentialsFile, " +
      `within ${inSeconds(FACTS_TIMEOUT_MS)}. At most ${MAX_FILES_OF_OPERATION} files in an operation.`,
  })
  async stored(@Root() file: RecordedFileType, @Ctx() { recordings, storedFiles }: Context) {
    const recording = await recordings.load(file.recordingId);
    if (recording === null) throw recordingNotFound();
    const asked = { storage: playable(recording).storage, fileName: file.fileName };
    const found = await storedFiles.load(asked);
    if (typeof found === 'string') return unreadable(found);
    return { __typename: 'StoredFile' as const, ...found, file: asked };
  }
}

@Resolver(() => StoredFileType)
export class StoredFileResolver {
  @FieldResolver(() => PlaylistLengthUnion, {
    nullable: true,
    description:
      'How long a playlist is, read from it; it counts as one more file of the operation. Null for other files.',
  })
  async playlist(@Root() { file }: StoredFileType, @Ctx() { media }: Context) {
    if (!/\.m3u8$/i.test(file.fileName)) return null;
    const length: PlaylistLength | FileUnreadableReason = await media.playlistLength(file);
    if (typeof length === 'string') return unreadable(length);
    return { __typename: 'PlaylistLength' as const, ...length };
  }
}
