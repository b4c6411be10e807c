import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
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

describe('A gateway without settings', () => {
  it('runs against a sandbox that it starts, and listens on this machine only', () => {
    const { databaseUrl, ...settings } = settingsOf({});
    expect(databaseUrl.reveal()).toBe('file:./data/sandbox.db');
    expect(settings).toEqual({
      host: '127.0.0.1',
      port: 4000,
      metricsPort: null,
      agora: null,
      sandbox: { url: null, port: 4001, appCertificate: null, webhookSecrets: [], clockSpeed: null },
      storageProfiles: [],
      allowInlineStorage: false,
      databaseUrlFile: null,
      allowedHosts: [],
      allowedOrigins: 'this-machine',
      trustedProxies: [],
      outgoingHosts: [],
      auth: { kind: 'off' },
      callerLimits: { operations: 6_000, cost: 20_000_000, subscriptions: 1_000, connections: 200 },
      maxUnknownRecordings: 10_000,
      webhookSources: { allowed: null, refusals: 60 },
      trustedDocuments: { documents: null, only: false },
      introspection: true,
      playground: true,
      console: true,
      mediaProxy: false,
      mediaSecret: null,
      retentionDays: 90,
      logLevel: 'info',
    });
  });

  it('treats an empty or blank variable as not set', () => {
    const blank = { PORT: ' ', HOST: '', AGORA_APP_ID: '', AUTH: '\n', GATEWAY_CONFIG: '', SANDBOX: '' };
    expect(settingsOf(blank)).toEqual(settingsOf({}));
  });

  it('refuses to start in production until SANDBOX=on asks for the sandbox', () => {
    expect(problemsOf({ NODE_ENV: 'production' })).toEqual([
      expect.stringMatching(/No Agora project is configured.*SANDBOX=on/),
    ]);
    expect(settingsOf({ NODE_ENV: 'production', SANDBOX: 'on' }).sandbox).not.toBeNull();
    expect(
      settingsOf({ NODE_ENV: 'production', SANDBOX_URL: 'http://localhost:4001' }).sandbox,
    ).not.toBeNull();
  });

  it('refuses to start with SANDBOX=off, and lists what is missing', () => {
    const problems = problemsOf({ SANDBOX: 'off' });
    for (const name of Object.keys(AGORA)) expect(problems.join()).toContain(`${name} is missing`);
    expect(problems).toHaveLength(3);
  });
});

