import { Field, Int, ObjectType } from 'type-graphql';
import { UserErrorCodes } from '../enums.js';
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

  @Field(() => AgoraErrorType, { nullable: true, description: "Agora's own answer, where it gave one." })
  agora!: AgoraErrorType | null;
}

const recording = {
  nullable: true,
  description: 'The recording as it now stands; also beside a START_IN_DOUBT. Null where none came of it.',
};
const userErrors = { description: 'What stood in the way; empty when all went well.' };

@ObjectType('StartRecordingPayload', { description: 'What startRecording came to.', simpleResolvers: true })
export class StartRecordingPayloadType {
  @Field(() => RecordingType, recording)
  recording!: RecordingType | null;

  @Field(() => [UserErrorType], userErrors)
  userErrors!: UserErrorType[];
}

@ObjectType('StopRecordingPayload', { description: 'What stopRecording came to.', simpleResolvers: true })
export class StopRecordingPayloadType {
  @Field(() => RecordingType, recording)
  recording!: RecordingType | null;

  @Field(() => [UserErrorType], userErrors)
  userErrors!: UserErrorType[];
}

@ObjectType('UpdateRecordingPayload', { description: 'What updateRecording came to.', simpleResolvers: true })
export class UpdateRecordingPayloadType {
  @Field(() => RecordingType, recording)
  recording!: RecordingType | null;

  @Field(() => [UserErrorType], userErrors)
  userErrors!: UserErrorType[];
}

@ObjectType('RefreshRecordingPayload', {
  description: 'What refreshRecording came to.',
  simpleResolvers: true,
})
export class RefreshRecordingPayloadType {
  @Field(() => RecordingType, recording)
  recording!: RecordingType | null;

  @Field(() => [UserErrorType], userErrors)
  userErrors!: UserErrorType[];
}
