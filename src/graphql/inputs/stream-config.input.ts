import { Field, InputType, Int } from 'type-graphql';
import { ChannelType, DecryptionMode, StreamTypes, VideoStreamType } from '../enums.js';

/** What composite and individual recordings share (recordingConfig). */
@InputType()
export abstract class StreamConfigInput {
  @Field(() => ChannelType, {
    nullable: true,
    description: 'The channel profile of the SDK. Default COMMUNICATION.',
  })
  channelType?: number | null;

  @Field(() => StreamTypes, {
    nullable: true,
    description: 'Which media to subscribe to. Default AUDIO_AND_VIDEO.',
  })
  streamTypes?: number | null;

  @Field(() => VideoStreamType, {
    nullable: true,
    description: 'Which video stream, where users send two. Default HIGH.',
  })
  videoStreamType?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Seconds without a publishing user after which it ends, 5 to 2592000. Default 30.',
  })
  maxIdleTime?: number | null;

  @Field(() => DecryptionMode, { nullable: true, description: 'How the channel is encrypted. Default NONE.' })
  decryptionMode?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Key of the encryption. Goes in, and never comes out.',
  })
  secret?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Salt of the encryption, 32 bytes in Base64, for the modes with GCM2. Goes in, and never comes out.',
  })
  salt?: string | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Users whose audio to record, at most 32, or ["#allstream#"]. Default all, but nobody where there is a list for video alone.',
  })
  subscribeAudioUids?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Users whose audio to leave out, at most 32. Not with subscribeAudioUids.',
  })
  unsubscribeAudioUids?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Users whose video to record, at most 32, or ["#allstream#"]. Default all, but nobody where there is a list for audio alone.',
  })
  subscribeVideoUids?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Users whose video to leave out, at most 32. Not with subscribeVideoUids.',
  })
  unsubscribeVideoUids?: string[] | null;
}