describe('A gateway with settings for Agora', () => {
  it('calls Agora at its two addresses, and has its own database file', () => {
    const { agora, sandbox, databaseUrl } = settingsOf(AGORA);
    expect(agora).toMatchObject({
      customers: [{ customerId: 'customer' }],
      apiUrls: ['https://api.agora.io', 'https://api.sd-rtn.com'],
      projects: [{ appId: APP_ID, appCertificate: null, webhookSecrets: [] }],
    });
    expect(agora?.customers[0]?.customerSecret.reveal()).toBe('canary-customer-secret');
    expect(sandbox).toBeNull();
    expect(databaseUrl.reveal()).toBe('file:./data/gateway.db');
  });

  it('reads App IDs without regard to case', () => {
    const { agora } = settingsOf({ ...AGORA, AGORA_APP_ID: APP_ID.toUpperCase() });
    expect(agora?.projects[0]?.appId).toBe(APP_ID);
    expect(problemsOf({ ...AGORA, ...config({ projects: [{ appId: APP_ID.toUpperCase() }] }) })).toEqual([
      expect.stringContaining(`project ${APP_ID} is configured twice`),
    ]);
  });

  it.each([
    'new-secret,old-secret',
    ' new-secret , old-secret,,',
    'new-secret\nold-secret\n',
    'new-secret\r\nold-secret',
  ])('accepts several webhook secrets separated by commas or line ends: %j', (AGORA_WEBHOOK_SECRETS) => {
    const { agora } = settingsOf({ ...AGORA, AGORA_WEBHOOK_SECRETS });
    const secrets = agora?.projects[0]?.webhookSecrets.map((secret) => secret.reveal());
    expect(secrets).toEqual(['new-secret', 'old-secret']);
  });

  it('accepts several pairs of customer ID and secret, in order', () => {
    const { AGORA_APP_ID } = AGORA;
    const { agora } = settingsOf({ AGORA_APP_ID, AGORA_CUSTOMERS: 'new:canary-1\nold:canary-2\n' });
    expect(
      agora?.customers.map(({ customerId, customerSecret }) => [customerId, customerSecret.reveal()]),
    ).toEqual([
      ['new', 'canary-1'],
      ['old', 'canary-2'],
    ]);
    expect(problemsOf({ ...AGORA, AGORA_CUSTOMERS: 'new:canary-1' })).toEqual([
      'AGORA_CUSTOMERS replaces AGORA_CUSTOMER_ID and AGORA_CUSTOMER_SECRET. Unset the latter.',
    ]);
    const malformed = problemsOf({ AGORA_APP_ID, AGORA_CUSTOMERS: 'new:canary-1,canary-2' });
    expect(malformed).toEqual([
      'AGORA_CUSTOMERS (item 2) must be a list of CUSTOMER_ID:CUSTOMER_SECRET pairs.',
    ]);
    expect(problemsOf({ AGORA_APP_ID, AGORA_CUSTOMERS: Array(6).fill('a:b').join() })).toEqual([
      'AGORA_CUSTOMERS must hold at most 5 pairs.',
    ]);
  });

  it('trims every value, and refuses one with white space in it', () => {
    const trimmed = settingsOf({
      AGORA_APP_ID: ` ${APP_ID}\n`,
      AGORA_CUSTOMER_ID: 'customer ',
      AGORA_CUSTOMER_SECRET: '\tcanary-customer-secret\n',
      PORT: '4000 ',
    });
    expect(trimmed).toEqual(settingsOf(AGORA));
    expect(problemsOf({ ...AGORA, AGORA_CUSTOMER_SECRET: 'canary\nline' })).toEqual([
      'AGORA_CUSTOMER_SECRET must not contain spaces or line ends.',
    ]);
    expect(problemsOf({ ...AGORA, AGORA_CUSTOMER_ID: 'cust omer' })).toHaveLength(1);
  });

  it('shows no secret when its settings are printed', () => {
    const settings = settingsOf({
      ...AGORA,
      ...config({ storageProfiles: [PROFILE] }),
      AGORA_WEBHOOK_SECRETS: 'canary-webhook',
      MEDIA_SECRET: 'canary-media',
      DATABASE_URL: 'postgres://gateway:canary-password@db.example.com/recordings',
    });
    expect(JSON.stringify(settings)).not.toContain('canary');
    expect(settings.mediaSecret?.reveal()).toBe('canary-media');
  });

  it.each([
    [['AGORA_APP_ID'], ['AGORA_CUSTOMER_ID', 'AGORA_CUSTOMER_SECRET']],
    [['AGORA_CUSTOMER_ID'], ['AGORA_CUSTOMER_SECRET', 'AGORA_APP_ID']],
    [['AGORA_APP_ID', 'AGORA_CUSTOMER_SECRET'], ['AGORA_CUSTOMER_ID']],
  ] as const)('refuses %j alone, and names what is missing', (given, missing) => {
    const problems = problemsOf(Object.fromEntries(given.map((name) => [name, AGORA[name]])));
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(missing);
  });

  it('refuses settings for the sandbox as well', () => {
    expect(problemsOf({ ...AGORA, SANDBOX_URL: 'http://localhost:4001' })).toEqual([
      'SANDBOX_URL and AGORA_APP_ID, AGORA_CUSTOMER_ID, AGORA_CUSTOMER_SECRET are set. Use either the sandbox or Agora.',
    ]);
    expect(problemsOf({ SANDBOX: 'on', ...config({ projects: [{ appId: APP_ID }] }) })).toEqual([
      'SANDBOX=on and projects in GATEWAY_CONFIG are set. Use either the sandbox or Agora.',
    ]);
    expect(problemsOf({ ...AGORA, CLOCK_SPEED: '10' })).toEqual([
      'CLOCK_SPEED applies to the sandbox only. Unset it.',
    ]);
  });

  it('refuses webhook secrets and a certificate that belong to none of its projects', () => {
    const { AGORA_APP_ID: _appId, ...customer } = AGORA;
    const projects = config({ projects: [{ appId: OTHER_APP_ID }] });
    const AGORA_APP_CERTIFICATE = CERTIFICATE;
    expect(
      problemsOf({ ...customer, ...projects, AGORA_WEBHOOK_SECRETS: 'canary', AGORA_APP_CERTIFICATE }),
    ).toEqual([
      expect.stringContaining('AGORA_WEBHOOK_SECRETS belongs to AGORA_APP_ID'),
      expect.stringContaining('AGORA_APP_CERTIFICATE belongs to AGORA_APP_ID'),
    ]);
  });

  it('reads the certificate of its project, from a file too, as it is written', () => {
    const from = (env: Record<string, string>) =>
      settingsOf({ ...AGORA, ...env }).agora?.projects[0]?.appCertificate;
    expect(from({})).toBeNull();
    expect(from({ AGORA_APP_CERTIFICATE: CERTIFICATE })?.reveal()).toBe(CERTIFICATE);
    expect(from({ AGORA_APP_CERTIFICATE_FILE: file(`${CERTIFICATE}\n`) })?.reveal()).toBe(CERTIFICATE);
  });

  it.each(['canary', CERTIFICATE.slice(1), `${CERTIFICATE}0`, CERTIFICATE.replace('C', 'G')])(
    'refuses %s as a certificate without quoting it',
    (AGORA_APP_CERTIFICATE) => {
      expect(problemsOf({ ...AGORA, AGORA_APP_CERTIFICATE })).toEqual([
        'AGORA_APP_CERTIFICATE must be the 32 hexadecimal digits of an App Certificate.',
      ]);
    },
  );
});

