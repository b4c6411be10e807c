import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartRecordingDocument } from '@agora-recording-gateway/client';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storedRows } from '../support/databases/databases.js';
import { post } from '../support/graphql-client.js';
import { type RunningGateway, type RunningSandbox, temporaryDirectory } from '../support/processes.js';
import { notificationPoster } from '../support/agora/send-notification.js';
import { openSeveralGateways } from '../support/several-gateways.js';
import { SPELLINGS, traces } from '../support/spellings.js';
import { openStage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

/** What of each secret is unlike anything else: finding it anywhere means that the secret leaked. */
const CORES = {
  accessKey: 'MRKaccessKey0471',
  secretKey: 'MRKsecretKey0472',
  stsToken: 'MRKstsToken0473',
  token: 'MRKtoken0474',
  secret: 'MRKencryption0475',
  salt: Buffer.from('MRKsalt0476MRKsalt0476MRKsalt047').toString('base64').slice(0, 40),
  user: 'MRKuser0477',
  password: 'MRKpassword0478',
  streamKey: 'MRKstreamKey0479',
  query: 'MRKqueryValue0480',
  pageUser: 'MRKpageUser0481',
  pagePassword: 'MRKpagePassword0482',
  pageToken: 'MRKpageToken0483',
  imageSignature: 'MRKimageSignature0484',
};

const SECRETS = {
  ...CORES,
  accessKey: `${CORES.accessKey}/+"`,
  secretKey: `${CORES.secretKey}/w+=&"\\é`,
  secret: `${CORES.secret}"/&`,
  salt: Buffer.from('MRKsalt0476MRKsalt0476MRKsalt047').toString('base64'),
};

const CHANNELS = ['echo channel', 'echo page'];

const storageConfig = {
  location: { amazonS3: 'US_EAST_1' },
  bucket: 'a-bucket',
  accessKey: SECRETS.accessKey,
  secretKey: SECRETS.secretKey,
  stsToken: SECRETS.stsToken,
  stsExpiration: '2099-01-01T00:00:00.000Z',
};

const STARTS = [
  {
    channel: 'echo channel',
    uid: '1',
    token: SECRETS.token,
    storageConfig,
    config: {
      composite: {
        decryptionMode: 'AES_256_GCM2',
        secret: SECRETS.secret,
        salt: SECRETS.salt,
        transcodingConfig: {
          width: 360,
          height: 640,
          fps: 15,
          bitrate: 500,
          backgroundImage: `https://images.example/a.jpg?X-Amz-Signature=${SECRETS.imageSignature}`,
        },
      },
    },
  },
  {
    channel: 'echo page',
    uid: '1',
    storageConfig,
    config: {
      web: {
        url: `https://${SECRETS.pageUser}:${SECRETS.pagePassword}@a.example/p?token=${SECRETS.pageToken}`,
        audioProfile: 'MUSIC_STANDARD',
        videoWidth: 640,
        videoHeight: 360,
        maxRecordingHour: 1,
        outputs: [
          {
            rtmpUrl: `rtmp://${SECRETS.user}:${SECRETS.password}@cdn.example/live/${SECRETS.streamKey}/?auth=${SECRETS.query}`,
          },
        ],
      },
    },
  },
];

/** Which secrets went to Agora for each channel. */
const SENT: Record<string, string[]> = {
  'echo channel': [
    ...Object.values(storageConfig).filter((value) => typeof value === 'string' && value.includes('MRK')),
    ...[SECRETS.token, SECRETS.secret, SECRETS.salt, SECRETS.imageSignature],
  ] as string[],
  'echo page': [
    ...[SECRETS.accessKey, SECRETS.secretKey, SECRETS.stsToken, SECRETS.user, SECRETS.password],
    ...[SECRETS.streamKey, SECRETS.query, SECRETS.pageUser, SECRETS.pagePassword, SECRETS.pageToken],
  ],
};

const EVERYTHING = `{ recordings { edges { node { id channel explanation problems { edges { node { message } } }
  settings { ... on WebSettings { url outputs } ... on CompositeSettings { transcoding { backgroundImage } } } web { url outputs { address } }
  events(first: 100) { edges { node { __typename raw
    ... on CallEvent { reason } ... on CloudRecordingErrorEvent { errorMessage } } } } } } } }`;

/** Gateways on one store: those that are started first, and those that get the echoes. */
interface Started {
  data: { startRecording: { userErrors: object[] } };
}

interface Setting {
  sandbox: RunningSandbox;
  /** Starts the first gateway. */
  first(): Promise<RunningGateway>;
  /** Ends the first gateway and gives those that keep running. */
  others(): Promise<RunningGateway[]>;
  /** All that is stored, as text. */
  stored(): Promise<string[]>;
  close(): Promise<void>;
}

function gatewayEnv(directory: string): Record<string, string> {
  const path = join(directory, 'gateway.json');
  writeFileSync(path, JSON.stringify({ allowInlineStorage: true }));
  return { GATEWAY_CONFIG: path, LOG_LEVEL: 'trace' };
}

async function onSqlite(): Promise<Setting> {
  const stage = await openStage();
  const env = gatewayEnv(stage.directory);
  const restart = async () => {
    await stage.gateway.kill('SIGKILL');
    return await stage.startGateway(env);
  };
  return {
    sandbox: stage.sandbox,
    first: restart,
    others: async () => [await restart()],
    stored() {
      const names = readdirSync(stage.directory).filter((name) => name.startsWith('gateway.db'));
      expect(names).toContain('gateway.db-wal');
      return Promise.resolve(names.map((name) => readFileSync(join(stage.directory, name), 'latin1')));
    },
    close: () => stage.close(),
  };
}

async function onPostgres(): Promise<Setting> {
  const directory = temporaryDirectory();
  const gateways = await openSeveralGateways();
  const env = gatewayEnv(directory.path);
  let first: RunningGateway;
  return {
    sandbox: gateways.sandbox,
    async first() {
      return (first = await gateways.add({ env }));
    },
    async others() {
      const second = await gateways.add({ env });
      await first.kill('SIGKILL');
      return [second, await gateways.add({ env })];
    },
    async stored() {
      const texts = await storedRows(gateways.database.url);
      expect(texts.length).toBeGreaterThan(20);
      return texts;
    },
    async close() {
      await gateways.close();
      directory.remove();
    },
  };
}

const SETTINGS = [
  ['a gateway that was killed and started again on SQLite', onSqlite],
  ['two gateways on PostgreSQL, of which none has sent the secrets', onPostgres],
] as const;

describe.each(SETTINGS)('What Agora echoes of a start to %s', (_what, open) => {
  let setting: Setting;
  const seen: string[] = [];
  const outputs: (() => string)[] = [];

  beforeAll(async () => {
    setting = await open();
  });

  afterAll(async () => {
    await setting.close();
  });

  async function ask(url: string, query: string, variables: Record<string, unknown> = {}): Promise<string> {
    const text = JSON.stringify(await post(url, query, variables));
    seen.push(text);
    return text;
  }

  it('is redacted wherever it is shown, stored or logged, however it is spelled', async () => {
    const first = await setting.first();
    outputs.push(() => first.output());
    for (const input of STARTS) {
      const reply = JSON.parse(await ask(first.url, print(StartRecordingDocument), { input })) as Started;
      expect(reply.data.startRecording.userErrors).toEqual([]);
    }
    const others = await setting.others();
    const poster = await notificationPoster(setting.sandbox);
    const { recordings } = (await setting.sandbox.control('GET', '/recordings')) as {
      recordings: { cname: string; sid: string }[];
    };
    outputs.push(...others.map((gateway) => () => gateway.output()));
    const ids = new Map<string, string>();
    const [reader] = others;
    for (const { channel, id } of await channelsOf(reader!.url)) ids.set(channel, id);

    let sequence = 1_000;
    for (const [name, spell] of Object.entries(SPELLINGS)) {
      const gateway = others[sequence % others.length]!;
      for (const channel of CHANNELS) {
        const sid = recordings.find(({ cname }) => cname === channel)?.sid;
        const text = SENT[channel]!.map(spell).join(' , ');
        // Also in a message about the same recording that names another channel.
        for (const cname of [channel, 'another channel']) {
          sequence += 1;
          const details = { errorCode: 5, errorLevel: 3, module: 0, stat: 1, errorMsg: `${name}: ${text}` };
          const payload = { cname, uid: '1', sid, sequence, sendts: Date.now(), serviceType: 0, details };
          const notice = { noticeId: `echo-${sequence}`, productId: 3, eventType: 1, payload };
          expect(await poster(gateway.url, notice)).toBe(200);
        }
        const body = { code: 2, reason: text, outputs: [{ status: text }] };
        await setting.sandbox.control('POST', '/faults', {
          operation: 'query',
          cname: channel,
          status: 400,
          body,
        });
        await ask(
          gateway.url,
          'mutation ($id: ID!) { refreshRecording(input: { recordingId: $id }) { userErrors { message agora { reason requestId } } } }',
          { id: ids.get(channel) },
        );
      }
    }
    for (const channel of CHANNELS) {
      const body = { code: 2, reason: SENT[channel]!.join(' ') };
      await setting.sandbox.control('POST', '/faults', {
        operation: 'stop',
        cname: channel,
        status: 400,
        body,
      });
      await ask(
        reader!.url,
        'mutation ($id: ID!) { stopRecording(input: { recordingId: $id, waitSeconds: 1 }) { userErrors { message agora { reason } } } }',
        { id: ids.get(channel) },
      );
    }

    await waitFor(async () => (await ask(reader!.url, EVERYTHING)).includes('lower case'));
    expect(seen.at(-1)).toContain('[redacted]');
    expect(seen.at(-1)).toContain('https://a.example/p?token=[redacted]');
    expect(seen.at(-1)).toContain('https://images.example/a.jpg?X-Amz-Signature=[redacted]');
    expect(seen.at(-1)).toContain('rtmp://cdn.example/live/[redacted]');
    seen.push(...(await setting.stored()), ...outputs.map((output) => output()));
    for (const { url } of others) seen.push(await (await fetch(`${url}/metrics`)).text());
    expectNoTrace(seen);
  });

  it('would be found by this test, if it were not redacted', () => {
    for (const spell of Object.values(SPELLINGS)) {
      expect(() => expectNoTrace([`bad: ${spell(SECRETS.secretKey)}`])).toThrow('secretKey leaked');
    }
  });
});

async function channelsOf(url: string): Promise<{ channel: string; id: string }[]> {
  const { data } = await post<{ recordings: { edges: { node: { channel: string; id: string } }[] } }>(
    url,
    '{ recordings { edges { node { id channel } } } }',
  );
  return data.recordings.edges.map(({ node }) => node);
}

function expectNoTrace(texts: readonly string[]): void {
  for (const text of texts) {
    const lower = text.toLowerCase();
    for (const [name, core] of Object.entries(CORES)) {
      const { anyCase, exact } = traces(core);
      const at = [lower.indexOf(anyCase), ...exact.map((each) => text.indexOf(each))].find(
        (found) => found >= 0,
      );
      expect(at === undefined ? '' : text.slice(Math.max(0, at - 120), at + 60), `${name} leaked`).toBe('');
    }
  }
}
