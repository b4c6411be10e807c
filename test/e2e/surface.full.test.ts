import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { request } from '../support/graphql-client.js';
import { notificationSender } from '../support/agora/send-notification.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

const HOUR = 3_600_000;

interface Problem {
  code: string;
  message: string;
  field: string[] | null;
  agora: { httpStatus: number; code: number | null } | null;
}

interface Payload {
  recording: {
    id: string;
    sid: string | null;
    resourceId: string | null;
    phase: string;
    channel: string;
    settings: { transcoding?: object } | null;
    storage: {
      profile: string | null;
      vendor: string;
      region: string | null;
      credentialsExpireAt: string | null;
    } | null;
    problems: { edges: { node: { code: string } }[] };
  } | null;
  resource?: { resourceId: string; startBefore: string; validUntil: string } | null;
  userErrors: Problem[];
}

const RECORDING = `id sid resourceId phase channel settings { ... on CompositeSettings { maxIdleTime
    transcoding { mixedVideoLayout backgroundColor width layoutConfig { uid x } } } ... on IndividualSettings { maxIdleTime } }
  storage { profile vendor region credentialsExpireAt } problems { edges { node { code } } }`;
const ERRORS = 'userErrors { code message field agora { httpStatus code } }';

let stage: Stage;
let credentialsFile: string;

function writeCredentials(name: string, hours: number): void {
  const stsExpiration = Math.floor((Date.now() + hours * HOUR) / 1000);
  const keys = { accessKey: `access-${name}`, secretKey: `secret-${name}`, stsToken: `token-${name}` };
  writeFileSync(credentialsFile, JSON.stringify({ ...keys, stsExpiration }));
}

