import { GraphQLDateTime } from 'graphql-scalars';
import { createUnionType, Field, Float, Int, ObjectType } from 'type-graphql';
import { inSeconds, KEPT_MS } from '../../media/bounds.js';
import { MAX_LISTED } from '../../media/files-in-storage.js';
import { MAX_SOURCES, type StoredFileAsked } from '../../media/media.js';
import { FileUnreadableReason, PlaybackUnavailableReason } from '../enums/file.js';

@ObjectType('SignedAddress', {
  description:
    'An address of a file, which any client can read with it until it expires. One of the gateway also ends when the credential ' +
    'of the caller is revoked.',
  simpleResolvers: true,
})
export class SignedAddressType {
  @Field(() => String, {
    description:
      'The address. One that begins with a slash is relative to the address of the gateway (MEDIA_PROXY). Treat it like a password.',
  })
  url!: string;

  @Field(() => GraphQLDateTime, {
    description:
      "When it expires: as asked for, or before that with the caller's credential or temporary credentials of the storage.",
  })
  expiresAt!: number;
}

@ObjectType('PlaybackSource', {
  description: 'Where a file of a recording can be played.',
  simpleResolvers: true,
})
export class PlaybackSourceType {
  @Field(() => String, { description: 'Name of the file in the bucket, with its prefix directories.' })
  fileName!: string;

  @Field(() => String, {
    description:
      'The address for a player. One that begins with a slash is relative to the address of the gateway. Treat it like a password.',
  })
  url!: string;

  @Field(() => GraphQLDateTime, {
    description: "When it expires: as asked for, or before that with the caller's credential.",
  })
  expiresAt!: number;
}

@ObjectType('RecordingPlayback', {
  description: 'What a player needs to play a recording from its bucket.',
  simpleResolvers: true,
})
export class RecordingPlaybackType {
  @Field(() => [PlaybackSourceType], {
    description:
      `HLS playlists, by name, at most ${MAX_SOURCES}: one of a composite or page recording, one for each user and track of an ` +
      'individual one, and one more after each fail-over. The gateway serves them; each slice has a signed address in the bucket, or at the gateway (MEDIA_PROXY).',
  })
  hls!: PlaybackSourceType[];

  @Field(() => [PlaybackSourceType], { description: `MP4 files, by name, at most ${MAX_SOURCES}.` })
  mp4!: PlaybackSourceType[];

  @Field(() => SignedAddressType, {
    nullable: true,
    description: 'The latest screenshot; null if there is none.',
  })
  poster!: SignedAddressType | null;
}

@ObjectType('PlaybackUnavailable', {
  description: 'Why files of a recording cannot be read through the gateway.',
  simpleResolvers: true,
})
export class PlaybackUnavailableType {
  @Field(() => PlaybackUnavailableReason, { description: 'The reason.' })
  reason!: string;

  @Field(() => String, { description: 'The reason in words, and what to do.' })
  message!: string;
}

@ObjectType('StoredFile', {
  description: `What the storage says of a file: it is there. An answer may be up to ${inSeconds(KEPT_MS)} old.`,
  simpleResolvers: true,
})
export class StoredFileType {
  @Field(() => Float, {
    nullable: true,
    description: 'Its size, in bytes, a whole number; null where the storage does not say.',
  })
  size!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Its media type (Content-Type); null where the storage does not say.',
  })
  contentType!: string | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it was last changed; null where the storage does not say.',
  })
  lastModified!: number | null;

  /** What the field `playlist` reads. */
  file!: StoredFileAsked;
}

@ObjectType('PlaylistLength', {
  description: 'How long a playlist is.',
  simpleResolvers: true,
})
export class PlaylistLengthType {
  @Field(() => Float, { description: 'The sum of the durations of its slices, in seconds.' })
  seconds!: number;

  @Field(() => Boolean, { description: 'Whether it is complete; false while it still grows.' })
  ended!: boolean;
}

@ObjectType('FileUnreadable', {
  description: 'Why nothing is known of a file in its storage.',
  simpleResolvers: true,
})
export class FileUnreadableType {
  @Field(() => FileUnreadableReason, { description: 'The reason.' })
  reason!: string;

  @Field(() => String, { description: 'The reason in words, and what to check.' })
  message!: string;
}

@ObjectType('FileCheck', {
  description: 'What the storage said when it was asked whether all files that Agora named are there.',
  simpleResolvers: true,
})
export class FileCheckType {
  @Field(() => GraphQLDateTime, { description: 'When it was asked.' })
  checkedAt!: number;

  @Field(() => Int, { description: 'Files that it was asked about.' })
  files!: number;

  @Field(() => Int, { description: 'Files that are missing or denied.' })
  absent!: number;

  @Field(() => [String], {
    description: `Names of files that it does not have; the first ${MAX_LISTED}, by name.`,
  })
  missing!: string[];

  @Field(() => [String], {
    description:
      `Names of files that it refuses to show while it shows others; the first ${MAX_LISTED}, by name. Amazon S3 answers so for a file ` +
      'that is missing, if the key may not list the bucket.',
  })
  denied!: string[];

  @Field(() => FileUnreadableType, {
    nullable: true,
    description: 'Why nothing is known, although it was asked again and again for a day; null otherwise.',
  })
  notMade!: FileUnreadableType | null;
}

export const StoredFileUnion = createUnionType({
  name: 'StoredFileResult',
  description: 'What the storage says of a file, or why nothing is known.',
  types: () => [StoredFileType, FileUnreadableType] as const,
});

export const PlaylistLengthUnion = createUnionType({
  name: 'PlaylistLengthResult',
  description: 'How long a playlist is, or why that is not known.',
  types: () => [PlaylistLengthType, FileUnreadableType] as const,
});
