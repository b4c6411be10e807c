import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { MAX_COUNTED_DAYS } from '../../store/reads/counts.js';
import { RecordingEndReason, RecordingMode, RecordingPhase } from '../enums/recording.js';
import { PageInfoType } from './page-info.type.js';
import { type TotalCount, TotalCountType } from './total-count.type.js';

const count = { description: 'How many recordings.' };

@ObjectType('PhaseCount', { description: 'Recordings in a phase.', simpleResolvers: true })
export class PhaseCountType {
  @Field(() => RecordingPhase, { description: 'The phase.' })
  phase!: string;

  @Field(() => Int, count)
  count!: number;
}

@ObjectType('ModeCount', { description: 'Recordings in a mode.', simpleResolvers: true })
export class ModeCountType {
  @Field(() => RecordingMode, { description: 'The mode.' })
  mode!: string;

  @Field(() => Int, count)
  count!: number;
}

@ObjectType('EndReasonCount', {
  description: 'Recordings that ended, or are ending, for a reason.',
  simpleResolvers: true,
})
export class EndReasonCountType {
  @Field(() => RecordingEndReason, { description: 'The reason.' })
  endReason!: string;

  @Field(() => Int, count)
  count!: number;
}

@ObjectType('DayCount', { description: 'Recordings that were started on a day.', simpleResolvers: true })
export class DayCountType {
  @Field(() => GraphQLDateTime, { description: 'The beginning of the day, UTC.' })
  day!: number;

  @Field(() => Int, count)
  count!: number;
}

@ObjectType('RecordingCounts', {
  description:
    'How many recordings there are. The counts are kept with each change, so they cost the same however many are counted; what has none ' +
    'is not listed.',
  simpleResolvers: true,
})
export class RecordingCountsType {
  @Field(() => Int, { description: 'How many in all.' })
  total!: number;

  @Field(() => [PhaseCountType], { description: 'By phase.' })
  byPhase!: PhaseCountType[];

  @Field(() => [ModeCountType], { description: 'By mode.' })
  byMode!: ModeCountType[];

  @Field(() => [EndReasonCountType], { description: 'By the reason of the end; those that run have none.' })
  byEndReason!: EndReasonCountType[];

  @Field(() => [DayCountType], {
    description: `By the day of the start, UTC, the earliest first: the latest ${MAX_COUNTED_DAYS} days that have any.`,
  })
  byDay!: DayCountType[];
}

@ObjectType('Channel', {
  description: 'A channel of an Agora project that was recorded.',
  simpleResolvers: true,
})
export class ChannelType_ {
  @Field(() => String, { description: 'Its name (cname).' })
  name!: string;

  @Field(() => String, { description: 'The Agora project.' })
  appId!: string;

  @Field(() => Int, {
    description: 'How many recordings of it the gateway knows, of the days that are asked for.',
  })
  total!: number;

  @Field(() => Int, { description: 'How many of these have not ended.' })
  running!: number;
}

@ObjectType('ChannelEdge', { description: 'A channel in a page.', simpleResolvers: true })
export class ChannelEdgeType {
  @Field(() => String, { description: 'Pass it as `after` to continue after this channel.' })
  cursor!: string;

  @Field(() => ChannelType_, { description: 'The channel.' })
  node!: ChannelType_;
}

@ObjectType('ChannelConnection', { description: 'A page of channels, by name.', simpleResolvers: true })
export class ChannelConnectionType {
  @Field(() => [ChannelEdgeType], { description: 'The channels of this page.' })
  edges!: ChannelEdgeType[];

  @Field(() => [ChannelType_], { description: 'The same channels, without their cursors.' })
  nodes!: ChannelType_[];

  @Field(() => PageInfoType, { description: 'Where the page stands.' })
  pageInfo!: PageInfoType;

  @Field(() => TotalCountType, { description: 'How many channels there are in all.' })
  totalCount!: TotalCount;
}
