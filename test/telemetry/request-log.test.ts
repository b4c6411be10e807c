import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERSION } from '../../src/version.js';
import { openStage, type Stage } from '../support/stage.js';
import { overWebSocket, postRequest } from '../support/transports.js';
import { waitFor } from '../support/wait-for.js';

interface Line {
  level: number;
  msg: string;
  operation?: string;
  requestId?: string;
  traceId?: string;
  channel?: string;
  [name: string]: unknown;
}

const INFO = 30;
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const TRACEPARENT = `00-${TRACE}-00f067aa0ba902b7-01`;

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ speed: 20, env: { LOG_LEVEL: 'debug' } });
});

afterAll(async () => await stage.close());

/** The lines that are JSON; the addresses that are printed at the start are not. */
function lines(): Line[] {
  return stage.gateway
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as Line);
}

const linesOf = (requestId: string) => lines().filter((line) => line.requestId === requestId);

interface Payload {
  recording: { id: string } | null;
  userErrors: { code: string; agora: { requestId: string } | null }[];
}

async function mutate(mutation: string, input: object, headers: Record<string, string>) {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { recording { id } userErrors { code agora { requestId } } } }`;
  const reply = await postRequest(stage.gateway.url, { query, variables: { input } }, headers);
  expect(reply.body.errors).toBeUndefined();
  return { headers: reply.headers, payload: reply.body.data?.[mutation] as Payload };
}

async function start(channel: string, requestId: string, headers: Record<string, string> = {}) {
  const input = { channel, uid: '901001', config: { composite: {} } };
  return await mutate('startRecording', input, { 'x-request-id': requestId, ...headers });
}

describe('A start and a stop that succeed', () => {
  it('leave a line for each call to Agora and one for the mutation, with the ids that the client sent', async () => {
    const { headers, payload } = await start('logged', 'client-start-1', { traceparent: TRACEPARENT });
    expect(headers.get('x-request-id')).toBe('client-start-1');
    const recordingId = payload.recording?.id;
    // Agora answers a stop before the first file with 206, which is logged as a warning.
    await waitFor(async () => {
      const [task] = (await stage.tasks('logged')) as unknown as { files: object[] }[];
      return (task?.files.length ?? 0) > 0;
    });
    await mutate('stopRecording', { recordingId, waitSeconds: 20 }, { 'x-request-id': 'client-stop-1' });

    const started = await waitFor(() => {
      const found = linesOf('client-start-1').filter(({ level }) => level === INFO);
      return found.length >= 3 && found;
    });
    const place = { channel: 'logged', requestId: 'client-start-1', traceId: TRACE, version: VERSION };
    expect(started).toMatchObject([
      { ...place, msg: 'called Agora', operation: 'acquire', result: '200', uid: '901001' },
      { ...place, msg: 'called Agora', operation: 'start', result: '200', uid: '901001' },
      { ...place, msg: 'a mutation was executed', operation: 'startRecording', recordingId, result: 'OK' },
    ]);
    for (const line of started.slice(0, 2)) expect(line.agoraRequestId).toBeTypeOf('string');
    const stopped = await waitFor(() => {
      const found = linesOf('client-stop-1').filter(({ level }) => level === INFO);
      return found.length >= 2 && found;
    });
    expect(stopped).toMatchObject([
      { msg: 'called Agora', operation: 'stop', channel: 'logged' },
      { msg: 'a mutation was executed', operation: 'stopRecording', recordingId, result: 'OK' },
    ]);
  });
});

describe('A start that fails', () => {
  it.each(['acquire', 'start'])(
    "can be followed from the client's id through the failing %s to Agora's id in the user error",
    async (operation) => {
      const channels = [`failing-${operation}-1`, `failing-${operation}-2`];
      for (const cname of channels)
        await stage.sandbox.control('POST', '/faults', {
          operation,
          cname,
          status: 400,
          body: { code: 2, reason: 'no' },
        });
      // Side by side, so that their lines are mixed.
      const failed = await Promise.all(channels.map((channel) => start(channel, `client-${channel}`)));
      for (const [index, { payload }] of failed.entries()) {
        const channel = channels[index] ?? '';
        const [error] = payload.userErrors;
        const agoraRequestId = error?.agora?.requestId;
        expect(agoraRequestId).toBeTypeOf('string');
        // What the process writes comes a moment after its reply.
        const found = await waitFor(() => {
          const known = linesOf(`client-${channel}`);
          return known.at(-1)?.msg === 'a mutation was executed' && known;
        });
        expect(found.every((line) => line.channel === channel || line.msg === 'a mutation begins')).toBe(
          true,
        );
        const calls = found.filter(({ msg }) => msg === 'called Agora');
        expect(calls.at(-1)).toMatchObject({ operation, result: '400', agoraRequestId, reason: 'no' });
        expect(found.at(-1)).toMatchObject({
          msg: 'a mutation was executed',
          result: 'USER_ERROR',
          codes: [error?.code],
          agoraRequestIds: [agoraRequestId],
        });
      }
    },
  );
});

describe('A request', () => {
  it.each([
    ['a tab', 'one\ttwo'],
    ['more than 100 characters', 'x'.repeat(101)],
    ['a quote', 'one"two'],
  ])('whose x-request-id has %s gets one of the gateway', async (_what, id) => {
    const { headers } = await postRequest(
      stage.gateway.url,
      { query: '{ __typename }' },
      { 'x-request-id': id },
    );
    expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  });

  it.each(['nonsense', `ff-${TRACE}-00f067aa0ba902b7-01`, `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`])(
    'with a traceparent that is none has no trace in the log: %s',
    async (traceparent) => {
      const id = `traced-${Math.random()}`;
      await mutate('stopRecording', { recordingId: 'no-such' }, { 'x-request-id': id, traceparent });
      const line = await waitFor(() => linesOf(id).find(({ msg }) => msg === 'a mutation was executed'));
      expect(line).not.toHaveProperty('traceId');
    },
  );
});

describe('An operation over a WebSocket', () => {
  it('is followed by the ids in its extensions', async () => {
    const { errors } = await overWebSocket(() => stage.gateway.url)({
      query: 'mutation { stopRecording(input: { recordingId: "no-such" }) { userErrors { code } } }',
      extensions: { 'x-request-id': 'client-socket-1', traceparent: TRACEPARENT },
    });
    expect(errors).toBeUndefined();
    const line = await waitFor(() =>
      linesOf('client-socket-1').find(({ msg }) => msg === 'a mutation was executed'),
    );
    expect(line).toMatchObject({ traceId: TRACE, transport: 'websocket', codes: ['RECORDING_NOT_FOUND'] });
  });
});

describe('Queries of the gateway itself', () => {
  it('belong to no request, though a mutation began what they follow', async () => {
    await start('watched', 'client-watched');
    const query = await waitFor(() =>
      lines().find(({ msg, operation }) => msg === 'called Agora' && operation === 'query'),
    );
    expect(query).not.toHaveProperty('requestId');
    expect(query.sid).toBeTypeOf('string');
    const queries = lines().filter(({ operation }) => operation === 'query');
    expect(queries.filter(({ requestId }) => requestId !== undefined)).toEqual([]);
  });
});
