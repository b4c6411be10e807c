import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  RefreshRecordingDocument,
  StartRecordingDocument,
  type StartRecordingInput,
  StopRecordingDocument,
  UpdateLayoutDocument,
  type RecordingChangeInput,
  UpdateRecordingDocument,
} from '@agora-recording-gateway/client';
import { run } from '../support/documents.js';
import { request } from '../support/graphql-client.js';
import { openStage, type Stage, type Task } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

/** What the official Node client and public projects send, through the gateway (packages/sandbox/docs/clients.md). */

const SPEED = 10;
const UID = '901001';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ speed: SPEED, config: { allowInlineStorage: true } });
});

afterAll(async () => {
  await stage.close();
});

async function start(channel: string, more: Omit<StartRecordingInput, 'channel' | 'uid'>) {
  const input = { channel, uid: UID, ...more };
  return (await run(stage.gateway.url, StartRecordingDocument, { input })).startRecording;
}

interface Seen {
  phase: string;
  phaseInferred: boolean;
  endReason: string | null;
  fileList: { __typename: string } | null;
  recordingSince: string | null;
  web: { paused: boolean } | null;
  extensionServices: { __typename: string }[];
  files: { nodes: { fileName: string; kind: string }[] };
}

async function seen(id: string): Promise<Seen> {
  const { recording } = await request<{ recording: Seen }>(
    stage.gateway.url,
    `query ($id: ID) { recording(by: { id: $id }) { phase phaseInferred endReason recordingSince
      fileList { __typename } web { paused } extensionServices { __typename }
      files(first: 100) { nodes { fileName kind } } } }`,
    { id },
  );
  return recording;
}

const until = (id: string, what: string, holds: (recording: Seen) => boolean): Promise<Seen> =>
  waitFor(
    async () => {
      const recording = await seen(id);
      return holds(recording) && recording;
    },
    { what },
  );

type Truth = Task & { exitStatus: number | null; files: { fileName?: string; filename?: string }[] };

async function truth(channel: string): Promise<Truth> {
  const tasks = (await stage.tasks(channel)) as Truth[];
  expect(tasks).toHaveLength(1);
  return tasks[0]!;
}

interface Scenario {
  config: StartRecordingInput['config'];
  change: RecordingChangeInput;
  hasLayout?: true;
  /** What a user sees while it runs. */
  runs: (recording: Seen) => boolean;
  /** How the names of its files end. */
  endings: string[];
}

const EVERYONE = ['#allstream#'];
const STREAMS = { subscribeAudioUids: EVERYONE, subscribeVideoUids: EVERYONE };
const LIVE = { channelType: 'LIVE_BROADCASTING', streamTypes: 'AUDIO_AND_VIDEO', maxIdleTime: 30 } as const;
const PICTURE = {
  ...{ width: 640, height: 480, fps: 15, bitrate: 800 },
  ...({ mixedVideoLayout: 'FLOATING', backgroundColor: '#000000' } as const),
};
const PAGE = {
  ...({ url: 'https://acme.example/live', audioProfile: 'MUSIC_HIGH_QUALITY_STEREO' } as const),
  ...{ videoWidth: 1280, videoHeight: 720, maxRecordingHour: 1 },
};

const composite = (avFileType: ('HLS' | 'MP4')[], fileList: string, endings: string[]): Scenario => ({
  config: {
    composite: {
      ...LIVE,
      ...STREAMS,
      audioProfile: 'MUSIC_HIGH_QUALITY_STEREO',
      avFileType,
      transcodingConfig: PICTURE,
    },
  },
  change: { streams: STREAMS },
  hasLayout: true,
  runs: (recording) => recording.fileList?.__typename === fileList && recording.recordingSince !== null,
  endings,
});

const SHOTS = { snapshotConfig: { captureInterval: 5 } };
const OF_USERS = { ...LIVE, ...STREAMS };

