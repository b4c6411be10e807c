import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StartRecordingDocument, StopRecordingDocument } from '@agora-recording-gateway/client';
import { run } from '../support/documents.js';
import { openStage, type Stage } from '../support/stage.js';

/** Sandbox time runs faster than the budget of calls, so that retries wait for the budget alone. */
const SPEED = 10;

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ speed: SPEED });
});

afterAll(async () => {
  await stage.close();
});

async function start(channel: string) {
  const { startRecording } = await run(stage.gateway.url, StartRecordingDocument, {
    input: { channel, uid: '901001', config: { composite: {} } },
  });
  return startRecording;
}

async function startAndStop(channel: string): Promise<void> {
  const { recording, userErrors } = await start(channel);
  expect(userErrors).toEqual([]);
  const { stopRecording } = await run(stage.gateway.url, StopRecordingDocument, {
    input: { recordingId: recording?.id ?? '', waitSeconds: 20 },
  });
  expect(stopRecording).toMatchObject({ userErrors: [], recording: { phase: 'COMPLETED' } });
}

const refuse = (times: number, channel: string) =>
  stage.sandbox.control('POST', '/faults', {
    operation: 'start',
    cname: channel,
    times,
    status: 400,
    body: { code: 53, reason: 'task conflict' },
  });

describe('A start right after a recording of the same channel and uid', () => {
  it.each([true, false])(
    'succeeds where the stop frees the channel at once: %s',
    async (answeredStopEndsTask) => {
      await stage.sandbox.control('PUT', '/assumptions', { answeredStopEndsTask });
      const channel = `again-${answeredStopEndsTask}`;
      await startAndStop(channel);
      expect((await start(channel)).userErrors).toEqual([]);
      await stage.sandbox.control('PUT', '/assumptions', { answeredStopEndsTask: true });
    },
  );

  it('is retried while Agora still reports a conflict, and then returns a retryable error', async () => {
    await startAndStop('slow');
    await refuse(2, 'slow');
    const { recording, userErrors } = await start('slow');
    expect(userErrors).toEqual([]);
    await run(stage.gateway.url, StopRecordingDocument, {
      input: { recordingId: recording?.id ?? '', waitSeconds: 20 },
    });
    await refuse(4, 'slow');
    expect(await start('slow')).toMatchObject({
      recording: null,
      userErrors: [{ code: 'AGORA_UNAVAILABLE', retryable: true, agora: { httpStatus: 400, code: 53 } }],
    });
  });
});