describe('A gateway with SANDBOX_URL', () => {
  it('uses the sandbox at that address', () => {
    const { sandbox, agora } = settingsOf({
      SANDBOX_URL: 'http://127.0.0.1:4101/',
      AGORA_WEBHOOK_SECRETS: 'a,b',
      AGORA_APP_CERTIFICATE: CERTIFICATE,
      CLOCK_SPEED: '2.5',
    });
    expect(sandbox?.appCertificate?.reveal()).toBe(CERTIFICATE);
    expect(sandbox).toMatchObject({ url: 'http://127.0.0.1:4101', port: 4001, clockSpeed: 2.5 });
    expect(sandbox?.webhookSecrets.map((secret) => secret.reveal())).toEqual(['a', 'b']);
    expect(agora).toBeNull();
  });
});

describe('A setting', () => {
  it.each([
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', '0x1000'],
    ['METRICS_PORT', 'on'],
    ['METRICS_PORT', '65536'],
    ['SANDBOX', 'yes'],
    ['SANDBOX_PORT', 'x'],
    ['SANDBOX_URL', 'localhost:4001'],
    ['SANDBOX_URL', 'ftp://localhost'],
    ['SANDBOX_URL', 'http://localhost:4001/sandbox'],
    ['DATABASE_URL', 'mysql://localhost/db'],
    ['DATABASE_URL', 'file:'],
    ['DATABASE_URL', 'file::memory:'],
    ['DATABASE_URL', 'postgres://db.example.com/gateway?sslrootcert=/there/is/no/such/file'],
    ['DATABASE_URL', 'postgres:'],
    ['DATABASE_URL', 'postgres://db.example.com:99999/gateway'],
    ['DATABASE_URL', 'postgres://db.example.com:0/gateway'],
    ['DATABASE_URL', 'postgres://db.example.com:port/gateway'],
    ['DATABASE_URL', 'postgres://db.example.com/gateway?port=99999'],
    ['DATABASE_URL', 'postgres://me:half%ff@db.example.com/gateway'],
    ['DATABASE_URL', 'postgres://me:a/b@db.example.com/gateway'],
    ['DATABASE_URL', 'postgres://db.example.com /gateway'],
    ['AGORA_APP_ID', 'my-app'],
    ['AGORA_APP_ID', `${APP_ID}0`],
    ['AUTH', 'on'],
    ['CLOCK_SPEED', '0'],
    ['CLOCK_SPEED', '-1'],
    ['CLOCK_SPEED', 'fast'],
    ['CLOCK_SPEED', '1e3'],
    ['CLOCK_SPEED', '10001'],
    ['LOG_LEVEL', 'loud'],
  ])('%s is refused by name when it is %s', (name, value) => {
    const named = problemsOf({ [name]: value }).filter((problem) => problem.startsWith(`${name} `));
    expect(named).toHaveLength(1);
  });

  it.each([
    'file:./a.db',
    'postgres://db.example.com/gateway',
    'postgresql://me:secret@[::1]:5433/x?sslmode=verify-full',
    'postgres://me:100%@db.example.com/gateway',
    'postgres://me:secret@/gateway?host=/run/postgresql&port=5433',
    'postgres:///gateway?host=/run/postgresql',
  ])('DATABASE_URL may be %s', (DATABASE_URL) => {
    expect(settingsOf({ DATABASE_URL }).databaseUrl.reveal()).toBe(DATABASE_URL);
  });

  it('METRICS_PORT is another port than PORT, unless each takes a free one', () => {
    expect(settingsOf({ METRICS_PORT: '9464' })).toMatchObject({ port: 4000, metricsPort: 9464 });
    expect(settingsOf({ PORT: '0', METRICS_PORT: '0' })).toMatchObject({ port: 0, metricsPort: 0 });
    expect(problemsOf({ METRICS_PORT: '4000' })).toEqual([
      expect.stringMatching(/^METRICS_PORT and PORT are the same/),
    ]);
  });

  it('that is wrong is reported together with all others', () => {
    const problems = problemsOf({
      PORT: 'http',
      LOG_LEVEL: 'loud',
      HOST: '0.0.0.0',
      AGORA_APP_ID: APP_ID,
      AGORA_CUSTOMER_SECRET: 'x',
      AGORA_CUSTOMER_SECRET_FILE: '/nowhere',
      AGORA_API_URLS: 'nonsense',
      AGORA_WEBHOOK_SECRET: 'x',
      CLOCK_SPEED: '2',
      ...config({ projects: [{ appId: 'x' }], storageProfiles: [{ ...PROFILE, vendor: 99 }, PROFILE] }),
    });
    const expected = [
      'PORT',
      'LOG_LEVEL',
      'HOST',
      'AGORA_CUSTOMER_ID',
      'AGORA_CUSTOMER_SECRET and',
      'AGORA_API_URLS',
      'AGORA_WEBHOOK_SECRET ',
      'CLOCK_SPEED',
      'GATEWAY_CONFIG, projects.0.appId',
      'GATEWAY_CONFIG, storageProfiles.0',
      'GATEWAY_CONFIG: more than one storage profile is named archive',
    ];
    for (const start of expected) {
      expect(problems.filter((problem) => problem.startsWith(start))).toHaveLength(1);
    }
    expect(problems).toHaveLength(expected.length);
  });
});

