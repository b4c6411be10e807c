import {
  COMPOSITE_PARAMETERS,
  FILE_PARAMETERS,
  INDIVIDUAL_PARAMETERS,
  SNAPSHOT_PARAMETERS,
} from '@agora-recording-gateway/agora/parameters/channel';
import {
  BACKGROUND_PARAMETERS,
  REGION_PARAMETERS,
  TRANSCODING_PARAMETERS,
} from '@agora-recording-gateway/agora/parameters/layout';
import { PAGE_PARAMETERS } from '@agora-recording-gateway/agora/parameters/web';
import { GraphQLDateTime } from 'graphql-scalars';
import { createUnionType, Field, Int, ObjectType } from 'type-graphql';
import { StorageEncryption, StorageVendor } from '../enums/storage.js';
import { showOptions } from '../inputs/option.js';

/** The fields of these types come from the tables of parameters. */

@ObjectType('LayoutRegion', {
  description: "A user's window in a custom layout (layoutConfig).",
  simpleResolvers: true,
})
export class LayoutRegionType {}
showOptions(LayoutRegionType, REGION_PARAMETERS);

@ObjectType('UserBackground', {
  description: 'An image in place of a user who sends no video (backgroundConfig).',
  simpleResolvers: true,
})
export class UserBackgroundType {}
showOptions(UserBackgroundType, BACKGROUND_PARAMETERS);

@ObjectType('TranscodingSettings', {
  description:
    'Canvas and layout of the mixed video of a composite recording, with the updates of the layout.',
  simpleResolvers: true,
})
export class TranscodingSettingsType {}
showOptions(TranscodingSettingsType, TRANSCODING_PARAMETERS, {
  items: { layoutConfig: () => LayoutRegionType, backgroundConfig: () => UserBackgroundType },
});

@ObjectType('WebSettings', {
  description: 'Settings of a web page recording.',
  simpleResolvers: true,
})
export class WebSettingsType {
  @Field(() => [String], { description: 'Push addresses, without their keys.' })
  outputs!: string[];
}
const { outputs: _outputs, ...PAGE_WITHOUT_OUTPUTS } = PAGE_PARAMETERS;
const { audioProfile } = COMPOSITE_PARAMETERS;
showOptions(WebSettingsType, { ...PAGE_WITHOUT_OUTPUTS, ...FILE_PARAMETERS, audioProfile });

@ObjectType('SnapshotSettings', {
  description: 'Screenshots of an individual recording.',
  simpleResolvers: true,
})
export class SnapshotSettingsType {}
showOptions(SnapshotSettingsType, SNAPSHOT_PARAMETERS);

@ObjectType('IndividualSettings', {
  description: 'Settings of an individual recording.',
  simpleResolvers: true,
})
export class IndividualSettingsType {
  @Field(() => SnapshotSettingsType, { nullable: true, description: 'Screenshots; null: none.' })
  snapshot!: SnapshotSettingsType | null;
}
showOptions(IndividualSettingsType, INDIVIDUAL_PARAMETERS);

@ObjectType('CompositeSettings', {
  description: 'Settings of a composite recording.',
  simpleResolvers: true,
})
export class CompositeSettingsType {
  @Field(() => TranscodingSettingsType, { description: 'Canvas and layout of the mixed video.' })
  transcoding!: TranscodingSettingsType;
}
showOptions(CompositeSettingsType, COMPOSITE_PARAMETERS);

export const RecordingSettingsUnion = createUnionType({
  name: 'RecordingSettings',
  description:
    'What a recording was started with and since updated to, by its mode: the defaults of Agora filled in, without secrets.',
  types: () => [CompositeSettingsType, IndividualSettingsType, WebSettingsType] as const,
});

@ObjectType('StorageLocation', {
  description: 'Where the files go, without the keys (storageConfig).',
  simpleResolvers: true,
})
export class StorageLocationType {
  @Field(() => String, {
    nullable: true,
    description: "Name of the storage profile in the gateway's configuration.",
  })
  profile!: string | null;

  @Field(() => StorageVendor, { description: 'Who stores the files.' })
  vendor!: string;

  @Field(() => Int, { description: "Agora's number of the vendor, for example 1 for Amazon S3." })
  vendorCode!: number;

  @Field(() => String, {
    nullable: true,
    description:
      "Name of the vendor's region, for example EU_CENTRAL_1; null where there is none, or it is not known.",
  })
  region!: string | null;

  @Field(() => Int, { description: "Agora's number of the vendor's region." })
  regionCode!: number;

  @Field(() => String, { description: 'Name of the bucket.' })
  bucket!: string;

  @Field(() => [String], { description: 'Directories before the file names.' })
  fileNamePrefix!: string[];

  @Field(() => String, { nullable: true, description: 'Host of an S3-compatible storage.' })
  endpoint!: string | null;

  @Field(() => StorageEncryption, { nullable: true, description: 'Encryption by the storage.' })
  encryption!: string | null;

  @Field(() => String, { nullable: true, description: 'Tag that the files get.' })
  tag!: string | null;

  @Field(() => Boolean, {
    description:
      'Whether the storage is asked, once the recording has completed, if its files are there (`checkFiles` of the profile at its start).',
  })
  checkFiles!: boolean;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When the temporary credentials in force expire; null where they do not.',
  })
  credentialsExpireAt!: number | null;
}
