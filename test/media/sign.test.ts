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
import { describe, expect, it } from 'vitest';
import { createSigner, type ReadCredentials } from '../../src/media/sign.js';
import { storagePlace } from '../../src/media/storage-place.js';

const AT = Date.UTC(2013, 4, 24);

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

describe('A signed address at Amazon S3', () => {
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

  it("has the signature that AWS's own package makes, for any name, region and token", async () => {
    const regions = STORAGE_VENDORS[0].regions;
    await fc.assert(
      fc.asyncProperty(
        fileNames,
        fc.constantFrom(...regions),
        fc.constantFrom<'GET' | 'HEAD'>('GET', 'HEAD'),
        fc.option(fc.base64String({ minLength: 4 }).filter((text) => text !== '')),
        fc.integer({ min: 1, max: 604_800 }),
        async (fileName, { code }, method, token, expiresInSeconds) => {
          const keys = credentials('AKIAIOSFODNN7EXAMPLE', 'a+secret/key=', token);
          const found = place(1, code);
          if (found.signature !== 'aws-v4') throw new Error('not signed by AWS');
          const ours = new URL(
            await createSigner(found, keys)({ fileName, method, signedAt: AT, expiresInSeconds }),
          );
          const signer = new SignatureV4({
            service: 's3',
            region: found.region,
            credentials: {
              accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
              secretAccessKey: 'a+secret/key=',
              ...(token === null ? {} : { sessionToken: token }),
            },
            sha256: Sha256,
            uriEscapePath: false,
          });
          const path = `/${fileName.split('/').map(awsEncode).join('/')}`;
          const theirs = await signer.presign(
            {
              method,
              protocol: 'https:',
              hostname: ours.hostname,
              path,
              headers: { host: ours.host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
              query: {},
            },
            {
              signingDate: new Date(AT),
              expiresIn: expiresInSeconds,
              unsignableHeaders: new Set(['x-amz-content-sha256']),
              unhoistableHeaders: new Set(['x-amz-content-sha256']),
            },
          );
          expect(ours.searchParams.get('X-Amz-Signature')).toBe(theirs.query?.['X-Amz-Signature']);
        },
      ),
      { numRuns: 50 },
    );
  });
});

function awsEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

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
    [1, 7, 'a-bucket', 'https://a-bucket.s3.eu-central-1.amazonaws.com', 'eu-central-1'],
    [1, 7, 'a.bucket', 'https://s3.eu-central-1.amazonaws.com/a.bucket', 'eu-central-1'],
    [1, 15, 'a-bucket', 'https://a-bucket.s3.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
    [2, 0, 'a-bucket', 'https://a-bucket.s3.oss-cn-hangzhou.aliyuncs.com', 'cn-hangzhou'],
    [3, 3, 'a-bucket-125', 'https://a-bucket-125.cos.ap-guangzhou.myqcloud.com', 'ap-guangzhou'],
    [6, 0, 'a_bucket', 'https://storage.googleapis.com/a_bucket', 'auto'],
    [7, 1, 'a-bucket', 'https://a-bucket.obs.cn-north-4.myhuaweicloud.com', 'cn-north-4'],
    [8, 0, 'a-bucket', 'https://a-bucket.s3.bj.bcebos.com', 'bj'],
  ])('of vendor %i in region %i, %s, is %s', (vendor, region, bucket, base, signedRegion) => {
    expect(place(vendor, region, bucket)).toEqual({ signature: 'aws-v4', base, region: signedRegion });
  });

  it('of S3-compatible storage is at its endpoint', () => {
    expect(place(11, 0, 'a-bucket', 'minio.example:9000')).toEqual({
      signature: 'aws-v4',
      base: 'https://minio.example:9000/a-bucket',
      region: 'us-east-1',
    });
  });

  it.each([
    ['a vendor without a documented way', 4, 3],
    ['a region that the table does not have', 1, 99],
    ['a vendor that does not exist', 99, 0],
  ])('is not known for %s', (_what, vendor, region) => {
    expect(storagePlace({ vendor, region, bucket: 'a-bucket', endpoint: null })).toBeNull();
  });
});
