import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import { MAX_SOURCES } from '../../media/media.js';
import { PlaybackUnavailableReason } from '../enums/file.js';

@ObjectType('SignedAddress', {
  description: 'An address of a file, which any client can read with it until it expires.',
  simpleResolvers: true,
})
export class SignedAddressType {
  @Field(() => String, { description: 'The address. Treat it like a password.' })
  url!: string;

  @Field(() => GraphQLDateTime, {
    description: 'When it expires: as asked for, or with temporary credentials of the storage.',
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

  @Field(() => GraphQLDateTime, { description: 'When it expires.' })
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
      'individual one, and one more after each fail-over. The gateway serves them, and each slice has a signed address in the bucket.',
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
