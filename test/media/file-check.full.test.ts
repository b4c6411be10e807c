import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { request } from '../support/graphql-client.js';
import { openStage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

interface Answer {
  recording: {
    phase: string;
    storage: { checkFiles: boolean };
    fileCheck: { files: number; absent: number; missing: string[]; notMade: object | null } | null;
    problems: { nodes: { code: string; message: string }[] };
    events: { nodes: { fileCheck: { missing: string[] } }[] };
  };
}

const QUERY = `query ($id: ID!) { recording(by: { id: $id }) {
  phase storage { checkFiles } fileCheck { files absent missing notMade { reason } }
  problems { nodes { code message } }
  events(types: [FILE_CHECK]) { nodes { ... on FileCheckEvent { fileCheck { missing } } } } } }`;

it('A file that Agora named and the storage lacks is a problem of the recording, and an event of its log', async () => {
  const stage = await openStage();
  onTestFinished(() => stage.close());
  const { storage } = (await (await fetch(`${stage.sandbox.url}/sandbox`)).json()) as {
    storage: Record<string, string>;
  };
  const { readAccessKey, readSecretKey, ...place } = storage;
  const path = (name: string) => join(stage.directory, name);
  writeFileSync(path('read.json'), JSON.stringify({ accessKey: readAccessKey, secretKey: readSecretKey }));
  const profile = { ...place, name: 'checked', readCredentialsFile: path('read.json'), checkFiles: true };
  writeFileSync(path('config.json'), JSON.stringify({ storageProfiles: [profile] }));
  await stage.gateway.kill();
  await stage.startGateway({ GATEWAY_CONFIG: path('config.json') });
  await stage.sandbox.control('PUT', '/storage', { missing: ['.mp4'] });

  const input = { channel: 'checked', uid: '1', config: { composite: { avFileType: ['HLS', 'MP4'] } } };
  const { startRecording } = await request<{ startRecording: { recording: { id: string } } }>(
    stage.gateway.url,
    'mutation ($input: StartRecordingInput!) { startRecording(input: $input) { recording { id } } }',
    { input },
  );
  const { id } = startRecording.recording;
  const ask = async () => (await request<Answer>(stage.gateway.url, QUERY, { id })).recording;
  await waitFor(async () => (await ask()).phase === 'RECORDING', { what: 'recording' });
  await stage.sandbox.control('PUT', '/clock', { stepMs: 60_000 });
  await request(
    stage.gateway.url,
    'mutation ($id: ID!) { stopRecording(input: { recordingId: $id }) { recording { id } } }',
    { id },
  );
  await stage.sandbox.control('PUT', '/clock', { stepMs: 60_000 });
  await waitFor(async () => (await ask()).phase === 'COMPLETED', { what: 'completion' });
  expect((await ask()).fileCheck).toBeNull();
  await stage.sandbox.control('PUT', '/clock', { stepMs: 300_000 });
  const found = await waitFor(
    async () => {
      const recording = await ask();
      return recording.fileCheck !== null && recording;
    },
    { what: 'the check' },
  );
  const mp4 = expect.stringMatching(/\.mp4$/) as string;
  expect(found).toMatchObject({
    storage: { checkFiles: true },
    fileCheck: { files: 2, absent: 1, missing: [mp4], notMade: null },
    problems: { nodes: [{ code: 'FILE_NOT_FOUND_IN_STORAGE' }] },
    events: { nodes: [{ fileCheck: { missing: [mp4] } }] },
  });
  const metrics = await (await fetch(`${stage.gateway.url.replace(/\/graphql$/, '')}/metrics`)).text();
  expect(metrics).toContain('gateway_file_checks_total{outcome="incomplete"} 1');
});
