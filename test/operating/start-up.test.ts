import { afterEach, describe, expect, it } from 'vitest';
import { request } from '../support/graphql-client.js';
import { freePort, run, type RunningProcess, temporaryDirectory } from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';

const directory = temporaryDirectory();
let running: RunningProcess | undefined;

afterEach(async () => {
  await running?.kill();
  directory.remove();
});

describe('A gateway without settings', () => {
  it('starts a sandbox, prints every address, records, and ends the sandbox with itself', async () => {
    const port = await freePort();
    const sandboxPort = await freePort();
    running = run(
      'dist/main.js',
      { PORT: String(port), SANDBOX_PORT: String(sandboxPort), CLOCK_SPEED: '20' },
      directory.path,
    );
    const output = await waitFor(() => /Sandbox: .*/.exec(running?.output() ?? '') && running?.output());
    expect(output).toContain(`http://127.0.0.1:${port}/graphql`);
    expect(output).toContain(`http://127.0.0.1:${port}/webhooks/agora`);
    expect(output).toContain(`http://127.0.0.1:${sandboxPort}`);
    const url = `http://127.0.0.1:${port}`;
    const { startRecording } = await request<{ startRecording: { recording: { id: string } } }>(
      url,
      'mutation { startRecording(input: { channel: "a", uid: "1", config: { composite: {} } }) { recording { id } } }',
    );
    const phase = async () => {
      const { recording } = await request<{ recording: { phase: string } }>(
        url,
        'query ($id: ID) { recording(by: { id: $id }) { phase } }',
        { id: startRecording.recording.id },
      );
      return recording.phase;
    };
    await waitFor(async () => (await phase()) === 'RECORDING');
    expect(await running.kill()).toBe(0);
    await waitFor(async () => {
      const gone = await fetch(`http://127.0.0.1:${sandboxPort}/sandbox`).then(
        () => false,
        () => true,
      );
      return gone;
    });
  });
});
