import { GraphQLDateTime, GraphQLJSON } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { MutationResult } from '../enums/mutation.js';
import { RecordingEventType_ } from './events/event.type.js';
import { PageInfoType } from './page-info.type.js';

const mutation = { description: 'Which mutation: the name of its field.' };
const caller = {
  nullable: true,
  description: 'The name of the caller; null where callers are not authenticated.',
};
const gatewayRequestId = { description: "Names the request in the gateway's log." };
const input = {
  nullable: true,
  description: 'Its input without secrets; null if it was larger than 32 KiB.',
};
const mutationResult = { description: 'Its result.' };
const errorCodes = { description: 'The codes of its userErrors, or of its GraphQL error.' };

@ObjectType('MutationEvent', {
  implements: RecordingEventType_,
  description:
    'A caller sent a mutation about the recording. What was done about it is seen in other events. One that its caller may not send leaves ' +
    'none.',
  simpleResolvers: true,
})
export class MutationEventType extends RecordingEventType_ {
  @Field(() => String, mutation)
  mutation!: string;

  @Field(() => String, caller)
  caller!: string | null;

  @Field(() => String, gatewayRequestId)
  gatewayRequestId!: string;

  @Field(() => GraphQLJSON, input)
  input!: unknown;

  @Field(() => MutationResult, mutationResult)
  mutationResult!: string;

  @Field(() => [String], errorCodes)
  errorCodes!: string[];
}

@ObjectType('AuditEntry', {
  description: 'A mutation that a caller sent, whatever came of it.',
  simpleResolvers: true,
})
export class AuditEntryType {
  @Field(() => ID, { description: 'The id of its event, too, where its recording has one.' })
  id!: string;

  @Field(() => GraphQLDateTime, { description: 'When it was sent.' })
  at!: number;

  @Field(() => String, mutation)
  mutation!: string;

  @Field(() => String, caller)
  caller!: string | null;

  @Field(() => String, {
    description: 'The IP address of the caller, or of the last proxy that is not trusted.',
  })
  address!: string;

  @Field(() => String, gatewayRequestId)
  gatewayRequestId!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'The recording that came of it, or that its input names, which may be unknown to the gateway; null if there is none.',
  })
  recordingId!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The Agora project; null if nothing says it.',
  })
  appId!: string | null;

  @Field(() => String, { nullable: true, description: 'The channel; null if nothing says it.' })
  channel!: string | null;

  @Field(() => GraphQLJSON, input)
  input!: unknown;

  @Field(() => MutationResult, mutationResult)
  mutationResult!: string;

  @Field(() => [String], errorCodes)
  errorCodes!: string[];
}

@ObjectType('AuditEntryEdge', {
  description: 'An entry of the audit trail in a page.',
  simpleResolvers: true,
})
export class AuditEntryEdgeType {
  @Field(() => String, { description: 'Pass it as `after` to continue after this entry.' })
  cursor!: string;

  @Field(() => AuditEntryType, { description: 'The entry.' })
  node!: AuditEntryType;
}

@ObjectType('AuditEntryConnection', {
  description: 'A page of the audit trail, the latest first.',
  simpleResolvers: true,
})
export class AuditEntryConnectionType {
  @Field(() => [AuditEntryEdgeType], { description: 'The entries of this page.' })
  edges!: AuditEntryEdgeType[];

  @Field(() => [AuditEntryType], { description: 'The same entries, without their cursors.' })
  nodes!: AuditEntryType[];

  @Field(() => PageInfoType, { description: 'Where the page stands.' })
  pageInfo!: PageInfoType;
}
