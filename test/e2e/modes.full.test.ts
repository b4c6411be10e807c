import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  RecordingChangedDocument,
  RecordingEventsDocument,
  type RecordingConfigInput,
  StartRecordingDocument,
  StopRecordingDocument,
  UpdateRecordingDocument,
} from '@agora-recording-gateway/client';
import { live, run } from '../support/documents.js';
import { request } from '../support/graphql-client.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

const SPEED = 5;
const STREAM_KEY = 'CANARYstreamKEY4716';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ speed: SPEED });
});

afterAll(async () => {
  await stage.close();
});

async function start(channel: string, config: RecordingConfigInput): Promise<string> {
  const { startRecording } = await run(stage.gateway.url, StartRecordingDocument, {
    input: { channel, uid: '901001', config },
  });
  expect(startRecording.userErrors).toEqual([]);
  return startRecording.recording?.id ?? '';
}

async function stop(recordingId: string) {
  const { stopRecording } = await run(stage.gateway.url, StopRecordingDocument, {
    input: { recordingId, waitSeconds: 20 },
  });
  expect(stopRecording.userErrors).toEqual([]);
  return stopRecording.recording;
}

async function eventTypes(id: string): Promise<string[]> {
  const { recording } = await run(stage.gateway.url, RecordingEventsDocument, { by: { id }, first: 100 });
  return recording?.events.edges.map(({ node }) => node.type) ?? [];
}

interface ModeView {
  mode: string;
  phase: string;
  individual: { snapshotCount: number; latestSnapshot: { fileName: string; kind: string } | null } | null;
  web: {
    url: string;
    paused: boolean;
    recorderState: string | null;
    outputs: { address: string; status: string | null }[];
  } | null;
  settings: { transcoding?: object } | null;
  extensionServices: { __typename: string }[];
  fileList: { __typename: string; files?: { fileName: string; uid: string | null }[] } | null;
}

async function view(id: string): Promise<ModeView> {
  const { recording } = await request<{ recording: ModeView }>(
    stage.gateway.url,
    `query ($id: ID) { recording(by: { id: $id }) { mode phase settings { ... on CompositeSettings { transcoding { width } } }
      individual { snapshotCount latestSnapshot { fileName kind } }
      web { url paused recorderState outputs { address status } }
      extensionServices { __typename }
      fileList { __typename ... on RecordedFileSet { files { fileName uid } } } } }`,
    { id },
  );
  return recording;
}

async function until(id: string, what: string, holds: (seen: ModeView) => boolean): Promise<ModeView> {
  return await waitFor(
    async () => {
      const seen = await view(id);
      return holds(seen) && seen;
    },
    { what },
  );
}

const refresh = (recordingId: string) =>
  request(
    stage.gateway.url,
    'mutation ($id: ID!) { refreshRecording(input: { recordingId: $id }) { userErrors { code } } }',
    {
      id: recordingId,
    },
  );

describe('An individual recording', () => {
  it('ends with a set of files, a playlist for each user and track', async () => {
    await stage.sandbox.control('PUT', '/channels/panel', {
      publishers: [
        { uid: '71', audio: true, video: true },
        { uid: '72', audio: true, video: false },
      ],
    });
    const id = await start('panel', { individual: { subscribeUidGroup: 'UIDS_1_TO_2' } });
    const watched = live(stage.gateway.url, RecordingChangedDocument, { by: { id } });
    await until(id, 'RECORDING', ({ phase }) => phase === 'RECORDING');
    await waitFor(async () => (await eventTypes(id)).includes('CLOUD_RECORDING_FILE_INFOS'));
    await stop(id);
    await watched.ended;
    const { mode, fileList, settings, web, individual } = await view(id);
    expect({ mode, settings, web }).toEqual({ mode: 'INDIVIDUAL', settings: {}, web: null });
    expect(individual).toEqual({ snapshotCount: 0, latestSnapshot: null });
    expect(fileList?.__typename).toBe('RecordedFileSet');
    expect(fileList?.files?.map(({ uid }) => uid).sort()).toEqual(['71', '71', '72']);
  });

  it('takes screenshots alone: events and the latest one, and no file list', async () => {
    const id = await start('shots', {
      individual: { subscribeUidGroup: 'UIDS_1_TO_2', snapshotConfig: { captureInterval: 5 } },
    });
    const { individual } = await until(
      id,
      'three screenshots',
      (seen) => (seen.individual?.snapshotCount ?? 0) >= 3,
    );
    expect(individual?.latestSnapshot).toMatchObject({ kind: 'SNAPSHOT' });
    expect(individual?.latestSnapshot?.fileName).toMatch(/__uid_s_\d+__uid_e_video_\d{17}\.jpg$/);
    await refresh(id);
    await stop(id);
    const seen = await view(id);
    expect(seen.phase).toBe('COMPLETED');
    expect(await eventTypes(id)).toContain('RECORDER_SNAPSHOT_FILE');
  });
});

