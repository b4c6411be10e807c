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
    "An individual recording: separate files for each user's streams. Omitted fields have Agora's defaults.",
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
      'Takes screenshots, in addition to the recording (with avFileType) or alone (without it). Default none.',
  })
  snapshotConfig?: SnapshotConfigInput | null;
}
