import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSettings, type Settings } from '../../src/settings/settings.js';
import { temporaryDirectory } from '../support/processes.js';

const APP_ID = '0123456789abcdef0123456789abcdef';
const OTHER_APP_ID = 'fedcba9876543210fedcba9876543210';

const AGORA = {
  AGORA_APP_ID: APP_ID,
  AGORA_CUSTOMER_ID: 'customer',
  AGORA_CUSTOMER_SECRET: 'canary-customer-secret',
};

const directory = temporaryDirectory();
afterAll(() => directory.remove());

let files = 0;
function file(content: string): string {
  const path = join(directory.path, `file-${(files += 1)}`);
  writeFileSync(path, content);
  return path;
}

function settingsOf(env: Record<string, string>): Settings {
  const result = readSettings(env);
  if ('problems' in result) throw new Error(result.problems.join('\n'));
  return result.settings;
}

function problemsOf(env: Record<string, string>): string[] {
  const result = readSettings(env);
  return 'problems' in result ? result.problems : [];
}

const PROFILE = {
  name: 'archive',
  vendor: 1,
  region: 7,
  bucket: 'acme-recordings',
  accessKey: 'canary-access-key',
  secretKey: 'canary-secret-key',
};

function config(content: unknown): { GATEWAY_CONFIG: string } {
  return { GATEWAY_CONFIG: file(JSON.stringify(content)) };
}

describe('without any settings the gateway', () => {
  it('plays with a sandbox of its own, on this machine only', () => {
    const { databaseUrl, ...settings } = settingsOf({});
    expect(databaseUrl.reveal()).toBe('file:./data/sandbox.db');
    expect(settings).toEqual({
      host: '127.0.0.1',
      port: 4000,
      agora: null,
      sandbox: { url: null, port: 4001, webhookSecrets: [], clockSpeed: null },
      storageProfiles: [],
      allowInlineStorage: false,
      retentionDays: 90,
      logLevel: 'info',
    });
  });

  it('reads an empty variable as one that is not set', () => {
    expect(settingsOf({ PORT: '', HOST: '', AGORA_APP_ID: '', AUTH: '', GATEWAY_CONFIG: '' })).toEqual(
      settingsOf({}),
    );
  });
});

describe('with the settings of Agora the gateway', () => {
  it('calls Agora at its two addresses, and keeps a database of its own', () => {
    const { agora, sandbox, databaseUrl } = settingsOf(AGORA);
    expect(agora).toMatchObject({
      customerId: 'customer',
      apiUrls: ['https://api.agora.io', 'https://api.sd-rtn.com'],
      projects: [{ appId: APP_ID, webhookSecrets: [] }],
    });
    expect(agora?.customerSecret.reveal()).toBe('canary-customer-secret');
    expect(sandbox).toBeNull();
    expect(databaseUrl.reveal()).toBe('file:./data/gateway.db');
  });

  it('takes several secrets and addresses, separated by commas', () => {
    const { agora } = settingsOf({
      ...AGORA,
      AGORA_WEBHOOK_SECRETS: ' new-secret , old-secret,,',
      AGORA_API_URLS: 'https://one.example.com/, http://two.example.com:8080//',
    });
    expect(agora?.apiUrls).toEqual(['https://one.example.com', 'http://two.example.com:8080']);
    expect(agora?.projects[0]?.webhookSecrets.map((secret) => secret.reveal())).toEqual([
      'new-secret',
      'old-secret',
    ]);
  });

  it('shows no secret when its settings are printed', () => {
    const { GATEWAY_CONFIG } = config({ storageProfiles: [PROFILE] });
    const settings = settingsOf({
      ...AGORA,
      GATEWAY_CONFIG,
      AGORA_WEBHOOK_SECRETS: 'canary-webhook',
      DATABASE_URL: 'postgres://gateway:canary-password@db.example.com/recordings',
    });
    expect(JSON.stringify(settings)).not.toContain('canary');
  });

  it.each([
    [['AGORA_APP_ID'], ['AGORA_CUSTOMER_ID', 'AGORA_CUSTOMER_SECRET']],
    [['AGORA_CUSTOMER_ID'], ['AGORA_APP_ID', 'AGORA_CUSTOMER_SECRET']],
    [['AGORA_APP_ID', 'AGORA_CUSTOMER_SECRET'], ['AGORA_CUSTOMER_ID']],
  ] as const)('refuses %j alone, and names what is missing', (given, missing) => {
    const problems = problemsOf(Object.fromEntries(given.map((name) => [name, AGORA[name]])));
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(missing);
  });

  it('refuses an address of the sandbox beside them', () => {
    expect(problemsOf({ ...AGORA, SANDBOX_URL: 'http://localhost:4001' })).toEqual([
      'SANDBOX_URL and AGORA_APP_ID, AGORA_CUSTOMER_ID, AGORA_CUSTOMER_SECRET are set: choose the sandbox or Agora.',
    ]);
  });

  it('refuses CLOCK_SPEED, which is for the sandbox', () => {
    expect(problemsOf({ ...AGORA, CLOCK_SPEED: '10' })).toEqual([
      'CLOCK_SPEED is for the sandbox only: unset it.',
    ]);
    expect(settingsOf({ CLOCK_SPEED: '10' }).sandbox?.clockSpeed).toBe(10);
  });

  it('needs at least one address of Agora', () => {
    expect(problemsOf({ ...AGORA, AGORA_API_URLS: ' , ' })).toEqual([
      expect.stringContaining('AGORA_API_URLS'),
    ]);
  });
});

