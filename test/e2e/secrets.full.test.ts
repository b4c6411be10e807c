import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SECRET_WIRE_NAMES } from '@agora-recording-gateway/agora/parameters/tables';
import { StartRecordingDocument } from '@agora-recording-gateway/client';
import { print } from 'graphql';
import { post, subscribe } from '../support/graphql-client.js';
import { notificationSender } from '../support/agora/send-notification.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

/** Every secret of a start. Each is unlike anything else, so that finding it anywhere means that it leaked. */
const CANARIES = {
  accessKey: 'CANARYaccessKEY4711',
  secretKey: 'CANARY/secret+KEY"4712',
  token: '007CANARYtoken4713',
  secret: 'CANARYencryption4714',
  streamKey: 'CANARYstreamKEY4716',
  stsToken: 'CANARYstsTOKEN4717',
  inlineAccessKey: 'CANARYinlineACCESS4718',
  inlineSecretKey: 'CANARYinlineSECRET4719',
  salt: Buffer.from('CANARYsalt4715CANARYsalt4715CANA').toString('base64'),
};

let stage: Stage;
/** Everything that left the gateway. */
const seen: string[] = [];

async function ask(query: string, variables: Record<string, unknown> = {}): Promise<void> {
  seen.push(JSON.stringify(await post(stage.gateway.url, query, variables)));
}

beforeAll(async () => {
  stage = await openStage();
  const path = join(stage.directory, 'gateway.json');
  writeFileSync(path, config());
  await stage.gateway.kill();
  await stage.startGateway({ GATEWAY_CONFIG: path, LOG_LEVEL: 'trace' });
});

afterAll(async () => {
  await stage.close();
});

function config(): string {
  const { accessKey, secretKey, stsToken } = CANARIES;
  const credentialsFile = join(stage.directory, 'credentials.json');
  writeFileSync(
    credentialsFile,
    JSON.stringify({ accessKey, secretKey, stsToken, stsExpiration: 4_070_908_800 }),
  );
  return JSON.stringify({
    storageProfiles: [{ name: 'canary', vendor: 1, region: 0, bucket: 'rec', credentialsFile }],
    allowInlineStorage: true,
  });
}

const input = (channel: string) => ({
  channel,
  uid: '1',
  token: CANARIES.token,
  config: { composite: { decryptionMode: 'AES_256_GCM2', secret: CANARIES.secret, salt: CANARIES.salt } },
});

const start = (channel: string, more: object = {}) =>
  ask(print(StartRecordingDocument), { input: { ...input(channel), ...more } });

async function notify(channel: string, details: object): Promise<void> {
  const send = await notificationSender(stage);
  const [task] = await stage.tasks(channel);
  const status = await send({
    noticeId: `canary-${channel}`,
    productId: 3,
    eventType: 1,
    notifyMs: Date.now(),
    payload: {
      cname: channel,
      uid: '1',
      sid: task?.sid,
      sequence: 90,
      sendts: Date.now(),
      serviceType: 0,
      details,
    },
  });
  expect(status).toBe(200);
}

/** What else takes secrets in: fresh credentials, a storage of the caller's, a resource for such a start. */
async function renewAndAcquire(echo: object): Promise<void> {
  const { inlineAccessKey, inlineSecretKey, stsToken } = CANARIES;
  const storageConfig = {
    location: { amazonS3: 'US_EAST_1' },
    bucket: 'rec',
    accessKey: inlineAccessKey,
    secretKey: inlineSecretKey,
    stsToken,
    stsExpiration: '2099-01-01T00:00:00.000Z',
  };
  await start('inline', { storageConfig, idempotencyKey: 'canary inline' });
  const recordingId = /"id":"([^"]+)"/.exec(seen.at(-1) ?? '')?.[1];
  expect(recordingId).toBeDefined();
  const update = `mutation ($input: UpdateRecordingInput!) { updateRecording(input: $input) {
    userErrors { code message } recording { storage { bucket credentialsExpireAt } } } }`;
  await ask(update, { input: { recordingId, change: { storageCredentials: { storageConfig } } } });
  expect(seen.at(-1)).toContain('"userErrors":[]');
  await stage.sandbox.control('POST', '/faults', {
    operation: 'update',
    cname: 'inline',
    status: 400,
    body: echo,
  });
  await ask(update, { input: { recordingId, change: { storageCredentials: { profile: 'canary' } } } });
  await ask(update, {
    input: {
      recordingId,
      change: { storageCredentials: { storageConfig: { ...storageConfig, bucket: '' } } },
    },
  });
  const acquire = `mutation ($input: AcquireResourceInput!) { acquireResource(input: $input) {
    resource { resourceId } userErrors { code message } } }`;
  await ask(acquire, { input: { ...input('reserved'), storageConfig } });
  await stage.sandbox.control('POST', '/faults', {
    operation: 'acquire',
    cname: 'reserved',
    status: 400,
    body: echo,
  });
  await ask(acquire, { input: { ...input('reserved'), storageConfig } });
}

