import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { problemsOf, settingsOf, temporaryFiles } from './support.js';

const files = temporaryFiles();
afterAll(() => files.remove());

const JWT = { AUTH: 'jwt', AUTH_ISSUER: 'https://login.example.com/', AUTH_AUDIENCE: 'recordings' };
const AUTH_JWKS_URL = 'https://login.example.com/jwks.json';
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const privateKey = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('AUTH=jwt', () => {
  it('takes a JWKS, or one public key, whose line ends may be written as \\n', () => {
    expect(settingsOf({ ...JWT, AUTH_JWKS_URL }).auth).toEqual({
      kind: 'jwt',
      keys: { url: AUTH_JWKS_URL },
      issuer: 'https://login.example.com/',
      audience: 'recordings',
      algorithms: ['RS256', 'ES256', 'EdDSA'],
    });
    const inOneLine = publicKey.trim().replaceAll('\n', '\\n');
    for (const AUTH_JWT_PUBLIC_KEY of [publicKey, inOneLine]) {
      expect(settingsOf({ ...JWT, AUTH_JWT_PUBLIC_KEY }).auth).toMatchObject({
        keys: { publicKey: publicKey.trim() },
      });
    }
  });

  it.each([
    ['no key', {}, /AUTH_JWKS_URL or AUTH_JWT_PUBLIC_KEY/],
    [
      'two sources of keys',
      { AUTH_JWKS_URL, AUTH_JWT_PUBLIC_KEY: publicKey },
      /AUTH_JWKS_URL or AUTH_JWT_PUBLIC_KEY/,
    ],
    ['no issuer', { AUTH_JWKS_URL, AUTH_ISSUER: '' }, /AUTH_ISSUER is missing/],
    ['no audience', { AUTH_JWKS_URL, AUTH_AUDIENCE: '' }, /AUTH_AUDIENCE is missing/],
    [
      'keys that come in the clear',
      { AUTH_JWKS_URL: 'http://login.example.com/jwks.json' },
      /^AUTH_JWKS_URL must be/,
    ],
    ['a private key', { AUTH_JWT_PUBLIC_KEY: privateKey }, /^AUTH_JWT_PUBLIC_KEY must be a public key/],
    [
      'a text that is not a key',
      { AUTH_JWT_PUBLIC_KEY: 'canary' },
      /^AUTH_JWT_PUBLIC_KEY must be a public key/,
    ],
    [
      'a symmetric algorithm',
      { AUTH_JWKS_URL, AUTH_ALGORITHMS: 'RS256,HS256' },
      /^AUTH_ALGORITHMS \(item 2\) must be of/,
    ],
    ['no signature', { AUTH_JWKS_URL, AUTH_ALGORITHMS: 'none' }, /^AUTH_ALGORITHMS \(item 1\) must be of/],
    [
      'a file of keys',
      { AUTH_JWKS_URL, AUTH_API_KEYS_FILE: './keys.json' },
      /^AUTH_API_KEYS_FILE: only for AUTH=keys/,
    ],
  ])('is refused with %s', (_, settings, problem) => {
    const problems = problemsOf({ ...JWT, ...settings });
    expect(problems).toContainEqual(expect.stringMatching(problem));
    expect(problems.join()).not.toContain('canary');
  });
});

describe('AUTH=keys', () => {
  const key = { name: 'a', sha256: '0'.repeat(64), scopes: ['recordings:read'] };

  it('takes a file of keys', () => {
    const AUTH_API_KEYS_FILE = files.file(JSON.stringify([key]));
    expect(settingsOf({ AUTH: 'keys', AUTH_API_KEYS_FILE }).auth).toEqual({
      kind: 'keys',
      file: AUTH_API_KEYS_FILE,
    });
  });

  it.each([
    ['that is not JSON', '{', /is not valid JSON/],
    ['that is not a list', '{}', /expected array/i],
    ['with two keys of one name', JSON.stringify([key, key]), /two keys alike/],
    ['with a key in the clear', JSON.stringify([{ ...key, sha256: 'ark_canary' }]), /0 sha256 must be 64/],
    [
      'with an unknown scope',
      JSON.stringify([{ ...key, scopes: ['everything'] }]),
      /must be of recordings:read/,
    ],
    ['with a field that is not known', JSON.stringify([{ ...key, colour: 'canary' }]), /colour/],
    ['with an invalid expiry', JSON.stringify([{ ...key, expiresAt: 'soon' }]), /must be a moment/],
  ])('is refused with a file %s', (_, content, problem) => {
    const problems = problemsOf({ AUTH: 'keys', AUTH_API_KEYS_FILE: files.file(content) });
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(problems.join()).not.toContain('canary');
  });

  it('is refused without a file, and with one that is not there', () => {
    expect(problemsOf({ AUTH: 'keys' })).toEqual(['AUTH is keys: AUTH_API_KEYS_FILE is missing.']);
    const AUTH_API_KEYS_FILE = join(files.directory, 'nowhere.json');
    expect(problemsOf({ AUTH: 'keys', AUTH_API_KEYS_FILE })).toEqual([
      expect.stringMatching(/cannot be read.*keys add/),
    ]);
  });
});

it('Settings of a way to authenticate that is not chosen are refused', () => {
  expect(problemsOf({ AUTH_ISSUER: 'x', AUTH_API_KEYS_FILE: 'y' })).toEqual([
    'AUTH_ISSUER: only for AUTH=jwt, and AUTH is off.',
    'AUTH_API_KEYS_FILE: only for AUTH=keys, and AUTH is off.',
  ]);
});
