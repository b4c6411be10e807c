import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { sign } from '@agora-recording-gateway/agora/webhook/signature';
import { StartRecordingDocument } from '@agora-recording-gateway/client';
import { print } from 'graphql';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type VARIABLES, type VariableName } from '../../src/settings/variables.js';
import { bearer } from '../support/api-keys.js';
import { type AgoraAccount, openAgoraAccount } from '../support/agora/agora-account.js';
import { type Collector, openCollector } from '../support/collector.js';
import {
  administer,
  postgresDatabase,
  storedRows,
  type TestDatabase,
} from '../support/databases/databases.js';
import {
  AUDIENCE,
  type IdentityProvider,
  ISSUER,
  openIdentityProvider,
} from '../support/identity-provider.js';
import { run, type RunningProcess, temporaryDirectory } from '../support/processes.js';
import { SPELLINGS, traces } from '../support/spellings.js';
import { postRequest } from '../support/transports.js';
import { waitFor } from '../support/wait-for.js';

/** The settings whose values are secrets: a new one fails to compile here until it has a canary. */
type SecretName = {
  [Name in VariableName]: (typeof VARIABLES)[Name] extends { secret: true } ? Name : never;
}[VariableName];

/** What of each secret is unlike anything else: finding it anywhere means that the secret leaked. */
const SETTING_CORES: Record<Exclude<SecretName, 'AUTH_JWT_PUBLIC_KEY'>, string> = {
  AGORA_CUSTOMER_SECRET: 'CNRcustomerSecret0511',
  AGORA_CUSTOMERS: 'CNRcustomers0512',
  AGORA_APP_CERTIFICATE: 'c0ffee0513c0ffee0513c0ffee051300',
  AGORA_WEBHOOK_SECRETS: 'CNRwebhookSecret0514',
  DATABASE_URL: 'CNRdatabasePassword0515',
  MEDIA_SECRET: 'CNRmediaSecret0516',
};

/** The same for what the file of GATEWAY_CONFIG, and the files that it names, contain. */
const FILE_CORES = {
  accessKey: 'CNRaccessKey0521',
  secretKey: 'CNRsecretKey0522',
  stsToken: 'CNRstsToken0523',
  readAccessKey: 'CNRreadAccessKey0524',
  readSecretKey: 'CNRreadSecretKey0525',
  appCertificate: 'decade0526decade0526decade052600',
  webhookSecret: 'CNRotherWebhookSecret0527',
};

const CUSTOMER_ID = 'customer';
const OTHER_APP_ID = '0123456789abcdef0123456789abcdef';

interface Variant {
  customer: 'AGORA_CUSTOMER_SECRET' | 'AGORA_CUSTOMERS';
  database: () => Promise<TestDatabase | null>;
}

const VARIANTS: (Variant & { name: string })[] = [
  {
    name: 'on PostgreSQL, with a customer ID and its secret, from the environment',
    customer: 'AGORA_CUSTOMER_SECRET',
    database: async () => {
      const database = await postgresDatabase();
      const url = new URL(database.url);
      const role = `canary_${url.pathname.slice(1)}`;
      await administer(database.url, async (client) => {
        await client.query(`create role ${role} login password '${SETTING_CORES.DATABASE_URL}'`);
        await client.query(`grant all on schema public to ${role}`);
      });
      url.username = role;
      url.password = SETTING_CORES.DATABASE_URL;
      return { ...database, url: url.href };
    },
  },
  {
    name: 'on SQLite, with pairs of customers, from files',
    customer: 'AGORA_CUSTOMERS',
    database: () => Promise.resolve(null),
  },
];

const RECORDINGS = `{ recordings { edges { node { id explanation storage { bucket } problems { edges { node { message } } }
  events(first: 100) { edges { node { __typename raw ... on CallEvent { reason } } } } } } }
  auditEntries(first: 100) { edges { node { mutation input errorCodes } } } }`;

