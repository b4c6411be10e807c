import { Field, InputType, Int } from 'type-graphql';
import { AvFileType, StreamMode, SubscribeUidGroup } from '../enums.js';
import { StreamConfigInput } from './stream-config.input.js';

@InputType('SnapshotConfigInput', {
  description: 'Screenshots of the video, as JPEG files (snapshotConfig).',
})
export class SnapshotConfigInput {
  @Field(() => Int, { nullable: true, description: 'Seconds between screenshots, 5 to 3600. Default 10.' })
  captureInterval?: number | null;
}

@InputType('IndividualConfigInput', {
  description:
    "An individual recording: each user's streams in files of their own. What is left out has the default of Agora.",
})
export class IndividualConfigInput extends StreamConfigInput {
  @Field(() => SubscribeUidGroup, {
    description: 'How many users are subscribed to at the peak, at a guess.',
  })
  subscribeUidGroup!: number;

  @Field(() => StreamMode, {
    nullable: true,
    description: 'Which files are made of the streams. Default DEFAULT.',
  })
  streamMode?: string | null;

  @Field(() => [AvFileType], {
    nullable: true,
    description: '[HLS]. Default [HLS]; but with snapshotConfig, leaving it out takes screenshots alone.',
  })
  avFileType?: string[] | null;

  @Field(() => SnapshotConfigInput, {
    nullable: true,
    description:
      'Takes screenshots, beside the recording (with avFileType) or alone (without it). Default none.',
  })
  snapshotConfig?: SnapshotConfigInput | null;
}
