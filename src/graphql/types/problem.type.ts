import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import { PageInfoType } from './page-info.type.js';

@ObjectType('Problem', {
  description: 'Something that went wrong during a recording.',
  simpleResolvers: true,
})
export class ProblemType {
  @Field(() => String, { description: 'Stable name of the kind of problem, with the number Agora gave.' })
  code!: string;

  @Field(() => String, { description: 'What happened.' })
  message!: string;

  @Field(() => GraphQLDateTime, { description: 'When it happened.' })
  occurredAt!: number;
}

@ObjectType('ProblemEdge', { description: 'A problem in a page.', simpleResolvers: true })
export class ProblemEdgeType {
  @Field(() => String, { description: 'Pass it as `after` to continue after this problem.' })
  cursor!: string;

  @Field(() => ProblemType, { description: 'The problem.' })
  node!: ProblemType;
}

@ObjectType('ProblemConnection', { description: 'A page of problems, oldest first.', simpleResolvers: true })
export class ProblemConnectionType {
  @Field(() => [ProblemEdgeType], { description: 'The problems of this page.' })
  edges!: ProblemEdgeType[];

  @Field(() => PageInfoType, { description: 'Where the page stands.' })
  pageInfo!: PageInfoType;
}
