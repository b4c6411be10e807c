import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import {
  RecordingEventsDocument,
  StartRecordingDocument,
  StopRecordingDocument,
  RecordingsDocument,
} from '@agora-recording-gateway/client';
import { run } from '../support/documents.js';
import { largeSized } from '../support/size.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ speed: 4 });
});

afterAll(async () => {
  await stage.close();
});

function openSocket(): Promise<{ closed: Promise<number> }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(
      `${stage.gateway.url.replace('http', 'ws')}/graphql`,
      'graphql-transport-ws',
    );
    const closed = new Promise<number>((done) => socket.on('close', done));
    socket.on('open', () => {
      socket.send(JSON.stringify({ type: 'connection_init' }));
      resolve({ closed });
    });
    socket.on('error', reject);
  });
}

async function stopsSent(): Promise<number> {
  const { calls } = (await stage.sandbox.control('GET', '/calls?limit=10000')) as {
    calls: { operation: string }[];
  };
  return calls.filter(({ operation }) => operation === 'stop').length;
}

async function turnsWaiting(): Promise<number> {
  const metrics = await (await fetch(`${stage.gateway.url}/metrics`)).text();
  return Number(/^gateway_turns_waiting (.+)$/m.exec(metrics)?.[1]);
}

describe('A gateway that receives SIGTERM', () => {
  it('turns unready, ends the work in flight, refuses new work, closes sockets with 1001 and exits with 0', async () => {
    const { url } = stage.gateway;
    const { startRecording } = await run(url, StartRecordingDocument, {
      input: { channel: 'a', uid: '1', config: { composite: {} } },
    });
    const recordingId = startRecording.recording?.id ?? '';
    await waitFor(async () => {
      const { recordings } = await run(url, RecordingsDocument, {});
      return recordings.edges[0]?.node.phase === 'RECORDING';
    });
    await stage.sandbox.control('PUT', `/recordings/${startRecording.recording?.sid}`, { uploadMs: 12_000 });
    const { closed } = await openSocket();
    // Something that connects and says nothing: it must not keep the gateway from ending.
    const mute = connect(Number(new URL(url).port), '127.0.0.1');
    mute.on('error', () => undefined);
    const stopping = run(url, StopRecordingDocument, { input: { recordingId, waitSeconds: 20 } });
    await waitFor(async () => {
      const { calls } = (await stage.sandbox.control('GET', '/calls')) as { calls: { operation: string }[] };
      const task = (await stage.tasks('a'))[0];
      return calls.some(({ operation }) => operation === 'stop') || task?.phase !== 'recording';
    });
    stage.gateway.child.kill('SIGTERM');
    await waitFor(async () => (await fetch(`${url}/readyz`)).status === 503);
    const refused = await run(url, StartRecordingDocument, {
      input: { channel: 'b', uid: '1', config: { composite: {} } },
    });
    expect(refused.startRecording.userErrors).toMatchObject([{ code: 'GATEWAY_STOPPING', retryable: true }]);
    stage.gateway.child.kill('SIGTERM');
    const { stopRecording } = await stopping;
    expect(stopRecording).toMatchObject({ recording: { phase: 'COMPLETED' }, userErrors: [] });
    expect(await closed).toBe(1001);
    expect(await stage.gateway.exited).toBe(0);
  });

  describe.each([
    // As long as Agora refuses each stop, ever fewer calls are made, and most that wait get no turn at all.
    { what: 'while Agora refuses them for the number of calls', recordings: largeSized(40), refused: true },
    { what: 'of which the first go through', recordings: largeSized(300), refused: false },
  ])('with stops that wait for their turn, $what', ({ recordings, refused }) => {
    it(
      'ends each clearly: it was sent, or its caller hears that it was not and it is written down',
      async () => {
        await stage.gateway.kill();
        await stage.startGateway();
        const { url } = stage.gateway;
        const channels = Array.from({ length: recordings }, (_, index) => `waits ${refused} ${index}`);
        const ids: string[] = [];
        for (const channel of channels) {
          const { startRecording } = await run(url, StartRecordingDocument, {
            input: { channel, uid: '1', config: { composite: {} } },
          });
          expect(startRecording.userErrors).toEqual([]);
          ids.push(startRecording.recording?.id ?? '');
        }
        await stage.sandbox.control('DELETE', '/faults');
        if (refused)
          await stage.sandbox.control('POST', '/faults', { operation: 'stop', status: 429, times: 1_000 });
        const { closed } = await openSocket();
        const sentBefore = await stopsSent();
        const stopping = ids.map((recordingId) =>
          run(url, StopRecordingDocument, { input: { recordingId, waitSeconds: 25 } }),
        );
        await waitFor(async () => {
          const sent = (await stopsSent()) - sentBefore;
          return sent > 0 && sent + (await turnsWaiting()) >= 0.9 * recordings;
        });
        stage.gateway.child.kill('SIGTERM');
        await waitFor(async () => (await fetch(`${url}/readyz`)).status === 503);
        stage.gateway.child.kill('SIGTERM');
        stage.gateway.child.kill('SIGINT');
        const answers = (await Promise.all(stopping)).map(({ stopRecording }) => stopRecording);
        expect(await closed).toBe(1001);
        expect(await stage.gateway.exited).toBe(0);

        // What came after the signal was not begun at all.
        const begun = answers.map(({ userErrors }) =>
          userErrors.every(({ message }) => !message.includes('takes on nothing new')),
        );
        const unsent = answers.map(({ userErrors }) =>
          userErrors.some(({ code }) => code === 'GATEWAY_STOPPING'),
        );
        console.info(
          `of ${recordings} stops ${begun.filter(Boolean).length} were begun, ` +
            `${answers.filter((_, index) => begun[index] && unsent[index]).length} of them given up`,
        );
        await stage.startGateway();
        let givenUp = 0;
        for (const [index, id] of ids.entries()) {
          const { recording } = await run(stage.gateway.url, RecordingEventsDocument, {
            by: { id },
            first: 100,
          });
          const outcomes = (recording?.events.edges ?? []).flatMap(({ node }) =>
            node.__typename === 'CommandEvent' && node.operation === 'STOP' ? [node.outcome] : [],
          );
          expect(outcomes).toHaveLength(begun[index] ? 1 : 0);
          if (begun[index]) expect(outcomes[0] === 'NOT_SENT').toBe(unsent[index]);
          givenUp += outcomes[0] === 'NOT_SENT' ? 1 : 0;
        }
        expect(givenUp).toBeGreaterThan(0);
        await stage.gateway.kill();
      },
      largeSized(240_000),
    );
  });

  it('exits with 0 within the drain time also while Agora does not answer a stop', async () => {
    await stage.gateway.kill();
    await stage.startGateway();
    const { url } = stage.gateway;
    const { startRecording } = await run(url, StartRecordingDocument, {
      input: { channel: 'slow stop', uid: '1', config: { composite: {} } },
    });
    await stage.sandbox.control('POST', '/faults', {
      operation: 'stop',
      cname: 'slow stop',
      delayMs: 60_000,
      times: 9,
    });
    const recordingId = startRecording.recording?.id ?? '';
    await run(url, StopRecordingDocument, { input: { recordingId, waitSeconds: 0 } });
    await waitFor(async () => {
      const { recording } = (await (
        await fetch(`${stage.sandbox.url}/sandbox/recordings/${startRecording.recording?.sid}`)
      ).json()) as { recording?: { phase: string } };
      return recording?.phase !== 'recording';
    });
    expect(await stage.gateway.kill('SIGTERM')).toBe(0);
  });
});
