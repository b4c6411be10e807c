import { Field, Float, InputType, Int } from 'type-graphql';
import { AudioProfile, AvFileType, MixedVideoLayout, Region, RenderMode } from '../enums.js';
import { IndividualConfigInput } from './individual-config.input.js';
import { StreamConfigInput } from './stream-config.input.js';
import { WebConfigInput } from './web-config.input.js';

@InputType('LayoutRegionInput', { description: "A user's window in a custom layout (layoutConfig)." })
export class LayoutRegionInput {
  @Field(() => String, {
    nullable: true,
    description: 'Whose window; left out: by the order in which users join.',
  })
  uid?: string | null;

  @Field(() => Float, { description: 'Left edge as a fraction of the canvas, 0 to 1 (x_axis).' })
  x!: number;

  @Field(() => Float, { description: 'Upper edge as a fraction of the canvas, 0 to 1 (y_axis).' })
  y!: number;

  @Field(() => Float, { description: 'Width as a fraction of the canvas, 0 to 1.' })
  width!: number;

  @Field(() => Float, { description: 'Height as a fraction of the canvas, 0 to 1.' })
  height!: number;

  @Field(() => Float, { nullable: true, description: 'From 0, transparent, to 1, opaque. Default 1.' })
  alpha?: number | null;

  @Field(() => RenderMode, {
    nullable: true,
    description: 'How the video fills the window. Default CROPPED.',
  })
  renderMode?: number | null;
}

@InputType('TranscodingConfigInput', { description: 'The mixed video (transcodingConfig).' })
export class TranscodingConfigInput {
  @Field(() => Int, {
    nullable: true,
    description: 'Width in pixels. Default 360. width × height at most 1920 × 1080.',
  })
  width?: number | null;

  @Field(() => Int, { nullable: true, description: 'Height in pixels. Default 640.' })
  height?: number | null;

  @Field(() => Int, { nullable: true, description: 'Frames a second. Default 15.' })
  fps?: number | null;

  @Field(() => Int, { nullable: true, description: 'Kbps. Default 500.' })
  bitrate?: number | null;

  @Field(() => String, { nullable: true, description: 'The large window of the VERTICAL layout, a uid.' })
  maxResolutionUid?: string | null;

  @Field(() => MixedVideoLayout, { nullable: true, description: 'How users are laid out. Default FLOATING.' })
  mixedVideoLayout?: number | null;

  @Field(() => String, { nullable: true, description: '# and six hexadecimal digits. Default #000000.' })
  backgroundColor?: string | null;

  @Field(() => [LayoutRegionInput], { nullable: true, description: 'Windows of the CUSTOM layout, 1 to 17.' })
  layoutConfig?: LayoutRegionInput[] | null;
}

@InputType('CompositeConfigInput', {
  description:
    'A composite recording: all users mixed into one file. What is left out has the default of Agora.',
})
export class CompositeConfigInput extends StreamConfigInput {
  @Field(() => AudioProfile, {
    nullable: true,
    description: 'Encoding of the audio. Default MUSIC_STANDARD.',
  })
  audioProfile?: number | null;

  @Field(() => [AvFileType], {
    nullable: true,
    description: 'Files to be made: [HLS] (the default) or [HLS, MP4].',
  })
  avFileType?: string[] | null;

  @Field(() => TranscodingConfigInput, {
    nullable: true,
    description: 'Canvas and layout of the mixed video.',
  })
  transcodingConfig?: TranscodingConfigInput | null;
}

@InputType('RecordingConfigInput', { description: 'What to record, and how: exactly one of the fields.' })
export class RecordingConfigInput {
  @Field(() => IndividualConfigInput, {
    nullable: true,
    description: "Each user's streams in files of their own.",
  })
  individual?: IndividualConfigInput | null;

  @Field(() => CompositeConfigInput, { nullable: true, description: 'All users mixed into one file.' })
  composite?: CompositeConfigInput | null;

  @Field(() => WebConfigInput, { nullable: true, description: 'A web page.' })
  web?: WebConfigInput | null;
}

@InputType('StartRecordingInput', { description: 'A recording to start (acquire and start).' })
export class StartRecordingInput {
  @Field(() => String, {
    nullable: true,
    description: 'The Agora project. Default: the first one configured.',
  })
  appId?: string | null;

  @Field(() => String, { description: 'Name of the channel to record, at most 63 bytes (cname).' })
  channel!: string;

  @Field(() => String, {
    description:
      "The recording's own uid in the channel, an integer from 1 to 4294967295 that nobody else uses there.",
  })
  uid!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Name of a storage profile. Default: the one marked so in the configuration.',
  })
  storage?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'RTC token for this channel and this uid, where the project has an App Certificate. It cannot be renewed: make one ' +
      'that outlives the recording. Goes in, and never comes out.',
  })
  token?: string | null;

  @Field(() => RecordingConfigInput, { description: 'What to record, and how.' })
  config!: RecordingConfigInput;

  @Field(() => String, {
    nullable: true,
    description:
      'A text of your own, 1 to 255 characters, new for each recording. Repeating a start with its key gives the first ' +
      "one's recording, whatever happened between, and never a second task. A refused start frees its key.",
  })
  idempotencyKey?: string | null;

  @Field(() => Region, {
    nullable: true,
    description: "Where Agora's servers may be. Default: near the gateway.",
  })
  region?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Hours after the start in which it can be queried and stopped, 1 to 720. Default 72 (resourceExpiredHour).',
  })
  resourceExpiredHours?: number | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Resource ids of other recordings whose servers are to be avoided, at most 50.',
  })
  excludeResourceIds?: string[] | null;
}
