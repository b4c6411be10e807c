import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AcquireResourceDocument,
  RefreshRecordingDocument,
  StartRecordingDocument,
  type StartRecordingInput,
  StopRecordingDocument,
} from '@agora-recording-gateway/client';
import { run } from '../support/documents.js';
import { request } from '../support/graphql-client.js';
import { largeSized } from '../support/size.js';
import { openStage, type Stage, type Task } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

/** The common errors of the quick start (https://docs.agora.io/en/cloud-recording/cloud_recording_rest), through the gateway. */

const SPEED = 10;
const UID = '901001';

/** How many recordings are stopped soon after they began. */
const MOMENTS = largeSized(30);

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ speed: SPEED, config: { allowInlineStorage: true } });
});

afterAll(async () => {
  await stage.close();
});

async function start(channel: string, more: Partial<StartRecordingInput> = {}) {
  const input = { channel, uid: UID, config: { composite: {} }, ...more };
  const { startRecording } = await run(stage.gateway.url, StartRecordingDocument, { input });
  return startRecording;
}

async function started(channel: string, more: Partial<StartRecordingInput> = {}): Promise<string> {
  const { recording, userErrors } = await start(channel, more);
  expect(userErrors).toEqual([]);
  return recording!.id;
}

async function stop(id: string) {
  const input = { recordingId: id, waitSeconds: 20 };
  return (await run(stage.gateway.url, StopRecordingDocument, { input })).stopRecording;
}

async function refresh(id: string) {
  const input = { recordingId: id };
  return (await run(stage.gateway.url, RefreshRecordingDocument, { input })).refreshRecording;
}

interface Seen {
  phase: string;
  endReason: string | null;
  fileList: object | null;
}

function until(id: string, phase: string): Promise<Seen> {
  return waitFor(
    async () => {
      const { recording } = await request<{ recording: Seen }>(
        stage.gateway.url,
        'query ($id: ID) { recording(by: { id: $id }) { phase endReason fileList { __typename } } }',
        { id },
      );
      return recording.phase === phase && recording;
    },
    { what: `the phase ${phase}` },
  );
}

/** Until the recorder has begun its first file. It runs for a while before that, and a stop then ends it without files. */
async function untilSomethingIsRecorded(channel: string): Promise<void> {
  const what = `a file of ${channel}`;
  await waitFor(
    async () => {
      const [task] = (await stage.tasks(channel)) as (Task & { files: unknown[] })[];
      return task !== undefined && task.files.length > 0;
    },
    { what },
  );
}

interface Call {
  operation: string;
  cname: string | null;
  httpStatus: number | null;
}

async function callsOf(channel: string, operation: string): Promise<(number | null)[]> {
  const { calls } = (await stage.sandbox.control('GET', '/calls')) as { calls: Call[] };
  const found = calls.filter((call) => call.cname === channel && call.operation === operation);
  return found.map(({ httpStatus }) => httpStatus);
}

describe('A mistake that the quick start lists', () => {
  it('start with the same resource again is refused before Agora is asked, and leaves one recording', async () => {
    const input = { channel: 'twice', uid: UID };
    const { acquireResource } = await run(stage.gateway.url, AcquireResourceDocument, { input });
    const resourceId = acquireResource.resource!.resourceId;
    await started('twice', { resourceId });
    expect((await start('twice', { resourceId })).userErrors).toHaveLength(1);
    expect(await stage.tasks('twice')).toHaveLength(1);
  });

  it('acquire and start again with the same parameters is a task conflict that names the recording', async () => {
    const id = await started('conflict');
    const { recording, userErrors } = await start('conflict');
    expect(recording).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'TASK_CONFLICT' }]);
    expect(JSON.stringify(userErrors)).toContain(id);
    expect(await stage.tasks('conflict')).toHaveLength(1);
  });

  it('a query after stop is not sent: the recording stays complete', async () => {
    const id = await started('stopped');
    await until(id, 'RECORDING');
    expect((await stop(id)).recording?.phase).toBe('COMPLETED');
    const before = await callsOf('stopped', 'query');
    expect((await refresh(id)).recording?.phase).toBe('COMPLETED');
    expect(await callsOf('stopped', 'query')).toEqual(before);
  });

  it('an idle channel ends the recording, which is complete and idle', async () => {
    const id = await started('idle');
    await until(id, 'RECORDING');
    await stage.sandbox.control('PUT', '/channels/idle', { publishers: [] });
    expect((await until(id, 'COMPLETED')).endReason).toBe('IDLE');
  });

  it('a storage that Agora refuses after its reply makes the recording fail', async () => {
    const storageConfig = {
      location: { amazonS3: 'EU_CENTRAL_1' as const },
      ...{ bucket: 'no-such-bucket', accessKey: 'access', secretKey: 'secret' },
    };
    expect((await until(await started('refused', { storageConfig }), 'FAILED')).fileList).toBeNull();
  });

  it('a canvas that Agora would refuse after its reply is refused before Agora is asked', async () => {
    const config = { composite: { transcodingConfig: { width: 1921, height: 1080 } } };
    const { recording, userErrors } = await start('canvas', { config });
    expect(recording).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'INVALID_PARAMETER' }]);
    expect(await callsOf('canvas', 'acquire')).toEqual([]);
  });

  it('a query together with stop does not happen: the reply to stop has the files of what was recorded', async () => {
    const id = await started('together');
    await untilSomethingIsRecorded('together');
    const stopping = stop(id);
    await Promise.all([refresh(id), refresh(id)]);
    expect((await stopping).recording?.phase).toBe('COMPLETED');
    expect((await until(id, 'COMPLETED')).fileList).not.toBeNull();
    expect(await callsOf('together', 'stop')).toEqual([200]);
  });

  it(`a stop at any moment, with queries at the same time, leaves files or the reason why there are none (${MOMENTS} moments)`, async () => {
    for (let moment = 0; moment < MOMENTS; moment += 1) {
      const channel = `moment-${moment}`;
      const id = await started(channel);
      await until(id, 'RECORDING');
      if (moment % 2 === 1) await untilSomethingIsRecorded(channel);
      const [{ recording }] = await Promise.all([stop(id), refresh(id), refresh(id)]);
      expect(recording?.phase).toBe('COMPLETED');
      const { endReason, fileList } = await until(id, 'COMPLETED');
      const [status] = await callsOf(channel, 'stop');
      const nothing = { status: 206, endReason: 'NOTHING_RECORDED', fileList: null };
      const something = { status: 200, endReason: 'STOP_REQUESTED', fileList: expect.anything() as unknown };
      expect({ status, endReason, fileList }).toEqual(status === 206 ? nothing : something);
      if (moment % 2 === 1) expect(status).toBe(200);
    }
  });
});
