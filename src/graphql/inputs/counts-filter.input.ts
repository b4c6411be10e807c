import { GraphQLDateTime } from 'graphql-scalars';
import { Field, InputType } from 'type-graphql';

@InputType('RecordingCountsFilter', {
  description:
    'Recordings must match all fields that are given. Lists take at most 50 values; an empty list matches nothing.',
})
export class RecordingCountsFilterInput {
  @Field(() => [String], { nullable: true, description: 'Of one of these Agora projects.' })
  appIds?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Of one of these channels.' })
  channels?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of channels whose names begin with this text; upper and lower case differ.',
  })
  channelPrefix?: string | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Started on the day of this moment or later. Days are counted whole, by UTC.',
  })
  from?: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Started on the day of this moment or earlier.',
  })
  to?: Date | null;
}
