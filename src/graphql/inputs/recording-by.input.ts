import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, InputType } from 'type-graphql';
import { UploadState } from '../enums/file.js';
import { ProblemSeverity } from '../enums/problem.js';
import { RecordingEndReason, RecordingMode, RecordingPhase } from '../enums/recording.js';
import { MetadataEntryInput } from './metadata.input.js';

@InputType('RecordingBy', { description: 'Which recording: exactly one of the fields.' })
export class RecordingByInput {
  @Field(() => ID, { nullable: true, description: "The gateway's id of it." })
  id?: string | null;

  @Field(() => String, { nullable: true, description: "Agora's recording id." })
  sid?: string | null;

  @Field(() => String, { nullable: true, description: 'The idempotencyKey that it was started with.' })
  idempotencyKey?: string | null;
}

@InputType('RecordingFilter', {
  description:
    'Recordings must match all fields that are given. Lists take at most 50 values; an empty list matches nothing.',
})
export class RecordingFilterInput {
  @Field(() => [String], { nullable: true, description: 'Of one of these Agora projects.' })
  appIds?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Of one of these channels.' })
  channels?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of channels whose names begin with this text; upper and lower case differ.',
  })
  channelPrefix?: string | null;

  @Field(() => [String], { nullable: true, description: 'Started with one of these uids.' })
  uids?: string[] | null;

  @Field(() => [String], { nullable: true, description: "With one of these recording ids of Agora's." })
  sids?: string[] | null;

  @Field(() => [RecordingMode], { nullable: true, description: 'In one of these modes.' })
  modes?: string[] | null;

  @Field(() => [RecordingPhase], { nullable: true, description: 'In one of these phases.' })
  phases?: string[] | null;

  @Field(() => [RecordingEndReason], {
    nullable: true,
    description: 'Ended, or ending, for one of these reasons.',
  })
  endReasons?: string[] | null;

  @Field(() => [UploadState], { nullable: true, description: 'With their files in one of these states.' })
  uploadStates?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Started with one of these storage profiles.' })
  storageProfiles?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Started by one of these callers, by name.' })
  startedBy?: string[] | null;

  @Field(() => [MetadataEntryInput], {
    nullable: true,
    description: 'With all of these entries in their metadata.',
  })
  metadata?: MetadataEntryInput[] | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Started after this moment.' })
  startedAfter?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Started before this moment.' })
  startedBefore?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Ended after this moment.' })
  endedAfter?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Ended before this moment.' })
  endedBefore?: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Last changed after this moment (`changedAt`).',
  })
  changedAfter?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Last changed before this moment.' })
  changedBefore?: Date | null;

  @Field(() => [ProblemSeverity], {
    nullable: true,
    description: 'Whose worst problem has one of these severities.',
  })
  problemSeverities?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'With problems, or without any.' })
  hasProblems?: boolean | null;
}
