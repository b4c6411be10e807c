import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../support/stage.js';

const threadFault = fileURLToPath(new URL('../support/thread-fault.mjs', import.meta.url));

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

describe('A gateway whose store fails by a fault of its own', () => {
  it('ends, says why, and can be started anew: it does not stay without a store', async () => {
    await stage.gateway.kill();
    const gateway = await stage.startGateway({}, ['--import', threadFault]);
    expect(await gateway.exited).toBe(1);
    expect(gateway.output()).toContain('a fault in the thread of the store');
    await stage.startGateway();
    expect((await fetch(`${stage.gateway.url}/readyz`)).status).toBe(200);
  });
});
