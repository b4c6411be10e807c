import { type RequestListener } from 'node:http';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { describe, expect, it } from 'vitest';
import {
  type CheckReadingParts,
  checkReading,
  MAX_ORIGINS,
  pageOrigins,
} from '../../src/checks/check-reading.js';
import { type StorageProfile } from '../../src/commands/start/storage.js';
import { serveStorage } from '../media/support.js';
import { cleanUpAfterEach } from '../support/clean-ups.js';
import { openS3Server, S3_BUCKET, S3_KEY } from '../support/s3-server.js';

const cleanUps = cleanUpAfterEach();

const PAGE = 'https://app.example.com';
const OTHER_PAGE = 'https://other.example.com';

const keys =
  (secretKey: string, stsExpiration: number | null = null) =>
  () =>
    Promise.resolve({
      accessKey: new Secret(S3_KEY.accessKey),
      secretKey: new Secret(secretKey),
      stsToken: null,
      stsExpiration,
    });

const PROFILE: StorageProfile = {
  name: 'main',
  isDefault: true,
  vendor: 11,
  region: 0,
  bucket: S3_BUCKET,
  fileNamePrefix: ['acme'],
  sse: null,
  tag: null,
  endpoint: 's3.example.com',
  credentials: keys('upload'),
  readCredentials: keys(S3_KEY.secretKey),
  checkFiles: false,
};

/** The rows of the check, as `kind outcome`, with their details. */
async function check(
  sandboxStorage: string | null,
  profile: Partial<StorageProfile> = {},
  parts: Partial<CheckReadingParts> = {},
) {
  const results = await checkReading([{ ...PROFILE, ...profile }], {
    sandboxStorage,
    origins: [PAGE],
    clock: Date,
    ...parts,
  });
  return {
    rows: results.map(({ kind, outcome }) => `${kind} ${outcome}`),
    details: results.map(({ detail }) => detail).join('\n'),
  };
}

const corsRule = (...lines: string[]) =>
  `<CORSConfiguration><CORSRule>${lines.join('')}</CORSRule></CORSConfiguration>`;
const ORIGIN = `<AllowedOrigin>${PAGE}</AllowedOrigin>`;
const METHODS = '<AllowedMethod>GET</AllowedMethod><AllowedMethod>HEAD</AllowedMethod>';
const RANGE = '<AllowedHeader>Range</AllowedHeader>';
const GOOD_RULE = corsRule(ORIGIN, METHODS, RANGE);

describe('The check of a read key, at an S3 server', () => {
  it('passes for a key that may read, although the file is missing', async () => {
    const { url } = await openS3Server(cleanUps, GOOD_RULE);
    expect((await check(url)).rows).toEqual(['read key ok', 'CORS rule ok']);
  });

  it('fails for a wrong key and for a bucket that does not exist, and shows no secret', async () => {
    const { url } = await openS3Server(cleanUps, GOOD_RULE);
    const wrongKey = await check(url, { readCredentials: keys('canary') });
    expect(wrongKey.rows[0]).toBe('read key failed');
    expect(wrongKey.details).toContain('403 SignatureDoesNotMatch');
    expect(wrongKey.details).not.toMatch(/canary|X-Amz/);
    const wrongBucket = await check(url, { bucket: 'another' });
    expect(wrongBucket.rows[0]).toBe('read key failed');
    expect(wrongBucket.details).toContain('404 NoSuchBucket');
  });
});

describe('The check of a CORS rule, at an S3 server', () => {
  it('passes for a rule with the origin, GET, HEAD and Range', async () => {
    const { url } = await openS3Server(cleanUps, GOOD_RULE);
    expect((await check(url)).rows[1]).toBe('CORS rule ok');
  });

  it.each([
    ['there is none', undefined, /GET: 403\), .*HEAD: 403/],
    [
      'the rule lacks the origin',
      corsRule(`<AllowedOrigin>${OTHER_PAGE}</AllowedOrigin>`, METHODS, RANGE),
      /GET/,
    ],
    ['the rule lacks HEAD', corsRule(ORIGIN, '<AllowedMethod>GET</AllowedMethod>', RANGE), /\(HEAD: 403\)/],
    ['the rule lacks Range', corsRule(ORIGIN, METHODS), /GET/],
  ])('fails if %s, and says what to permit', async (_what, rule, details) => {
    const { url } = await openS3Server(cleanUps, rule);
    const found = await check(url);
    expect(found.rows).toEqual(['read key ok', 'CORS rule failed']);
    expect(found.details).toMatch(details);
    expect(found.details).toContain(PAGE);
    expect(found.details).toContain('docs/playback.md');
  });

  it('names the origin that is not permitted, and not one that is', async () => {
    const { url } = await openS3Server(cleanUps, GOOD_RULE);
    const { rows, details } = await check(url, {}, { origins: [PAGE, OTHER_PAGE] });
    expect(rows[1]).toBe('CORS rule failed');
    expect(details).toContain(`${OTHER_PAGE} (GET: 403)`);
    expect(details).not.toContain(PAGE);
  });
});

