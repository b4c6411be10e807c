import { describe, expect, it } from 'vitest';
import { type Client, type Json, openSandbox, type Recording, type Reply } from '../support/sandbox.js';

type Opened = Awaited<ReturnType<typeof openSandbox>>;

const WHERE = { cname: 'lesson-4711', uid: '901001' };

/** The calls, each with correct parameters. */
const CALLS: Record<string, (sandbox: Client) => Promise<Reply>> = {
  acquire: (sandbox) => sandbox.acquire(WHERE.cname, WHERE.uid),
  start: async (sandbox) => sandbox.start(await acquired(sandbox)),
  query: async (sandbox) => sandbox.query(await running(sandbox)),
  update: async (sandbox) =>
    sandbox.update(await running(sandbox), {
      streamSubscribe: { audioUidList: { subscribeAudioUids: ['1'] } },
    }),
  updateLayout: async (sandbox) => sandbox.updateLayout(await running(sandbox), { mixedVideoLayout: 1 }),
  stop: async (sandbox) => sandbox.stop(await running(sandbox), { async_stop: true }),
};

async function acquired(sandbox: Client) {
  return { ...WHERE, resourceId: String((await sandbox.acquire(WHERE.cname, WHERE.uid)).body.resourceId) };
}

async function running(sandbox: Client): Promise<Recording> {
  const recording = await sandbox.record(WHERE.cname, WHERE.uid);
  await sandbox.step(10_000);
  return recording;
}

/** A row of the table: operation, HTTP status, body, name, and the behaviour that produces it, if any. */
type Row = [call: string, status: number, body: Json, how: string, by?: (sandbox: Opened) => Promise<Reply>];

const message = (text: string) => ({ message: text });
const code = (number: number, reason: string) => ({ code: number, reason });

async function ended(sandbox: Client): Promise<Recording> {
  const recording = await running(sandbox);
  await sandbox.stop(recording, { async_stop: true });
  await sandbox.step(10_000);
  return recording;
}

async function stopping(sandbox: Client): Promise<Recording> {
  const recording = await running(sandbox);
  await sandbox.stop(recording, { async_stop: true });
  return recording;
}

/** The table of status codes (https://docs.agora.io/en/cloud-recording/rest-api/status-codes), row by row. */
const TABLE: Row[] = [
  [
    ...(['any', 400, message('appid is invalid'), 'appid-invalid'] as const),
    ({ agora }) => agora('POST', '/v1/apps/ffff/cloud_recording/acquire', WHERE),
  ],
  [
    ...(['any', 401, message('Unauthorized'), 'unauthorized'] as const),
    async ({ url }) => {
      const response = await fetch(`${url}/v1/ncs/ip`);
      return { status: response.status, body: (await response.json()) as Json, headers: response.headers };
    },
  ],
  [
    ...(['any', 401, message('Invalid authentication credentials'), 'credentials-invalid'] as const),
    ({ agora }) => agora('GET', '/v1/ncs/ip', undefined, { authorization: `Basic ${btoa('a:b')}` }),
  ],
  [
    ...(['any', 404, message('no Route matched with those values'), 'no-route'] as const),
    ({ agora, base }) => agora('GET', `${base}/acquire`),
  ],
  [
    ...(['any', 429, message('API rate limit exceeded'), 'rate-limited'] as const),
    async () => {
      const { agora } = await openSandbox({ callsPerSecond: undefined });
      const replies = await Promise.all(Array.from({ length: 11 }, () => agora('GET', '/v1/ncs/ip')));
      return replies.find(({ status }) => status !== 200) ?? replies[0]!;
    },
  ],
  [
    ...(['acquire', 400, code(2, 'Acquire: invalid uid value'), 'invalid-parameter'] as const),
    ({ acquire }) => acquire('a', '0'),
  ],
  ['acquire', 400, code(400, 'invalid_appid'), 'invalid-appid'],
  [
    ...(['acquire', 400, code(401, 'invalid_channel_name'), 'invalid-channel-name'] as const),
    ({ acquire }) => acquire('ü', '1'),
  ],
  ['acquire', 400, code(405, 'no_active_status'), 'no-active-status'],
  ['acquire', 400, code(406, 'vendor_over_load'), 'vendor-over-load'],
  ['acquire', 500, code(500, 'internal_error'), 'internal-error'],
  ['acquire', 500, code(501, 'no_worker_manager_available'), 'no-worker-manager-available'],
  ['acquire', 500, code(504, 'allocate_timeout'), 'allocate-timeout'],
  [
    ...(['start', 201, code(7, 'already started'), 'already-started'] as const),
    async (sandbox) => sandbox.start(await running(sandbox)),
  ],
  ['start', 206, code(65, 'request not completed'), 'not-completed'],
  [
    ...([
      'start',
      400,
      code(2, 'Start: invalid recordingConfig.maxIdleTime value'),
      'invalid-parameter',
    ] as const),
    async (sandbox) =>
      sandbox.start(await acquired(sandbox), { recordingConfig: { channelType: 1, maxIdleTime: 1 } }),
  ],
  [
    ...(['start', 400, code(53, 'task conflict'), 'task-conflict'] as const),
    async (sandbox) => {
      await running(sandbox);
      return sandbox.start(await acquired(sandbox));
    },
  ],
  ['start', 500, code(502, 'Failed to allocate worker'), 'worker-not-allocated'],
  ['start', 500, code(62, 'request timeout'), 'request-timeout'],
  ...['query', 'update', 'updateLayout', 'stop'].flatMap((call): Row[] => [
    [call, 206, code(65, 'request not completed'), 'not-completed'],
    [call, 504, code(62, 'request timeout'), 'request-timeout'],
  ]),
  ['query', 400, code(2, 'Query: invalid parameter value'), 'invalid-parameter'],
  [
    ...(['update', 400, code(2, 'Update: invalid streamSubscribe value'), 'invalid-parameter'] as const),
    async (sandbox) => sandbox.update(await running(sandbox), {}),
  ],
  [
    ...([
      'updateLayout',
      400,
      code(2, 'UpdateLayout: invalid backgroundColor value'),
      'invalid-parameter',
    ] as const),
    async (sandbox) => sandbox.updateLayout(await running(sandbox), { backgroundColor: 'red' }),
  ],
  [
    ...(['stop', 400, code(2, 'Stop: invalid async_stop value'), 'invalid-parameter'] as const),
    async (sandbox) => sandbox.stop(await running(sandbox), { async_stop: 'yes' }),
  ],
  ...(['query', 'update', 'updateLayout', 'stop'] as const).map((call): Row => [
    ...([call, 404, code(404, 'failed to find worker'), 'worker-not-found'] as const),
    async (sandbox) => sandbox[call](await ended(sandbox), {} as never),
  ]),
  [
    ...(['stop', 206, code(435, 'no recorded data'), 'nothing-recorded'] as const),
    async (sandbox) => {
      await sandbox.control('PUT', '/channels/empty', { publishers: [] });
      const silent = await sandbox.record('empty', '1');
      const reply = sandbox.stop(silent);
      await expect.poll(async () => (await sandbox.truth(silent.sid)).phase).toBe('stopping');
      await sandbox.step(1_000);
      return reply;
    },
  ],
  [
    ...(['stop', 400, code(49, 'invalid operation'), 'invalid-operation'] as const),
    async (sandbox) => sandbox.stop(await stopping(sandbox)),
  ],
];

