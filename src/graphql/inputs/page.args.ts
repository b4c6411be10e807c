import { ArgsType, Field, Int } from 'type-graphql';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../pagination.js';

/** What every connection is paged by. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: `At most so many from the front, 1 to ${MAX_PAGE_SIZE}. Default ${DEFAULT_PAGE_SIZE}, unless last is given.`,
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only what follows this cursor of the same list.' })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `At most so many from the end, 1 to ${MAX_PAGE_SIZE}; instead of first.`,
  })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only what precedes this cursor of the same list.' })
  before?: string | null;
}