describe('with SANDBOX_URL the gateway', () => {
  it('uses the sandbox that is there', () => {
    const { sandbox, agora } = settingsOf({
      SANDBOX_URL: 'http://127.0.0.1:4101/',
      AGORA_WEBHOOK_SECRETS: 'a,b',
    });
    expect(sandbox).toEqual({
      url: 'http://127.0.0.1:4101',
      port: 4001,
      webhookSecrets: ['a', 'b'],
      clockSpeed: null,
    });
    expect(agora).toBeNull();
  });
});

describe('a setting', () => {
  it.each([
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['SANDBOX_PORT', 'x'],
    ['SANDBOX_URL', 'localhost:4001'],
    ['SANDBOX_URL', 'ftp://localhost'],
    ['DATABASE_URL', 'mysql://localhost/db'],
    ['DATABASE_URL', 'file:'],
    ['AGORA_APP_ID', 'my-app'],
    ['AGORA_APP_ID', `${APP_ID}0`],
    ['AUTH', 'on'],
    ['CLOCK_SPEED', '0'],
    ['CLOCK_SPEED', '-1'],
    ['CLOCK_SPEED', 'fast'],
    ['CLOCK_SPEED', '10001'],
    ['LOG_LEVEL', 'loud'],
  ])('%s is refused by name when it is %s', (name, value) => {
    const named = problemsOf({ [name]: value }).filter((problem) => problem.startsWith(`${name}: `));
    expect(named).toHaveLength(1);
  });

  it.each(['ftp://api.agora.io', 'api.agora.io'])('AGORA_API_URLS is refused when it has %s', (address) => {
    const problems = problemsOf({ ...AGORA, AGORA_API_URLS: `https://api.agora.io,${address}` });
    expect(problems).toEqual([`AGORA_API_URLS: ${address} is no http or https address.`]);
  });

  it('that is wrong is told together with all others that are', () => {
    const problems = problemsOf({
      PORT: 'http',
      LOG_LEVEL: 'loud',
      HOST: '0.0.0.0',
      AGORA_APP_ID: APP_ID,
      AGORA_CUSTOMER_SECRET: 'x',
      AGORA_CUSTOMER_SECRET_FILE: '/nowhere',
      AGORA_API_URLS: 'nonsense',
      CLOCK_SPEED: '2',
      ...config({ projects: [{ appId: 'x' }] }),
    });
    const all = problems.join('\n');
    for (const part of [
      'PORT',
      'LOG_LEVEL',
      'HOST',
      'AGORA_CUSTOMER_ID',
      'AGORA_CUSTOMER_SECRET_FILE',
      'AGORA_API_URLS',
      'CLOCK_SPEED',
      'GATEWAY_CONFIG',
    ]) {
      expect(all).toContain(part);
    }
  });
});

describe('HOST', () => {
  it.each(['0.0.0.0', '::', '192.168.0.7', 'gateway.example.com', '127.example.com'])(
    'of %s needs a word on who authenticates',
    (HOST) => {
      expect(problemsOf({ HOST })).toEqual([expect.stringContaining('AUTH=off')]);
      expect(settingsOf({ HOST, AUTH: 'off' }).host).toBe(HOST);
    },
  );

  it.each(['localhost', '127.0.0.1', '127.1.2.3', '::1'])('of %s needs none', (HOST) => {
    expect(settingsOf({ HOST }).host).toBe(HOST);
  });
});

