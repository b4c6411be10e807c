import { fastify } from 'fastify';
import { request as httpRequest } from 'node:http';
import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { sign } from '@agora-recording-gateway/agora/webhook/signature';
import { systemClock } from '../../src/process/clock.js';
import { createNotificationServers, LIST_TTL_MS } from '../../src/commands/notification-servers.js';
import { createForwarding } from '../../src/http/access/forwarded.js';
import {
  createWebhookSources,
  MAX_LIST_AGE_MS,
  MAX_UNPROVEN_BYTES_EACH,
  PROVEN_MS,
  type WebhookSourceSettings,
} from '../../src/http/access/webhook-sources.js';
import { webhookRoute } from '../../src/http/webhook-route.js';
import { createIntake, MAX_BODY_BYTES, type Project } from '../../src/intake/intake.js';
import { openStore } from '../../src/store/store.js';
import { createKnownSecrets } from '../../src/telemetry/known-secrets.js';
import { createLog } from '../../src/telemetry/log.js';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { type Envelope, envelope } from '../../packages/agora/test/support.js';
import { waitFor } from '../support/wait-for.js';
import { recordingOf } from '../../src/recordings/view/recording.js';
import { attempt } from '../recordings/observations.js';
import { temporaryDirectory } from '../support/processes.js';
import { migratedDatabase } from '../support/databases/databases.js';

const APP_ID = '0123456789abcdef0123456789abcdef';
const OTHER_APP_ID = 'fedcba9876543210fedcba9876543210';
const FIRST = new Secret('first-webhook-secret');
const SECOND = new Secret('second-webhook-secret');
const PROJECT: Project = { appId: APP_ID, webhookSecrets: [FIRST, SECOND] };

const opened: (() => unknown)[] = [];
const foldErrors: string[] = [];
const onFoldError = (_recordingId: string, error: string) => void foldErrors.push(error);

afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
  expect(foldErrors.splice(0)).toEqual([]);
});

interface Answer {
  status: number;
  retryAfter: string | undefined;
  type: string | undefined;
  body: unknown;
}

interface DoorOptions {
  projects?: Project[];
  held?: string[];
  sources?: Partial<WebhookSourceSettings>;
  /** What Agora answers, each time it is asked for its addresses; null for no answer. */
  agoraAddresses?: (string[] | null)[];
}

