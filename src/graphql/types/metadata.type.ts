import { Field, ObjectType } from 'type-graphql';

@ObjectType('MetadataEntry', {
  description: 'An entry of metadata: what a caller says about a recording.',
  simpleResolvers: true,
})
export class MetadataEntryType {
  @Field(() => String, { description: 'Unique in the recording.' })
  key!: string;

  @Field(() => String, { description: 'The value.' })
  value!: string;
}
