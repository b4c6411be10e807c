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

/** As `npm start` does: no settings except the ports, in a separate directory. */
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

/** A request with a given Host, as a page sends it after DNS rebinding. */
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

describe('A gateway that starts a sandbox', () => {
  it('keeps the tasks and secrets of the sandbox when it is killed and started again', async () => {
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

  it('answers only requests for this machine, and so does the sandbox', async () => {
    expect(await statusAs('evil.example', port, '/metrics')).toBe(421);
    expect(await statusAs('evil.example', sandboxPort, '/sandbox')).toBe(421);
    expect(await statusAs(`localhost:${port}`, port, '/metrics')).toBe(200);
    expect(await statusAs(`127.0.0.1:${sandboxPort}`, sandboxPort, '/sandbox')).toBe(200);
  });

  it('accepts only application/json at the control side of the sandbox', async () => {
    const response = await fetch(`http://127.0.0.1:${sandboxPort}/sandbox/clock`, {
      method: 'PUT',
      headers: { 'content-type': 'text/plain' },
      body: '{"speed":1}',
    });
    expect(response.status).toBe(415);
  });
});
