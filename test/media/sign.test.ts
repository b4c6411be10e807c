import { createRequire } from 'node:module';
import { Sha256 } from '@aws-crypto/sha256-js';
import {
  BlobSASPermissions,
  generateBlobSASQueryParameters,
  SASProtocol,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { STORAGE_VENDORS } from '@agora-recording-gateway/agora/tables/storage-vendors';
import { SignatureV4 } from '@smithy/signature-v4';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSigner, type ReadCredentials } from '../../src/media/sign.js';
import { storagePlace } from '../../src/media/storage-place.js';

/** What is used of Huawei's own package, which has no types. */
interface ObsClient {
  createV4SignedUrlSync(of: { Method: string; Bucket: string; Key: string; Expires: number }): {
    SignedUrl: string;
  };
}

const ObsClient = createRequire(import.meta.url)('esdk-obs-nodejs') as new (options: {
  access_key_id: string;
  secret_access_key: string;
  server: string;
  region: string;
  path_style: boolean;
}) => ObsClient;

const AT = Date.UTC(2013, 4, 24);

afterEach(() => void vi.useRealTimers());

function credentials(accessKey: string, secretKey: string, stsToken: string | null = null): ReadCredentials {
  return {
    accessKey: new Secret(accessKey),
    secretKey: new Secret(secretKey),
    stsToken: stsToken === null ? null : new Secret(stsToken),
    stsExpiration: null,
  };
}

/** The keys of AWS's documentation. */
const EXAMPLE = credentials('AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY');

function place(vendor: number, region: number, bucket = 'a-bucket', endpoint: string | null = null) {
  const found = storagePlace({ vendor, region, bucket, endpoint });
  if (found === null) throw new Error('The vendor or region is not supported.');
  return found;
}

