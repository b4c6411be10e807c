import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { request } from '../support/graphql-client.js';
import { openStage, type Stage } from '../support/stage.js';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

interface Payload {
  recording?: { id: string } | null;
  userErrors: { code: string; field: string[] | null }[];
  warnings: { code: string; field: string[]; message: string }[];
}

async function mutate(name: string, type: string, input: object): Promise<Payload> {
  const recording = name === 'acquireResource' ? '' : 'recording { id }';
  const data = await request<Record<string, Payload>>(
    stage.gateway.url,
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${recording}
      userErrors { code field } warnings { code field message } } }`,
    { input },
  );
  return data[name]!;
}

const fieldsOf = ({ warnings }: Payload) => warnings.map(({ field }) => field.join('.'));

const PAGE = {
  url: 'https://acme.example/board',
  audioProfile: 'MUSIC_STANDARD',
  videoWidth: 1280,
  videoHeight: 720,
  maxRecordingHour: 1,
};

async function start(channel: string, input: object): Promise<Payload & { id: string }> {
  const payload = await mutate('startRecording', 'StartRecordingInput', { channel, uid: '901001', ...input });
  expect(payload.userErrors).toEqual([]);
  return { ...payload, id: payload.recording!.id };
}

describe('A value that has no effect', () => {
  it('does not stop a start: the token of a web page recording, and settings of another layout', async () => {
    expect(fieldsOf(await start('page', { token: '007', config: { web: PAGE } }))).toEqual(['token']);
    const transcodingConfig = { mixedVideoLayout: 'ADAPTIVE', maxResolutionUid: '1' };
    expect(fieldsOf(await start('adaptive', { config: { composite: { transcodingConfig } } }))).toEqual([
      'config.composite.transcodingConfig.maxResolutionUid',
    ]);
  });

  it('does not stop acquireResource or updateLayout', async () => {
    const acquired = await mutate('acquireResource', 'AcquireResourceInput', {
      channel: 'reserved',
      uid: '901001',
      token: '007',
    });
    expect([acquired.userErrors, fieldsOf(acquired)]).toEqual([[], ['token']]);
    const { id } = await start('layout', { config: { composite: {} } });
    const layout = await mutate('updateLayout', 'UpdateLayoutInput', {
      recordingId: id,
      maxResolutionUid: '71',
      backgroundColor: '#0088FF',
    });
    expect([layout.userErrors, fieldsOf(layout)]).toEqual([[], ['maxResolutionUid']]);
  });

  it('does not stop the rest of an update, and is an error where nothing else is left', async () => {
    const { id } = await start('channel', { config: { individual: {} } });
    const streams = { subscribeAudioUids: ['71'], unsubscribeAudioUids: [] };
    const update = (change: object) =>
      mutate('updateRecording', 'UpdateRecordingInput', { recordingId: id, change });
    const both = await update({ streams, web: { paused: true } });
    expect([both.userErrors, fieldsOf(both)]).toEqual([[], ['change.web']]);
    const nothing = await update({ web: { paused: true } });
    expect(nothing.userErrors).toMatchObject([{ code: 'INVALID_PARAMETER', field: ['change', 'web'] }]);
  });
});

describe('An update', () => {
  it('changes subscription and storage in one call to Agora', async () => {
    const { id } = await start('both', { config: { composite: {} } });
    const payload = await mutate('updateRecording', 'UpdateRecordingInput', {
      recordingId: id,
      change: { streams: { subscribeVideoUids: ['71'] }, storageCredentials: {} },
    });
    expect(payload).toMatchObject({ userErrors: [], warnings: [] });
    const { calls } = (await stage.sandbox.control('GET', '/calls')) as {
      calls: { operation: string; request: { body?: unknown } }[];
    };
    const updates = JSON.stringify(calls.filter(({ operation }) => operation === 'update').at(-1));
    expect(updates).toContain('streamSubscribe');
    expect(updates).toContain('storageConfig');
    const { recording } = await request<{ recording: { settings: { subscribeVideoUids: string[] } } }>(
      stage.gateway.url,
      'query ($id: ID) { recording(by: { id: $id }) { settings { ... on CompositeSettings { subscribeVideoUids } ... on IndividualSettings { subscribeVideoUids } } } }',
      { id },
    );
    expect(recording.settings.subscribeVideoUids).toEqual(['71']);
  });
});

describe('An individual recording', () => {
  it('needs no option at all', async () => {
    const { id } = await start('least', { config: { individual: {} } });
    const { recording } = await request<{ recording: { settings: { subscribeUidGroup: string } } }>(
      stage.gateway.url,
      'query ($id: ID) { recording(by: { id: $id }) { settings { ... on IndividualSettings { subscribeUidGroup } } } }',
      { id },
    );
    expect(recording.settings.subscribeUidGroup).toBe('UIDS_1_TO_2');
  });
});
