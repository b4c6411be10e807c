import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root, Subscription } from 'type-graphql';
import { type CountsFilter } from '../../store/reads/counts.js';
import { type Context } from '../context.js';
import { RecordingCountsFilterInput } from '../inputs/counts-filter.input.js';
import { PageArgs } from '../inputs/page.args.js';
import { endable } from '../iterators.js';
import { connection, pageArguments } from '../pagination.js';
import { presentCounts } from '../present/present-counts.js';
import { ChannelConnectionType, ChannelType_, RecordingCountsType } from '../types/counts.type.js';
import { RecordingConnectionType } from '../types/recording.type.js';
import { followCounts } from './follow-counts.js';
import { recordingConnection } from './recording-connection.js';
import { checkLists } from './store-filter.js';

const WHICH = { nullable: true, description: 'Which recordings. Default all.' };

function countsFilter(filter: RecordingCountsFilterInput | null | undefined): CountsFilter {
  checkLists(filter);
  return { ...filter, from: filter?.from?.getTime() ?? null, to: filter?.to?.getTime() ?? null };
}

@Resolver(() => ChannelType_)
export class CountsResolver {
  @Query(() => RecordingCountsType, {
    description: 'How many recordings there are, by phase, mode, reason of the end and day.',
  })
  async recordingCounts(
    @Ctx() { services: { store }, reads }: Context,
    @Arg('filter', () => RecordingCountsFilterInput, WHICH) filter?: RecordingCountsFilterInput | null,
  ): Promise<RecordingCountsType> {
    const checked = countsFilter(filter);
    return presentCounts(await reads.count(() => store.recordingCounts(checked)));
  }

  @Query(() => ChannelConnectionType, {
    description:
      'The channels that were recorded, a page at a time, by name in the order of its bytes in UTF-8.',
  })
  async channels(
    @Ctx() { services: { store }, reads }: Context,
    @Args() asked: PageArgs,
    @Arg('filter', () => RecordingCountsFilterInput, {
      ...WHICH,
      description: 'Which channels, and of which days. Default all.',
    })
    filter?: RecordingCountsFilterInput | null,
  ): Promise<ChannelConnectionType> {
    const page = { ...pageArguments(asked), filter: countsFilter(filter) };
    const found = await reads.page(() => store.channelPage(page));
    return {
      ...connection(found.items, found),
      totalCount: () => reads.count(() => store.channelCount(page.filter)),
    };
  }

  @FieldResolver(() => RecordingConnectionType, {
    description: 'Its recordings: those that have not ended first, then the latest ended.',
  })
  async recordings(
    @Root() { name, appId }: ChannelType_,
    @Ctx() context: Context,
    @Args() page: PageArgs,
  ): Promise<RecordingConnectionType> {
    const filter = { channels: [name], appIds: [appId] };
    return await recordingConnection(context, page, { filter, orderBy: 'ENDED_AT_DESC' });
  }

  @Subscription(() => RecordingCountsType, {
    subscribe: ({ args, context }) => {
      const { filter } = args as { filter?: RecordingCountsFilterInput | null };
      const checked = countsFilter(filter);
      const { services } = context as Context;
      return endable((ended) => Promise.resolve(followCounts(services, checked, ended)));
    },
    description:
      'The counts as they are now, then after changes, at most once a second. It has no cursor: after a cut subscribe again.',
  })
  recordingCountsChanged(
    @Root() counts: RecordingCountsType,
    @Arg('filter', () => RecordingCountsFilterInput, WHICH) _filter?: RecordingCountsFilterInput | null,
  ): RecordingCountsType {
    return counts;
  }
}
