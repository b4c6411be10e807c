import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  NodeDocument,
  RecordingChangedDocument,
  type RecordingChangedSubscription,
  RecordingEventsDocument,
  RecordingFilesDocument,
  type RecordingPhase,
  RecordingsDocument,
  RefreshRecordingDocument,
  StartRecordingDocument,
  StopRecordingDocument,
  type AvFileType,
} from '@agora-recording-gateway/client';
import { live, run } from '../support/documents.js';
import { type LiveSubscription } from '../support/graphql-client.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

const RANKS: Record<RecordingPhase, number> = {
  STARTING: 0,
  RECORDING: 1,
  PAUSED: 1,
  STOPPING: 2,
  UPLOADING: 3,
  COMPLETED: 4,
  FAILED: 4,
  LOST: 4,
};

let stage: Stage;

async function startRecording(channel: string, avFileType: AvFileType[]): Promise<string> {
  const { startRecording: payload } = await run(stage.gateway.url, StartRecordingDocument, {
    input: { channel, uid: '901001', config: { composite: { avFileType } } },
  });
  expect(payload.userErrors).toEqual([]);
  expect(payload.recording).toMatchObject({ phase: 'STARTING', channel });
  return payload.recording?.id ?? '';
}

async function events(id: string) {
  const { recording } = await run(stage.gateway.url, RecordingEventsDocument, { by: { id }, first: 100 });
  return recording?.events.edges.map(({ node }) => node) ?? [];
}

function phases(subscription: LiveSubscription<RecordingChangedSubscription>): RecordingPhase[] {
  return subscription.messages.map(({ recordingChanged }) => recordingChanged.phase);
}

function reaches(subscription: LiveSubscription<RecordingChangedSubscription>, phase: RecordingPhase) {
  return waitFor(() => phases(subscription).includes(phase), {
    what: `${phase} (so far: ${phases(subscription).join(', ')})`,
  });
}

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

describe('A newcomer who records a channel at normal speed', () => {
  let withMp4: string;
  let onlyHls: string;
  let watched: LiveSubscription<RecordingChangedSubscription>;

  it('sees the recording run within 10 seconds of its start, live', async () => {
    withMp4 = await startRecording('lesson-mp4', ['HLS', 'MP4']);
    watched = live(stage.gateway.url, RecordingChangedDocument, { by: { id: withMp4 } });
    await reaches(watched, 'RECORDING');
    onlyHls = await startRecording('lesson-hls', ['HLS']);
  });

  it('sees events from commands, notifications and polls while it runs', async () => {
    const sources = await waitFor(async () => {
      const seen = new Set((await events(withMp4)).map(({ source }) => source));
      return seen.has('POLL') && seen.has('NOTIFICATION') && seen;
    });
    expect([...sources].sort()).toEqual(['COMMAND', 'NOTIFICATION', 'POLL']);
  });

  it('asks for the state now, and is answered from Agora', async () => {
    const before = await run(stage.gateway.url, RefreshRecordingDocument, {
      input: { recordingId: withMp4 },
    });
    expect(before.refreshRecording.userErrors).toEqual([]);
    expect(
      (await events(withMp4)).filter(({ source }) => source === 'COMMAND').length,
    ).toBeGreaterThanOrEqual(3);
  });

  it('sees it completed within 10 seconds of the stop, after which the subscription completes', async () => {
    const stopping = run(stage.gateway.url, StopRecordingDocument, {
      input: { recordingId: withMp4, waitSeconds: 10 },
    });
    await reaches(watched, 'COMPLETED');
    expect((await stopping).stopRecording.userErrors).toEqual([]);
    await watched.ended;
    expect(watched.messages.at(-1)?.recordingChanged).toMatchObject({
      phase: 'COMPLETED',
      phaseInferred: false,
      endReason: 'STOP_REQUESTED',
      upload: { state: 'UPLOADED', progress: 1 },
    });
  });

  it('never saw a rank fall or a version repeat', () => {
    const ranks = phases(watched).map((phase) => RANKS[phase]);
    expect(ranks).toEqual([...ranks].sort((left, right) => left - right));
    const versions = watched.messages.map(({ recordingChanged }) => recordingChanged.version);
    expect(versions).toEqual([...new Set(versions)].sort((left, right) => left - right));
  });

  it('finds a set of files with hls and mp4', async () => {
    const { recording } = await run(stage.gateway.url, RecordingFilesDocument, { by: { id: withMp4 } });
    const kinds = recording?.files.edges.map(({ node }) => node.kind).sort();
    expect(kinds).toEqual(['MP4', 'PLAYLIST']);
    expect(watched.messages.at(-1)?.recordingChanged.fileList).toMatchObject({
      __typename: 'RecordedFileSet',
      files: [expect.anything(), expect.anything()],
    });
    const file = recording?.files.edges[0]?.node;
    const { node } = await run(stage.gateway.url, NodeDocument, { id: file?.id ?? '' });
    expect(node).toMatchObject({ __typename: 'RecordedFile', fileName: file?.fileName });
  });

  it('finds a single playlist with hls alone', async () => {
    const { stopRecording } = await run(stage.gateway.url, StopRecordingDocument, {
      input: { recordingId: onlyHls, waitSeconds: 10 },
    });
    expect(stopRecording.recording?.fileList).toMatchObject({ __typename: 'PlaylistFile' });
  });

  it('finds everything as it was after the gateway was restarted, and keeps watching live', async () => {
    const running = await startRecording('lesson-restart', ['HLS']);
    const before = await run(stage.gateway.url, RecordingsDocument, { first: 10 });
    const eventsBefore = await events(withMp4);
    expect(await stage.gateway.kill()).toBe(0);
    await stage.startGateway();
    const after = await run(stage.gateway.url, RecordingsDocument, { first: 10 });
    const ended = (page: typeof after) =>
      page.recordings.edges.map(({ node }) => node).filter(({ id }) => id === withMp4);
    expect(ended(after)).toEqual(ended(before));
    expect(await events(withMp4)).toEqual(eventsBefore);
    const again = live(stage.gateway.url, RecordingChangedDocument, { by: { id: running } });
    await reaches(again, 'RECORDING');
    await run(stage.gateway.url, StopRecordingDocument, { input: { recordingId: running } });
    await reaches(again, 'COMPLETED');
    await again.ended;
  });
});
