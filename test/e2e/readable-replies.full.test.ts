import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type RecordingConfigInput,
  StartRecordingDocument,
  type StartRecordingInput,
} from '@agora-recording-gateway/client';
import { run } from '../support/documents.js';
import { request } from '../support/graphql-client.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

const SPEED = 5;

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ speed: SPEED });
});

afterAll(async () => {
  await stage.close();
});

async function start(channel: string, config: RecordingConfigInput): Promise<string> {
  const input: StartRecordingInput = { channel, uid: '901001', config };
  const { startRecording } = await run(stage.gateway.url, StartRecordingDocument, { input });
  expect(startRecording.userErrors).toEqual([]);
  return startRecording.recording?.id ?? '';
}

/** Refreshes the recording until what is selected of it satisfies the condition. */
async function until<T>(id: string, selection: string, holds: (seen: T) => boolean): Promise<T> {
  return await waitFor(async () => {
    const { refreshRecording } = await request<{ refreshRecording: { recording: T } }>(
      stage.gateway.url,
      `mutation ($id: ID!) { refreshRecording(input: { recordingId: $id }) { recording { ${selection} } } }`,
      { id },
    );
    return holds(refreshRecording.recording) && refreshRecording.recording;
  });
}

it('A composite recording shows when its first slice began, which is after the start', async () => {
  const id = await start('since', { composite: {} });
  const seen = await until<{ startedAt: string; recordingSince: string | null }>(
    id,
    'startedAt recordingSince',
    ({ recordingSince }) => recordingSince !== null,
  );
  expect(Date.parse(seen.recordingSince ?? '')).toBeGreaterThan(Date.parse(seen.startedAt));
});

it('A pushed web page recording shows the state of the push service', async () => {
  const id = await start('pushed', {
    web: {
      url: 'https://acme.example/board',
      audioProfile: 'MUSIC_STANDARD',
      videoWidth: 640,
      videoHeight: 360,
      maxRecordingHour: 1,
      outputs: [{ rtmpUrl: 'rtmp://cdn.example/live/key-1' }],
    },
  });
  interface Seen {
    extensionServices: { serviceState?: string | null }[];
  }
  const { extensionServices } = await until<Seen>(
    id,
    'extensionServices { ... on RtmpPublishState { serviceState } }',
    (seen) => seen.extensionServices.some(({ serviceState }) => serviceState === 'inProgress'),
  );
  expect(extensionServices).toContainEqual({ serviceState: 'inProgress' });
});

it('A recording shows the states of submodules where Agora gives them', async () => {
  await stage.sandbox.control('PUT', '/assumptions', { queryHasNoSubServiceStatus: false });
  const id = await start('submodules', { composite: {} });
  interface Seen {
    subServiceStatus: { recordingService: string | null } | null;
  }
  const { subServiceStatus } = await until<Seen>(
    id,
    'subServiceStatus { recordingService }',
    (seen) => seen.subServiceStatus !== null,
  );
  expect(subServiceStatus?.recordingService).toMatch(/^[A-Z_]+$/);
});
