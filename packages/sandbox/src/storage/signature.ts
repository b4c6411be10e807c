import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** The longest that an address may be good for: seven days, in seconds. */
const MAX_EXPIRES_SECONDS = 604_800;

/** A client's clock may be this far ahead. */
const MAX_SKEW_MS = 15 * 60_000;

/** A key that may read. */
export interface ReadKey {
  accessKey: string;
  secretKey: string;
}

export interface SignedRequest {
  method: string;
  /** Path and query as they were sent. */
  url: string;
  host: string;
}

/** Why S3 would refuse an address, in its codes and with its HTTP status. */
export interface StorageFault {
  status: number;
  code: string;
  message: string;
}

function fault(status: number, code: string, message: string): StorageFault {
  return { status, code, message };
}

/** Percent-encoding as AWS signs it: everything but the unreserved characters of RFC 3986. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** 20261126T101112Z as Unix milliseconds; null if it is not such a time. */
function readDate(text: string): number | null {
  const found = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (found === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * Checks a presigned address as S3 does (AWS Signature Version 4 in the query). Written from AWS's documentation, apart from
 * what clients sign with. Null if it is good.
 */
export function checkSignature(
  { method, url, host }: SignedRequest,
  { accessKey, secretKey }: ReadKey,
  now: number,
): StorageFault | null {
  const [path = '', search = ''] = url.split('?');
  const query = new URLSearchParams(search);
  const signature = query.get('X-Amz-Signature');
  if (signature === null) return fault(403, 'AccessDenied', 'The request is not signed.');
  const date = query.get('X-Amz-Date') ?? '';
  const signedAt = readDate(date);
  const expires = Number(query.get('X-Amz-Expires') ?? NaN);
  if (
    query.get('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256' ||
    query.get('X-Amz-SignedHeaders') !== 'host' ||
    signedAt === null ||
    !(expires >= 1 && expires <= MAX_EXPIRES_SECONDS)
  ) {
    return fault(
      400,
      'AuthorizationQueryParametersError',
      'The parameters of the signature are incomplete or wrong.',
    );
  }
  const [key = '', day = '', region = '', service = '', end = ''] = (
    query.get('X-Amz-Credential') ?? ''
  ).split('/');
  if (key !== accessKey) return fault(403, 'InvalidAccessKeyId', 'No such access key may read here.');
  if (service !== 's3' || end !== 'aws4_request' || day !== date.slice(0, 8)) {
    return fault(
      400,
      'AuthorizationQueryParametersError',
      'X-Amz-Credential has another scope than this request.',
    );
  }
  const parameters = [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort();
  const canonicalPath = path
    .split('/')
    .map((part) => encode(decodeURIComponent(part)))
    .join('/');
  const request = [
    method,
    canonicalPath,
    parameters.join('&'),
    `host:${host}`,
    '',
    'host',
    'UNSIGNED-PAYLOAD',
  ];
  const digest = createHash('sha256').update(request.join('\n')).digest('hex');
  const toSign = ['AWS4-HMAC-SHA256', date, [day, region, service, end].join('/'), digest].join('\n');
  const signingKey = [day, region, service, end].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${secretKey}`,
  );
  const expected = hmac(signingKey, toSign);
  const given = Buffer.from(signature, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return fault(403, 'SignatureDoesNotMatch', 'The signature does not fit the request and the secret key.');
  }
  if (signedAt > now + MAX_SKEW_MS) return fault(403, 'AccessDenied', 'The request is signed in the future.');
  return now > signedAt + expires * 1000 ? fault(403, 'AccessDenied', 'Request has expired') : null;
}