async function openDoor(options: DoorOptions = {}) {
  const database = await migratedDatabase('SQLite');
  let ids = 0;
  const mintId = () => `id-${(ids += 1)}`;
  const opening = await openStore({
    databaseUrl: database.url,
    appIds: [APP_ID],
    mintId,
    mintKey: () => 'key',
    onFoldError,
  });
  let closing: Promise<void> | null = null;
  const store = { ...opening, close: () => (closing ??= opening.close()) };
  const metrics = createMetrics();
  const knownSecrets = createKnownSecrets({ store, clock: systemClock, log: createLog('silent') });
  await knownSecrets.keepAccount([FIRST, SECOND]);
  const owner = { appId: APP_ID, channel: 'lesson-4711', recordingId: null };
  const held = (options.held ?? []).map((text) => ({ kind: 'start' as const, text }));
  await knownSecrets.keep(owner, held);
  const intake = createIntake({
    projects: () => options.projects ?? [PROJECT],
    store,
    clock: systemClock,
    mintId,
    knownSecrets,
    log: createLog('silent'),
    metrics,
  });
  const app = fastify();
  const time = { now: 0 };
  const answers = [...(options.agoraAddresses ?? [])];
  const askAgora = () => Promise.resolve(answers.shift() ?? null);
  const clock = { now: () => time.now, realDuration: (milliseconds: number) => milliseconds };
  const sources = createWebhookSources({
    settings: { allowed: null, refusals: null, ...options.sources },
    monotonic: () => time.now,
    agoraAddresses: createNotificationServers(clock, askAgora),
  });
  const forwarding = createForwarding(['loopback']);
  app.addHook('onRequest', (request, _reply, done) => {
    request.addressed = forwarding(request.raw);
    done();
  });
  void app.register(webhookRoute(intake, sources));
  await app.listen({ host: '127.0.0.1', port: 0 });
  opened.push(
    () => database.remove(),
    () => store.close(),
    () => app.close(),
  );
  const { port } = app.server.address() as AddressInfo;

  /** Posts bytes with exactly these headers. */
  function post(body: Buffer, headers: Record<string, string>, path = '/webhooks/agora'): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sending = httpRequest({ host: '127.0.0.1', port, path, method: 'POST', headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            retryAfter: response.headers['retry-after'],
            type: response.headers['content-type'],
            body: JSON.parse(text) as unknown,
          });
        });
      });
      sending.on('error', reject);
      sending.end(body);
    });
  }

  /** Sends the head of a request and no body, and gives what is answered. */
  function postHead(headers: Record<string, string>): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => {
        const lines = Object.entries({ ...JSON_TYPE, 'agora-signature': 'x', ...headers });
        const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
        socket.write(`POST /webhooks/agora HTTP/1.1\r\nhost: localhost\r\n${head}\r\n`);
      });
      let text = '';
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
  }

  /** Begins a request whose body does not end. */
  async function openBody(address: string): Promise<Socket> {
    const socket = connect(port, '127.0.0.1');
    opened.push(() => socket.destroy());
    socket.on('error', () => undefined); // The door may close first.
    await once(socket, 'connect');
    socket.write(
      `POST /webhooks/agora HTTP/1.1\r\nhost: localhost\r\nx-forwarded-for: ${address}\r\ncontent-type: application/json\r\n` +
        'agora-signature: x\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n',
    );
    return socket;
  }

  /** Posts a message as Agora does. */
  async function deliver(message: unknown, path?: string): Promise<Answer> {
    const body = Buffer.from(JSON.stringify(message));
    return await post(body, { 'content-type': 'application/json', ...signed(body) }, path);
  }

  /** The status of a message from an address, with or without a valid signature. */
  async function statusFrom(address: string, isSigned: boolean): Promise<number> {
    const body = Buffer.from(JSON.stringify(started()));
    const signature = signed(body, isSigned ? FIRST : new Secret('of-another-sender'));
    return (await post(body, { ...JSON_TYPE, ...signature, 'x-forwarded-for': address })).status;
  }

  async function counts(name: string): Promise<Record<string, number>> {
    const metric = (await metrics.registry.getMetricsAsJSON()).find((candidate) => candidate.name === name);
    return Object.fromEntries(
      (metric?.values ?? [])
        .filter(({ value }) => value > 0)
        .map(({ labels, value }) => [Object.values(labels)[0] ?? '', value]),
    );
  }

  async function log() {
    const entries = await store.tail(0, 1_000);
    const pages = await Promise.all(
      [...new Set(entries.map(({ recordingIds }) => recordingIds[0]!))].map((id) =>
        store.eventPage(id, { first: 1_000 }, 1_000),
      ),
    );
    return pages
      .flatMap(({ items }) => items.map(({ item }) => item))
      .sort((left, right) => left.position - right.position);
  }

  return {
    store,
    time,
    post,
    deliver,
    statusFrom,
    postHead,
    openBody,
    log,
    refused: () => counts('gateway_webhook_refused_total'),
    ignored: () => counts('gateway_webhook_ignored_total'),
    outcomes: () => counts('gateway_notifications_total'),
    contradictions: () => counts('gateway_assumption_contradictions_total'),
  };
}

function signed(body: Uint8Array, secret: Secret = FIRST): Record<string, string> {
  return {
    'Agora-Signature': sign('sha1', secret, body),
    'Agora-Signature-V2': sign('sha256', secret, body),
  };
}

const JSON_TYPE = { 'content-type': 'application/json' };
const started = (): Envelope => envelope('notify-40-recorder-started');
const bytes = (message: unknown) => Buffer.from(JSON.stringify(message));

