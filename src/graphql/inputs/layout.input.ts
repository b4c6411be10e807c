import {
  BACKGROUND_PARAMETERS,
  CANVAS_PARAMETERS,
  LAYOUT_PARAMETERS,
  REGION_PARAMETERS,
} from '@agora-recording-gateway/agora/parameters/layout';
import { Field, ID, InputType } from 'type-graphql';
import { Option } from './option.js';

@InputType('LayoutRegionInput', { description: "A user's window in a custom layout (layoutConfig)." })
export class LayoutRegionInput {
  @Option(REGION_PARAMETERS.uid)
  uid?: string | null;

  @Option(REGION_PARAMETERS.x)
  x!: number;

  @Option(REGION_PARAMETERS.y)
  y!: number;

  @Option(REGION_PARAMETERS.width)
  width!: number;

  @Option(REGION_PARAMETERS.height)
  height!: number;

  @Option(REGION_PARAMETERS.alpha)
  alpha?: number | null;

  @Option(REGION_PARAMETERS.renderMode)
  renderMode?: number | null;
}

@InputType('UserBackgroundInput', {
  description: 'An image in place of a user who sends no video for 3.5 seconds (backgroundConfig).',
})
export class UserBackgroundInput {
  @Option(BACKGROUND_PARAMETERS.uid)
  uid!: string;

  @Option(BACKGROUND_PARAMETERS.imageUrl)
  imageUrl!: string;

  @Option(BACKGROUND_PARAMETERS.renderMode)
  renderMode?: number | null;
}

/** What transcodingConfig and updateLayout share. */
@InputType()
export abstract class LayoutInput {
  @Option(LAYOUT_PARAMETERS.mixedVideoLayout)
  mixedVideoLayout?: number | null;

  @Option(LAYOUT_PARAMETERS.maxResolutionUid)
  maxResolutionUid?: string | null;

  @Option(LAYOUT_PARAMETERS.backgroundColor)
  backgroundColor?: string | null;

  @Option(LAYOUT_PARAMETERS.backgroundImage)
  backgroundImage?: string | null;

  @Option(LAYOUT_PARAMETERS.defaultUserBackgroundImage)
  defaultUserBackgroundImage?: string | null;

  @Option(LAYOUT_PARAMETERS.layoutConfig, () => LayoutRegionInput)
  layoutConfig?: LayoutRegionInput[] | null;

  @Option(LAYOUT_PARAMETERS.backgroundConfig, () => UserBackgroundInput)
  backgroundConfig?: UserBackgroundInput[] | null;
}

@InputType('TranscodingConfigInput', { description: 'The mixed video (transcodingConfig).' })
export class TranscodingConfigInput extends LayoutInput {
  @Option(CANVAS_PARAMETERS.width)
  width?: number | null;

  @Option(CANVAS_PARAMETERS.height)
  height?: number | null;

  @Option(CANVAS_PARAMETERS.fps)
  fps?: number | null;

  @Option(CANVAS_PARAMETERS.bitrate)
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
