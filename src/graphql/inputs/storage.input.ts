import {
  STORAGE_EXTENSION_PARAMETERS,
  STORAGE_PARAMETERS,
} from '@agora-recording-gateway/agora/parameters/storage';
import { Field, InputType, Int } from 'type-graphql';
import {
  AlibabaCloudRegion,
  AmazonS3Region,
  BaiduIntelligentCloudRegion,
  GlobalStorageVendor,
  HuaweiCloudRegion,
  KingsoftCloudRegion,
  TencentCloudRegion,
} from '../enums/storage.js';
import { Option } from './option.js';

@InputType('S3CompatibleStorageInput', { description: 'Storage with the interface of S3 (vendor 11).' })
export class S3CompatibleStorageInput {
  @Field(() => String, { description: 'Name of its host (extensionParams.endpoint).' })
  endpoint!: string;
}

@InputType('StorageVendorCodeInput', { description: "Agora's numbers, for what has no name here yet." })
export class StorageVendorCodeInput {
  @Field(() => Int, { description: 'Number of the vendor (storageConfig.vendor).' })
  vendor!: number;

  @Field(() => Int, { description: "Number of the vendor's region (storageConfig.region)." })
  region!: number;
}

@InputType('StorageLocationInput', {
  description: 'Who stores the files, and in which region: exactly one of the fields.',
})
export class StorageLocationInput {
  @Field(() => AmazonS3Region, { nullable: true, description: 'Amazon S3 (vendor 1).' })
  amazonS3?: number | null;

  @Field(() => AlibabaCloudRegion, { nullable: true, description: 'Alibaba Cloud (vendor 2).' })
  alibabaCloud?: number | null;

  @Field(() => TencentCloudRegion, { nullable: true, description: 'Tencent Cloud (vendor 3).' })
  tencentCloud?: number | null;

  @Field(() => KingsoftCloudRegion, {
    nullable: true,
    description: 'Kingsoft Cloud (vendor 4), which only older documents list.',
  })
  kingsoftCloud?: number | null;

  @Field(() => HuaweiCloudRegion, { nullable: true, description: 'Huawei Cloud (vendor 7).' })
  huaweiCloud?: number | null;

  @Field(() => BaiduIntelligentCloudRegion, {
    nullable: true,
    description: 'Baidu IntelligentCloud (vendor 8).',
  })
  baiduIntelligentCloud?: number | null;

  @Field(() => GlobalStorageVendor, {
    nullable: true,
    description: 'Microsoft Azure (vendor 5) or Google Cloud (vendor 6).',
  })
  global?: number | null;

  @Field(() => S3CompatibleStorageInput, {
    nullable: true,
    description: 'Any storage with the interface of S3 (vendor 11).',
  })
  s3Compatible?: S3CompatibleStorageInput | null;

  @Field(() => StorageVendorCodeInput, {
    nullable: true,
    description: "A vendor or region that has no name here yet, by Agora's numbers.",
  })
  other?: StorageVendorCodeInput | null;
}

@InputType('StorageExtensionInput', {
  description: 'What the storage does with the uploaded files (extensionParams).',
})
export class StorageExtensionInput {
  @Option(STORAGE_EXTENSION_PARAMETERS.sse)
  sse?: string | null;

  @Option(STORAGE_EXTENSION_PARAMETERS.tag)
  tag?: string | null;
}

@InputType('StorageConfigInput', {
  description:
    'A storage that comes with the request (storageConfig), where the configuration allows it (allowInlineStorage); else ' +
    'INLINE_STORAGE_FORBIDDEN. A profile of the configuration keeps the keys away from callers.',
})
export class StorageConfigInput {
  @Field(() => StorageLocationInput, { description: 'Who stores the files, and in which region.' })
  location!: StorageLocationInput;

  @Option(STORAGE_PARAMETERS.bucket)
  bucket!: string;

  @Option(STORAGE_PARAMETERS.accessKey)
  accessKey!: string;

  @Option(STORAGE_PARAMETERS.secretKey)
  secretKey!: string;

  @Option(STORAGE_PARAMETERS.stsToken)
  stsToken?: string | null;

  @Option(STORAGE_PARAMETERS.stsExpiration)
  stsExpiration?: Date | null;

  @Option(STORAGE_PARAMETERS.fileNamePrefix)
  fileNamePrefix?: string[] | null;

  @Field(() => StorageExtensionInput, { nullable: true, description: 'Encryption and tag. Default none.' })
  extensionParams?: StorageExtensionInput | null;
}

@InputType('StorageCredentialsInput', {
  description:
    "Fresh credentials for the recording's storage, from a profile or with the request. Both left out: from the profile it " +
    'was started with.',
})
export class StorageCredentialsInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Name of a storage profile of the same bucket. Temporary credentials of a profile are also renewed without asking.',
  })
  profile?: string | null;

  @Field(() => StorageConfigInput, {
    nullable: true,
    description: 'The storage with its fresh credentials, where the configuration allows it.',
  })
  storageConfig?: StorageConfigInput | null;
}