describe('a notification', () => {
  it('is stored before it is answered with 200 and a JSON body', async () => {
    const door = await openDoor();
    const text = `${JSON.stringify(started(), null, 3)}\n`;
    const body = Buffer.from(text);
    const answer = await door.post(body, { ...JSON_TYPE, ...signed(body) });
    expect(answer).toMatchObject({ status: 200, body: { received: 1 } });
    expect(answer.type).toContain('application/json');
    const [stored, ...others] = await door.log();
    expect(others).toEqual([]);
    expect(stored).toMatchObject({
      type: 'RECORDER_STARTED',
      observation: { appId: APP_ID, source: 'NOTIFICATION', occurredAt: 1764000002000, raw: text },
    });
    expect(await door.store.recordingIdBySid('a65e19cbae530282bd36cb9d21f6be6a')).not.toBeNull();
    expect(await door.outcomes()).toEqual({ stored: 1 });
    expect(await door.refused()).toEqual({});
  });

  it('is there after the gateway was restarted', async () => {
    const directory = temporaryDirectory();
    opened.push(() => directory.remove());
    const open = () =>
      openStore({
        databaseUrl: `file:${directory.path}/a.db`,
        appIds: [APP_ID],
        mintId: () => 'r1',
        mintKey: () => 'key',
        onFoldError,
      });
    const store = await open();
    const intake = createIntake({
      projects: () => [PROJECT],
      store,
      clock: systemClock,
      mintId: () => 'o1',
      knownSecrets: createKnownSecrets({ store, clock: systemClock, log: createLog('silent') }),
      log: createLog('silent'),
      metrics: createMetrics(),
    });
    const body = bytes(started());
    const signature = sign('sha256', FIRST, body);
    const headers = { ...JSON_TYPE, 'agora-signature-v2': signature };
    expect(await intake.receive({ appId: null, headers, body })).toMatchObject({ status: 200 });
    await store.close();
    const again = await open();
    opened.push(() => again.close());
    expect(await again.head()).toBe(1);
  });

  it.each(['application/json', 'application/json;charset=utf-8', 'Application/JSON ; charset=UTF-8; q=1'])(
    'is taken as %s',
    async (type) => {
      const door = await openDoor();
      const body = bytes(started());
      expect(await door.post(body, { 'content-type': type, ...signed(body) })).toMatchObject({ status: 200 });
      expect(await door.outcomes()).toEqual({ stored: 1 });
    },
  );

  it('may be signed with any of two secrets, by SHA-1 or SHA-256', async () => {
    const door = await openDoor();
    const body = bytes(started());
    for (const secret of [FIRST, SECOND]) {
      for (const name of ['Agora-Signature', 'Agora-Signature-V2'] as const) {
        const header = { [name]: signed(body, secret)[name]! };
        expect(await door.post(body, { ...JSON_TYPE, ...header })).toMatchObject({ status: 200 });
      }
    }
    expect(await door.outcomes()).toEqual({ stored: 1, duplicate: 3 });
  });

  it('of an undocumented type is stored', async () => {
    const door = await openDoor();
    expect(await door.deliver({ ...started(), eventType: 48 })).toMatchObject({ status: 200 });
    expect((await door.log()).map(({ type }) => type)).toEqual(['UNKNOWN']);
  });

  it('of several projects is known by its path, and signed with its own secret', async () => {
    const other: Project = { appId: OTHER_APP_ID, webhookSecrets: [new Secret('other-webhook-secret')] };
    const door = await openDoor({ projects: [PROJECT, other] });
    expect(await door.deliver(started(), `/webhooks/agora/${APP_ID}`)).toMatchObject({ status: 200 });
    expect(await door.deliver(started(), `/webhooks/agora/${OTHER_APP_ID}`)).toMatchObject({ status: 401 });
    expect(await door.deliver(started())).toMatchObject({ status: 404 });
    const body = bytes(started());
    expect(
      await door.post(
        body,
        { ...JSON_TYPE, ...signed(body, other.webhookSecrets[0]) },
        `/webhooks/agora/${OTHER_APP_ID}`,
      ),
    ).toMatchObject({ status: 200 });
    expect((await door.log()).map(({ observation }) => observation.appId)).toEqual([APP_ID, OTHER_APP_ID]);
    expect(await door.outcomes()).toEqual({ stored: 2 });
  });
});