async function mutate(mutation: string, type: string, input: object): Promise<Payload> {
  const selection =
    mutation === 'acquireResource'
      ? 'resource { resourceId startBefore validUntil }'
      : `recording { ${RECORDING} }`;
  const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} ${ERRORS} } }`;
  return (await request<Record<string, Payload>>(stage.gateway.url, document, { input }))[mutation]!;
}

const start = (channel: string, more: object = {}) =>
  mutate('startRecording', 'StartRecordingInput', { channel, uid: '1', config: { composite: {} }, ...more });

async function started(channel: string, more: object = {}): Promise<string> {
  const { recording, userErrors } = await start(channel, more);
  expect(userErrors).toEqual([]);
  await waitFor(async () => (await find(recording!.id))?.phase === 'RECORDING');
  return recording!.id;
}

async function find(id: string): Promise<Payload['recording']> {
  const query = `query ($by: RecordingBy!) { recording(by: $by) { ${RECORDING} } }`;
  return (await request<{ recording: Payload['recording'] }>(stage.gateway.url, query, { by: { id } }))
    .recording;
}

interface Call {
  operation: string;
  httpStatus: number;
  cname: string;
  requestBody: { clientRequest: { storageConfig?: { stsExpiration?: number } } };
}

async function calls(operation: string, cname: string): Promise<Call[]> {
  const answer = (await stage.sandbox.control('GET', '/calls?limit=1000')) as { calls: Call[] };
  return answer.calls.filter((call) => call.operation === operation && call.cname === cname);
}

beforeAll(async () => {
  stage = await openStage({ speed: 5 });
  credentialsFile = join(stage.directory, 'credentials.json');
  writeCredentials('first', 12);
  const path = join(stage.directory, 'gateway.json');
  const place = { vendor: 'AMAZON_S3', region: 'EU_CENTRAL_1', bucket: 'acme' };
  writeFileSync(
    path,
    JSON.stringify({
      storageProfiles: [
        { name: 'fixed', default: true, ...place, accessKey: 'access-fixed', secretKey: 'secret-fixed' },
        { name: 'temporary', ...place, credentialsFile },
        {
          name: 'elsewhere',
          ...place,
          bucket: 'other',
          accessKey: 'access-other',
          secretKey: 'secret-other',
        },
      ],
    }),
  );
  await stage.gateway.kill();
  await stage.startGateway({ GATEWAY_CONFIG: path });
});

afterAll(async () => {
  await stage.close();
});

describe('A resource that was acquired by itself', () => {
  it('serves one start, and its second start names the recording of the first', async () => {
    const acquired = await mutate('acquireResource', 'AcquireResourceInput', {
      channel: 'reserved',
      uid: '1',
    });
    expect(acquired.userErrors).toEqual([]);
    const { resourceId, startBefore, validUntil } = acquired.resource!;
    expect(Date.parse(validUntil) - Date.parse(startBefore)).toBe(298_000);
    const first = await start('reserved', { resourceId });
    expect(first).toMatchObject({ recording: { resourceId }, userErrors: [] });
    expect(await calls('acquire', 'reserved')).toHaveLength(1);
    const second = await start('reserved', { resourceId });
    expect(second).toMatchObject({
      recording: { id: first.recording?.id },
      userErrors: [{ code: 'RESOURCE_ALREADY_STARTED', field: ['resourceId'] }],
    });
    expect(await calls('start', 'reserved')).toHaveLength(1);
  });

  it('is refused to another channel before Agora is asked', async () => {
    const { resource } = await mutate('acquireResource', 'AcquireResourceInput', {
      channel: 'mine',
      uid: '1',
    });
    const { recording, userErrors } = await start('yours', { resourceId: resource?.resourceId });
    expect(recording).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'RESOURCE_MISMATCH', field: ['channel'], agora: null }]);
    expect(await stage.tasks('yours')).toEqual([]);
  });

  it('that another client started does not create a recording here', async () => {
    const { resource } = await mutate('acquireResource', 'AcquireResourceInput', {
      channel: 'theirs',
      uid: '1',
    });
    await stage.sandbox.control('POST', '/faults', {
      operation: 'start',
      cname: 'theirs',
      status: 201,
      body: { code: 7, reason: 'already started' },
    });
    const { recording, userErrors } = await start('theirs', { resourceId: resource?.resourceId });
    expect(recording).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'RESOURCE_ALREADY_STARTED' }]);
  });

  it('is checked before Agora is asked', async () => {
    const input = { channel: 'x', uid: '0', region: 'CN', config: { composite: {} }, storage: 'fixed' };
    const { resource, userErrors } = await mutate('acquireResource', 'AcquireResourceInput', input);
    expect(resource).toBeNull();
    expect(userErrors.map(({ field }) => field)).toEqual([['uid'], ['region']]);
    expect(await calls('acquire', 'x')).toEqual([]);
  });
});

describe('updateLayout', () => {
  it('replaces the layout, and leaves the canvas', async () => {
    const transcodingConfig = {
      width: 1280,
      height: 720,
      backgroundColor: '#FF0000',
      mixedVideoLayout: 'ADAPTIVE',
    };
    const recordingId = await started('layout', { config: { composite: { transcodingConfig } } });
    const custom = {
      mixedVideoLayout: 'CUSTOM',
      layoutConfig: [{ uid: '7', x: 0, y: 0, width: 1, height: 1 }],
    };
    const { recording, userErrors } = await mutate('updateLayout', 'UpdateLayoutInput', {
      recordingId,
      ...custom,
    });
    expect(userErrors).toEqual([]);
    expect(recording?.settings?.transcoding).toEqual({
      mixedVideoLayout: 'CUSTOM',
      backgroundColor: '#000000',
      width: 1280,
      layoutConfig: [{ uid: '7', x: 0 }],
    });
  });

  it('is refused before Agora is asked where the layout is wrong, or the recording has none', async () => {
    const recordingId = await started('no layout', {
      config: { individual: { subscribeUidGroup: 'UIDS_1_TO_2' } },
    });
    const input = { recordingId, backgroundColor: 'red' };
    const { userErrors } = await mutate('updateLayout', 'UpdateLayoutInput', input);
    expect(userErrors.map(({ field }) => field)).toEqual([['backgroundColor'], ['recordingId']]);
    expect(await calls('updateLayout', 'no layout')).toEqual([]);
  });
});

describe('adoptRecording', () => {
  /** Starts a recording as another program does, and gives what it knows of it. */
  async function startElsewhere(channel: string) {
    const info = (await stage.sandbox.control('GET', '')) as Record<string, string> & { storage: object };
    const { appId, customerId, customerSecret, storage } = info;
    const call = async (path: string, clientRequest: object) => {
      const response = await fetch(`${stage.sandbox.url}/v1/apps/${appId}/cloud_recording/${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Basic ${Buffer.from(`${customerId}:${customerSecret}`).toString('base64')}`,
        },
        body: JSON.stringify({ cname: channel, uid: '9', clientRequest }),
      });
      return (await response.json()) as { resourceId: string; sid: string };
    };
    const { resourceId } = await call('acquire', {});
    const { sid } = await call(`resourceid/${resourceId}/mode/mix/start`, {
      storageConfig: storage,
      recordingConfig: { channelType: 0 },
      recordingFileConfig: { avFileType: ['hls'] },
    });
    return { channel, uid: '9', resourceId, sid, mode: 'COMPOSITE' };
  }

  it('adopts a recording that is known from notifications, under the id that it has', async () => {
    const input = await startElsewhere('elsewhere');
    const known = `query ($sid: String) { recording(by: { sid: $sid }) { ${RECORDING} } }`;
    const external = await waitFor(async () => {
      const { recording } = await request<Payload>(stage.gateway.url, known, { sid: input.sid });
      return recording;
    });
    expect(external).toMatchObject({ resourceId: null, channel: 'elsewhere' });
    const refused = await mutate('stopRecording', 'StopRecordingInput', { recordingId: external.id });
    expect(refused.userErrors).toMatchObject([{ code: 'RECORDING_NOT_CONTROLLABLE' }]);
    const { recording, userErrors } = await mutate('adoptRecording', 'AdoptRecordingInput', input);
    expect(userErrors).toEqual([]);
    expect(recording).toMatchObject({
      id: external?.id,
      resourceId: input.resourceId,
      settings: null,
      storage: null,
    });
    const again = await mutate('adoptRecording', 'AdoptRecordingInput', input);
    expect(again).toMatchObject({ recording: { id: external?.id }, userErrors: [] });
    const stopped = await mutate('stopRecording', 'StopRecordingInput', {
      recordingId: external.id,
      waitSeconds: 20,
    });
    expect(stopped).toMatchObject({ recording: { phase: 'COMPLETED' }, userErrors: [] });
  });

  it('takes over one of which nothing was heard yet; what is heard later is its own', async () => {
    await stage.sandbox.control('PUT', '/notifications', { loss: 1 });
    const input = await startElsewhere('silent');
    const { recording, userErrors } = await mutate('adoptRecording', 'AdoptRecordingInput', input);
    expect(userErrors).toEqual([]);
    const send = await notificationSender(stage);
    const payload = {
      cname: 'silent',
      uid: '9',
      sid: input.sid,
      sequence: 40,
      sendts: Date.now(),
      serviceType: 1,
    };
    const details = { msgName: 'recorder_started', status: 0 };
    await send({ noticeId: 'a', productId: 3, eventType: 40, notifyMs: 1, payload: { ...payload, details } });
    const { recordings } = await request<{ recordings: { edges: { node: { id: string } }[] } }>(
      stage.gateway.url,
      '{ recordings(filter: { channels: ["silent"] }) { edges { node { id delivery { missingCount } } } } }',
    );
    // The notifications of the sandbox itself stay out until here: their numbers are lower.
    await stage.sandbox.control('PUT', '/notifications', { loss: 0 });
    expect(recordings.edges).toEqual([{ node: { id: recording?.id, delivery: { missingCount: 0 } } }]);
  });

  it('is refused where Agora does not know the recording, and leaves nothing behind', async () => {
    const unknown = { channel: 'nowhere', uid: '9', resourceId: 'abc', sid: 'f'.repeat(32), mode: 'WEB' };
    const { recording, userErrors } = await mutate('adoptRecording', 'AdoptRecordingInput', unknown);
    expect(recording).toBeNull();
    expect(userErrors).toMatchObject([{ agora: { httpStatus: expect.any(Number) as number } }]);
    const found = await request<{ recordings: { edges: object[] } }>(
      stage.gateway.url,
      '{ recordings(filter: { channels: ["nowhere"] }) { edges { node { id } } } }',
    );
    expect(found.recordings.edges).toEqual([]);
  });
});

describe('A storage', () => {
  it('comes with the request only where the configuration allows it', async () => {
    const storageConfig = {
      location: { global: 'GOOGLE_CLOUD' },
      bucket: 'rec',
      accessKey: 'a',
      secretKey: 's',
    };
    const { recording, userErrors } = await start('inline', { storageConfig });
    expect(recording).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'INLINE_STORAGE_FORBIDDEN', field: ['storageConfig'] }]);
  });

  it('of a profile with temporary credentials gets fresh ones every 50 minutes, and a failure is a problem', async () => {
    writeCredentials('one', 12);
    const recordingId = await started('renewed', { storage: 'temporary' });
    const before = await find(recordingId);
    expect(before?.storage).toMatchObject({
      profile: 'temporary',
      vendor: 'AMAZON_S3',
      region: 'EU_CENTRAL_1',
    });
    writeCredentials('two', 20);
    await stage.sandbox.control('PUT', '/clock', { stepMs: 51 * 60_000 });
    await waitFor(async () => (await calls('update', 'renewed')).length > 0);
    await waitFor(async () => {
      const expires = (await find(recordingId))?.storage?.credentialsExpireAt;
      return expires !== before?.storage?.credentialsExpireAt;
    });
    expect((await find(recordingId))?.problems.edges).toEqual([]);
    writeFileSync(credentialsFile, 'no JSON');
    await stage.sandbox.control('PUT', '/clock', { stepMs: 51 * 60_000 });
    await waitFor(async () =>
      (await find(recordingId))?.problems.edges.some(({ node }) => node.code === 'STORAGE_RENEWAL_FAILED'),
    );
    writeCredentials('three', 30);
    await stage.sandbox.control('PUT', '/clock', { stepMs: 6 * 60_000 });
    await waitFor(async () => (await calls('update', 'renewed')).length > 1);
  });

  it('cannot be moved by an update of its credentials', async () => {
    const recordingId = await started('moved', { storage: 'fixed' });
    const change = { storageCredentials: { profile: 'elsewhere' } };
    const { userErrors } = await mutate('updateRecording', 'UpdateRecordingInput', { recordingId, change });
    expect(userErrors).toMatchObject([
      { code: 'INVALID_PARAMETER', field: ['change', 'storageCredentials'] },
    ]);
    expect(await calls('update', 'moved')).toEqual([]);
  });
});

describe("The webhook's address", () => {
  it.each(['GET', 'HEAD', 'PUT'])(
    'answers %s with 405, and with a sentence about what it is for',
    async (method) => {
      for (const path of ['/webhooks/agora', '/webhooks/agora/', `/webhooks/agora/${'a'.repeat(32)}`]) {
        const response = await fetch(`${stage.gateway.url}${path}`, { method });
        expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
        const text = await response.text();
        if (method !== 'HEAD') expect(text).toContain('Agora sends its notifications, by POST');
      }
    },
  );

  it('works with a slash at its end', async () => {
    const response = await fetch(`${stage.gateway.url}/webhooks/agora/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'agora-signature': 'wrong' },
      body: '{}',
    });
    expect(response.status).toBe(401);
    expect(await response.text()).toContain('signature');
  });
});
