import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { request } from '../support/graphql-client.js';
import { startIn } from '../support/agora/situations.js';
import { openStage, type Stage, type Task } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

/** Status, code and reason of every sample of a failure, and what acquire gives, are read through GraphQL. */

interface Sample {
  call: 'acquire' | 'start' | 'query' | 'stop';
  httpStatus: number;
  body: { code?: number; reason?: string; message?: string };
}

interface Answer {
  httpStatus: number | null;
  code: number | null;
  reason: string | null;
}

const folder = new URL('../samples/', import.meta.url);
const sampleIn = (file: string) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Sample;

/** A call that is answered with 429 was not carried out: it is sent again, and shown with the answer that it then gets. */
const SENT_AGAIN = 'error-gateway-429.json';

const SAMPLES = readdirSync(folder)
  .filter((file) => file.startsWith('error-') && file !== SENT_AGAIN)
  .map((file) => [file, sampleIn(file)] as const);

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

interface Payload {
  recording: { id: string } | null;
  userErrors: { agora: Answer | null }[];
}

const AGORA = 'userErrors { agora { httpStatus code reason } }';

/** Lets the next calls of this operation about the channel be answered so. */
async function answer(operation: string, cname: string, { httpStatus: status, body }: Sample, times: number) {
  await stage.sandbox.control('POST', '/faults', { operation, cname, status, body, times });
}

/** A reply that names its recording names the one that runs in the channel. */
async function aboutRecordingIn(channel: string, sample: Sample): Promise<Sample> {
  if (!('sid' in sample.body)) return sample;
  const [task] = (await stage.tasks(channel)) as (Task & { resourceId: string })[];
  const { cname, uid, sid, resourceId } = task!;
  return { ...sample, body: { ...sample.body, ...{ cname, uid, sid, resourceId } } };
}

/** Calls what the sample is about; a query and a stop are about a recording that runs. */
async function call(sample: Sample, channel: string): Promise<Payload> {
  const isStart = sample.call === 'acquire' || sample.call === 'start';
  const id = isStart ? null : (await startIn(stage, channel)).recording?.id;
  await answer(sample.call, channel, await aboutRecordingIn(channel, sample), 100);
  const fields = `{ recording { id } ${AGORA} }`;
  const input = isStart
    ? { channel, uid: '901001', config: { composite: {} } }
    : { recordingId: id, ...(sample.call === 'stop' ? { waitSeconds: 1 } : {}) };
  const [name, type] = isStart
    ? ['startRecording', 'StartRecordingInput']
    : sample.call === 'stop'
      ? ['stopRecording', 'StopRecordingInput']
      : ['refreshRecording', 'RefreshRecordingInput'];
  const { payload } = await request<{ payload: Payload }>(
    stage.gateway.url,
    `mutation ($input: ${type}!) { payload: ${name}(input: $input) ${fields} }`,
    { input },
  );
  return payload;
}

/** What the log of a recording shows of Agora's answers. */
async function answersIn(recordingId: string): Promise<Answer[]> {
  const { recording } = await request<{ recording: { events: { nodes: Partial<Answer>[] } } }>(
    stage.gateway.url,
    `query ($id: ID) { recording(by: { id: $id }) { events(first: 100) { nodes {
      ... on CallEvent { httpStatus code: agoraCode reason } } } } }`,
    { id: recordingId },
  );
  return recording.events.nodes.filter((node): node is Answer => node.httpStatus != null);
}

describe('What Agora answers to a call that fails is read through GraphQL', () => {
  it.each(SAMPLES)('%s', async (file, sample) => {
    const channel = file.replace('.json', '');
    const { code = null, reason, message } = sample.body;
    const expected = { httpStatus: sample.httpStatus, code, reason: reason ?? message ?? null };
    const { recording, userErrors } = await call(sample, channel);
    const shown = [
      ...userErrors.map(({ agora }) => agora),
      ...(recording === null ? [] : await answersIn(recording.id)),
    ];
    expect(shown).toContainEqual(expected);
  });

  it(`${SENT_AGAIN}: the call is sent again, and counted`, async () => {
    const channel = 'limited';
    const { recording } = await startIn(stage, channel);
    await answer('query', channel, sampleIn(SENT_AGAIN), 1);
    const { payload } = await request<{ payload: Payload }>(
      stage.gateway.url,
      `mutation ($id: ID!) { payload: refreshRecording(input: { recordingId: $id }) { ${AGORA} } }`,
      { id: recording?.id },
    );
    expect(payload.userErrors).toEqual([]);
    await waitFor(async () => {
      const metrics = await (await fetch(`${stage.gateway.url}/metrics`)).text();
      return /agora_calls\S*result="429"\S* 1\b/.test(metrics);
    });
  });

  it('acquire-ok.json: the resource', async () => {
    const sample = sampleIn('acquire-ok.json') as Sample & {
      body: { cname: string; uid: string; resourceId: string };
    };
    const { cname: channel, uid, resourceId } = sample.body;
    await answer('acquire', channel, sample, 1);
    const { acquireResource } = await request<{ acquireResource: { resource: object } }>(
      stage.gateway.url,
      `mutation ($input: AcquireResourceInput!) { acquireResource(input: $input) {
        resource { resourceId channel uid } } }`,
      { input: { channel, uid } },
    );
    expect(acquireResource.resource).toEqual({ resourceId, channel, uid });
  });
});
