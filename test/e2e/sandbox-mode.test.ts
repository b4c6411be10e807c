import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RecordingsDocument, StartRecordingDocument } from '@agora-recording-gateway/client';
import { run as runDocument } from '../support/documents.js';
import { freePort, run, type RunningProcess, temporaryDirectory } from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';

const directory = temporaryDirectory();
let port: number;
let sandboxPort: number;
let gateway: RunningProcess;

/** As `npm start` does: no settings but the ports, in a directory of its own. */
async function start(): Promise<void> {
  gateway = run(
    'dist/main.js',
    { PORT: String(port), SANDBOX_PORT: String(sandboxPort), CLOCK_SPEED: '10' },
    directory.path,
  );
  await waitFor(async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok);
}

beforeAll(async () => {
  port = await freePort();
  sandboxPort = await freePort();
  await start();
});

afterAll(async () => {
  await gateway.kill();
  directory.remove();
});

async function sandbox(path: string): Promise<Record<string, unknown>> {
  return (await (await fetch(`http://127.0.0.1:${sandboxPort}/sandbox${path}`)).json()) as Record<
    string,
    unknown
  >;
}

/** A request under a name of somebody's choice, as a page does after DNS rebinding. */
function statusAs(host: string, toPort: number, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port: toPort, path, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('The gateway with a sandbox of its own', () => {
  it('keeps tasks and the secret that was made over a restart, however it ended', async () => {
    const url = `http://127.0.0.1:${port}`;
    await runDocument(url, StartRecordingDocument, {
      input: { channel: 'kept', uid: '1', config: { composite: {} } },
    });
    const phase = async () => {
      const { recordings } = await runDocument(url, RecordingsDocument, {});
      return recordings.edges[0]?.node;
    };
    await waitFor(async () => (await phase())?.phase === 'RECORDING');
    const before = await sandbox('');
    const version = (await phase())?.version ?? 0;
    await gateway.kill('SIGKILL');
    await waitFor(
      () =>
        sandbox('').then(
          () => false,
          () => true,
        ),
      { what: 'the end of the sandbox' },
    );
    await start();
    expect(await sandbox('')).toMatchObject({ appId: before.appId, webhookSecret: before.webhookSecret });
    expect(await sandbox('/recordings')).toMatchObject({
      recordings: [{ cname: 'kept', phase: 'recording' }],
    });
    await waitFor(async () => ((await phase())?.version ?? 0) > version, { what: 'a further notification' });
  });

  it('answers requests under the name of this machine only, at both doors', async () => {
    expect(await statusAs('evil.example', port, '/healthz')).toBe(403);
    expect(await statusAs('evil.example', sandboxPort, '/sandbox')).toBe(403);
    expect(await statusAs(`localhost:${port}`, port, '/healthz')).toBe(200);
    expect(await statusAs(`127.0.0.1:${sandboxPort}`, sandboxPort, '/sandbox')).toBe(200);
  });

  it('takes nothing but application/json at the control side', async () => {
    const response = await fetch(`http://127.0.0.1:${sandboxPort}/sandbox/clock`, {
      method: 'PUT',
      headers: { 'content-type': 'text/plain' },
      body: '{"speed":1}',
    });
    expect(response.status).toBe(415);
  });
});
