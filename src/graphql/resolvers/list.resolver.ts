import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { type FileOrder as Order } from '../../store/reads/file-list.js';
import { type Context } from '../context.js';
import { FileOrder } from '../enums/file.js';
import { FileFilterInput, ProblemFilterInput } from '../inputs/list-filter.input.js';
import { PageArgs } from '../inputs/page.args.js';
import { connection, pageArguments } from '../pagination.js';
import { presentListedFile, presentListedProblem } from '../present/present.js';
import { RecordedFileConnectionType } from '../types/file.type.js';
import { ProblemConnectionType } from '../types/problem.type.js';
import { checkLists } from './store-filter.js';

const SHORTER =
  'With a filter a page may be shorter than asked for; `endCursor` continues after what it looked through.';

function timesOf(filter: { after?: Date | null; before?: Date | null } | null | undefined) {
  return { after: filter?.after?.getTime() ?? null, before: filter?.before?.getTime() ?? null };
}

/** What is listed across recordings. */
@Resolver()
export class ListResolver {
  @Query(() => RecordedFileConnectionType, {
    description: `The files of all recordings, screenshots included, a page at a time. ${SHORTER}`,
  })
  async files(
    @Ctx() { services: { store }, reads }: Context,
    @Args() asked: PageArgs,
    @Arg('orderBy', () => FileOrder, {
      nullable: true,
      defaultValue: 'TIME_DESC',
      description: 'The order of the list.',
    })
    orderBy: Order | null,
    @Arg('filter', () => FileFilterInput, { nullable: true, description: 'Which files. Default all.' })
    filter?: FileFilterInput | null,
  ): Promise<RecordedFileConnectionType> {
    checkLists(filter);
    const checked = { ...filter, ...timesOf(filter) };
    const page = { ...pageArguments(asked), filter: checked, orderBy: orderBy ?? 'TIME_DESC' };
    const found = await reads.page(() => store.filePage(page));
    const items = found.items.map(({ item, cursor }) => ({ item: presentListedFile(item), cursor }));
    return {
      ...connection(items, found),
      totalCount: () => reads.count(() => store.fileCount(checked)),
    };
  }

  @Query(() => ProblemConnectionType, {
    description: `The problems of all recordings, the latest first, a page at a time. ${SHORTER}`,
  })
  async problems(
    @Ctx() { services: { store }, reads }: Context,
    @Args() asked: PageArgs,
    @Arg('filter', () => ProblemFilterInput, { nullable: true, description: 'Which problems. Default all.' })
    filter?: ProblemFilterInput | null,
  ): Promise<ProblemConnectionType> {
    checkLists(filter);
    const checked = { ...filter, ...timesOf(filter) };
    const found = await reads.page(() => store.problemPage({ ...pageArguments(asked), filter: checked }));
    const items = found.items.map(({ item, cursor }) => ({ item: presentListedProblem(item), cursor }));
    return {
      ...connection(items, found),
      totalCount: () => reads.count(() => store.problemCount(checked)),
    };
  }
}
