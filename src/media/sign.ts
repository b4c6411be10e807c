import { createHmac } from 'node:crypto';
import { type Secret } from '@agora-recording-gateway/agora/client/secret';
import { AwsV4Signer } from 'aws4fetch';
import { type StoragePlace } from './storage-place.js';

/** A key that may read a bucket. For Azure: the name of the storage account, and its key. */
export interface ReadCredentials {
  accessKey: Secret;
  secretKey: Secret;
  stsToken: Secret | null;
  /** When temporary credentials expire, Unix seconds; null for others. */
  stsExpiration: number | null;
}

export interface SignRequest {
  /** Name of the file in the bucket, with its directories. */
  fileName: string;
  method: 'GET' | 'HEAD';
  /** Unix milliseconds. */
  signedAt: number;
  expiresInSeconds: number;
}

/** Version of Azure's string to sign. */
const AZURE_VERSION = '2022-11-02';

/** A time as ISO 8601 has it, in whole seconds. */
function isoSeconds(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}

function encodePath(fileName: string): string {
  return fileName.split('/').map(encodeURIComponent).join('/');
}

async function signAwsV4(
  { base, region }: StoragePlace & { signature: 'aws-v4' },
  { accessKey, secretKey, stsToken }: ReadCredentials,
  { fileName, method, signedAt, expiresInSeconds }: SignRequest,
  cache: Map<string, ArrayBuffer>,
): Promise<string> {
  const signer = new AwsV4Signer({
    method,
    url: `${base}/${encodePath(fileName)}?X-Amz-Expires=${expiresInSeconds}`,
    accessKeyId: accessKey.reveal(),
    secretAccessKey: secretKey.reveal(),
    ...(stsToken === null ? {} : { sessionToken: stsToken.reveal() }),
    service: 's3',
    region,
    cache,
    datetime: isoSeconds(signedAt).replace(/[:-]/g, ''),
    signQuery: true,
  });
  const { url } = await signer.sign();
  return url.href;
}

/** A service SAS for one blob, which may be read (https://learn.microsoft.com/rest/api/storageservices/create-service-sas). */
function signAzure(
  { container }: StoragePlace & { signature: 'azure-sas' },
  { accessKey, secretKey }: ReadCredentials,
  { fileName, signedAt, expiresInSeconds }: SignRequest,
): string {
  const account = accessKey.reveal();
  const expiry = isoSeconds(signedAt + expiresInSeconds * 1000);
  const fields = {
    sp: 'r',
    st: '',
    se: expiry,
    resource: `/blob/${account}/${container}/${fileName}`,
    identifier: '',
    ip: '',
    spr: 'https',
    sv: AZURE_VERSION,
    sr: 'b',
    snapshot: '',
    scope: '',
    rscc: '',
    rscd: '',
    rsce: '',
    rscl: '',
    rsct: '',
  };
  const signature = createHmac('sha256', Buffer.from(secretKey.reveal(), 'base64'))
    .update(Object.values(fields).join('\n'), 'utf8')
    .digest('base64');
  const { sv, spr, se, sr, sp } = fields;
  const query = new URLSearchParams({ sv, spr, se, sr, sp, sig: signature });
  return `https://${account}.blob.core.windows.net/${container}/${encodePath(fileName)}?${query.toString()}`;
}

/**
 * Makes addresses with which any client can read a file until they expire. No request is sent. The key that is derived for a
 * day is derived once.
 */
export function createSigner(
  place: StoragePlace,
  credentials: ReadCredentials,
): (request: SignRequest) => Promise<string> {
  if (place.signature === 'azure-sas') {
    return (request) => Promise.resolve(signAzure(place, credentials, request));
  }
  const cache = new Map<string, ArrayBuffer>();
  return (request) => signAwsV4(place, credentials, request, cache);
}
