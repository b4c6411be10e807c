import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { ProblemCode, ProblemSeverity } from '../enums/problem.js';
import { PageInfoType } from './page-info.type.js';
import { type TotalCount, TotalCountType } from './total-count.type.js';

@ObjectType('Problem', {
  description: 'Something that went wrong during a recording.',
  simpleResolvers: true,
})
export class ProblemType {
  @Field(() => ID, {
    description:
      'Unique among all problems; it never changes. A key for caches, which `node` does not look up.',
  })
  id!: string;

  @Field(() => ProblemCode, { description: 'The kind of problem; for programs.' })
  code!: string;

  @Field(() => Int, {
    nullable: true,
    description: "Agora's number of the error or warning; null for other kinds, and where Agora gave none.",
  })
  agoraCode!: number | null;

  @Field(() => ProblemSeverity, { description: 'How bad it is.' })
  severity!: string;

  @Field(() => String, { description: 'What happened; for people.' })
  message!: string;

  @Field(() => GraphQLDateTime, { description: 'When it happened.' })
  occurredAt!: number;

  /** The id behind the field `recording`. */
  recordingId!: string;

  /** The id behind the field `event`. */
  eventId!: string | null;
}

@ObjectType('ProblemEdge', { description: 'A problem in a page.', simpleResolvers: true })
export class ProblemEdgeType {
  @Field(() => String, { description: 'Pass it as `after` to continue after this problem.' })
  cursor!: string;

  @Field(() => ProblemType, { description: 'The problem.' })
  node!: ProblemType;
}

@ObjectType('ProblemConnection', { description: 'A page of problems.', simpleResolvers: true })
export class ProblemConnectionType {
  @Field(() => [ProblemEdgeType], { description: 'The problems of this page.' })
  edges!: ProblemEdgeType[];

  @Field(() => [ProblemType], { description: 'The same problems, without their cursors.' })
  nodes!: ProblemType[];

  @Field(() => PageInfoType, { description: 'Where the page stands.' })
  pageInfo!: PageInfoType;

  @Field(() => TotalCountType, {
    description: 'How many problems there are in all of those that are asked for.',
  })
  totalCount!: TotalCount;
}
