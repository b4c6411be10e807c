import { Field, Int, ObjectType } from 'type-graphql';
import { GatewayMode } from '../enums/gateway.js';
import { StorageVendor } from '../enums/storage.js';

@ObjectType('StorageProfile', {
  description:
    'A place for files that the operator configured, without its keys. Its name goes into startRecording.',
  simpleResolvers: true,
})
export class StorageProfileType {
  @Field(() => String, { description: 'For `storage` of startRecording.' })
  name!: string;

  @Field(() => Boolean, { description: 'Whether it is used where none is named.' })
  isDefault!: boolean;

  @Field(() => StorageVendor, { description: 'Whose storage it is.' })
  vendor!: string;

  @Field(() => Int, { description: 'The number of the vendor in the REST API.' })
  vendorCode!: number;

  @Field(() => String, { nullable: true, description: 'The region by name; null where the vendor has none.' })
  region!: string | null;

  @Field(() => Int, { description: 'The number of the region in the REST API.' })
  regionCode!: number;

  @Field(() => String, { description: 'The bucket.' })
  bucket!: string;

  @Field(() => [String], { description: 'Directories in the bucket, outermost first.' })
  fileNamePrefix!: string[];
}

@ObjectType('Project', { description: 'An Agora project that can be recorded.', simpleResolvers: true })
export class ProjectType {
  @Field(() => String, { description: 'Its App ID, for `appId` of startRecording.' })
  appId!: string;

  @Field(() => Boolean, { description: 'Whether it is used where none is named.' })
  isDefault!: boolean;
}

@ObjectType('GatewayLimits', {
  description: 'Bounds of one operation. What exceeds one is refused with an error that names it.',
  simpleResolvers: true,
})
export class GatewayLimitsType {
  @Field(() => Int, { description: 'The largest `first` or `last`.' })
  pageSize!: number;

  @Field(() => Int, { description: 'Values in one list of a filter.' })
  filterValues!: number;

  @Field(() => Int, { description: 'Levels of fields.' })
  depth!: number;

  @Field(() => Int, { description: 'Fields with an alias.' })
  aliases!: number;

  @Field(() => Int, { description: 'Lexical tokens of a document.' })
  tokens!: number;

  @Field(() => Int, { description: 'Bytes of a reply as JSON.' })
  replyBytes!: number;
}

@ObjectType('Gateway', { description: 'What this gateway is.', simpleResolvers: true })
export class GatewayType {
  @Field(() => String, { description: 'Its version, as in the changelog.' })
  version!: string;

  @Field(() => GatewayMode, { description: 'Whether recordings are real.' })
  mode!: string;

  @Field(() => Boolean, {
    description:
      'Whether startRecording takes `storageConfig` with keys; otherwise a storage profile must be named.',
  })
  allowsInlineStorage!: boolean;

  @Field(() => GatewayLimitsType, { description: 'Bounds of one operation.' })
  limits!: GatewayLimitsType;
}
