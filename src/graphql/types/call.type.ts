import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { CallOperation, CallOutcome, CallReason } from '../enums/call.js';

@ObjectType('RecordingCall', {
  description: "A call of Agora's REST API about a recording, and its result.",
  simpleResolvers: true,
})
export class RecordingCallType {
  @Field(() => ID, {
    description:
      'That of its event, which has the reply. A query from which nothing was learned has no event.',
  })
  id!: string;

  @Field(() => CallOperation, { description: 'Which operation was called.' })
  operation!: string;

  @Field(() => CallReason, {
    nullable: true,
    description: 'Why; null if it was not made, or if an early release of the gateway made it.',
  })
  reason!: string | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it was asked for, before it waited for its turn; null as `reason`.',
  })
  requestedAt!: number | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was sent; null if it was not.' })
  sentAt!: number | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When its reply came; null if none came.' })
  answeredAt!: number | null;

  @Field(() => CallOutcome, { description: 'The outcome of the call.' })
  outcome!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'HTTP status of the reply; 201 and 206 carry errors too. Null if none came.',
  })
  httpStatus!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: '`code` of the reply; it means different things per operation. Null where there is none.',
  })
  agoraCode!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The reason in the words of Agora, or why no reply came; null where nothing is said.',
  })
  message!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'X-Request-Id of the reply: name it when asking Agora for help. Null where there is none.',
  })
  requestId!: string | null;
}
