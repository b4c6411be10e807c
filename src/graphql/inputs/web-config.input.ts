import { Field, InputType, Int } from 'type-graphql';
import { AudioProfile, AvFileType } from '../enums.js';

@InputType('PushOutputInput', { description: 'Where to push the page recording to (rtmp_publish_service).' })
export class PushOutputInput {
  @Field(() => String, {
    description: 'rtmp or rtmps address with the stream key. Goes in, and comes out without its key.',
  })
  rtmpUrl!: string;
}

@InputType('WebConfigInput', {
  description: 'A page recording (web_recorder_service). What is left out has the default of Agora.',
})
export class WebConfigInput {
  @Field(() => String, { description: 'http or https address of the page.' })
  url!: string;

  @Field(() => AudioProfile, { description: 'Encoding of the audio.' })
  audioProfile!: number;

  @Field(() => Int, { description: 'Width in pixels. videoWidth × videoHeight at most 1920 × 1080.' })
  videoWidth!: number;

  @Field(() => Int, { description: 'Height in pixels.' })
  videoHeight!: number;

  @Field(() => Int, {
    description:
      'Hours after which it ends by itself, 1 to 720; charged until then. At most resourceExpiredHours is advised.',
  })
  maxRecordingHour!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Kbps of the video. Default 2000 from 1280 × 720 upwards, else 1500.',
  })
  videoBitrate?: number | null;

  @Field(() => Int, { nullable: true, description: 'Frames a second, 5 to 60. Default 15.' })
  videoFps?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the page is rendered as on a mobile device. Default false.',
  })
  mobile?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Minutes after which a new MP4 file begins, 30 to 240. Default 120.',
  })
  maxVideoDuration?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether it starts on hold (onhold): the page is opened, nothing is recorded until updateRecording. Default false.',
  })
  paused?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Seconds in which the page has to report that it is ready, 1 to 60; 0, the default, does not check.',
  })
  readyTimeout?: number | null;

  @Field(() => [AvFileType], {
    nullable: true,
    description: 'Files to be made: [HLS] (the default) or [HLS, MP4].',
  })
  avFileType?: string[] | null;

  @Field(() => [PushOutputInput], {
    nullable: true,
    description: 'Where to push it to as well: one address. Default nowhere.',
  })
  outputs?: PushOutputInput[] | null;
}
