import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCertificate } from '../../packages/sandbox/src/tls/create-certificate.js';
import { problemsOf, settingsOf, temporaryFiles } from './support.js';

const files = temporaryFiles();
const ADDRESS = 'postgres://gateway:canary@db.example.com/recordings';
const pathOf: Record<string, string> = {};

/** The address with these parameters, in which FILE:NAME stands for the path of a file. */
const withParameters = (parameters: string) =>
  `${ADDRESS}?${parameters.replaceAll(/FILE:(\w+)/g, (_all, name: string) => pathOf[name] ?? 'missing')}`;

beforeAll(async () => {
  const { key, cert, ca } = await createCertificate(['db.example.com'], Date.now());
  const encoding = { privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, modulusLength: 2048 } as const;
  const publicKeyEncoding = { type: 'spki', format: 'pem' } as const;
  const other = generateKeyPairSync('rsa', { ...encoding, publicKeyEncoding });
  const locked = generateKeyPairSync('rsa', {
    publicKeyEncoding,
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'canary' },
  });
  const contents = {
    key,
    cert,
    ca,
    otherKey: other.privateKey,
    lockedKey: locked.privateKey,
    text: 'canary',
  };
  for (const [name, content] of Object.entries(contents)) pathOf[name] = files.file(content);
});

afterAll(() => files.remove());

describe('An address of PostgreSQL', () => {
  it.each([
    'sslmode=disable',
    'sslmode=no-verify',
    'sslmode=verify-full',
    'ssl=true',
    'ssl=1&sslmode=verify-full',
    'sslmode=verify-full&sslrootcert=FILE:ca&sslcert=FILE:cert&sslkey=FILE:key',
    'sslrootcert=FILE:ca&sslcert=&sslkey=',
    'sslnegotiation=direct',
    'sslnegotiation=postgres&sslmode=disable',
    'uselibpqcompat=false&sslmode=verify-full',
    'uselibpqcompat=true&sslmode=require',
    'uselibpqcompat=true&sslmode=verify-ca&sslrootcert=FILE:ca',
    'application_name=sslmode&channel_binding=require',
  ])('may have %s', (parameters) => {
    const DATABASE_URL = withParameters(parameters);
    expect(settingsOf({ DATABASE_URL }).databaseUrl.reveal()).toBe(DATABASE_URL);
  });

  it.each(['require', 'verify-ca'])(
    'has the certificate and the name of the server verified with sslmode=%s',
    (mode) => {
      const databaseUrl = (parameters: string) =>
        settingsOf({ DATABASE_URL: withParameters(parameters) }).databaseUrl.reveal();
      expect(databaseUrl(`sslmode=${mode}`)).toBe(withParameters('sslmode=verify-full'));
      expect(databaseUrl(`ssl=true&sslmode=${mode}&options=x`)).toBe(
        withParameters('ssl=true&sslmode=verify-full&options=x'),
      );
    },
  );

  it.each([
    ['sslmode=prefer', /sslmode .*write sslmode=verify-full for TLS, or sslmode=disable/],
    ['sslmode=allow', /sslmode .*write sslmode=verify-full for TLS/],
    ['sslmode=', /sslmode .*write sslmode=verify-full for TLS/],
    ['sslmode=canary', /sslmode .*write sslmode=verify-full for TLS/],
    ['sslmode=disable&sslmode=verify-full', /has sslmode more than once: keep one/],
    ['ssl=false', /value of ssl .*write sslmode=disable instead/],
    ['ssl=0', /value of ssl .*write sslmode=disable instead/],
    ['ssl=no-verify', /value of ssl .*write sslmode=no-verify instead/],
    ['ssl=canary', /value of ssl .*write sslmode=verify-full or sslmode=disable instead/],
    ['ssl=true&sslmode=disable', /has ssl=true and sslmode=disable: keep one of them/],
    ['ssl_mode=verify-full', /the parameter ssl_mode, which .* ignores: remove it/],
    ['SSLMODE=verify-full', /the parameter SSLMODE, which .* ignores: remove it/],
    ['sslmode=verify-full&sslcrl=x', /the parameter sslcrl, which .* ignores: remove it/],
    ['requiressl=1', /the parameter requiressl, which .* ignores: remove it/],
    ['uselibpqcompat=1&sslmode=require', /value of uselibpqcompat .*write uselibpqcompat=true, or remove it/],
    ['uselibpqcompat=true&sslmode=no-verify', /remove uselibpqcompat/],
    [
      'uselibpqcompat=true&sslmode=verify-ca',
      /sslmode=verify-ca .*add sslrootcert=FILE, or write sslmode=verify-full/,
    ],
    ['sslnegotiation=canary', /value of sslnegotiation .*write sslnegotiation=direct, or remove it/],
    ['sslnegotiation=direct&sslmode=disable', /write sslmode=verify-full, or remove sslnegotiation/],
    ['sslrootcert=system', /sslrootcert=system.*remove it, and the authorities that Node.js trusts are used/],
    ['sslrootcert=/there/is/no/file', /file for sslrootcert that cannot be read: .*ENOENT/],
    ['sslrootcert=FILE:text', /file for sslrootcert that does not hold certificates in PEM: \//],
    ['sslrootcert=FILE:key', /file for sslrootcert that does not hold certificates in PEM/],
    ['sslcert=FILE:text&sslkey=FILE:key', /file for sslcert that does not hold a certificate in PEM/],
    ['sslcert=FILE:cert&sslkey=FILE:lockedKey', /file for sslkey that does not hold .* without a passphrase/],
    ['sslcert=FILE:cert', /has sslcert without sslkey: add sslkey=FILE, or remove sslcert/],
    ['sslkey=FILE:key', /has sslkey without sslcert: add sslcert=FILE, or remove sslkey/],
    ['sslcert=FILE:cert&sslkey=FILE:otherKey', /sslcert and sslkey that do not belong together/],
  ])('with %s is refused, and the problem names the parameter and what to write', (parameters, problem) => {
    const problems = problemsOf({ DATABASE_URL: withParameters(parameters) });
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(problems[0]).toMatch(/^DATABASE_URL /);
    expect(problems[0]).not.toContain('canary');
  });
});