describe('DATABASE_URL', () => {
  it.each([
    'file:./a.db',
    'postgres://db.example.com/gateway',
    'postgresql://me:secret@[::1]:5433/x?sslmode=require',
  ])('may be %s', (DATABASE_URL) => {
    expect(settingsOf({ DATABASE_URL }).databaseUrl.reveal()).toBe(DATABASE_URL);
  });

  it.each(['mysql://db.example.com/gateway', './a.db', 'file:', 'postgres:'])(
    'may not be %s',
    (DATABASE_URL) => {
      expect(problemsOf({ DATABASE_URL })).toEqual([
        expect.stringContaining('DATABASE_URL: must be file:PATH or'),
      ]);
    },
  );
});

describe('a secret in a file', () => {
  it('is read without the line end behind it', () => {
    const { agora } = settingsOf({
      AGORA_APP_ID: APP_ID,
      AGORA_CUSTOMER_ID: 'customer',
      AGORA_CUSTOMER_SECRET_FILE: file('from-a-file\n'),
      AGORA_WEBHOOK_SECRETS_FILE: file('one,two\r\n'),
    });
    expect(agora?.customerSecret.reveal()).toBe('from-a-file');
    expect(agora?.projects[0]?.webhookSecrets.map((secret) => secret.reveal())).toEqual(['one', 'two']);
    const { databaseUrl } = settingsOf({ DATABASE_URL_FILE: file('file:./elsewhere.db\n') });
    expect(databaseUrl.reveal()).toBe('file:./elsewhere.db');
  });

  it('is refused beside the same secret without a file', () => {
    expect(problemsOf({ ...AGORA, AGORA_CUSTOMER_SECRET_FILE: file('x') })).toEqual([
      'AGORA_CUSTOMER_SECRET and AGORA_CUSTOMER_SECRET_FILE are both set: give one of them.',
    ]);
  });

  it('is refused when the file is not there, or is empty', () => {
    const { AGORA_CUSTOMER_SECRET: _secret, ...rest } = AGORA;
    expect(problemsOf({ ...rest, AGORA_CUSTOMER_SECRET_FILE: join(directory.path, 'missing') })[0]).toMatch(
      /^AGORA_CUSTOMER_SECRET_FILE cannot be read: .*ENOENT/,
    );
    expect(problemsOf({ ...rest, AGORA_CUSTOMER_SECRET_FILE: file('\n') })[0]).toMatch(
      /^AGORA_CUSTOMER_SECRET/,
    );
  });
});

