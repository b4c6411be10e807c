import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hasUnknownRegion } from '../../src/settings/storage-profile.js';
import {
  AGORA,
  APP_ID,
  CERTIFICATE,
  OTHER_APP_ID,
  problemsOf,
  PROFILE,
  settingsOf,
  temporaryFiles,
} from './support.js';

const files = temporaryFiles();
const { directory } = files;
const file = (content: string) => files.file(content);
const config = (content: unknown) => files.config(content);
afterAll(() => files.remove());

describe('The file named by GATEWAY_CONFIG', () => {
  it('adds projects and storage profiles', async () => {
    const { agora, storageProfiles } = settingsOf({
      ...AGORA,
      ...config({
        projects: [{ appId: OTHER_APP_ID.toUpperCase(), webhookSecrets: ['a', ' b\n'] }],
        storageProfiles: [
          PROFILE,
          { ...PROFILE, name: 'second', default: true, fileNamePrefix: ['a', 'b1'] },
        ],
      }),
    });
    expect(
      agora?.projects.map(({ appId, webhookSecrets }) => [
        appId,
        ...webhookSecrets.map((each) => each.reveal()),
      ]),
    ).toEqual([[APP_ID], [OTHER_APP_ID, 'a', 'b']]);
    expect(storageProfiles).toMatchObject([
      { name: 'archive', isDefault: false, fileNamePrefix: [] },
      { name: 'second', isDefault: true, fileNamePrefix: ['a', 'b1'] },
    ]);
    const credentials = await storageProfiles[0]?.credentials();
    expect([credentials?.secretKey.reveal(), credentials?.stsToken]).toEqual(['canary-secret-key', null]);
  });

  it('names vendors and regions by number or by name', () => {
    const named = { ...PROFILE, vendor: 'amazon_s3', region: 'EU_CENTRAL_1' };
    expect(settingsOf(config({ storageProfiles: [named] })).storageProfiles[0]).toMatchObject({
      vendor: 1,
      region: 7,
    });
  });

  it('accepts a region by a number that is not in the table, which is worth a warning', () => {
    const lately = { ...PROFILE, name: 'lately', region: 77 };
    const ignored = { ...PROFILE, name: 'ignored', vendor: 'GOOGLE_CLOUD', region: 77 };
    const { storageProfiles } = settingsOf(config({ storageProfiles: [PROFILE, lately, ignored] }));
    expect(storageProfiles.filter(hasUnknownRegion).map(({ name }) => name)).toEqual(['lately']);
  });

  it('is read with a byte order mark', () => {
    expect(settingsOf({ GATEWAY_CONFIG: file('\uFEFF{"retentionDays":null}') }).retentionDays).toBeNull();
  });

  it('reads the key for reading files from a separate file, and demands that it can be read', async () => {
    const path = file(JSON.stringify({ accessKey: 'reader', secretKey: 'canary-5' }));
    const [profile] = settingsOf(
      config({ storageProfiles: [{ ...PROFILE, readCredentialsFile: path }] }),
    ).storageProfiles;
    expect((await profile?.readCredentials?.())?.accessKey.reveal()).toBe('reader');
    expect((await profile?.credentials())?.accessKey.reveal()).toBe(PROFILE.accessKey);
    expect(() =>
      settingsOf(config({ storageProfiles: [{ ...PROFILE, readCredentialsFile: '/nowhere' }] })),
    ).toThrow(/cannot read the credentials: .*\/nowhere/);
    const checking = (more: object) =>
      settingsOf(config({ storageProfiles: [{ ...PROFILE, checkFiles: true, ...more }] })).storageProfiles;
    expect(checking({ readCredentialsFile: path })).toMatchObject([{ checkFiles: true }]);
    expect(() => checking({})).toThrow(/checkFiles needs readCredentialsFile/);
  });

  it('reads a credentials file again for each use, so that a replaced one takes effect', async () => {
    const { accessKey: _access, secretKey: _secret, ...location } = PROFILE;
    const path = file(JSON.stringify({ accessKey: 'first', secretKey: 'canary-1' }));
    const profile = settingsOf(config({ storageProfiles: [{ ...location, credentialsFile: path }] }))
      .storageProfiles[0]!;
    expect((await profile.credentials()).accessKey.reveal()).toBe('first');
    const fresh = {
      accessKey: 'second',
      secretKey: 'canary-2',
      stsToken: 'canary-3',
      stsExpiration: 2_000_000_000,
    };
    writeFileSync(path, JSON.stringify(fresh));
    const read = await profile.credentials();
    expect([read.accessKey.reveal(), read.stsToken?.reveal(), read.stsExpiration]).toEqual([
      'second',
      'canary-3',
      2_000_000_000,
    ]);
    writeFileSync(path, '{"accessKey": "canary-4"');
    await expect(profile.credentials()).rejects.toThrow(`${path} is not valid JSON`);
    writeFileSync(path, '{"accessKey": "canary-4"}');
    await expect(profile.credentials()).rejects.toThrow(new RegExp(`^${path}: secretKey: `));
  });

  it.each<[string, object, RegExp]>([
    [
      'both keys and a file',
      { credentialsFile: '/nowhere' },
      /set either accessKey and secretKey, or credentialsFile/,
    ],
    ['neither', { accessKey: undefined, secretKey: undefined }, /or credentialsFile/],
    [
      'a file that is missing',
      { accessKey: undefined, secretKey: undefined, credentialsFile: '/nowhere' },
      /cannot read the credentials: ENOENT/,
    ],
    ['a vendor by an unknown number', { vendor: 99 }, /vendor must be one of AMAZON_S3 \(1\), /],
    ['a vendor by an unknown name', { vendor: 's3' }, /vendor must be one of AMAZON_S3 \(1\), /],
    ['a region by an unknown name', { region: 'EU_NOWHERE' }, /region must be one of US_EAST_1 \(0\), /],
    ['a name for a region that has none', { vendor: 6, region: 'EU' }, /region must be a number/],
    ['no region', { region: undefined }, /region must be one of US_EAST_1/],
    ['no bucket', { bucket: undefined }, /storageProfiles\.0\.bucket/],
    ['a misspelled field', { acessKey: 'canary' }, /acessKey/],
    [
      'encryption elsewhere than at Amazon S3',
      { vendor: 2, sse: 'kms' },
      /sse has an effect with Amazon S3 only/,
    ],
    [
      'a tag at Tencent Cloud',
      { vendor: 3, tag: 'x' },
      /tag has an effect with Amazon S3 and Alibaba Cloud only/,
    ],
    ['S3-compatible storage without its host', { vendor: 11 }, /needs an endpoint/],
    [
      'an address in place of the name of a host',
      { vendor: 11, endpoint: 'https://proj.example.co/storage/v1/s3' },
      /endpoint must be the name of a host/,
    ],
    ['the address of a bucket', { bucket: 'https://rec.s3.amazonaws.com' }, /not its address/],
    ['a bucket that Azure does not permit', { vendor: 5, bucket: 'Recordings' }, /Microsoft Azure permits/],
    [
      'a prefix that is too long',
      { fileNamePrefix: ['a'.repeat(100), 'b'.repeat(27)] },
      /must not exceed 128/,
    ],
  ])('refuses a storage profile with %s', (_what, fields, problem) => {
    const problems = problemsOf(config({ storageProfiles: [{ ...PROFILE, ...fields }] }));
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(problems[0]).toMatch(/^GATEWAY_CONFIG, storageProfiles\.0/);
    expect(problems[0]).not.toContain('canary');
  });

  it('makes the only storage profile the default', () => {
    expect(settingsOf(config({ storageProfiles: [PROFILE] })).storageProfiles[0]?.isDefault).toBe(true);
  });

  it('may name all projects, without AGORA_APP_ID', () => {
    const { AGORA_APP_ID: _appId, ...rest } = AGORA;
    const { agora } = settingsOf({ ...rest, ...config({ projects: [{ appId: OTHER_APP_ID }] }) });
    expect(agora?.projects.map(({ appId }) => appId)).toEqual([OTHER_APP_ID]);
  });

  it('holds the certificate of each project', () => {
    const projects = [{ appId: OTHER_APP_ID, appCertificate: CERTIFICATE }];
    const { agora } = settingsOf({ ...AGORA, ...config({ projects }) });
    expect(agora?.projects.map((project) => project.appCertificate?.reveal())).toEqual([
      undefined,
      CERTIFICATE,
    ]);
  });

  it.each<[string, unknown, RegExp]>([
    ['an unknown field', { storage: [] }, /^GATEWAY_CONFIG: .*storage/],
    ['a malformed App ID', { projects: [{ appId: 'x' }] }, /projects\.0\.appId/],
    [
      'a malformed certificate',
      { projects: [{ appId: APP_ID, appCertificate: 'canary' }] },
      /projects\.0\.appCertificate: must be the 32 hexadecimal digits of an App Certificate/,
    ],
    [
      'an empty webhook secret',
      { projects: [{ appId: APP_ID, webhookSecrets: [' '] }] },
      /webhookSecrets\.0/,
    ],
    ['retentionDays 0', { retentionDays: 0 }, /retentionDays/],
    [
      'two profiles of one name',
      { storageProfiles: [PROFILE, PROFILE] },
      /more than one .* is named archive/,
    ],
    [
      'two default profiles',
      {
        storageProfiles: [
          { ...PROFILE, default: true },
          { ...PROFILE, name: 'b', default: true },
        ],
      },
      /more than one storage profile is the default/,
    ],
    ['a list', [], /^GATEWAY_CONFIG: /],
  ])('is refused with %s', (_what, content, problem) => {
    expect(problemsOf(config(content))).toEqual([expect.stringMatching(problem)]);
  });

  it('is refused if it is missing', () => {
    expect(problemsOf({ GATEWAY_CONFIG: join(directory, 'missing.json') })).toEqual([
      expect.stringMatching(/^GATEWAY_CONFIG cannot be read: ENOENT/),
    ]);
  });

  it.each([
    // Node gives no place where it quotes the text instead.
    ['{"storageProfiles":[{\n"secretKey":canary-secret-key}]}', ''],
    ['{"storageProfiles":[{\n"secretKey":"canary"key"}]}', ' (line 2, column 21)'],
  ])('is refused if it is not JSON, with the place and without its secrets: %s', (text, place) => {
    const path = file(text);
    expect(problemsOf({ GATEWAY_CONFIG: path })).toEqual([
      `GATEWAY_CONFIG: ${path} is not valid JSON${place}.`,
    ]);
  });

  it('is refused without showing the secrets in it', () => {
    const problems = problemsOf(
      config({ storageProfiles: [{ ...PROFILE, vendor: 'x' }], projects: [{ appId: 'x' }] }),
    );
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain('canary');
  });
});
