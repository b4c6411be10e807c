import { Field, Float, ID, InputType, Int } from 'type-graphql';
import { MixedVideoLayout, RenderMode } from '../enums.js';

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

@InputType('UserBackgroundInput', {
  description: 'An image in place of a user who sends no video for 3.5 seconds (backgroundConfig).',
})
export class UserBackgroundInput {
  @Field(() => String, { description: 'Whose, a uid.' })
  uid!: string;

  @Field(() => String, {
    description:
      'HTTPS address of a JPG or BMP image of at most 6 MB. One that cannot be fetched has no effect.',
  })
  imageUrl!: string;

  @Field(() => RenderMode, {
    nullable: true,
    description: 'How the image fills the window. Default CROPPED.',
  })
  renderMode?: number | null;
}

/** What transcodingConfig and updateLayout share. */
@InputType()
export abstract class LayoutInput {
  @Field(() => MixedVideoLayout, { nullable: true, description: 'How users are laid out. Default FLOATING.' })
  mixedVideoLayout?: number | null;

  @Field(() => String, { nullable: true, description: 'The large window of the VERTICAL layout, a uid.' })
  maxResolutionUid?: string | null;

  @Field(() => String, { nullable: true, description: '# and six hexadecimal digits. Default #000000.' })
  backgroundColor?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Address of an image behind all windows; it is cropped to the canvas. Default none.',
  })
  backgroundImage?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Address of an image in place of users who send no video for 3.5 seconds; backgroundConfig goes before it. Default none.',
  })
  defaultUserBackgroundImage?: string | null;

  @Field(() => [LayoutRegionInput], { nullable: true, description: 'Windows of the CUSTOM layout, 1 to 17.' })
  layoutConfig?: LayoutRegionInput[] | null;

  @Field(() => [UserBackgroundInput], {
    nullable: true,
    description: 'Images in place of single users who send no video, at most 50.',
  })
  backgroundConfig?: UserBackgroundInput[] | null;
}

@InputType('TranscodingConfigInput', { description: 'The mixed video (transcodingConfig).' })
export class TranscodingConfigInput extends LayoutInput {
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
}

@InputType('UpdateLayoutInput', {
  description:
    'A new layout for a composite recording. It replaces the one before: what is left out falls back to its default.',
})
export class UpdateLayoutInput extends LayoutInput {
  @Field(() => ID, { description: 'Which recording.' })
  recordingId!: string;
}
