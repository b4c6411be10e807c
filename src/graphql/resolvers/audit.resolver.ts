import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { type MutationResult } from '../../recordings/audit.js';
import { type Context } from '../context.js';
import { AuditFilterInput } from '../inputs/audit-filter.input.js';
import { PageArgs } from '../inputs/page.args.js';
import { connection, pageArguments } from '../pagination.js';
import { AuditEntryConnectionType } from '../types/audit.type.js';
import { checkLists } from './store-filter.js';

@Resolver()
export class AuditResolver {
  @Query(() => AuditEntryConnectionType, {
    description:
      'The audit trail, a page at a time, the latest first: every mutation that a caller sent, with its result. An entry is kept as long as its ' +
      'recording; one without a recording, for the time after which recordings are removed. Needs recordings:admin. With a filter a page ' +
      'may be shorter than asked for; `endCursor` continues after what it looked through.',
  })
  async auditEntries(
    @Ctx() { services: { store }, reads }: Context,
    @Args() asked: PageArgs,
    @Arg('filter', () => AuditFilterInput, { nullable: true, description: 'Which entries. Default all.' })
    filter?: AuditFilterInput | null,
  ): Promise<AuditEntryConnectionType> {
    checkLists(filter);
    const checked = {
      ...filter,
      results: filter?.results as MutationResult[] | null | undefined,
      after: filter?.after?.getTime() ?? null,
      before: filter?.before?.getTime() ?? null,
    };
    const page = { ...pageArguments(asked), filter: checked };
    const found = await reads.page(() => store.auditPage(page));
    const items = found.items.map(({ item, cursor }) => {
      const { operation, requestId, result, codes, place, ...rest } = item;
      const entry = {
        ...rest,
        mutation: operation,
        gatewayRequestId: requestId,
        mutationResult: result,
        errorCodes: codes,
        appId: place?.appId ?? null,
        channel: place?.channel ?? null,
      };
      return { item: entry, cursor };
    });
    return connection(items, found);
  }
}
