import { SUBSCRIPTION_PARAMETERS } from '@agora-recording-gateway/agora/parameters/channel';
import { Field, ID, InputType, Int } from 'type-graphql';
import { RecordingMode } from '../enums/recording.js';
import { Option } from './option.js';
import { StorageCredentialsInput } from './storage.input.js';
import { PushOutputInput } from './web-config.input.js';

@InputType('StopRecordingInput', { description: 'A recording to stop.' })
export class StopRecordingInput {
  @Field(() => ID, { description: 'Which recording.' })
  recordingId!: string;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Whether Agora answers at once, without waiting for the upload (async_stop).',
  })
  async?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 2,
    description:
      'Seconds, 0 to 25, that the mutation waits for a synchronous stop. It then answers with the current state of the ' +
      'recording, while the stop continues.',
  })
  waitSeconds?: number | null;
}

@InputType('StreamSubscriptionInput', {
  description:
    'Whose streams are recorded from now on. The lists replace the previous ones. If only lists for one medium are given, no ' +
    'user is recorded in the other; ["#allstream#"] means all users. At most 32 users a list.',
})
export class SubscriptionInput {
  @Option(SUBSCRIPTION_PARAMETERS.subscribeAudioUids)
  subscribeAudioUids?: string[] | null;

  @Option(SUBSCRIPTION_PARAMETERS.unsubscribeAudioUids)
  unsubscribeAudioUids?: string[] | null;

  @Option(SUBSCRIPTION_PARAMETERS.subscribeVideoUids)
  subscribeVideoUids?: string[] | null;

  @Option(SUBSCRIPTION_PARAMETERS.unsubscribeVideoUids)
  unsubscribeVideoUids?: string[] | null;
}

@InputType('WebChangeInput', { description: 'A change of a page recording: one of the fields, or both.' })
export class WebChangeInput {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether to pause the recording (onhold) or to resume it.',
  })
  paused?: boolean | null;

  @Field(() => [PushOutputInput], {
    nullable: true,
    description: 'Where to push from now on, instead of before: one address.',
  })
  outputs?: PushOutputInput[] | null;
}

@InputType('RecordingChangeInput', {
  description: 'What to change: at least one of the fields. They are sent in one update.',
})
export class RecordingChangeInput {
  @Field(() => SubscriptionInput, {
    nullable: true,
    description: 'Whose streams are recorded; not in page recordings.',
  })
  streams?: SubscriptionInput | null;

  @Field(() => WebChangeInput, { nullable: true, description: 'Pause and push of a page recording.' })
  web?: WebChangeInput | null;

  @Field(() => StorageCredentialsInput, {
    nullable: true,
    description: "Fresh credentials for the recording's storage.",
  })
  storageCredentials?: StorageCredentialsInput | null;
}

@InputType('UpdateRecordingInput', { description: 'A recording to change while it runs.' })
export class UpdateRecordingInput {
  @Field(() => ID, { description: 'Which recording.' })
  recordingId!: string;

  @Field(() => RecordingChangeInput, { description: 'What to change.' })
  change!: RecordingChangeInput;
}

@InputType('RefreshRecordingInput', { description: 'A recording to ask Agora for.' })
export class RefreshRecordingInput {
  @Field(() => ID, { description: 'Which recording.' })
  recordingId!: string;
}

@InputType('AdoptRecordingInput', {
  description: 'A recording that was started elsewhere, with what its start was made with and answered.',
})
export class AdoptRecordingInput {
  @Field(() => String, {
    nullable: true,
    description: 'The Agora project. Default: the first one configured.',
  })
  appId?: string | null;

  @Field(() => String, { description: 'The channel (cname) that it was started with.' })
  channel!: string;

  @Field(() => String, { description: 'The uid that it was started with.' })
  uid!: string;

  @Field(() => String, { description: 'The resource id that it was started with.' })
  resourceId!: string;

  @Field(() => String, { description: "The recording id of start's reply." })
  sid!: string;

  @Field(() => RecordingMode, { description: 'The mode that it was started in.' })
  mode!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'resourceExpiredHour that it was acquired with, 1 to 720. Default 72.',
  })
  resourceExpiredHours?: number | null;
}

@InputType('ForgetRecordingInput', { description: 'What forgetRecording is asked with.' })
export class ForgetRecordingInput {
  @Field(() => ID, { description: 'The recording. It must have ended.' })
  recordingId!: string;
}
