import { Field, ObjectType } from 'type-graphql';

@ObjectType('PageInfo', { description: 'Where a page stands in its list (Relay).', simpleResolvers: true })
export class PageInfoType {
  @Field(() => Boolean, { description: 'Whether more follows after endCursor.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether something stands before startCursor.' })
  hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'Pass it as `before` to read backwards from this page. The cursor of the first edge, or of the place up to which a rare filter was ' +
      'looked for; null when the page is empty.',
  })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Pass it as `after` to continue. The cursor of the last edge, or of the place up to which a rare filter was looked for, at most 1,000 ' +
      'entries: such a page has fewer edges than were asked for, perhaps none, and hasNextPage. Null when the list ends with an empty page.',
  })
  endCursor!: string | null;
}