describe('A page recording', () => {
  const page = {
    url: 'https://acme.example/board',
    audioProfile: 'MUSIC_STANDARD',
    videoWidth: 1280,
    videoHeight: 720,
    maxRecordingHour: 1,
  } as const;

  it('is paused, resumed, pushed and stopped, and lists its files', async () => {
    const id = await start('board page/1', {
      web: {
        ...page,
        avFileType: ['HLS', 'MP4'],
        outputs: [{ rtmpUrl: `rtmp://cdn.example/live/${STREAM_KEY}` }],
      },
    });
    const pushed = await until(id, 'a push', ({ web }) => web?.outputs[0]?.status === 'PUBLISHING');
    expect(pushed).toMatchObject({
      mode: 'WEB',
      phase: 'RECORDING',
      individual: null,
      web: { url: page.url, paused: false, outputs: [{ address: 'rtmp://cdn.example/live/[redacted]' }] },
    });
    const change = async (web: object) => {
      const { updateRecording } = await run(stage.gateway.url, UpdateRecordingDocument, {
        input: { recordingId: id, change: { web } },
      });
      expect(updateRecording.userErrors).toEqual([]);
      return updateRecording.recording?.phase;
    };
    expect(await change({ paused: true })).toBe('PAUSED');
    await refresh(id);
    expect((await view(id)).phase).toBe('PAUSED');
    expect(
      await change({ paused: false, outputs: [{ rtmpUrl: `rtmp://other.example/live/${STREAM_KEY}` }] }),
    ).toBe('RECORDING');
    await until(
      id,
      'the new push',
      ({ web }) => web?.outputs.length === 1 && web.outputs[0]?.address.includes('other') === true,
    );
    await refresh(id);
    const services = (await view(id)).extensionServices.map(({ __typename }) => __typename);
    expect(services).toEqual(['RtmpPublishState', 'WebRecorderState']);
    await waitFor(async () => (await eventTypes(id)).includes('CLOUD_RECORDING_FILE_INFOS'));
    await stop(id);
    const ended = await until(id, 'COMPLETED', ({ phase }) => phase === 'COMPLETED');
    expect(ended.fileList?.files?.map(({ fileName }) => /\.\w+$/.exec(fileName)?.[0]).sort()).toEqual([
      '.m3u8',
      '.mp4',
    ]);
    expect(ended.extensionServices.map(({ __typename }) => __typename)).toContain('UploadServiceState');
    await waitFor(async () => (await eventTypes(id)).includes('WEB_RECORDER_STOPPED'));
    expect(await eventTypes(id)).toEqual(
      expect.arrayContaining(['WEB_RECORDER_STARTED', 'RTMP_PUBLISH_STATUS']),
    );
  });

  it('that never gets ready fails, and says why', async () => {
    const id = await start('never', {
      web: { ...page, url: 'https://acme.example/never-ready', readyTimeout: 5 },
    });
    await until(id, 'FAILED', ({ phase }) => phase === 'FAILED');
    const { recording } = await request<{
      recording: { endReason: string; problems: { edges: { node: { code: string } }[] } };
    }>(
      stage.gateway.url,
      'query ($id: ID) { recording(by: { id: $id }) { endReason problems { edges { node { code } } } } }',
      { id },
    );
    expect(recording.endReason).toBe('PAGE_LOAD_TIMEOUT');
    expect(recording.problems.edges.map(({ node }) => node.code)).toContain('WEB_PAGE_RELOADED');
  });

  it('refuses what belongs to other modes, naming the field', async () => {
    const id = await start('wrong', { web: page });
    const { updateRecording } = await run(stage.gateway.url, UpdateRecordingDocument, {
      input: { recordingId: id, change: { streams: { subscribeAudioUids: ['1'] } } },
    });
    expect(updateRecording.userErrors).toMatchObject([
      { code: 'INVALID_PARAMETER', field: ['change', 'streams'] },
    ]);
    await until(id, 'RECORDING', ({ phase }) => phase === 'RECORDING');
    await stop(id);
  });

  it('never shows a stream key', async () => {
    const everything = await request(
      stage.gateway.url,
      '{ recordings { edges { node { settings { ... on WebSettings { outputs } } web { outputs { address } } events(first: 100) { edges { node { raw } } } } } } }',
    );
    expect(JSON.stringify(everything)).not.toContain(STREAM_KEY);
    expect(JSON.stringify(everything)).toContain('rtmp://cdn.example/live/[redacted]');
    expect(stage.gateway.output()).not.toContain(STREAM_KEY);
  });
});
