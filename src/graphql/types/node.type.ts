import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType('Node', {
  description: 'Anything that `node(id:)` finds again: a recording, one of its files, or one of its events.',
})
export abstract class NodeType {
  @Field(() => ID, { description: 'Unique among all nodes; it never changes. Opaque.' })
  id!: string;
}
