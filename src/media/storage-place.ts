import { storageRegion } from '@agora-recording-gateway/agora/tables/storage-vendors';

/** Where the files of a bucket are, by how their addresses are signed. */
export type StoragePlace =
  | {
      /** AWS Signature Version 4, which most vendors take. */
      signature: 'aws-v4';
      /** Address of the bucket, without a slash at its end. */
      base: string;
      /** The region as it is signed. */
      region: string;
    }
  | {
      /** Azure's shared access signature. The storage account, which is part of the address, is the access key. */
      signature: 'azure-sas';
      container: string;
    };

export interface Bucket {
  vendor: number;
  region: number;
  bucket: string;
  endpoint: string | null;
}

/** A bucket whose name can be part of a host name that a wildcard certificate covers. */
const HOST_LABEL = /^[a-z0-9-]+$/;

/** Short names of Baidu's regions (https://cloud.baidu.com/doc/BOS/s/akrqd2wcx). */
const BAIDU_REGIONS: Record<string, string> = {
  BEIJING: 'bj',
  BAODING: 'bd',
  SUZHOU: 'su',
  GUANGZHOU: 'gz',
  HONGKONG: 'hkg',
  SINGAPORE: 'sin',
  WUHAN: 'fwh',
  SHANGHAI: 'fsh',
};

const aws = (base: string, region: string): StoragePlace => ({ signature: 'aws-v4', base, region });

/** The bucket as part of the host name where it can be, otherwise at the front of the path. */
function amazonS3(bucket: string, region: string): StoragePlace {
  const host = `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  return aws(
    HOST_LABEL.test(bucket) ? `https://${bucket}.${host}` : `https://${host}/${encodeURIComponent(bucket)}`,
    region,
  );
}

const VENDORS: Record<
  number,
  (bucket: string, region: string | null, endpoint: string | null) => StoragePlace | null
> = {
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
  1: (bucket, region) => (region === null ? null : amazonS3(bucket, region)),
  // https://www.alibabacloud.com/help/en/oss/developer-reference/use-amazon-s3-sdks-to-access-oss
  2: (bucket, region) =>
    region === null ? null : aws(`https://${bucket}.s3.oss-${region}.aliyuncs.com`, region),
  // https://www.tencentcloud.com/document/product/436/32537
  3: (bucket, region) =>
    region === null ? null : aws(`https://${bucket}.cos.${region}.myqcloud.com`, region),
  // https://learn.microsoft.com/rest/api/storageservices/create-service-sas
  5: (container) => ({ signature: 'azure-sas', container }),
  // https://cloud.google.com/storage/docs/authentication/canonical-requests
  6: (bucket) => aws(`https://storage.googleapis.com/${bucket}`, 'auto'),
  // https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0001.html
  7: (bucket, region) =>
    region === null ? null : aws(`https://${bucket}.obs.${region}.myhuaweicloud.com`, region),
  // https://cloud.baidu.com/doc/BOS/s/Fjwvyqrq1
  8: (bucket, region) => {
    const short = region === null ? undefined : BAIDU_REGIONS[region.toUpperCase()];
    return short === undefined ? null : aws(`https://${bucket}.s3.${short}.bcebos.com`, short);
  },
  11: (bucket, _region, endpoint) =>
    endpoint === null ? null : aws(`https://${endpoint}/${encodeURIComponent(bucket)}`, 'us-east-1'),
};

/** Where the files of a bucket can be read; null for a vendor or region for which the gateway cannot sign addresses. */
export function storagePlace({ vendor, region, bucket, endpoint }: Bucket): StoragePlace | null {
  const name = storageRegion(vendor, region)?.name.toLowerCase().replaceAll('_', '-') ?? null;
  return VENDORS[vendor]?.(bucket, name, endpoint) ?? null;
}