describe('a request that is refused', () => {
  async function expectNothingTaken(
    door: Awaited<ReturnType<typeof openDoor>>,
    refused: Record<string, number>,
  ) {
    expect(await door.refused()).toEqual(refused);
    expect(await door.store.head()).toBe(0);
    expect(await door.outcomes()).toEqual({});
  }

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'application/json-patch+json',
    'json',
    'text/plain, application/json',
  ])('is one of media type %s, with 415', async (type) => {
    const door = await openDoor();
    const body = bytes(started());
    expect(await door.post(body, { 'content-type': type, ...signed(body) })).toMatchObject({ status: 415 });
    await expectNothingTaken(door, { 'media-type': 1 });
  });

  it('is one without a media type, with 415', async () => {
    const door = await openDoor();
    const body = bytes(started());
    expect(await door.post(body, signed(body))).toMatchObject({ status: 415 });
    await expectNothingTaken(door, { 'media-type': 1 });
  });

  it('is one over the largest size, with 413, and one of just that size is not', async () => {
    const door = await openDoor();
    const padding = (size: number) => {
      const text = JSON.stringify(started());
      return Buffer.from(text + ' '.repeat(size - Buffer.byteLength(text)));
    };
    const larger = padding(MAX_BODY_BYTES + 1);
    expect(await door.post(larger, { ...JSON_TYPE, ...signed(larger) })).toMatchObject({ status: 413 });
    await expectNothingTaken(door, { 'too-large': 1 });
    const largest = padding(MAX_BODY_BYTES);
    expect(await door.post(largest, { ...JSON_TYPE, ...signed(largest) })).toMatchObject({ status: 200 });
  });

  it('is one over the largest size that does not say its size, with 413', async () => {
    const door = await openDoor();
    const body = Buffer.alloc(MAX_BODY_BYTES + 1, ' ');
    expect(
      await door.post(body, { ...JSON_TYPE, ...signed(body), 'transfer-encoding': 'chunked' }),
    ).toMatchObject({ status: 413 });
    await expectNothingTaken(door, { 'too-large': 1 });
  });

  it.each<[string, (body: Buffer) => Record<string, string>]>([
    ['without a signature', () => ({})],
    ['with one made with another secret', (body) => signed(body, new Secret('wrong-secret'))],
    ['with an empty one', () => ({ 'Agora-Signature-V2': '' })],
    ['with one in upper case', (body) => ({ 'Agora-Signature': sign('sha1', FIRST, body).toUpperCase() })],
    [
      'with a right SHA-1 and a wrong SHA-256',
      (body) => ({ ...signed(body), 'Agora-Signature-V2': sign('sha256', new Secret('wrong'), body) }),
    ],
  ])('is one %s, with 401', async (_what, headers) => {
    const door = await openDoor();
    const body = bytes(started());
    expect(await door.post(body, { ...JSON_TYPE, ...headers(body) })).toMatchObject({ status: 401 });
    await expectNothingTaken(door, { signature: 1 });
  });

  it('is one whose body was altered by one byte, with 401', async () => {
    const door = await openDoor();
    const body = bytes(started());
    const altered = Buffer.from(body.toString().replace('"sequence":0', '"sequence":1'));
    expect(altered.length).toBe(body.length);
    expect(await door.post(altered, { ...JSON_TYPE, ...signed(body) })).toMatchObject({ status: 401 });
    await expectNothingTaken(door, { signature: 1 });
  });

  it('is one without a body, with 401', async () => {
    const door = await openDoor();
    expect(await door.post(Buffer.alloc(0), JSON_TYPE)).toMatchObject({ status: 401 });
    await expectNothingTaken(door, { signature: 1 });
  });

  it.each([
    ['JSON that breaks off', Buffer.from('{"noticeId":"a","payload":{')],
    ['no JSON', Buffer.from('Ok')],
    ['nothing', Buffer.alloc(0)],
    ['text other than UTF-8', Buffer.from('{"noticeId":"\xe9"}', 'latin1')],
  ])('is one of %s, rightly signed, with 400', async (_what, body) => {
    const door = await openDoor();
    expect(await door.post(body, { ...JSON_TYPE, ...signed(body) })).toMatchObject({ status: 400 });
    await expectNothingTaken(door, { 'malformed-json': 1 });
  });

  it.each([OTHER_APP_ID, 'x', '__proto__'])('is one for the unknown project %s, with 404', async (appId) => {
    const door = await openDoor();
    expect(await door.deliver(started(), `/webhooks/agora/${appId}`)).toMatchObject({ status: 404 });
    await expectNothingTaken(door, { 'unknown-project': 1 });
  });

  it('is one for a project that has no secret, with 404', async () => {
    const door = await openDoor({ projects: [{ appId: APP_ID, webhookSecrets: [] }] });
    expect(await door.deliver(started())).toMatchObject({ status: 404 });
    await expectNothingTaken(door, { 'unknown-project': 1 });
  });

  it('is one of more than a hundred notifications, with 400', async () => {
    const door = await openDoor();
    expect(await door.deliver(Array.from({ length: 101 }, started))).toMatchObject({ status: 400 });
    await expectNothingTaken(door, { 'too-many': 1 });
  });

  it('gives the reason in JSON, and nothing of what was sent', async () => {
    const door = await openDoor();
    const body = Buffer.from('{"canary":');
    const answer = await door.post(body, { ...JSON_TYPE, ...signed(body) });
    expect(answer.type).toContain('application/json');
    expect(answer.body).toEqual({ error: 'The body is not valid UTF-8 JSON.' });
  });
});

