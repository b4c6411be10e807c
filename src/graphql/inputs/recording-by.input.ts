import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, InputType } from 'type-graphql';
import { RecordingMode, RecordingPhase } from '../enums.js';

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
  description: 'Lets through what fits every field that is given. Lists take at most 50 values.',
})
export class RecordingFilterInput {
  @Field(() => [String], { nullable: true, description: 'Of one of these Agora projects.' })
  appIds?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Of one of these channels.' })
  channels?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Started with one of these uids.' })
  uids?: string[] | null;

  @Field(() => [String], { nullable: true, description: "With one of these recording ids of Agora's." })
  sids?: string[] | null;

  @Field(() => [RecordingMode], { nullable: true, description: 'In one of these modes.' })
  modes?: string[] | null;

  @Field(() => [RecordingPhase], { nullable: true, description: 'In one of these phases.' })
  phases?: string[] | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Started after this moment.' })
  startedAfter?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Started before this moment.' })
  startedBefore?: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'With problems, or without any.' })
  hasProblems?: boolean | null;
}
