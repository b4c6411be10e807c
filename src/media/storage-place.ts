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

/**
 * Kingsoft's regions for which it documents a public endpoint: the name of the host, and the region as it is signed
 * (https://docs.ksyun.com/documents/6761). Its endpoints of Hangzhou and Qingdao are no longer documented.
 */
const KINGSOFT_REGIONS: Record<string, { host: string; signed: string }> = {
  'cn-shanghai': { host: 'ks3-cn-shanghai', signed: 'SHANGHAI' },
  'cn-beijing': { host: 'ks3-cn-beijing', signed: 'BEIJING' },
  'cn-guangzhou': { host: 'ks3-cn-guangzhou', signed: 'GUANGZHOU' },
  'cn-hongkong': { host: 'ks3-cn-hk-1', signed: 'HONGKONG' },
  'jr-beijing': { host: 'ks3-jr-beijing', signed: 'JR_BEIJING' },
  'jr-shanghai': { host: 'ks3-jr-shanghai', signed: 'JR_SHANGHAI' },
  'na-russia-1': { host: 'ks3-rus', signed: 'RUSSIA' },
  'na-singapore-1': { host: 'ks3-sgp', signed: 'SINGAPORE' },
};

/**
 * Endpoints with the interface of S3 whose storage checks the signed region, and name it. Qiniu:
 * https://developer.qiniu.com/kodo/4088/s3-access-domainname.
 */
const ENDPOINT_REGION =
  /^s3[.-]([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|backblazeb2\.com|qiniucs\.com|scw\.cloud|wasabisys\.com)$/;

/** What is signed where the endpoint names no region: the default of AWS's own clients. */
const DEFAULT_REGION = 'us-east-1';

const aws = (base: string, region: string): StoragePlace => ({ signature: 'aws-v4', base, region });

/** The bucket as part of the host name where it can be, otherwise at the front of the path. */
function bucketAt(host: string, bucket: string): string {
  return HOST_LABEL.test(bucket)
    ? `https://${bucket}.${host}`
    : `https://${host}/${encodeURIComponent(bucket)}`;
}

function amazonS3(bucket: string, region: string): StoragePlace {
  const host = `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  return aws(bucketAt(host, bucket), region);
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
  // https://docs.ksyun.com/documents/6890 and https://docs.ksyun.com/documents/6762
  4: (bucket, region) => {
    const found = KINGSOFT_REGIONS[region ?? ''];
    if (found === undefined || !HOST_LABEL.test(bucket)) return null; // It takes no bucket in the path.
    return aws(bucketAt(`${found.host}.ksyuncs.com`, bucket), found.signed);
  },
  // https://learn.microsoft.com/rest/api/storageservices/create-service-sas
  5: (container) => ({ signature: 'azure-sas', container }),
  // https://cloud.google.com/storage/docs/authentication/canonical-requests
  6: (bucket) => aws(`https://storage.googleapis.com/${bucket}`, 'auto'),
  // https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0001.html
  7: (bucket, region) =>
    region === null ? null : aws(bucketAt(`obs.${region}.myhuaweicloud.com`, bucket), region),
  // https://cloud.baidu.com/doc/BOS/s/Fjwvyqrq1
  8: (bucket, region) => {
    const short = region === null ? undefined : BAIDU_REGIONS[region.toUpperCase()];
    return short === undefined ? null : aws(`https://${bucket}.s3.${short}.bcebos.com`, short);
  },
  11: (bucket, _region, endpoint) =>
    endpoint === null
      ? null
      : aws(
          `https://${endpoint}/${encodeURIComponent(bucket)}`,
          ENDPOINT_REGION.exec(endpoint)?.[1] ?? DEFAULT_REGION,
        ),
};

/** Where the files of a bucket can be read; null for a vendor or region for which the gateway cannot sign addresses. */
export function storagePlace({ vendor, region, bucket, endpoint }: Bucket): StoragePlace | null {
  const name = storageRegion(vendor, region)?.name.toLowerCase().replaceAll('_', '-') ?? null;
  return VENDORS[vendor]?.(bucket, name, endpoint) ?? null;
}