describe('a message about no recording', () => {
  it.each<[string, unknown, string]>([
    [
      "the console's check",
      { ...started(), payload: { ...started().payload, cname: 'test_webhook', uid: '12121212' } },
      'console-check',
    ],
    [
      "the console's check of RTC",
      { ...started(), payload: { channelName: 'test_webhook' } },
      'console-check',
    ],
    [
      'one of Cloud Transcoder',
      { ...started(), eventType: 111, payload: { taskId: '4f2c', sequence: 0, details: {} } },
      'other-product',
    ],
    [
      'one of another product',
      { ...started(), productId: 1, payload: { channelName: 'a' } },
      'other-product',
    ],
    ['one without a sid', { ...started(), payload: { cname: 'a', uid: '1' } }, 'no-recording'],
    ['a text', 'Ok', 'not-an-object'],
  ])('is answered with 200 and makes none: %s', async (_what, message, reason) => {
    const door = await openDoor();
    expect(await door.deliver(message)).toMatchObject({ status: 200, body: { received: 0 } });
    expect(await door.ignored()).toEqual({ [reason]: 1 });
    expect(await door.store.head()).toBe(0);
    expect(await door.store.runningRecordings()).toEqual([]);
  });
});

describe('a message that has a sid and a valid signature is stored', () => {
  const { payload, ...outside } = started();

  it.each<[string, unknown]>([
    ['with the productId of another product', { ...started(), productId: 1 }],
    ['with its payload as JSON text', { ...outside, payload: JSON.stringify(payload) }],
    ['with its payload in a list', { ...outside, payload: [payload] }],
    ['with its payload under data', { ...outside, data: payload }],
    ['with its payload in the payload', { ...outside, payload: { payload } }],
    ['with blanks around the sid', { ...outside, payload: { ...payload, sid: ` ${String(payload.sid)} ` } }],
    ['in a list', [started()]],
  ])('%s', async (_what, message) => {
    const door = await openDoor();
    expect(await door.deliver(message)).toMatchObject({ status: 200, body: { received: 1 } });
    expect(await door.store.recordingIdBySid(String(payload.sid))).not.toBeNull();
    expect((await door.log()).map(({ type }) => type)).toEqual(['RECORDER_STARTED']);
    expect(Object.values(await door.contradictions())).toEqual([1]);
  });

  it('once for each payload of a list', async () => {
    const door = await openDoor();
    const second = { ...payload, sid: 'b'.repeat(32) };
    expect(await door.deliver({ ...outside, payload: [payload, second] })).toMatchObject({
      body: { received: 2 },
    });
    expect(await door.store.recordingIdBySid('b'.repeat(32))).not.toBeNull();
  });

  it('and two sids are a contradiction and a problem, of which the payload decides', async () => {
    const door = await openDoor();
    await door.deliver({ ...started(), sid: 'b'.repeat(32) });
    expect(await door.contradictions()).toEqual({ namesAgree: 1 });
    expect(await door.store.recordingIdBySid('b'.repeat(32))).toBeNull();
    const id = await door.store.recordingIdBySid(String(payload.sid));
    const [state] = await door.store.states([id!]);
    expect(recordingOf(state!).problems).toMatchObject([{ code: 'NOTIFICATION_NAMES_ANOTHER_RECORDING' }]);
  });

  it('of channel test_webhook, where its sid is known or a recording was started there', async () => {
    const door = await openDoor();
    const channel = 'test_webhook';
    const ofCheck = (sid: string) => ({
      ...outside,
      noticeId: sid,
      payload: { ...payload, cname: channel, sid },
    });
    expect(await door.deliver(ofCheck('a'))).toMatchObject({ body: { received: 0 } });
    expect(await door.ignored()).toEqual({ 'console-check': 1 });
    await door.deliver({ ...outside, noticeId: 'n', payload: { ...payload, sid: 'b' } });
    expect(await door.deliver(ofCheck('b'))).toMatchObject({ body: { received: 1 } });
    const observation = attempt({ recordingId: 'r', facts: { channel } });
    await door.store.attempts.open({
      ...{ recordingId: 'r', appId: APP_ID, channel, uid: '1', resourceId: 'x', observation },
      ...{ idempotencyKey: null, inputHash: null, input: null, acquiredAt: 1, createdAt: 1 },
    });
    expect(await door.deliver(ofCheck('c'))).toMatchObject({ body: { received: 1 } });
  });
});