describe.each(VARIANTS)('No configured secret of a gateway $name', ({ customer, database: openStore }) => {
  const directory = temporaryDirectory();
  const path = (name: string) => join(directory.path, name);
  const seen: string[] = [];
  const cores = new Map<string, string>(Object.entries({ ...SETTING_CORES, ...FILE_CORES }));
  let account: AgoraAccount;
  let provider: IdentityProvider;
  let collector: Collector;
  let database: TestDatabase | null;
  let gateway: RunningProcess;
  let token: string;
  let settings: Record<string, string>;
  let url: string;

  function writeConfig(): void {
    const { accessKey, secretKey, stsToken, readAccessKey, readSecretKey, ...project } = FILE_CORES;
    const write = (name: string, value: object) => writeFileSync(path(name), JSON.stringify(value));
    write('credentials.json', { accessKey, secretKey, stsToken, stsExpiration: 4_070_908_800 });
    write('read-credentials.json', { accessKey: readAccessKey, secretKey: readSecretKey });
    const place = { vendor: 1, region: 0, bucket: 'rec' };
    const readCredentialsFile = path('read-credentials.json');
    write('gateway.json', {
      projects: [
        {
          appId: OTHER_APP_ID,
          appCertificate: project.appCertificate,
          webhookSecrets: [project.webhookSecret],
        },
      ],
      storageProfiles: [
        {
          ...place,
          name: 'files',
          default: true,
          credentialsFile: path('credentials.json'),
          readCredentialsFile,
        },
        { ...place, name: 'inline', accessKey, secretKey, readCredentialsFile },
      ],
    });
  }

  /** The secrets of this variant as the environment has them: by themselves, or as files. */
  function asEnvironment(secrets: Record<string, string>): Record<string, string> {
    if (customer === 'AGORA_CUSTOMER_SECRET') return secrets;
    return Object.fromEntries(
      Object.entries(secrets).map(([name, value]) => {
        writeFileSync(path(name), value);
        return [`${name}_FILE`, path(name)];
      }),
    );
  }

  beforeAll(async () => {
    account = await openAgoraAccount(directory.path, `${CUSTOMER_ID}:${SETTING_CORES[customer]}`);
    provider = await openIdentityProvider();
    collector = await openCollector();
    database = await openStore();
    writeConfig();
    const publicKey = await provider.publicKey();
    cores.set('AUTH_JWT_PUBLIC_KEY', publicKey.split('\n')[1]?.slice(40, 64) ?? '');
    token = await provider.token();
    cores.set("the caller's token", token.slice(-30));
    const secrets: Partial<Record<SecretName, string>> = {
      AUTH_JWT_PUBLIC_KEY: publicKey,
      ...(customer === 'AGORA_CUSTOMERS'
        ? { AGORA_CUSTOMERS: `${CUSTOMER_ID}:${SETTING_CORES.AGORA_CUSTOMERS}` }
        : { AGORA_CUSTOMER_SECRET: SETTING_CORES.AGORA_CUSTOMER_SECRET }),
      AGORA_APP_CERTIFICATE: SETTING_CORES.AGORA_APP_CERTIFICATE,
      AGORA_WEBHOOK_SECRETS: `${SETTING_CORES.AGORA_WEBHOOK_SECRETS},${account.webhookSecret}`,
      DATABASE_URL: database?.url ?? `file:${path('gateway.db')}`,
      MEDIA_SECRET: SETTING_CORES.MEDIA_SECRET,
    };
    settings = {
      ...asEnvironment(secrets),
      ...(customer === 'AGORA_CUSTOMER_SECRET' ? { AGORA_CUSTOMER_ID: CUSTOMER_ID } : {}),
      AGORA_APP_ID: account.appId,
      AGORA_API_URLS: account.url,
      AUTH: 'jwt',
      AUTH_ISSUER: ISSUER,
      AUTH_AUDIENCE: AUDIENCE,
      GATEWAY_CONFIG: path('gateway.json'),
      INTROSPECTION: 'on',
      PLAYGROUND: 'on',
      LOG_LEVEL: 'trace',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '100',
    };
    url = `http://127.0.0.1:${account.gatewayPort}`;
    gateway = run('dist/main.js', { ...settings, PORT: String(account.gatewayPort) });
    await waitFor(async () => (await fetch(`${url}/readyz`)).ok, {
      withinMs: 60_000,
      what: `readiness: ${gateway.output()}`,
    });
  });

  afterAll(async () => {
    await gateway.kill();
    await account.close();
    await provider.close();
    await collector.close();
    await database?.remove();
    directory.remove();
  });

  async function ask(query: string, variables: Record<string, unknown> = {}): Promise<string> {
    const text = JSON.stringify(await postRequest(url, { query, variables }, bearer(token)));
    seen.push(text);
    return text;
  }

  const start = (channel: string, storage: string) =>
    ask(print(StartRecordingDocument), {
      input: { appId: account.appId, channel, uid: '1', storage, config: { composite: {} } },
    });

  async function notify(secret: string, payload: object): Promise<number> {
    const body = Buffer.from(JSON.stringify({ productId: 3, notifyMs: Date.now(), ...payload }));
    const response = await fetch(`${url}/webhooks/agora/${account.appId}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'agora-signature-v2': sign('sha256', new Secret(secret), body),
      },
      body,
    });
    seen.push(await response.text());
    return response.status;
  }

  /** What Agora says of each call and in an error, with every secret of the configuration in every spelling. */
  const echo = () => {
    const sent = [SETTING_CORES[customer], FILE_CORES.accessKey, FILE_CORES.secretKey, FILE_CORES.stsToken];
    return sent.flatMap((text) => Object.values(SPELLINGS).map((spell) => spell(text))).join(' ');
  };

  it('is in a reply, an event or a log line when calls pass, are refused, and echo what was sent', async () => {
    expect(await start('well', 'files')).toContain('"userErrors":[]');
    expect(await start('inline', 'inline')).toContain('"userErrors":[]');
    const sent = JSON.stringify(account.calls);
    for (const core of [FILE_CORES.accessKey, FILE_CORES.secretKey, FILE_CORES.stsToken])
      expect(sent).toContain(core);
    for (const operation of ['acquire', 'start']) {
      const cname = `echo ${operation}`;
      await account.sandbox.control('POST', '/faults', {
        ...{ operation, cname, status: 400, body: { code: 2, reason: echo() } },
      });
      expect(await start(cname, 'files')).toContain('redacted');
    }
    const { recordings } = (await account.sandbox.control('GET', '/recordings')) as {
      recordings: { cname: string; sid: string }[];
    };
    const sid = recordings.find(({ cname }) => cname === 'well')?.sid;
    const details = {
      ...{ msgName: 'cloud_recording_error', module: 1, errorLevel: 2, errorCode: 32, errorMsg: echo() },
    };
    const payload = {
      cname: 'well',
      uid: '1',
      sid,
      sequence: 90,
      sendts: Date.now(),
      serviceType: 0,
      details,
    };
    const event = { noticeId: 'canary', eventType: 1, payload };
    expect(await notify('another secret', event)).toBe(401);
    expect(await notify(SETTING_CORES.AGORA_WEBHOOK_SECRETS, event)).toBe(200);
    await waitFor(async () => (await ask(RECORDINGS)).includes('CloudRecordingErrorEvent'), {
      what: 'the notification among the events',
    });
    // Agora refuses the customer from now on.
    account.accept();
    expect(await start('refused', 'files')).toContain('"code":');
    account.accept(`${CUSTOMER_ID}:${SETTING_CORES[customer]}`);
  });

  it('is in what a reload with wrong settings, or a start with them, prints', async () => {
    writeFileSync(path('gateway.json'), JSON.stringify({ storageProfiles: [FILE_CORES], ...FILE_CORES }));
    gateway.child.kill('SIGHUP');
    await waitFor(() => gateway.output().includes('settings not reloaded'), {
      what: `the refusal of a reload: ${gateway.output().slice(-2_000)}`,
    });
    const broken = (value: string) => ` ${value} ${value}\u0007/?#@:`;
    const wrong = Object.fromEntries(
      Object.entries(SETTING_CORES).map(([name, core]) => [name, broken(core)]),
    );
    const refused = run('dist/main.js', { ...wrong, GATEWAY_CONFIG: path('gateway.json'), AUTH: 'jwt' });
    expect(await refused.exited).toBe(78);
    expect(refused.output()).toContain('DATABASE_URL');
    seen.push(refused.output());
    writeConfig();
  });

  it('is in what the commands print, when they pass and when nothing answers', async () => {
    const nothingAnswers: Record<string, string> = { AGORA_API_URLS: 'http://127.0.0.1:9' };
    for (const more of [{}, nothingAnswers]) {
      const check = run('dist/cli.js', { ...settings, ...more }, undefined, [], ['check']);
      await check.exited;
      expect(check.output()).toContain('files');
      seen.push(check.output());
    }
    const backup = run('dist/cli.js', settings, undefined, [], ['backup', path('backup')]);
    expect(await backup.exited, backup.output()).toBe(0);
    seen.push(backup.output(), readFileSync(path('backup'), 'latin1'));
  });

  it('is in the store, the metrics, the pages, the traces, or the output at trace level', async () => {
    for (const page of ['/', '/metrics', '/readyz', '/healthz']) {
      const response = await fetch(`${url}${page}`, { headers: bearer(token) });
      expect(response.status).toBe(200);
      seen.push(await response.text());
    }
    await waitFor(() => collector.received.length > 0, { what: 'traces' });
    seen.push(...collector.received.map(({ text }) => text));
    await gateway.kill('SIGKILL');
    expect(gateway.output()).toContain('called Agora');
    seen.push(gateway.output());
    const stored =
      database === null
        ? readdirSync(directory.path)
            .filter((name) => name.startsWith('gateway.db'))
            .map((name) => readFileSync(path(name), 'latin1'))
        : await storedRows(database.url);
    expect(stored.length).toBeGreaterThan(1);
    seen.push(...stored);
    for (const [name, core] of cores) {
      const { anyCase, exact } = traces(core);
      for (const text of seen) {
        const places = [text.toLowerCase().indexOf(anyCase), ...exact.map((each) => text.indexOf(each))];
        const at = Math.max(...places);
        expect(at < 0 ? '' : text.slice(Math.max(0, at - 160), at + 80), `${name} leaked`).toBe('');
      }
    }
  });
});