describe('An address', () => {
  it.each([
    ['api.agora.io', /is not a valid URL/],
    ['ftp://api.agora.io', /must begin with http/],
    ['https://api.agora.io/v1/apps', /must not contain a path/],
    ['https://api.agora.io?x=canary', /must not contain a query/],
    ['https://api.agora.io#canary', /must not contain a query or fragment/],
    ['https://user:canary@api.agora.io', /must not contain a user name or password/],
    ['https://user:canary@bad host', /is not a valid URL/],
  ])('%s is refused without being quoted', (address, problem) => {
    const problems = problemsOf({ ...AGORA, AGORA_API_URLS: `https://api.agora.io,${address}` });
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(problems[0]).toMatch(/^AGORA_API_URLS \(item 2\) /);
    expect(problems[0]).not.toContain('canary');
    expect(problems[0]).not.toContain(address);
  });

  it('may have a port and trailing slashes, and one at least is needed', () => {
    const AGORA_API_URLS = 'https://one.example.com/, http://two.example.com:8080//';
    expect(settingsOf({ ...AGORA, AGORA_API_URLS }).agora?.apiUrls).toEqual([
      'https://one.example.com',
      'http://two.example.com:8080',
    ]);
    expect(problemsOf({ ...AGORA, AGORA_API_URLS: ' , ' })).toEqual([
      'AGORA_API_URLS must name at least one address.',
    ]);
  });
});