describe('No secret of a start', () => {
  it('is missing here: each secret parameter has a value to be searched for', () => {
    expect([...SECRET_WIRE_NAMES].filter((name) => !(name in CANARIES))).toEqual([]);
  });

  it('is anywhere after a start that went well, was refused, was in doubt, and was echoed by Agora', async () => {
    const { streamKey, inlineAccessKey, inlineSecretKey, ...ofStart } = CANARIES;
    const echo = { code: 2, reason: `bad: ${Object.values(ofStart).join(' ')}`, ...ofStart };
    await start('well', { idempotencyKey: 'canary' });
    await stage.sandbox.control('POST', '/faults', {
      operation: 'acquire',
      cname: 'echo acquire',
      status: 400,
      body: echo,
    });
    await start('echo acquire');
    await stage.sandbox.control('POST', '/faults', {
      operation: 'start',
      cname: 'echo start',
      status: 400,
      body: echo,
    });
    await start('echo start');
    await stage.sandbox.control('POST', '/faults', {
      operation: 'start',
      cname: 'in doubt',
      status: 500,
      body: { ...echo, code: 62 },
      apply: true,
    });
    await start('in doubt');
    const outputs = [
      { rtmpUrl: `rtmp://user:pass@cdn.example/live/${CANARIES.streamKey}?auth=${CANARIES.streamKey}` },
    ];
    const page = {
      url: 'https://a.example',
      audioProfile: 'MUSIC_STANDARD',
      videoWidth: 640,
      videoHeight: 360,
    };
    const web = { ...page, maxRecordingHour: 1, outputs };
    await ask(print(StartRecordingDocument), { input: { channel: 'page', uid: '1', config: { web } } });
    await ask(print(StartRecordingDocument), {
      input: {
        channel: 'page 2',
        uid: '1',
        config: { web: { ...web, outputs: [{ rtmpUrl: CANARIES.streamKey }] } },
      },
    });
    const pushed =
      '{ recordings(filter: { channels: ["page"] }) { edges { node { id web { outputs { address status } } } } } }';
    await waitFor(async () => {
      await ask(pushed);
      return seen.at(-1)?.includes('PUBLISHING');
    });
    await stage.sandbox.control('POST', '/faults', {
      operation: 'update',
      cname: 'page',
      status: 400,
      body: { code: 2, reason: `bad: ${streamKey}` },
    });
    const pageId = /"id":"([^"]+)"/.exec(seen.at(-1) ?? '')?.[1];
    await ask(
      `mutation ($id: ID!, $outputs: [PushOutputInput!]) { updateRecording(input: { recordingId: $id,
        change: { web: { outputs: $outputs } } }) { userErrors { code message } recording { web { outputs { address } } } } }`,
      { id: pageId, outputs },
    );
    await ask(
      'mutation ($id: ID!) { refreshRecording(input: { recordingId: $id }) { userErrors { code } } }',
      {
        id: pageId,
      },
    );
    await renewAndAcquire({ ...echo, reason: `${echo.reason} ${inlineAccessKey} ${inlineSecretKey}` });
    await notify('well', {
      msgName: 'cloud_recording_error',
      module: 1,
      errorLevel: 2,
      errorCode: 32,
      errorMsg: echo.reason,
    });
    await stage.sandbox.control('POST', '/faults', { operation: 'query', status: 500, body: echo });
    const everything = `{ recordings { edges { node { id explanation problems { edges { node { message } } }
      settings { ... on CompositeSettings { decryptionMode } ... on IndividualSettings { decryptionMode } } storage { bucket } events(first: 100) { edges { node { __typename raw
      ... on CallEvent { reason } ... on CloudRecordingErrorEvent { errorMessage } } } } } } } }`;
    await waitFor(async () => {
      await ask(everything);
      return seen.at(-1)?.includes('CloudRecordingErrorEvent');
    });
    expect(seen.at(-1)).toContain('[redacted]');
  });

  it('comes back in errors about the input it stands in', async () => {
    const document = print(StartRecordingDocument);
    await ask(document, { input: { ...input('x'), tokn: CANARIES.token } });
    await ask(document, { input: { ...input('x'), uid: [CANARIES.token] } });
    await ask(document, { input: { ...input('x'), token: { value: CANARIES.token } } });
    await ask(
      `mutation { startRecording(input: { channel: "x", uid: 1, token: "${CANARIES.token}" "${CANARIES.secret}" }) { userErrors { code } } }`,
    );
    await ask(
      `mutation { startRecording(input: { channel: 5, uid: "1", token: ["${CANARIES.token}"], tokn: "${CANARIES.token}", config: {} }) { userErrors { code } } }`,
    );
    await start('bad*channel');
    const broken = await fetch(`${stage.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"query": "{ a }", "variables": {"token": "${CANARIES.token}" "${CANARIES.secret}"}}`,
    });
    seen.push(await broken.text());
    const socket = subscribe(stage.gateway.url, document, { input: { ...input('x'), tokn: CANARIES.token } });
    await socket.ended.catch((error: unknown) => seen.push(String(error)));
    const errors = seen.slice(-8);
    expect(errors).toHaveLength(8);
    for (const error of errors) expect(error).not.toContain('CANARY');
  });

  it('is in any reply, in the database and its log, in the output at trace level, or in the metrics', async () => {
    seen.push(await (await fetch(`${stage.gateway.url}/metrics`)).text());
    seen.push(stage.gateway.output());
    expect(stage.gateway.output()).toContain('called Agora');
    await stage.gateway.kill('SIGKILL');
    const files = readdirSync(stage.directory).filter((name) => name.startsWith('gateway.db'));
    expect(files).toContain('gateway.db-wal');
    for (const name of files) seen.push(readFileSync(join(stage.directory, name), 'latin1'));
    for (const [name, canary] of Object.entries(CANARIES)) {
      const spellings = [canary, JSON.stringify(canary).slice(1, -1), encodeURIComponent(canary)];
      for (const text of seen) {
        for (const spelling of spellings) {
          const at = text.indexOf(spelling);
          expect(at < 0 ? '' : text.slice(Math.max(0, at - 120), at + 60), `${name} leaked`).toBe('');
        }
      }
    }
  });
});