describe("the check of Agora's console", () => {
  it('fails while notifications cannot be stored', async () => {
    const door = await openDoor();
    const check = { ...started(), payload: { ...started().payload, cname: 'test_webhook', uid: '12121212' } };
    expect(await door.deliver(check)).toMatchObject({ status: 200 });
    await door.store.close();
    expect(await door.deliver(check)).toMatchObject({ status: 503 });
  });
});

describe('a notification that comes twice', () => {
  it('as a resend with another notifyMs counts as a duplicate', async () => {
    const door = await openDoor();
    await door.deliver(started());
    expect(await door.deliver(envelope('notify-40-retry-of-same-notice'))).toMatchObject({ status: 200 });
    expect(await door.outcomes()).toEqual({ stored: 1, duplicate: 1 });
    expect(await door.store.head()).toBe(1);
  });

  it('as a redundant copy with another noticeId counts as a duplicate', async () => {
    const door = await openDoor();
    await door.deliver(started());
    expect(await door.deliver({ ...started(), noticeId: 'f'.repeat(32) })).toMatchObject({ status: 200 });
    expect(await door.outcomes()).toEqual({ stored: 1, duplicate: 1 });
    expect(await door.store.head()).toBe(1);
  });

  it('many times at once is stored once', async () => {
    const door = await openDoor();
    await Promise.all(Array.from({ length: 20 }, () => door.deliver(started())));
    expect(await door.outcomes()).toEqual({ stored: 1, duplicate: 19 });
    expect(await door.store.head()).toBe(1);
  });

  it('is counted with the recording', async () => {
    const door = await openDoor();
    await door.deliver(started());
    await door.deliver(started());
    const id = await door.store.recordingIdBySid('a65e19cbae530282bd36cb9d21f6be6a');
    const [recording] = await door.store.recordings([id ?? '']);
    expect(recording?.delivery).toMatchObject({ received: 1, duplicates: 1, conflicts: 0 });
  });

  const other = (): Envelope => {
    const body = started();
    body.payload.sequence = 5;
    body.payload.details.status = 1;
    return body;
  };

  it('under one noticeId with other content is stored, and counted as a conflict', async () => {
    const door = await openDoor();
    await door.deliver(started());
    expect(await door.deliver(other())).toMatchObject({ status: 200 });
    expect(await door.outcomes()).toEqual({ stored: 1, conflict: 1 });
    expect(await door.log()).toHaveLength(2);
  });

  it('as the resend of one in conflict counts as a duplicate', async () => {
    const door = await openDoor();
    await door.deliver(started());
    await door.deliver(other());
    await door.deliver({ ...other(), notifyMs: 1764000009999 });
    expect(await door.outcomes()).toEqual({ stored: 1, conflict: 1, duplicate: 1 });
    expect(await door.log()).toHaveLength(2);
  });
});

