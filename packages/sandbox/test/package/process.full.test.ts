import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { clientOf, onEnd, startReceiver, temporaryFile, waitFor } from '../support/sandbox.js';

/** As built before the tests. */
const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

function run(environment: Record<string, string>) {
  const child: ChildProcess = fork(MAIN, {
    env: {
      ...process.env,
      SANDBOX_PORT: '0',
      CLOCK_SPEED: '',
      LOG_LEVEL: '',
      AGORA_WEBHOOK_SECRETS: '',
      ...environment,
    },
    silent: true,
  });
  let output = '';
  let errors = '';
  child.stdout?.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (errors += data.toString()));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  onEnd(() => child.kill('SIGKILL'));
  return { child, exited, output: () => output, errors: () => errors };
}

async function runReady(environment: Record<string, string>) {
  const started = run(environment);
  const [message] = (await once(started.child, 'message')) as [{ ready: boolean; url: string }];
  expect(message.ready).toBe(true);
  return { ...started, url: message.url };
}

describe('The sandbox process', () => {
  it('prints its address, and ends cleanly on SIGTERM', async () => {
    const sandbox = await runReady({ SANDBOX_DATA: temporaryFile() });
    await waitFor(() => sandbox.output().includes(sandbox.url), 'the line with its address');
    expect(sandbox.output().trim().split('\n')).toHaveLength(1);
    sandbox.child.kill('SIGTERM');
    expect(await sandbox.exited).toBe(0);
  });

  it('ends with its parent', async () => {
    const sandbox = await runReady({ SANDBOX_DATA: temporaryFile() });
    sandbox.child.disconnect();
    expect(await sandbox.exited).toBe(0);
  });

  it('lists every wrong setting at once and exits with 78', async () => {
    const wrong = {
      ...{ SANDBOX_PORT: 'x', CLOCK_SPEED: '0', SANDBOX_WEBHOOK_URL: 'nowhere' },
      SANDBOX_FALSE_ASSUMPTIONS: 'theMoonIsCheese',
    };
    const sandbox = run(wrong);
    expect(await sandbox.exited).toBe(78);
    for (const name of Object.keys(wrong)) {
      expect(sandbox.errors()).toContain(name);
    }
  });

  it('logs JSON lines to standard error by LOG_LEVEL', async () => {
    const settings = { SANDBOX_WEBHOOK_URL: 'http://127.0.0.1:9/' };
    const loud = await runReady({ ...settings, SANDBOX_DATA: temporaryFile() });
    await (await clientOf(loud)).record();
    await waitFor(() => /"msg":"call".*\n/.test(loud.errors()), 'the line of a call');
    const lines = loud
      .errors()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const first = lines.find(({ msg }) => msg === 'call');
    expect(first).toMatchObject({ service: 'sandbox', level: 30, operation: 'acquire' });
    expect(new Date(String(first?.time)).getTime()).toBeGreaterThan(0);

    const quiet = await runReady({ ...settings, SANDBOX_DATA: temporaryFile(), LOG_LEVEL: 'warn' });
    await (await clientOf(quiet)).record();
    quiet.child.kill('SIGTERM');
    await quiet.exited;
    expect(quiet.errors()).toBe('');
    expect(await run({ LOG_LEVEL: 'loud' }).exited).toBe(78);
  });

  it('reports the port that is in use and exits with 1', async () => {
    const port = new URL((await runReady({ SANDBOX_DATA: temporaryFile() })).url).port;
    const second = run({ SANDBOX_DATA: temporaryFile(), SANDBOX_PORT: port });
    expect(await second.exited).toBe(1);
    expect(second.errors()).toContain(`Port ${port} is in use`);
  });

  it('signs with the first of several secrets, and keeps its speed', async () => {
    const settings = { SANDBOX_DATA: temporaryFile() };
    const first = await runReady({ ...settings, AGORA_WEBHOOK_SECRETS: 'one,two', CLOCK_SPEED: '25' });
    expect((await clientOf(first)).info).toMatchObject({ webhookSecret: 'one', clock: { speed: 25 } });
    first.child.kill('SIGTERM');
    await first.exited;
    expect((await clientOf(await runReady(settings))).info.clock.speed).toBe(25);
  });

  it('reads the secret from a file', async () => {
    const file = temporaryFile();
    writeFileSync(file, 'one,two\n');
    const settings = { SANDBOX_DATA: temporaryFile(), AGORA_WEBHOOK_SECRETS_FILE: file };
    expect((await clientOf(await runReady(settings))).info.webhookSecret).toBe('one');
    const both = run({ ...settings, AGORA_WEBHOOK_SECRETS: 'three' });
    expect(await both.exited).toBe(78);
    expect(both.errors()).toContain('are both set');
  });

  it('continues its tasks after SIGKILL', async () => {
    const receiver = await startReceiver();
    const settings = { SANDBOX_DATA: temporaryFile(), SANDBOX_WEBHOOK_URL: receiver.url };
    const first = await runReady({ ...settings, CLOCK_SPEED: '0.001' });
    const client = await clientOf(first);
    const recording = await client.record();
    await client.step(5_000);
    first.child.kill('SIGKILL');
    await first.exited;

    const again = await clientOf(await runReady(settings));
    expect(again.info.appId).toBe(client.info.appId);
    expect((await again.query(recording)).body.serverResponse).toEqual({ status: 4 });
    await again.stop(recording, { async_stop: true });
    await again.step(5_000);
    await receiver.next(31);
    await receiver.next(11);
  });
});