/** Names as Agora makes them, and others that need encoding. */
const fileNames = fc
  .array(
    fc.string({ unit: fc.constantFrom(..."azAZ09-_.~!$&'()*+,;=:@ #?%é😀"), minLength: 1, maxLength: 20 }),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .filter((parts) => parts.every((part) => !/^\.{1,2}$/.test(part)))
  .map((parts) => parts.join('/'));

/** An address in parts: its path as it is signed, and its parameters by name. */
interface Parts {
  origin: string;
  path: string;
  query: Record<string, string>;
}

function awsEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function partsOf(address: string): Parts {
  const { origin, pathname, searchParams } = new URL(address);
  const path = pathname.split('/').map((part) => awsEncode(decodeURIComponent(part)));
  return { origin, path: path.join('/'), query: Object.fromEntries(searchParams) };
}

/** Where the documentation of a vendor puts the files of a bucket. */
interface Documented {
  vendor: number;
  region: number;
  bucket: string;
  endpoint?: string;
  /** The host, with the bucket where it belongs to it. */
  host: string;
  /** What stands before the name of a file. */
  path: string;
  signedRegion: string;
  source: string;
}

const IN_HOST = { bucket: 'a-bucket', path: '' };

/** Vendors that document AWS Signature Version 4, and AWS's own clients, for their storage. */
const DOCUMENTED: [name: string, documented: Documented][] = [
  [
    'Amazon S3',
    {
      ...IN_HOST,
      vendor: 1,
      region: 7,
      host: 'a-bucket.s3.eu-central-1.amazonaws.com',
      signedRegion: 'eu-central-1',
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html',
    },
  ],
  [
    'Amazon S3, for a bucket with a dot in its name',
    {
      bucket: 'a.bucket',
      path: '/a.bucket',
      vendor: 1,
      region: 7,
      host: 's3.eu-central-1.amazonaws.com',
      signedRegion: 'eu-central-1',
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html',
    },
  ],
  [
    'Amazon S3 in China',
    {
      ...IN_HOST,
      vendor: 1,
      region: 15,
      host: 'a-bucket.s3.cn-north-1.amazonaws.com.cn',
      signedRegion: 'cn-north-1',
      source: 'https://docs.amazonaws.cn/en_us/aws/latest/userguide/endpoints-Beijing.html',
    },
  ],
  [
    'Alibaba Cloud',
    {
      ...IN_HOST,
      vendor: 2,
      region: 0,
      host: 'a-bucket.s3.oss-cn-hangzhou.aliyuncs.com',
      signedRegion: 'cn-hangzhou',
      source: 'https://www.alibabacloud.com/help/en/oss/developer-reference/use-amazon-s3-sdks-to-access-oss',
    },
  ],
  [
    'Tencent Cloud',
    {
      bucket: 'a-bucket-125',
      path: '',
      vendor: 3,
      region: 3,
      host: 'a-bucket-125.cos.ap-guangzhou.myqcloud.com',
      signedRegion: 'ap-guangzhou',
      source: 'https://www.tencentcloud.com/document/product/436/32537',
    },
  ],
  [
    'Kingsoft Cloud',
    {
      ...IN_HOST,
      vendor: 4,
      region: 3,
      host: 'a-bucket.ks3-cn-beijing.ksyuncs.com',
      signedRegion: 'BEIJING',
      source: 'https://docs.ksyun.com/documents/6890',
    },
  ],
  [
    'Kingsoft Cloud in Singapore',
    {
      ...IN_HOST,
      vendor: 4,
      region: 9,
      host: 'a-bucket.ks3-sgp.ksyuncs.com',
      signedRegion: 'SINGAPORE',
      source: 'https://docs.ksyun.com/documents/6761',
    },
  ],
  [
    'Google Cloud',
    {
      bucket: 'a_bucket',
      path: '/a_bucket',
      vendor: 6,
      region: 0,
      host: 'storage.googleapis.com',
      signedRegion: 'auto',
      source: 'https://cloud.google.com/storage/docs/aws-simple-migration',
    },
  ],
  [
    'Huawei Cloud',
    {
      ...IN_HOST,
      vendor: 7,
      region: 1,
      host: 'a-bucket.obs.cn-north-4.myhuaweicloud.com',
      signedRegion: 'cn-north-4',
      source: 'https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0001.html',
    },
  ],
  [
    'Baidu IntelligentCloud',
    {
      ...IN_HOST,
      vendor: 8,
      region: 0,
      host: 'a-bucket.s3.bj.bcebos.com',
      signedRegion: 'bj',
      source: 'https://cloud.baidu.com/doc/BOS/s/xjwvyq9l4',
    },
  ],
  [
    'S3-compatible storage',
    {
      bucket: 'a-bucket',
      path: '/a-bucket',
      vendor: 11,
      region: 0,
      endpoint: 'minio.example:9000',
      host: 'minio.example:9000',
      signedRegion: 'us-east-1',
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html',
    },
  ],
  [
    'Qiniu Cloud, as S3-compatible storage',
    {
      bucket: 'a-bucket',
      path: '/a-bucket',
      vendor: 11,
      region: 0,
      endpoint: 's3.cn-east-1.qiniucs.com',
      host: 's3.cn-east-1.qiniucs.com',
      signedRegion: 'cn-east-1',
      source: 'https://developer.qiniu.com/kodo/4088/s3-access-domainname',
    },
  ],
];

function documentedOf(vendor: string): Documented {
  const found = DOCUMENTED.find(([name]) => name === vendor)?.[1];
  if (found === undefined) throw new Error(`${vendor} is not in the table.`);
  return found;
}

interface Signing {
  fileName: string;
  method: 'GET' | 'HEAD';
  expiresInSeconds: number;
  token: string | null;
}

const SECRET = 'a+secret/key=';

/** The address that AWS's own package signs. */
async function signedByAws(
  { host, path, signedRegion }: Documented,
  { fileName, method, expiresInSeconds, token }: Signing,
): Promise<Parts> {
  const signer = new SignatureV4({
    service: 's3',
    region: signedRegion,
    credentials: {
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: SECRET,
      ...(token === null ? {} : { sessionToken: token }),
    },
    sha256: Sha256,
    uriEscapePath: false,
  });
  const unsigned = new Set(['x-amz-content-sha256']);
  const signed = await signer.presign(
    {
      method,
      protocol: 'https:',
      hostname: host,
      path: [path, ...fileName.split('/').map(awsEncode)].join('/'),
      headers: { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
      query: {},
    },
    {
      signingDate: new Date(AT),
      expiresIn: expiresInSeconds,
      unsignableHeaders: unsigned,
      unhoistableHeaders: unsigned,
    },
  );
  return {
    origin: `https://${signed.hostname}`,
    path: signed.path,
    query: signed.query as Record<string, string>,
  };
}

async function signed(
  { vendor, region, bucket, endpoint = null }: Omit<Documented, 'endpoint'> & { endpoint?: string | null },
  { fileName, method, expiresInSeconds, token }: Signing,
): Promise<Parts> {
  const sign = createSigner(
    place(vendor, region, bucket, endpoint),
    credentials('AKIAIOSFODNN7EXAMPLE', SECRET, token),
  );
  return partsOf(await sign({ fileName, method, signedAt: AT, expiresInSeconds }));
}

const signings = (token: fc.Arbitrary<string | null>) =>
  fc.record({
    fileName: fileNames,
    method: fc.constantFrom<'GET' | 'HEAD'>('GET', 'HEAD'),
    expiresInSeconds: fc.integer({ min: 1, max: 604_800 }),
    token,
  });

const tokens = fc.option(fc.base64String({ minLength: 4 }).filter((text) => text !== ''));

describe('A signed address', () => {
  it("is the one of AWS's documentation", async () => {
    // https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
    const address = await createSigner(
      { signature: 'aws-v4', base: 'https://examplebucket.s3.amazonaws.com', region: 'us-east-1' },
      EXAMPLE,
    )({ fileName: 'test.txt', method: 'GET', signedAt: AT, expiresInSeconds: 86_400 });
    expect(Object.fromEntries(new URL(address).searchParams)).toEqual({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request',
      'X-Amz-Date': '20130524T000000Z',
      'X-Amz-Expires': '86400',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    });
  });

  it.each(DOCUMENTED)(
    "at %s is the one that AWS's own package makes for the documented host and region, for any name and token",
    async (_name, documented) => {
      await fc.assert(
        fc.asyncProperty(signings(tokens), async (signing) => {
          expect(await signed(documented, signing)).toEqual(await signedByAws(documented, signing));
        }),
        { numRuns: 25 },
      );
    },
  );

  it.each([
    ['', 'a-bucket'],
    [', for a bucket with a dot in its name', 'a.bucket'],
  ])("at Huawei Cloud is the one that Huawei's own package makes, for any name%s", async (_what, bucket) => {
    const { region, signedRegion, host } = documentedOf('Huawei Cloud');
    const client = new ObsClient({
      access_key_id: 'AKIAIOSFODNN7EXAMPLE',
      secret_access_key: SECRET,
      server: `https://${host.replace('a-bucket.', '')}`,
      region: signedRegion,
      path_style: bucket.includes('.'),
    });
    vi.useFakeTimers({ now: AT, toFake: ['Date'] });
    await fc.assert(
      fc.asyncProperty(signings(fc.constant(null)), async (signing) => {
        const { fileName: Key, method: Method, expiresInSeconds: Expires } = signing;
        const { SignedUrl } = client.createV4SignedUrlSync({ Method, Bucket: bucket, Key, Expires });
        const documented = { ...documentedOf('Huawei Cloud'), region, bucket };
        expect(await signed(documented, signing)).toEqual(partsOf(SignedUrl));
      }),
      { numRuns: 50 },
    );
  });
});

describe('A signed address at Microsoft Azure', () => {
  it("is the one that Azure's own package makes, for any name", async () => {
    const key = Buffer.from('an account key of Azure').toString('base64');
    await fc.assert(
      fc.asyncProperty(
        fileNames,
        fc.integer({ min: 1, max: 604_800 }),
        async (fileName, expiresInSeconds) => {
          const ours = new URL(
            await createSigner(
              place(5, 0, 'a-container'),
              credentials('anaccount', key),
            )({
              fileName,
              method: 'GET',
              signedAt: AT,
              expiresInSeconds,
            }),
          );
          const theirs = generateBlobSASQueryParameters(
            {
              containerName: 'a-container',
              blobName: fileName,
              permissions: BlobSASPermissions.parse('r'),
              protocol: SASProtocol.Https,
              expiresOn: new Date(AT + expiresInSeconds * 1000),
              version: ours.searchParams.get('sv') ?? '',
            },
            new StorageSharedKeyCredential('anaccount', key),
          );
          expect(ours.origin).toBe('https://anaccount.blob.core.windows.net');
          expect(decodeURIComponent(ours.pathname)).toBe(`/a-container/${fileName}`);
          expect(Object.fromEntries(ours.searchParams)).toEqual(
            Object.fromEntries(new URLSearchParams(theirs.toString())),
          );
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('The address of a bucket', () => {
  it.each([
    ['Amazon S3', 's3.eu-central-1.amazonaws.com', 'eu-central-1'],
    ['Backblaze', 's3.us-west-004.backblazeb2.com', 'us-west-004'],
    ['Qiniu Cloud, by its older name', 's3-cn-east-1.qiniucs.com', 'cn-east-1'],
    ['a storage whose name only looks like one of these', 's3.eu.qiniucs.com.example', 'us-east-1'],
  ])('at the endpoint of %s is signed for its region', (_name, endpoint, region) => {
    expect(place(11, 0, 'a-bucket', endpoint)).toMatchObject({
      base: `https://${endpoint}/a-bucket`,
      region,
    });
  });

  it.each([
    ['a region without a documented endpoint', 4, 2, 'a-bucket'],
    [
      'a bucket that cannot be part of a host name, at a vendor that takes no other address',
      4,
      3,
      'a.bucket',
    ],
    ['a region that the table does not have', 1, 99, 'a-bucket'],
    ['a vendor that does not exist', 99, 0, 'a-bucket'],
  ])('is not known for %s', (_what, vendor, region, bucket) => {
    expect(storagePlace({ vendor, region, bucket, endpoint: null })).toBeNull();
  });

  it('is known for every region of a vendor, except two that Kingsoft no longer documents', () => {
    const unknown = STORAGE_VENDORS.flatMap(({ code, name, regions }) =>
      regions
        .filter((region) => {
          const bucket = { vendor: code, region: region.code, bucket: 'a-bucket', endpoint: null };
          return storagePlace(bucket) === null;
        })
        .map((region) => `${name} ${region.name}`),
    );
    expect(unknown).toEqual(['KINGSOFT_CLOUD CN_HANGZHOU', 'KINGSOFT_CLOUD CN_QINGDAO']);
  });
});