describe('the file named by GATEWAY_CONFIG', () => {
  it('adds projects and places for files', async () => {
    const { agora, storageProfiles } = settingsOf({
      ...AGORA,
      ...config({
        projects: [{ appId: OTHER_APP_ID, webhookSecrets: ['a', 'b'] }],
        storageProfiles: [
          PROFILE,
          { ...PROFILE, name: 'second', default: true, fileNamePrefix: ['a', 'b1'] },
        ],
      }),
    });
    expect(agora?.projects.map(({ appId, webhookSecrets }) => [appId, webhookSecrets.length])).toEqual([
      [APP_ID, 0],
      [OTHER_APP_ID, 2],
    ]);
    expect(storageProfiles).toMatchObject([
      { name: 'archive', isDefault: false, fileNamePrefix: [] },
      { name: 'second', isDefault: true, fileNamePrefix: ['a', 'b1'] },
    ]);
    const { secretKey, stsToken } = await storageProfiles[0]!.credentials();
    expect([secretKey.reveal(), stsToken]).toEqual(['canary-secret-key', null]);
  });

  it('names vendors and regions by their numbers or by their names', () => {
    const named = { ...PROFILE, vendor: 'amazon_s3', region: 'EU_CENTRAL_1' };
    expect(settingsOf(config({ storageProfiles: [named] })).storageProfiles[0]).toMatchObject({
      vendor: 1,
      region: 7,
    });
    expect(problemsOf(config({ storageProfiles: [{ ...named, region: 'EU_NOWHERE' }] }))[0]).toMatch(
      /storage profile archive: region must be a number, or one of: US_EAST_1, /,
    );
  });

  it('reads credentials again from their file, so that fresh ones are taken up', async () => {
    const { accessKey: _access, secretKey: _secret, ...place } = PROFILE;
    const path = file(JSON.stringify({ accessKey: 'first', secretKey: 'canary-1' }));
    const profile = settingsOf(config({ storageProfiles: [{ ...place, credentialsFile: path }] }))
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
    await expect(profile.credentials()).rejects.toThrow(/is no JSON$/);
  });

  it.each<[string, object, RegExp]>([
    [
      'both keys and a file',
      { credentialsFile: '/nowhere' },
      /give accessKey and secretKey, or a credentialsFile/,
    ],
    ['neither', { accessKey: undefined, secretKey: undefined }, /or a credentialsFile/],
    [
      'a file that is not there',
      { accessKey: undefined, secretKey: undefined, credentialsFile: '/nowhere' },
      /ENOENT/,
    ],
    ['encryption elsewhere than at Amazon S3', { vendor: 2, sse: 'kms' }, /sse is for Amazon S3 only/],
    ['a tag at Tencent Cloud', { vendor: 3, tag: 'x' }, /tag is for Amazon S3 and Alibaba Cloud only/],
    ['S3-compatible storage without its host', { vendor: 11 }, /needs an endpoint/],
  ])('refuses a storage profile with %s', (_what, fields, problem) => {
    expect(problemsOf(config({ storageProfiles: [{ ...PROFILE, ...fields }] })).join('\n')).toMatch(problem);
  });

  it('makes the only place for files the default', () => {
    expect(settingsOf(config({ storageProfiles: [PROFILE] })).storageProfiles[0]?.isDefault).toBe(true);
  });

  it('may name all projects, without AGORA_APP_ID', () => {
    const { AGORA_APP_ID: _appId, ...rest } = AGORA;
    const { agora } = settingsOf({ ...rest, ...config({ projects: [{ appId: OTHER_APP_ID }] }) });
    expect(agora?.projects.map(({ appId }) => appId)).toEqual([OTHER_APP_ID]);
  });

  it.each<[string, unknown, RegExp]>([
    ['an unknown field', { storage: [] }, /storage/],
    ['an App ID that is none', { projects: [{ appId: 'x' }] }, /projects\.0\.appId/],
    ['an empty webhook secret', { projects: [{ appId: APP_ID, webhookSecrets: [''] }] }, /webhookSecrets\.0/],
    ['a profile without a bucket', { storageProfiles: [{ ...PROFILE, bucket: undefined }] }, /bucket/],
    [
      'a vendor of no name',
      { storageProfiles: [{ ...PROFILE, vendor: 's3' }] },
      /vendor must be a number, or one of: AMAZON_S3/,
    ],
    [
      'a directory with a dash',
      { storageProfiles: [{ ...PROFILE, fileNamePrefix: ['a-b'] }] },
      /letters a-z and A-Z and of digits/,
    ],
    [
      'directories that are too long',
      { storageProfiles: [{ ...PROFILE, fileNamePrefix: ['a'.repeat(100), 'b'.repeat(27)] }] },
      /must not exceed 128/,
    ],
    ['a profile named twice', { storageProfiles: [PROFILE, PROFILE] }, /named twice/],
    [
      'two defaults',
      {
        storageProfiles: [
          { ...PROFILE, default: true },
          { ...PROFILE, name: 'b', default: true },
        ],
      },
      /more than one storage profile is the default/,
    ],
    ['a list', [], /GATEWAY_CONFIG/],
  ])('is refused with %s', (_what, content, problem) => {
    const problems = problemsOf(config(content));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^GATEWAY_CONFIG/);
    expect(problems[0]).toMatch(problem);
  });

  it('is refused when it names a project that AGORA_APP_ID names', () => {
    expect(problemsOf({ ...AGORA, ...config({ projects: [{ appId: APP_ID }] }) })).toEqual([
      expect.stringContaining('a project is named twice'),
    ]);
  });

  it('is refused when it is not there', () => {
    expect(problemsOf({ GATEWAY_CONFIG: join(directory.path, 'missing.json') })).toEqual([
      expect.stringMatching(/^GATEWAY_CONFIG cannot be read: ENOENT/),
    ]);
  });

  it.each([
    '{"storageProfiles":[{"secretKey":canary-secret-key}]}',
    '{"storageProfiles":[{"secretKey":"canary-secret-key]}',
    '{"storageProfiles":[{"secretKey":"canary"key"}]}',
  ])('is refused when it is no JSON, without showing the secrets in it: %s', (text) => {
    const problems = problemsOf({ GATEWAY_CONFIG: file(text) });
    expect(problems).toEqual([expect.stringMatching(/^GATEWAY_CONFIG is no JSON/)]);
    expect(problems.join()).not.toContain('canary');
  });

  it('is refused without showing the secrets in it', () => {
    const problems = problemsOf(
      config({ storageProfiles: [{ ...PROFILE, vendor: 'x' }], projects: [{ appId: 'x' }] }),
    );
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain('canary');
  });
});