const titleOf = (call: string, status: number, body: Json) => `${call}: ${status} ${JSON.stringify(body)}`;

describe('The current error table', () => {
  it.each(
    TABLE.filter((row) => row[4] !== undefined).map((row) => [titleOf(row[0], row[1], row[2]), row] as const),
  )('has a row that behaviour produces: %s', async (_title, [_call, status, body, _name, by]) => {
    const reply = await by?.(await openSandbox());
    expect([reply?.status, reply?.body]).toEqual([status, body]);
  });

  it.each(TABLE.map((row) => [titleOf(row[0], row[1], row[2]), row] as const))(
    'has a row that can be requested by name: %s',
    async (_title, [call, status, body, reply, by]) => {
      const sandbox = await openSandbox();
      const order = await sandbox.control('POST', '/faults', { operation: call, reply });
      expect(order.status).toBe(201);
      // Replies of Agora's API gateway apply to every operation.
      const struck = await CALLS[call === 'any' ? 'acquire' : call]?.(sandbox);
      const said = [struck?.status, struck?.body];
      // By behaviour the reason names a property; a requested reply has none to name.
      const named = by !== undefined && body.code === 2;
      expect(said).toEqual([
        status,
        named ? { code: 2, reason: expect.stringMatching(/: invalid parameter value$/) as string } : body,
      ]);
    },
  );

  it('is exactly what the sandbox lists', async () => {
    const sandbox = await openSandbox();
    const { replies } = (await sandbox.control('GET', '/replies')).body as {
      replies: { operation: string; name: string; status: number }[];
    };
    const key = (operation: string, name: string, status: number) => `${operation} ${name} ${status}`;
    expect(replies.map(({ operation, name, status }) => key(operation, name, status)).sort()).toEqual(
      TABLE.map(([call, status, , name]) => key(call, name, status)).sort(),
    );
  });

  it('has names for each operation, and accepts a name or a reply, not both', async () => {
    const { control } = await openSandbox();
    const status = async (order: Json) => (await control('POST', '/faults', order)).status;
    expect(await status({ operation: 'acquire', reply: 'task-conflict' })).toBe(400);
    expect(await status({ operation: 'any', reply: 'task-conflict' })).toBe(400);
    expect(await status({ operation: 'start', reply: 'task-conflict', status: 500 })).toBe(400);
    expect(await status({ operation: 'start', reply: 'rate-limited' })).toBe(201);
  });

  it('has a row without HTTP status, code 50 of a synchronous stop: 206, or 200 by an assumption', async () => {
    for (const [lateStopIsPartial, status] of [
      [true, 206],
      [false, 200],
    ] as const) {
      const sandbox = await openSandbox();
      await sandbox.control('PUT', '/assumptions', { lateStopIsPartial });
      const recording = await running(sandbox);
      await sandbox.control('PUT', `/recordings/${recording.sid}`, { uploadMs: 60_000 });
      const reply = sandbox.stop(recording);
      await expect.poll(async () => (await sandbox.truth(recording.sid)).phase).toBe('stopping');
      await sandbox.step(21_000);
      expect([(await reply).status, (await reply).body.code]).toEqual([status, 50]);
    }
  });
});
