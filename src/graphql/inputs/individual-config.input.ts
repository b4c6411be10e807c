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
    nullable: true,
    description: 'Estimated number of users that are subscribed to at the peak. Default UIDS_1_TO_2.',
  })
  subscribeUidGroup?: number | null;

  @Field(() => StreamMode, {
    nullable: true,
    description: 'Which files are made of the streams. Default DEFAULT.',
  })
  streamMode?: string | null;

  @Field(() => [AvFileType], {
    nullable: true,
    description:
      '[HLS] or [HLS, MP4]; the documents contradict each other on whether Agora makes MP4 files here. Default [HLS]; with ' +
      'snapshotConfig, the default is to take screenshots only.',
  })
  avFileType?: string[] | null;

  @Field(() => SnapshotConfigInput, {
    nullable: true,
    description:
      'Takes screenshots, beside the recording (with avFileType) or alone (without it). Default none.',
  })
  snapshotConfig?: SnapshotConfigInput | null;
}
