import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { InputWarningCodes, UserErrorCodes } from '../enums/mutation.js';
import { RecordingType } from './recording.type.js';

@ObjectType('AgoraError', { description: "Agora's own answer, for its support.", simpleResolvers: true })
export class AgoraErrorType {
  @Field(() => Int, { description: 'HTTP status. 201 and 206 carry errors too.' })
  httpStatus!: number;

  @Field(() => Int, {
    nullable: true,
    description: '`code` of the body; it means different things per operation and status.',
  })
  code!: number | null;

  @Field(() => String, { nullable: true, description: 'The reason in the words of Agora.' })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: 'X-Request-Id of the reply.' })
  requestId!: string | null;
}

@ObjectType('UserError', {
  description: 'Why a mutation did not do what was asked. All of them come at once.',
  simpleResolvers: true,
})
export class UserErrorType {
  @Field(() => UserErrorCodes, { description: 'Stable; for programs.' })
  code!: string;

  @Field(() => String, { description: 'What happened and what to do next; for people.' })
  message!: string;

  @Field(() => [String], { nullable: true, description: 'Path into the input, where one field is at fault.' })
  field!: string[] | null;

  @Field(() => Boolean, { description: 'Whether the same call may succeed later.' })
  retryable!: boolean;

  @Field(() => ID, {
    nullable: true,
    description:
      'The recording that stands in the way, where it is known (TASK_CONFLICT, RESOURCE_ALREADY_STARTED).',
  })
  recordingId!: string | null;

  @Field(() => AgoraErrorType, { nullable: true, description: "Agora's own answer, where it gave one." })
  agora!: AgoraErrorType | null;
}

@ObjectType('InputWarning', {
  description:
    'A value of the input that has no effect and was not sent, or that is probably not meant. The mutation continued.',
  simpleResolvers: true,
})
export class InputWarningType {
  @Field(() => InputWarningCodes, { description: 'Stable; for programs.' })
  code!: string;

  @Field(() => String, { description: 'What is wrong with it; for people.' })
  message!: string;

  @Field(() => [String], { description: 'Path into the input.' })
  field!: string[];
}

const WARNINGS =
  'Values of the input that have no effect, or are probably not meant; empty when there are none.';

/** What every mutation answers. */
@ObjectType()
abstract class PayloadType {
  @Field(() => [UserErrorType], { description: 'Why the mutation did not succeed; empty when it did.' })
  userErrors!: UserErrorType[];
}

/** What mutations answer that are about a recording that is there. */
@ObjectType()
abstract class RecordingPayloadType extends PayloadType {
  @Field(() => RecordingType, {
    nullable: true,
    description: 'The recording in its current state, also where userErrors are. Null if it is not found.',
  })
  recording!: RecordingType | null;
}

/** What mutations answer whose inputs have optional values. */
@ObjectType()
abstract class ChangePayloadType extends RecordingPayloadType {
  @Field(() => [InputWarningType], { description: WARNINGS })
  warnings!: InputWarningType[];
}

@ObjectType('StartRecordingPayload', { description: 'The result of startRecording.', simpleResolvers: true })
export class StartRecordingPayloadType extends PayloadType {
  @Field(() => RecordingType, {
    nullable: true,
    description:
      'The recording in its current state; with START_IN_DOUBT the one that may have started. Null if none was created.',
  })
  recording!: RecordingType | null;

  @Field(() => [InputWarningType], { description: WARNINGS })
  warnings!: InputWarningType[];
}

@ObjectType('StopRecordingPayload', { description: 'The result of stopRecording.', simpleResolvers: true })
export class StopRecordingPayloadType extends RecordingPayloadType {}

@ObjectType('UpdateRecordingPayload', {
  description: 'The result of updateRecording.',
  simpleResolvers: true,
})
export class UpdateRecordingPayloadType extends ChangePayloadType {}

@ObjectType('RefreshRecordingPayload', {
  description: 'The result of refreshRecording.',
  simpleResolvers: true,
})
export class RefreshRecordingPayloadType extends RecordingPayloadType {}

@ObjectType('UpdateLayoutPayload', { description: 'The result of updateLayout.', simpleResolvers: true })
export class UpdateLayoutPayloadType extends ChangePayloadType {}

@ObjectType('UpdateMetadataPayload', { description: 'The result of updateMetadata.', simpleResolvers: true })
export class UpdateMetadataPayloadType extends RecordingPayloadType {}

@ObjectType('AdoptRecordingPayload', { description: 'The result of adoptRecording.', simpleResolvers: true })
export class AdoptRecordingPayloadType extends PayloadType {
  @Field(() => RecordingType, {
    nullable: true,
    description: 'The recording in its current state. Null if it was not taken over.',
  })
  recording!: RecordingType | null;
}

@ObjectType('Resource', {
  description: 'Something that Agora reserved for one recording. It serves one start, and expires.',
  simpleResolvers: true,
})
export class ResourceType {
  @Field(() => String, { description: 'For startRecording.' })
  resourceId!: string;

  @Field(() => String, { description: 'The Agora project that it is for.' })
  appId!: string;

  @Field(() => String, { description: 'The channel that it is for.' })
  channel!: string;

  @Field(() => String, { description: 'The uid that it is for.' })
  uid!: string;

  @Field(() => GraphQLDateTime, {
    description: 'Start before this moment: Agora asks for start within two seconds of acquire.',
  })
  startBefore!: number;

  @Field(() => GraphQLDateTime, { description: 'After this moment, five minutes after acquire, it is void.' })
  validUntil!: number;
}

@ObjectType('AcquireResourcePayload', {
  description: 'The result of acquireResource.',
  simpleResolvers: true,
})
export class AcquireResourcePayloadType {
  @Field(() => ResourceType, {
    nullable: true,
    description: 'The acquired resource; null if acquiring failed.',
  })
  resource!: ResourceType | null;

  @Field(() => [UserErrorType], { description: 'Why the mutation did not succeed; empty when it did.' })
  userErrors!: UserErrorType[];

  @Field(() => [InputWarningType], { description: WARNINGS })
  warnings!: InputWarningType[];
}

@ObjectType('ForgetRecordingPayload', {
  description: 'The result of forgetRecording.',
  simpleResolvers: true,
})
export class ForgetRecordingPayloadType {
  @Field(() => ID, { nullable: true, description: 'The recording that was removed; null if none was.' })
  forgottenId!: string | null;

  @Field(() => [UserErrorType], { description: 'Why the mutation did not succeed; empty when it did.' })
  userErrors!: UserErrorType[];
}