describe('a secret in a notification', () => {
  it('never reaches the store', async () => {
    const door = await openDoor({ held: ['canary-of-the-start'] });
    const message = envelope('notify-1-error-upload');
    message.payload.details = {
      ...message.payload.details,
      errorMsg: 'rejected canary-of-the-start and first-webhook-secret',
      accessKey: 'canary-access-key',
      storageConfig: { secretKey: 'canary-secret-key' },
      rtmpUrl: 'rtmp://cdn.example.com/live/canary-stream-key',
    };
    expect(await door.deliver(message)).toMatchObject({ status: 200 });
    const id = await door.store.recordingIdBySid('a65e19cbae530282bd36cb9d21f6be6a');
    const everything = JSON.stringify([await door.log(), await door.store.states([id ?? ''])]);
    expect(everything).toContain('rejected [redacted] and [redacted]');
    expect(everything).toContain('rtmp://cdn.example.com/live/[redacted]');
    expect(everything).not.toContain('canary');
    expect(everything).not.toContain('first-webhook-secret');
  });

  it('of digits does not keep a notification of its channel from being stored', async () => {
    const door = await openDoor({ held: ['764000'] });
    expect(await door.deliver(started())).toMatchObject({ status: 200 });
    expect(await door.store.recordingIdBySid('a65e19cbae530282bd36cb9d21f6be6a')).not.toBeNull();
  });
});

describe('an array of notifications', () => {
  it('is received whole, each entry separately', async () => {
    const door = await openDoor();
    const messages = [
      started(),
      { ...started(), productId: 1, payload: {} },
      envelope('notify-33-progress'),
      started(),
      envelope('notify-70-web-started'),
    ];
    expect(await door.deliver(messages)).toMatchObject({ status: 200, body: { received: 4 } });
    expect(await door.outcomes()).toEqual({ stored: 3, duplicate: 1 });
    expect(await door.ignored()).toEqual({ 'other-product': 1 });
    expect((await door.log()).map(({ type }) => type)).toEqual([
      'RECORDER_STARTED',
      'UPLOADING_PROGRESS',
      'WEB_RECORDER_STARTED',
    ]);
    expect((await door.log()).map(({ observation }) => JSON.parse(observation.raw ?? '') as unknown)).toEqual(
      [messages[0], messages[2], messages[4]],
    );
  });

  it('may be empty', async () => {
    const door = await openDoor();
    expect(await door.deliver([])).toMatchObject({ status: 200, body: { received: 0 } });
  });
});

