import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, InputType } from 'type-graphql';
import { MutationResult } from '../enums/mutation.js';

@InputType('AuditFilter', { description: 'Entries must match all fields that are given.' })
export class AuditFilterInput {
  @Field(() => String, { nullable: true, description: 'Sent by the caller of this name.' })
  caller?: string | null;

  @Field(() => ID, { nullable: true, description: 'About this recording.' })
  recordingId?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'One of these mutations, by the names of their fields; at most 50.',
  })
  mutations?: string[] | null;

  @Field(() => [MutationResult], { nullable: true, description: 'With one of these results.' })
  results?: string[] | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Sent after this moment.' })
  after?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Sent before this moment.' })
  before?: Date | null;
}
