import { Field, ID, InputType } from 'type-graphql';
import {
  MAX_METADATA_ENTRIES,
  MAX_METADATA_KEY_LENGTH,
  MAX_METADATA_VALUE_LENGTH,
} from '../../recordings/metadata.js';

const key = {
  description: `1 to ${MAX_METADATA_KEY_LENGTH} letters, digits and _ . : - characters; upper and lower case differ.`,
};

@InputType('MetadataEntryInput', { description: 'An entry of metadata: a key with its value.' })
export class MetadataEntryInput {
  @Field(() => String, key)
  key!: string;

  @Field(() => String, { description: `1 to ${MAX_METADATA_VALUE_LENGTH} characters.` })
  value!: string;
}

@InputType('MetadataChangeInput', { description: 'A change of an entry of metadata.' })
export class MetadataChangeInput {
  @Field(() => String, key)
  key!: string;

  @Field(() => String, {
    nullable: true,
    description: `The new value, 1 to ${MAX_METADATA_VALUE_LENGTH} characters; null or left out removes the entry.`,
  })
  value?: string | null;
}

@InputType('UpdateMetadataInput', { description: 'Entries of metadata to change.' })
export class UpdateMetadataInput {
  @Field(() => ID, { description: 'Which recording.' })
  recordingId!: string;

  @Field(() => [MetadataChangeInput], {
    description: `The entries to set or to remove; others stay. A recording has at most ${MAX_METADATA_ENTRIES}.`,
  })
  metadata!: MetadataChangeInput[];
}