describe('Webhook requests without a valid signature', () => {
  const stranger = '203.0.113.7';

  it('get 429 with Retry-After beyond the number in a minute, before their body is read', async () => {
    const door = await openDoor({ sources: { refusals: 3 } });
    for (let times = 0; times < 3; times += 1) expect(await door.statusFrom(stranger, false)).toBe(401);
    // Only the head is sent, so the answer shows that the body is not waited for.
    const answer = await door.postHead({ 'content-length': '1000', 'x-forwarded-for': stranger });
    expect(answer).toContain('429 Too Many Requests');
    expect(answer.toLowerCase()).toContain('retry-after: 20');
    expect(await door.refused()).toEqual({ signature: 3, rate: 1 });
    door.time.now += 20_000;
    expect(await door.statusFrom(stranger, false)).toBe(401);
    expect(await door.statusFrom(stranger, false)).toBe(429);
  });

  it('are counted whatever they were refused for', async () => {
    const door = await openDoor({ sources: { refusals: 5 } });
    const from = { 'x-forwarded-for': stranger };
    const body = Buffer.from('{}');
    const statuses = [
      await door.post(body, { ...JSON_TYPE, ...from }),
      await door.post(body, { ...JSON_TYPE, ...from }, `/webhooks/agora/${OTHER_APP_ID}`),
      await door.post(body, { 'content-type': 'text/plain', ...from }),
      await door.post(Buffer.alloc(MAX_BODY_BYTES + 1), { ...JSON_TYPE, ...from, ...signed(body) }),
      await door.post(body, { ...JSON_TYPE, ...from, 'Agora-Signature': 'x' }),
      await door.post(body, { ...JSON_TYPE, ...from }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([401, 404, 415, 413, 401, 429]);
  });

  it('of one address do not keep others out, but those of one IPv6 network count together', async () => {
    const door = await openDoor({ sources: { refusals: 1 } });
    expect(await door.statusFrom(stranger, false)).toBe(401);
    expect(await door.statusFrom('203.0.113.8', true)).toBe(200);
    expect(await door.statusFrom('2001:db8::1', false)).toBe(401);
    expect(await door.statusFrom('2001:db8::2', false)).toBe(429);
    expect(await door.statusFrom('2001:db8:0:1::2', false)).toBe(401);
  });

  it('do not keep an address out that has sent a valid signature within the hour', async () => {
    const door = await openDoor({ sources: { refusals: 2 } });
    const proxy = '198.51.100.1';
    expect(await door.statusFrom(proxy, true)).toBe(200);
    for (let times = 0; times < 5; times += 1) expect(await door.statusFrom(proxy, false)).toBe(401);
    door.time.now += PROVEN_MS - 1;
    expect(await door.statusFrom(proxy, true)).toBe(200);
    door.time.now += PROVEN_MS;
    for (const status of [401, 401, 429]) expect(await door.statusFrom(proxy, false)).toBe(status);
  });

  it('of one address are read only up to a bound at once, which is free again once they end', async () => {
    const door = await openDoor();
    const open = await Promise.all(
      Array.from({ length: MAX_UNPROVEN_BYTES_EACH / MAX_BODY_BYTES }, () => door.openBody(stranger)),
    );
    await waitFor(async () => (await door.statusFrom(stranger, true)) === 503);
    expect(await door.statusFrom('203.0.113.8', true)).toBe(200);
    open[0]?.destroy();
    await waitFor(async () => (await door.statusFrom(stranger, true)) === 200);
    // It is proven now, and not bounded any more.
    await door.openBody(stranger);
    await door.openBody(stranger);
    expect(await door.statusFrom(stranger, true)).toBe(200);
    for (const socket of open) socket.destroy();
  });
});

describe('Webhook requests, if WEBHOOK_ALLOWED_ADDRESSES is set,', () => {
  const agoras = '203.0.113.10';
  const listed = { allowed: ['agora', '10.0.0.0/8'] };

  it('are taken from its ranges and from the servers that Agora names, and from nowhere else', async () => {
    const door = await openDoor({ sources: listed, agoraAddresses: [[agoras]] });
    expect(await door.statusFrom('10.1.2.3', true)).toBe(200);
    expect(await door.statusFrom(agoras, true)).toBe(200);
    expect(await door.statusFrom('203.0.113.11', true)).toBe(403);
    expect(await door.statusFrom('2001:db8::1', true)).toBe(403);
    expect(await door.refused()).toEqual({ address: 2 });
  });

  it('are refused only by a list that is young: servers that Agora adds are let in', async () => {
    const added = '203.0.113.11';
    const door = await openDoor({ sources: listed, agoraAddresses: [[agoras], [agoras, added]] });
    expect(await door.statusFrom(added, true)).toBe(403);
    door.time.now += MAX_LIST_AGE_MS;
    expect(await door.statusFrom(added, true)).toBe(200);
  });

  it('are taken from everywhere while Agora does not name its servers', async () => {
    const door = await openDoor({ sources: listed, agoraAddresses: [null, [agoras]] });
    expect(await door.statusFrom('203.0.113.11', true)).toBe(200);
    door.time.now += LIST_TTL_MS;
    expect(await door.statusFrom('203.0.113.11', true)).toBe(403);
    // A list from yesterday cannot say who sends today.
    door.time.now += LIST_TTL_MS;
    expect(await door.statusFrom('203.0.113.11', true)).toBe(200);
    expect(await door.statusFrom('203.0.113.11', false)).toBe(401);
  });
});
