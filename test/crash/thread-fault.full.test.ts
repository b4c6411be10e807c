import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { request } from '../support/graphql-client.js';
import { notificationSender } from '../support/agora/send-notification.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

const threadFault = fileURLToPath(new URL('../support/faults/thread-fault.mjs', import.meta.url));
const threadStall = fileURLToPath(new URL('../support/faults/thread-stall.mjs', import.meta.url));

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

describe('A gateway whose store crashes', () => {
  it('exits with the reason, and can be started again: it does not stay without a store', async () => {
    await stage.gateway.kill();
    const faultFile = join(stage.directory, 'fault');
    const gateway = await stage.startGateway({ FAULT_FILE: faultFile }, ['--import', threadFault]);
    writeFileSync(faultFile, '');
    expect(await gateway.exited).toBe(1);
    expect(gateway.output()).toContain('a fault in the thread of the store');
    await stage.startGateway();
    expect((await fetch(`${stage.gateway.url}/readyz`)).status).toBe(200);
  });
});

describe('A gateway whose store stalls', () => {
  it('answers 503 to what is to be stored, is not ready, fails reads clearly, and recovers by itself', async () => {
    await stage.gateway.kill();
    const { url } = await stage.startGateway({}, ['--import', threadStall]);
    const send = await notificationSender(stage);
    const notify = (sequence: number) =>
      send({
        noticeId: `stalled-${sequence}`,
        productId: 3,
        eventType: 42,
        notifyMs: Date.now(),
        payload: {
          cname: 'stalled',
          uid: '7',
          sid: 'a65e19cbae530282bd36cb9d21f6be6a',
          sequence,
          sendts: Date.now(),
          serviceType: 1,
          details: { msgName: 'recorder_slice_start' },
        },
      });
    const isReady = async () => (await fetch(`${url}/readyz`)).status === 200;
    let sequence = 0;
    await waitFor(async () => (await notify((sequence += 1))) === 503);
    const read = request(url, '{ recordings { edges { node { id } } } }', {}).then(
      () => 'was read',
      (error: unknown) => String(error),
    );
    await waitFor(async () => !(await isReady()));
    expect(await read).toContain('STORE_UNAVAILABLE');
    await waitFor(isReady);
    expect(await notify((sequence += 1))).toBe(200);
  });
});
