import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, run, type RunningProcess, runSandbox, temporaryDirectory } from '../support/processes.js';
import { largeSized } from '../support/size.js';
import { waitFor } from '../support/wait-for.js';

const directory = temporaryDirectory();
let sandbox: Awaited<ReturnType<typeof runSandbox>>;
let stores = 0;

beforeAll(async () => {
  sandbox = await runSandbox({
    port: await freePort(),
    gatewayPort: await freePort(),
    dataFile: join(directory.path, 'sandbox.db'),
  });
});

afterAll(async () => {
  await sandbox.kill();
  directory.remove();
});

/** Starts a gateway on a new store, which it must create. */
async function start(settings: Record<string, string> = {}): Promise<RunningProcess & { url: string }> {
  const port = await freePort();
  const gateway = run('dist/main.js', {
    PORT: String(port),
    SANDBOX_URL: sandbox.url,
    DATABASE_URL: `file:${join(directory.path, `gateway-${(stores += 1)}.db`)}`,
    LOG_LEVEL: 'info',
    ...settings,
  });
  return { ...gateway, url: `http://127.0.0.1:${port}` };
}

const logged = (gateway: RunningProcess, message: string) => () =>
  gateway.output().includes(`"msg":"${message}"`);

const LIMIT = { withinMs: 60_000 };

describe('A gateway that receives SIGTERM', () => {
  // The process used to abort (134) when the signal came while the store's thread was opening the database.
  it('at any moment between its first log line and ready ends with 0', async () => {
    const whole = await start();
    await waitFor(logged(whole, 'starting'), LIMIT);
    const startedAt = performance.now();
    await waitFor(logged(whole, 'ready'), LIMIT);
    const startMs = performance.now() - startedAt;
    expect(await whole.kill()).toBe(0);

    const signals = largeSized(6, 20);
    const outcomes: { code: number | NodeJS.Signals; wasReady: boolean; output: string }[] = [];
    for (let index = 0; index < signals; index += 1) {
      const gateway = await start();
      await waitFor(logged(gateway, 'starting'), { ...LIMIT, everyMs: 1 });
      await setTimeout((index / signals) * startMs);
      const wasReady = logged(gateway, 'ready')();
      outcomes.push({ code: await gateway.kill('SIGTERM'), wasReady, output: gateway.output() });
    }
    const failed = outcomes.filter(({ code, output }) => code !== 0 || /terminate called|Error/.test(output));
    expect(failed).toEqual([]);
    // The signals are for the start; on a machine whose speed varies, some may come late.
    expect(outcomes.filter(({ wasReady }) => !wasReady).length).toBeGreaterThan(0);
    expect(outcomes.every(({ output }) => output.includes('"msg":"shutting down"'))).toBe(true);
  }, 600_000);
});

describe('A gateway that receives SIGHUP', () => {
  it('keeps running, during the start and after it', async () => {
    const gateway = await start();
    await waitFor(logged(gateway, 'starting'), { ...LIMIT, everyMs: 1 });
    gateway.child.kill('SIGHUP');
    await waitFor(logged(gateway, 'ready'), LIMIT);
    await waitFor(logged(gateway, 'settings reloaded'), LIMIT);
    gateway.child.kill('SIGHUP');
    await waitFor(() => gateway.output().match(/"msg":"settings reloaded"/g)?.length === 2, LIMIT);
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200);
    expect(await gateway.kill()).toBe(0);
  });
});