const SCENARIOS: Record<string, Scenario> = {
  'mix-hls': composite(['HLS'], 'PlaylistFile', ['.m3u8']),
  'mix-hls-and-mp4': composite(['HLS', 'MP4'], 'RecordedFileSet', ['.m3u8', '.mp4']),
  'individual-recording': {
    config: { individual: { ...OF_USERS, avFileType: ['HLS'] } },
    change: { streams: STREAMS },
    runs: ({ fileList }) => fileList?.__typename === 'RecordedFileSet',
    endings: ['_audio.m3u8', '_video.m3u8'],
  },
  'individual-snapshot': {
    config: { individual: { ...OF_USERS, ...SHOTS } },
    change: { streams: STREAMS },
    runs: ({ files }) => files.nodes.some(({ kind }) => kind === 'SNAPSHOT'),
    endings: ['.jpg'],
  },
  'individual-recording-and-snapshot': {
    config: { individual: { ...OF_USERS, ...SHOTS, avFileType: ['HLS'] } },
    change: { streams: STREAMS },
    runs: ({ files }) => files.nodes.some(({ kind }) => kind === 'SNAPSHOT'),
    endings: ['_audio.m3u8', '_video.m3u8', '.jpg'],
  },
  web: {
    config: { web: { ...PAGE, avFileType: ['HLS', 'MP4'] } },
    change: { web: { paused: true } },
    runs: ({ extensionServices }) =>
      extensionServices.some(({ __typename }) => __typename === 'WebRecorderState'),
    endings: ['.m3u8', '.mp4'],
  },
  'web-and-push': {
    config: {
      web: {
        ...{ ...PAGE, avFileType: ['HLS', 'MP4'] },
        outputs: [{ rtmpUrl: 'rtmp://live.acme.example:1935/live/test' }],
      },
    },
    change: { web: { paused: true, outputs: [{ rtmpUrl: 'rtmp://other.acme.example:1935/live/test' }] } },
    runs: ({ extensionServices }) =>
      ['WebRecorderState', 'RtmpPublishState'].every((name) =>
        extensionServices.some(({ __typename }) => __typename === name),
      ),
    endings: ['.m3u8', '.mp4'],
  },
};

describe('A scenario of Agora’s Node client, as mutations', () => {
  it.each(Object.entries(SCENARIOS))('%s ends with its files', async (channel, scenario) => {
    const { recording, userErrors } = await start(channel, {
      ...{ config: scenario.config, resourceExpiredHours: 1 },
    });
    expect(userErrors).toEqual([]);
    const id = recording?.id ?? '';
    await waitFor(async () => (await truth(channel)).phase === 'recording');
    await waitFor(
      async () => {
        await run(stage.gateway.url, RefreshRecordingDocument, { input: { recordingId: id } });
        const shown = await seen(id);
        return shown.phase === 'RECORDING' && scenario.runs(shown);
      },
      { what: `${channel}: its files` },
    );
    const updated = await run(stage.gateway.url, UpdateRecordingDocument, {
      input: { recordingId: id, change: scenario.change },
    });
    expect(updated.updateRecording.userErrors).toEqual([]);
    if (scenario.hasLayout) {
      const { updateLayout } = await run(stage.gateway.url, UpdateLayoutDocument, {
        input: { recordingId: id, mixedVideoLayout: 'ADAPTIVE', backgroundColor: '#FF0000' },
      });
      expect(updateLayout.userErrors).toEqual([]);
    }
    if (scenario.change.web != null) {
      await until(id, 'PAUSED', ({ phase, web }) => phase === 'PAUSED' && web?.paused === true);
    }
    const { stopRecording } = await run(stage.gateway.url, StopRecordingDocument, {
      input: { recordingId: id, async: true },
    });
    expect(stopRecording.userErrors).toEqual([]);
    const ended = await until(id, 'the end', ({ phase }) => phase === 'COMPLETED');
    expect(ended).toMatchObject({ phaseInferred: false, endReason: 'STOP_REQUESTED' });
    const names = (await until(id, 'files', ({ files }) => files.nodes.length > 0)).files.nodes.map(
      ({ fileName }) => fileName,
    );
    for (const ending of scenario.endings) {
      expect(names).toContainEqual(expect.stringMatching(new RegExp(`${ending.replace('.', '\\.')}$`)));
    }
    await waitFor(async () => (await truth(channel)).phase === 'ended', { what: `${channel}: the exit` });
    expect((await truth(channel)).exitStatus).toBe(0);
  });
});

