import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, InterfaceType, ObjectType } from 'type-graphql';
import { EventService, RecordingEventType } from '../../enums/event.js';
import { ObservationSource } from '../../enums/recording.js';
import { type Relation } from '../../relation.js';
import { NodeType } from '../node.type.js';
import { PageInfoType } from '../page-info.type.js';
import { type TotalCount, TotalCountType } from '../total-count.type.js';
import { RecordingType } from '../recording.type.js';

@InterfaceType('RecordingEvent', {
  implements: NodeType,
  description: "Something seen of a recording: a notification of Agora's, or what the gateway saw by itself.",
})
export abstract class RecordingEventType_ implements NodeType {
  @Field(() => ID, { description: 'Unique; it never changes.' })
  id!: string;

  @Field(() => RecordingType, { description: 'The recording as it is now.' })
  recording!: Relation<RecordingType>;

  @Field(() => RecordingEventType, { description: 'The kind of event.' })
  type!: string;

  @Field(() => GraphQLDateTime, { description: 'When it happened (sendts); for a call when it was made.' })
  occurredAt!: number;

  @Field(() => GraphQLDateTime, { description: 'When the gateway learned of it.' })
  receivedAt!: number;

  @Field(() => ObservationSource, { description: 'Source of the observation.' })
  source!: string;

  /** The text of the field `raw`, which is parsed when it is asked for. */
  rawText!: string | null;

  /** The id of the field `recording`. */
  recordingId!: string;
}

@InterfaceType('NotificationEvent', {
  implements: [RecordingEventType_],
  description: 'A notification of Agora.',
})
export abstract class NotificationEventType extends RecordingEventType_ {
  @Field(() => Int, { description: 'The number of its kind at Agora (eventType).' })
  typeCode!: number;

  @Field(() => EventService, {
    nullable: true,
    description: 'The service that sent it, by name; null where it names none.',
  })
  service!: string | null;

  @Field(() => Int, { nullable: true, description: 'The same as the number Agora gave (serviceType).' })
  serviceType!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Its number in the order of its recorder, from 0; null where it has none.',
  })
  sequence!: number | null;
}

@ObjectType('RecordingEventEdge', { description: 'An event in a page.', simpleResolvers: true })
export class RecordingEventEdgeType {
  @Field(() => String, { description: 'Pass it as `after` to continue after this event.' })
  cursor!: string;

  @Field(() => RecordingEventType_, { description: 'The event.' })
  node!: RecordingEventType_;
}

@ObjectType('RecordingEventConnection', {
  description: 'A page of events in the order in which the gateway learned of them, oldest first.',
  simpleResolvers: true,
})
export class RecordingEventConnectionType {
  @Field(() => [RecordingEventEdgeType], { description: 'The events of this page.' })
  edges!: RecordingEventEdgeType[];

  @Field(() => [RecordingEventType_], { description: 'The same events, without their cursors.' })
  nodes!: RecordingEventType_[];

  @Field(() => PageInfoType, { description: 'Where the page stands.' })
  pageInfo!: PageInfoType;

  @Field(() => TotalCountType, { description: 'How many events there are of the kinds that are asked for.' })
  totalCount!: TotalCount;

  @Field(() => String, {
    description: 'Where the next event will stand: valid as `after` even when the page is empty.',
  })
  headCursor!: string;
}
