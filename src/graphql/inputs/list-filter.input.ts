import { GraphQLDateTime } from 'graphql-scalars';
import { Field, InputType } from 'type-graphql';
import { FileKind } from '../enums/file.js';
import { ProblemCode, ProblemSeverity } from '../enums/problem.js';

const appIds = { nullable: true, description: 'Of recordings of one of these Agora projects.' };
const channels = { nullable: true, description: 'Of recordings of one of these channels.' };
const channelPrefix = {
  nullable: true,
  description: 'Of recordings of channels whose names begin with this text; upper and lower case differ.',
};

@InputType('FileFilter', {
  description:
    'Files must match all fields that are given. Lists take at most 50 values; an empty list matches nothing.',
})
export class FileFilterInput {
  @Field(() => [String], appIds)
  appIds?: string[] | null;

  @Field(() => [String], channels)
  channels?: string[] | null;

  @Field(() => String, channelPrefix)
  channelPrefix?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Whose names, with their prefix directories, begin with this text; upper and lower case differ.',
  })
  namePrefix?: string | null;

  @Field(() => [FileKind], { nullable: true, description: 'Of one of these kinds.' })
  kinds?: string[] | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Whose time is after this moment. FileOrder says what the time of a file is.',
  })
  after?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Whose time is before this moment.' })
  before?: Date | null;
}

@InputType('ProblemFilter', {
  description:
    'Problems must match all fields that are given. Lists take at most 50 values; an empty list matches nothing.',
})
export class ProblemFilterInput {
  @Field(() => [String], appIds)
  appIds?: string[] | null;

  @Field(() => [String], channels)
  channels?: string[] | null;

  @Field(() => String, channelPrefix)
  channelPrefix?: string | null;

  @Field(() => [ProblemSeverity], { nullable: true, description: 'Of one of these severities.' })
  severities?: string[] | null;

  @Field(() => [ProblemCode], { nullable: true, description: 'Of one of these kinds.' })
  codes?: string[] | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'That happened after this moment.' })
  after?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'That happened before this moment.' })
  before?: Date | null;
}
