import {
  INDIVIDUAL_PARAMETERS,
  SNAPSHOT_PARAMETERS,
} from '@agora-recording-gateway/agora/parameters/channel';
import { Field, InputType } from 'type-graphql';
import { Option } from './option.js';
import { StreamConfigInput } from './stream-config.input.js';

@InputType('SnapshotConfigInput', {
  description: 'Screenshots of the video, as JPEG files (snapshotConfig).',
})
export class SnapshotConfigInput {
  @Option(SNAPSHOT_PARAMETERS.captureInterval)
  captureInterval?: number | null;
}

@InputType('IndividualConfigInput', {
  description:
    "An individual recording: each user's streams in files of their own. What is left out has the default of Agora.",
})
export class IndividualConfigInput extends StreamConfigInput {
  @Option(INDIVIDUAL_PARAMETERS.subscribeUidGroup)
  subscribeUidGroup?: number | null;

  @Option(INDIVIDUAL_PARAMETERS.streamMode)
  streamMode?: string | null;

  @Option(INDIVIDUAL_PARAMETERS.avFileType)
  avFileType?: string[] | null;

  @Field(() => SnapshotConfigInput, {
    nullable: true,
    description:
      'Takes screenshots, beside the recording (with avFileType) or alone (without it). Default none.',
  })
  snapshotConfig?: SnapshotConfigInput | null;
}