describe('The check of reading', () => {
  const answering =
    (status: number, code?: string): RequestListener =>
    (_request, response) =>
      response.writeHead(status).end(code === undefined ? '' : `<Error><Code>${code}</Code></Error>`);

  it.each<[string, RequestListener, string, RegExp]>([
    ['a missing file', answering(404, 'NoSuchKey'), 'ok', /lets it read/],
    ['a missing blob', answering(404, 'BlobNotFound'), 'ok', /lets it read/],
    ['a key that may not list', answering(403, 'AccessDenied'), 'ok', /s3:ListBucket/],
    ['a missing container', answering(404, 'ContainerNotFound'), 'failed', /no such bucket/],
    ['an unknown key', answering(403, 'InvalidAccessKeyId'), 'failed', /403 InvalidAccessKeyId/],
    ['a bucket of another region', answering(301, 'PermanentRedirect'), 'failed', /elsewhere/],
    ['a fault of the storage', answering(503, 'SlowDown'), 'unknown', /503 SlowDown/],
    ['a broken connection', (_request, response) => void response.destroy(), 'unknown', /cannot be reached/],
  ])('understands the answer to %s', async (_what, answer, outcome, detail) => {
    const url = await serveStorage(cleanUps, answer);
    const { rows, details } = await check(url, {}, { origins: [] });
    expect(rows).toEqual([`read key ${outcome}`]);
    expect(details).toMatch(detail);
  });

  it('follows no redirect, and reads only the beginning of an error', async () => {
    const paths: string[] = [];
    const url = await serveStorage(cleanUps, (request, response) => {
      paths.push(request.url?.split('?')[0] ?? '');
      response.writeHead(307, { location: '/elsewhere' });
      response.write('x'.repeat(64 * 1024)); // And never ends.
    });
    expect((await check(url, {}, { origins: [] })).rows).toEqual(['read key failed']);
    expect(paths).toEqual([`/${S3_BUCKET}/acme/agora-recording-gateway-check`]);
  });

  it.each<[string, string, Record<string, string>]>([
    ['names no origin, as Google Cloud answers', 'failed', {}],
    ['names another origin', 'failed', { origin: OTHER_PAGE, methods: 'GET, HEAD', headers: 'range' }],
    ['lists no HEAD', 'failed', { origin: PAGE, methods: 'GET', headers: 'range' }],
    ['lists no Range', 'failed', { origin: PAGE, methods: 'GET, HEAD', headers: 'authorization' }],
    [
      'lists everything by name',
      'ok',
      { origin: PAGE, methods: 'HEAD, GET', headers: 'Range, Authorization' },
    ],
    ['permits everything by *', 'ok', { origin: '*', methods: '*', headers: '*' }],
  ])('reads the answer to a preflight that %s', async (_what, outcome, permitted) => {
    const url = await serveStorage(cleanUps, (request, response) => {
      if (request.method !== 'OPTIONS') return void response.writeHead(404).end();
      for (const [name, value] of Object.entries(permitted)) {
        response.setHeader(`access-control-allow-${name}`, value);
      }
      response.end();
    });
    expect((await check(url)).rows[1]).toBe(`CORS rule ${outcome}`);
  });

  it('asks about a bounded number of origins', async () => {
    let preflights = 0;
    const url = await serveStorage(cleanUps, (request, response) => {
      if (request.method === 'OPTIONS') preflights += 1;
      response.writeHead(404).end();
    });
    const origins = Array.from(
      { length: MAX_ORIGINS + 5 },
      (_, index) => `https://page-${index}.example.com`,
    );
    const { rows, details } = await check(url, {}, { origins });
    expect(preflights).toBe(2 * MAX_ORIGINS);
    expect(rows[1]).toBe('CORS rule failed');
    expect(details.length).toBeLessThan(600);
  });

  it('has no row for a profile without a read key, or with one that has expired or cannot be read', async () => {
    const url = await serveStorage(cleanUps, answering(404));
    expect((await check(url, { readCredentials: null })).rows).toEqual([]);
    expect((await check(url, { readCredentials: keys('a', 1_600_000_000) })).rows).toEqual([]);
    expect((await check(url, { readCredentials: () => Promise.reject(new Error('gone')) })).rows).toEqual([]);
  });

  it('fails for a vendor or region for which the gateway cannot sign', async () => {
    const { rows, details } = await check(null, { vendor: 4, region: 2, endpoint: null });
    expect(rows).toEqual(['read key failed']);
    expect(details).toContain('cannot sign addresses');
  });

  it('asks for no CORS rule where files pass through the gateway, or no other page is allowed', () => {
    expect(pageOrigins({ allowedOrigins: [PAGE], mediaProxy: false })).toEqual([PAGE]);
    expect(pageOrigins({ allowedOrigins: [PAGE], mediaProxy: true })).toEqual([]);
    expect(pageOrigins({ allowedOrigins: 'this-machine', mediaProxy: false })).toEqual([]);
  });
});
