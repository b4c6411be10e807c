import { Field, Int, ObjectType } from 'type-graphql';
import { MAX_COUNT } from '../../store/reads/page.js';

@ObjectType('TotalCount', {
  description: `How many entries a list has. It is counted up to ${MAX_COUNT.toLocaleString('en')}.`,
  simpleResolvers: true,
})
export class TotalCountType {
  @Field(() => Int, { description: 'How many there are; at least so many if `exact` is false.' })
  count!: number;

  @Field(() => Boolean, {
    description:
      'Whether all were counted: there are no more than can be counted, and the filter let no more than 20,000 be looked through.',
  })
  exact!: boolean;
}

/** Of a connection: counted only if it is asked for. */
export type TotalCount = TotalCountType | (() => Promise<TotalCountType>);
