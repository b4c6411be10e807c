import {
  ALIBABA_CLOUD_REGIONS,
  AMAZON_S3_REGIONS,
  BAIDU_INTELLIGENT_CLOUD_REGIONS,
  HUAWEI_CLOUD_REGIONS,
  KINGSOFT_CLOUD_REGIONS,
  STORAGE_VENDORS,
  TENCENT_CLOUD_REGIONS,
} from '@agora-recording-gateway/agora/tables/storage-vendors';
import { defineEnum, named } from './define-enum.js';
import { UNKNOWN } from './unknown.js';

export const StorageVendor = defineEnum('StorageVendor', 'Who stores the files (storageConfig.vendor).', {
  ...named(STORAGE_VENDORS),
  ...named([UNKNOWN]),
});

/** The regions of a vendor; what is used inside is Agora's number. */
function regionEnum(name: string, vendor: string, rows: readonly { name: string; code: number }[]) {
  return defineEnum<string, number>(
    name,
    `Regions of ${vendor} (storageConfig.region). A region that is missing here goes as its number in \`other\`.`,
    Object.fromEntries(
      rows.map((row) => [
        row.name,
        [row.code, `${vendor}, region ${row.name}; number ${row.code} at Agora.`],
      ]),
    ),
  );
}

export const AmazonS3Region = regionEnum('AmazonS3Region', 'Amazon S3', AMAZON_S3_REGIONS);

export const AlibabaCloudRegion = regionEnum('AlibabaCloudRegion', 'Alibaba Cloud', ALIBABA_CLOUD_REGIONS);

export const TencentCloudRegion = regionEnum('TencentCloudRegion', 'Tencent Cloud', TENCENT_CLOUD_REGIONS);

export const KingsoftCloudRegion = regionEnum(
  'KingsoftCloudRegion',
  'Kingsoft Cloud',
  KINGSOFT_CLOUD_REGIONS,
);

export const HuaweiCloudRegion = regionEnum('HuaweiCloudRegion', 'Huawei Cloud', HUAWEI_CLOUD_REGIONS);

export const BaiduIntelligentCloudRegion = regionEnum(
  'BaiduIntelligentCloudRegion',
  'Baidu IntelligentCloud',
  BAIDU_INTELLIGENT_CLOUD_REGIONS,
);

export const GlobalStorageVendor = defineEnum('GlobalStorageVendor', 'Vendors whose region Agora ignores.', {
  MICROSOFT_AZURE: [5, 'Microsoft Azure.'],
  GOOGLE_CLOUD: [6, 'Google Cloud.'],
});

export const StorageEncryption = defineEnum(
  'StorageEncryption',
  'How Amazon S3 encrypts the files (extensionParams.sse).',
  { KMS: ['kms', 'With keys of KMS.'], AES256: ['aes256', 'AES-256.'] },
);