describe('HOST', () => {
  it.each(['0.0.0.0', '::', '192.168.0.7', 'gateway.example.com', '127.example.com'])(
    '%s needs a setting for authentication',
    (HOST) => {
      expect(problemsOf({ HOST })).toEqual([
        expect.stringContaining('Set AUTH=jwt or AUTH=keys; AUTH=off only'),
      ]);
      expect(settingsOf({ HOST, AUTH: 'off' }).host).toBe(HOST);
    },
  );

  it.each(['localhost', '127.0.0.1', '127.1.2.3', '::1'])(
    '%s needs no setting for authentication',
    (HOST) => {
      expect(settingsOf({ HOST }).host).toBe(HOST);
    },
  );
});

describe('A secret in a file', () => {
  it('is read without byte order mark and surrounding white space', () => {
    const { agora } = settingsOf({
      AGORA_APP_ID: APP_ID,
      AGORA_CUSTOMER_ID: 'customer',
      AGORA_CUSTOMER_SECRET_FILE: file('\uFEFFfrom-a-file\n'),
      AGORA_WEBHOOK_SECRETS_FILE: file('one,two\r\nthree\r\n'),
    });
    expect(agora?.customers[0]?.customerSecret.reveal()).toBe('from-a-file');
    expect(agora?.projects[0]?.webhookSecrets.map((secret) => secret.reveal())).toEqual([
      'one',
      'two',
      'three',
    ]);
    const path = file('file:./elsewhere.db\n');
    const { databaseUrl, databaseUrlFile } = settingsOf({ DATABASE_URL_FILE: path });
    expect(databaseUrl.reveal()).toBe('file:./elsewhere.db');
    expect(databaseUrlFile).toBe(path);
  });

  it('is refused if the same secret is also given without a file', () => {
    expect(problemsOf({ ...AGORA, AGORA_CUSTOMER_SECRET_FILE: file('x') })).toEqual([
      'AGORA_CUSTOMER_SECRET and AGORA_CUSTOMER_SECRET_FILE are both set. Set only one of them.',
    ]);
  });

  it('is refused if the file is missing or empty, and the file is named', () => {
    const { AGORA_CUSTOMER_SECRET: _secret, ...rest } = AGORA;
    const missing = join(directory, 'missing');
    expect(problemsOf({ ...rest, AGORA_CUSTOMER_SECRET_FILE: missing })).toEqual([
      expect.stringMatching(/^AGORA_CUSTOMER_SECRET_FILE cannot be read: .*ENOENT.*missing/),
    ]);
    const empty = file('\uFEFF\n');
    expect(problemsOf({ ...rest, AGORA_CUSTOMER_SECRET_FILE: empty })).toEqual([
      `AGORA_CUSTOMER_SECRET_FILE: the file ${empty} is empty.`,
    ]);
    expect(problemsOf({ ...AGORA, AGORA_WEBHOOK_SECRETS_FILE: empty })).toEqual([
      `AGORA_WEBHOOK_SECRETS_FILE: the file ${empty} is empty.`,
    ]);
  });

  it('is not accepted for a setting that is not secret', () => {
    expect(problemsOf({ LOG_LEVEL_FILE: file('info'), GATEWAY_CONFIG_FILE: file('{}') })).toEqual([
      'GATEWAY_CONFIG_FILE is not a setting. Did you mean GATEWAY_CONFIG?',
    ]);
  });
});
