import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { CallReason } from '../enums/call.js';
import { Dependency } from '../enums/dependency.js';

@ObjectType('CallBudget', {
  description: "How many calls of Agora's REST API the gateway may make.",
  simpleResolvers: true,
})
export class CallBudgetType {
  @Field(() => Float, {
    description: 'Calls to Agora per second that the gateway allows itself; fewer after a 429.',
  })
  callsPerSecond!: number;

  @Field(() => Int, { description: 'Calls that wait for their turn.' })
  waiting!: number;
}

@ObjectType('CallReasonCount', { description: 'Calls that were made for a reason.', simpleResolvers: true })
export class CallReasonCountType {
  @Field(() => CallReason, { description: 'The reason.' })
  reason!: string;

  @Field(() => Int, { description: 'How many calls, repetitions included.' })
  count!: number;
}

@ObjectType('WebhookLag', {
  description: 'From when Agora sent a notification, by its clock, until it was stored. Of the latest 100.',
  simpleResolvers: true,
})
export class WebhookLagType {
  @Field(() => Int, { description: 'How many notifications these are.' })
  notifications!: number;

  @Field(() => Float, { description: 'The median, in seconds.' })
  medianSeconds!: number;

  @Field(() => Float, { description: 'The largest, in seconds.' })
  maxSeconds!: number;
}

@ObjectType('DependencyOutage', {
  description: 'A period in which something that the gateway depends on could not be used.',
  simpleResolvers: true,
})
export class DependencyOutageType {
  @Field(() => Dependency, { description: 'What could not be used.' })
  dependency!: string;

  @Field(() => GraphQLDateTime, { description: 'When it began.' })
  from!: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it ended; null while it lasts.' })
  to!: number | null;
}

@ObjectType('GatewayStatus', {
  description: 'The state of this gateway process. Counts are since it started.',
  simpleResolvers: true,
})
export class GatewayStatusType {
  @Field(() => CallBudgetType, { description: 'The calls to Agora that the gateway allows itself.' })
  budget!: CallBudgetType;

  @Field(() => [CallReasonCountType], { description: 'Calls to Agora by reason, the most frequent first.' })
  callsByReason!: CallReasonCountType[];

  @Field(() => WebhookLagType, { nullable: true, description: 'Null before the first notification.' })
  webhookLag!: WebhookLagType | null;

  @Field(() => Int, { description: 'Gaps in the notifications of recordings that were reported.' })
  gaps!: number;

  @Field(() => [DependencyOutageType], {
    description:
      'Outages of the store and of Agora, the latest first; at most 20 of each are kept. One of Agora is noticed by the calls ' +
      'that are made: it begins with the first of three failures in a row, and ends with the next answer.',
  })
  outages!: DependencyOutageType[];

  @Field(() => Int, { description: 'Subscriptions that are live.' })
  subscribers!: number;
}