const S3 = (location: 'US_EAST_1' | 'EU_WEST_1') => ({
  ...{ location: { amazonS3: location }, bucket: 'acme', accessKey: 'access', secretKey: 'secret' },
});

describe('A request of public projects', () => {
  it.each([
    ['wide', { width: 2512, height: 108 }],
    ['with a bitrate and a frame rate that no document bounds', { bitrate: 12_000, fps: 61 }],
  ])('for a canvas %s is recorded', async (what, transcodingConfig) => {
    const channel = `canvas ${what.split(' ')[0]}`;
    const { recording, userErrors } = await start(channel, { config: { composite: { transcodingConfig } } });
    expect(userErrors).toEqual([]);
    await until(recording?.id ?? '', 'RECORDING', ({ phase }) => phase === 'RECORDING');
    expect((await truth(channel)).phase).toBe('recording');
  });

  it('with a region for all streams, an empty uid of the largest picture and an empty secret is recorded', async () => {
    const channel = 'placeholders';
    const { recording, userErrors } = await start(channel, {
      config: {
        composite: {
          ...{ decryptionMode: 'NONE', secret: '' },
          transcodingConfig: {
            ...{ mixedVideoLayout: 'CUSTOM', maxResolutionUid: '' },
            layoutConfig: [{ uid: '#allstream#', x: 0, y: 0, width: 1, height: 1 }],
          },
        },
      },
    });
    expect(userErrors).toEqual([]);
    await until(recording?.id ?? '', 'RECORDING', ({ phase }) => phase === 'RECORDING');
    expect((await truth(channel)).phase).toBe('recording');
  });

  it.each([
    ['makes none, and is refused in its words', true],
    ['makes them, and shows them', false],
  ])('for MP4 files of each user is answered as Agora %s', async (_how, individualMakesNoMp4) => {
    await stage.sandbox.control('PUT', '/assumptions', { individualMakesNoMp4 });
    const channel = `mp4-${individualMakesNoMp4}`;
    const config = { individual: { avFileType: ['HLS' as const, 'MP4' as const] } };
    const { recording, userErrors } = await start(channel, { config });
    if (individualMakesNoMp4) {
      expect(userErrors).toMatchObject([
        { code: 'AGORA_PARAMETER_INVALID', agora: { httpStatus: 400, code: 2 } },
      ]);
      expect(await stage.tasks(channel)).toEqual([]);
      return;
    }
    expect(userErrors).toEqual([]);
    const id = recording?.id ?? '';
    await waitFor(async () => (await truth(channel)).files.length > 0, { what: 'a file' });
    await run(stage.gateway.url, StopRecordingDocument, { input: { recordingId: id, async: true } });
    const hasMp4 = ({ files }: Seen) => files.nodes.some(({ fileName }) => fileName.endsWith('.mp4'));
    await until(id, 'its MP4 files', (shown) => shown.phase === 'COMPLETED' && hasMp4(shown));
    await stage.sandbox.control('PUT', '/assumptions', { individualMakesNoMp4: true });
  });

  it('whose storage lies outside of the region of its acquire is refused before Agora is asked', async () => {
    const channel = 'two regions';
    const config = { composite: {} };
    const refused = await start(channel, { config, region: 'EU', storageConfig: S3('US_EAST_1') });
    expect(refused.recording).toBeNull();
    expect(refused.userErrors).toMatchObject([{ code: 'INVALID_PARAMETER' }]);
    expect(await stage.tasks(channel)).toEqual([]);
    const accepted = await start(channel, { config, region: 'EU', storageConfig: S3('EU_WEST_1') });
    expect(accepted.userErrors).toEqual([]);
  });

  it.each([
    ['sse without tag', { sse: 'AES256' as const }],
    ['tag without sse', { tag: 'recordings' }],
  ])('with %s is refused before Agora is asked', async (what, extensionParams) => {
    const storageConfig = { ...S3('EU_WEST_1'), extensionParams };
    const { recording, userErrors } = await start(what, { config: { composite: {} }, storageConfig });
    expect(recording).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'INVALID_PARAMETER' }]);
    expect(await stage.tasks(what)).toEqual([]);
  });
});
