import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SITUATIONS } from '../../packages/sandbox/src/situations/situations.js';
import { request } from '../support/graphql-client.js';
import { meet, ROWS, startIn } from '../support/situations.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

/** Calls that are refused, or whose reply is unusual: the user error, and a word of its message. */
const CALLS: [situation: string, code: string | null, says: string][] = [
  ['uid-refused', 'AGORA_PARAMETER_INVALID', 'body check failed'],
  ['reason-names-no-field', 'AGORA_PARAMETER_INVALID', 'services not selected'],
  ['request-hash-mismatch', 'RESOURCE_MISMATCH', 'request_hash mismatch'],
  ['resource-of-another-channel', 'RESOURCE_MISMATCH', 'channel'],
  ['app-id-refused', 'APP_ID_INVALID', 'console'],
  ['channel-recorded-already', 'TASK_CONFLICT', 'task conflict'],
  ['credentials-refused', 'AGORA_CREDENTIALS_INVALID', 'credentials'],
  ['channel-name-refused', 'CHANNEL_NAME_INVALID', 'channel'],
  ['start-names-a-code', null, ''],
];

describe('A call that meets the situation', () => {
  it.each(CALLS)('%s ends with the user error %s', async (situation, code, says) => {
    const channel = `call ${situation}`;
    await meet(stage, situation, channel);
    const { userErrors } = await startIn(stage, channel);
    expect(userErrors.map((error) => error.code)).toEqual(code === null ? [] : [code]);
    expect(userErrors.map(({ message }) => message).join()).toContain(says);
    expect(userErrors.map(({ message }) => message).join()).not.toContain('names the field');
    // None of these starts had one.
    expect(userErrors.map(({ message }) => message).join()).not.toContain('without resourceId');
  });

  it.each(['sid-lost', 'start-answers-500'])('%s leads to one recording, with its sid', async (situation) => {
    const channel = `call ${situation}`;
    await meet(stage, situation, channel);
    const { recording } = await startIn(stage, channel);
    expect(recording).not.toBeNull();
    await waitFor(async () => {
      await stage.sandbox.control('PUT', '/clock', { stepMs: 2_000 });
      const { node } = await request<{ node: { sid: string | null } }>(
        stage.gateway.url,
        'query ($id: ID!) { node(id: $id) { ... on Recording { sid } } }',
        { id: recording?.id },
      );
      return node.sid !== null;
    });
    expect(await stage.tasks(channel)).toHaveLength(1);
  });

  it('layout-refused ends with the user error LAYOUT_INVALID', async () => {
    const channel = 'call layout';
    const { recording } = await startIn(stage, channel);
    await meet(stage, 'layout-refused', channel);
    const { updateLayout } = await request<{ updateLayout: { userErrors: { code: string }[] } }>(
      stage.gateway.url,
      `mutation ($id: ID!) { updateLayout(input: { recordingId: $id, mixedVideoLayout: ADAPTIVE }) {
        userErrors { code } } }`,
      { id: recording?.id },
    );
    expect(updateLayout.userErrors).toEqual([{ code: 'LAYOUT_INVALID' }]);
  });
});

describe('A stop that Agora never finds', () => {
  it('is repeated, and while it is, what is announced next is never past', async () => {
    const channel = 'repeated stop';
    const { recording } = await startIn(stage, channel);
    const seen = async () => {
      const { node } = await request<{
        node: { phase: string; nextObservationAt: string | null; explanation: string };
      }>(
        stage.gateway.url,
        'query ($id: ID!) { node(id: $id) { ... on Recording { phase nextObservationAt explanation } } }',
        { id: recording?.id },
      );
      return node;
    };
    await stage.sandbox.control('PUT', '/clock', { stepMs: 10_000 });
    await waitFor(async () => (await seen()).phase === 'RECORDING');
    await stage.sandbox.control('POST', '/faults', {
      ...{ operation: 'stop', cname: channel, times: 4, status: 404 },
      body: { code: 404, reason: 'failed to find worker' },
    });
    await request(
      stage.gateway.url,
      'mutation ($id: ID!) { stopRecording(input: { recordingId: $id, waitSeconds: 0 }) { userErrors { code } } }',
      { id: recording?.id },
    );
    await waitFor(async () => (await seen()).explanation.includes('While the stop is repeated'));
    for (let step = 0; step < 2; step += 1) {
      await stage.sandbox.control('PUT', '/clock', { stepMs: 20_000 });
      const { nowMs } = (await stage.sandbox.control('GET', '/clock')) as { nowMs: number };
      await waitFor(async () => {
        const { nextObservationAt, explanation } = await seen();
        return (
          explanation.includes('While the stop is repeated') && Date.parse(nextObservationAt ?? '') > nowMs
        );
      });
    }
  });
});

describe('A receiver that meets the situation', () => {
  it.each([
    ['signature-of-another-body', [401, 200, 401]],
    ['webhook-in-a-browser', [405, 200]],
    ['notification-of-another-product', [200]],
    ['envelope-of-2019', [200]],
  ])('%s answers with %j', async (situation, statuses) => {
    const { replies } = await meet(stage, situation, `receiver ${situation}`);
    expect(replies?.map(({ status }) => status)).toEqual(statuses);
  });
});

it('Every situation of the sandbox is met by a test', () => {
  const rows = [...CALLS.map(([name]) => name), ...ROWS.map(({ situation }) => situation)];
  const others = [
    ...['sid-lost', 'start-answers-500', 'layout-refused', 'signature-of-another-body'],
    ...['webhook-in-a-browser', 'notification-of-another-product', 'envelope-of-2019'],
  ];
  expect([...rows, ...others].sort()).toEqual([...SITUATIONS.keys()].sort());
});
