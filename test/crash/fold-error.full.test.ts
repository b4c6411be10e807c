import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { request } from '../support/graphql-client.js';
import { notificationSender, type SendNotification } from '../support/agora/send-notification.js';
import { UNBUNDLED } from '../support/processes.js';
import { openStage, type Stage } from '../support/stage.js';

const poisonFold = fileURLToPath(new URL('../support/faults/poison-fold.mjs', import.meta.url));
const SID = 'a65e19cbae530282bd36cb9d21f6be6a';
const BEGAN = Date.now();

let stage: Stage;
let send: SendNotification;

beforeAll(async () => {
  stage = await openStage();
  await stage.gateway.kill();
  await stage.startGateway({}, ['--import', poisonFold], UNBUNDLED.gateway);
  send = await notificationSender(stage);
});

afterAll(async () => {
  await stage.close();
});

function notify(sequence: number, eventType: number, details: object): Promise<number> {
  return send({
    noticeId: `notice-${sequence}`,
    productId: 3,
    eventType,
    notifyMs: BEGAN + sequence,
    payload: {
      cname: 'lesson',
      uid: '7',
      sid: SID,
      sequence,
      sendts: BEGAN + sequence,
      serviceType: 1,
      details,
    },
  });
}

async function seen() {
  const { recording } = await request<{
    recording: { phase: string; events: { edges: { node: { sequence?: number } }[] } };
  }>(
    stage.gateway.url,
    'query ($sid: String) { recording(by: { sid: $sid }) { phase events(first: 50) { edges { node { ... on NotificationEvent { sequence } } } } } }',
    { sid: SID },
  );
  // Events of the gateway itself, such as an outage, have no sequence and may come at any time.
  const sequences = recording.events.edges
    .map(({ node }) => node.sequence)
    .filter((sequence) => sequence !== undefined);
  return { phase: recording.phase, sequences };
}

describe('An observation whose fold throws', () => {
  it('is stored and counted, and does not block the others of its batch', async () => {
    const statuses = await Promise.all([
      notify(0, 40, { msgName: 'recorder_started', status: 0 }),
      notify(1, 1, { msgName: 'cloud_recording_error', module: 1, errorLevel: 2, errorMsg: 'poison' }),
      notify(2, 41, { msgName: 'recorder_leave', leaveCode: 16 }),
    ]);
    expect(statuses).toEqual([200, 200, 200]);
    const { phase, sequences } = await seen();
    expect(phase).toBe('UPLOADING');
    expect(sequences.sort()).toEqual([0, 1, 2]);
    const metrics = await (await fetch(`${stage.gateway.url}/metrics`)).text();
    expect(metrics).toMatch(/^gateway_fold_errors_total 1$/m);
    expect(stage.gateway.output()).toContain('could not apply it');
  });

  it('is known again when it is resent, and still there after a crash', async () => {
    expect(
      await notify(1, 1, { msgName: 'cloud_recording_error', module: 1, errorLevel: 2, errorMsg: 'poison' }),
    ).toBe(200);
    const before = await seen();
    await stage.gateway.kill('SIGKILL');
    await stage.startGateway();
    expect(await seen()).toEqual(before);
    expect(await notify(3, 11, { msgName: 'session_exit', exitStatus: 0 })).toBe(200);
    expect((await seen()).phase).toBe('COMPLETED');
  });
});
