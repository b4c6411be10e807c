import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { verifySignature } from '@agora-recording-gateway/agora/webhook/signature';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox.js';

export type Json = Record<string, unknown>;

type OnEnd = (cleanup: () => unknown) => void;

/** Runs after the test, before what was given earlier. Within a test only; `beforeAll` brings its own. */
export function onEnd(cleanup: () => unknown): void {
  onTestFinished(async () => {
    await cleanup();
  });
}

/** Waits until `look` returns something, and returns that. */
export async function waitFor<T>(
  look: () => T | undefined | null | false,
  what: string,
  timeoutMs = 20_000,
): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== null && found !== false) return found;
    if (performance.now() > end) throw new Error(`Timed out waiting for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export function sample(name: string): Json {
  return JSON.parse(
    readFileSync(new URL(`../../../../test/samples/${name}.json`, import.meta.url), 'utf8'),
  ) as Json;
}

export function temporaryFile(atEnd: OnEnd = onEnd): string {
  const directory = mkdtempSync(join(tmpdir(), 'sandbox-'));
  atEnd(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'sandbox.db');
}

/** The names and types of everything in a value, which two JSON documents of one format share. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
  }
  return typeof value;
}

export interface Notice {
  noticeId: string;
  productId: number;
  eventType: number;
  notifyMs: number;
  payload: {
    cname: string;
    uid: string;
    sid: string;
    sequence: number;
    sendts: number;
    serviceType: number;
    details: Json;
  };
}

export interface Arrival {
  notice: Notice;
  raw: Buffer;
  headers: Record<string, string | string[] | undefined>;
}

/** A webhook receiver that keeps what arrives, and answers with the given status. */
export async function startReceiver(
  answer: (arrival: Arrival, index: number) => number = () => 200,
  atEnd: OnEnd = onEnd,
) {
  const arrivals: Arrival[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks);
      const arrival = { raw, notice: JSON.parse(raw.toString()) as Notice, headers: request.headers };
      arrivals.push(arrival);
      response.statusCode = answer(arrival, arrivals.length - 1);
      response.end('{}');
    });
  });
  let connections = 0;
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/agora`;
  const ofType = (eventType: number) =>
    arrivals.map(({ notice }) => notice).filter((notice) => notice.eventType === eventType);
  return {
    url,
    arrivals,
    ofType,
    /** The number of connections so far. */
    connections: () => connections,
    types: () =>
      arrivals
        .map(({ notice }) => notice)
        .sort((left, right) => left.payload.sequence - right.payload.sequence)
        .map((notice) => notice.eventType),
    next: (eventType: number) => waitFor(() => ofType(eventType)[0], `event ${eventType}`),
  };
}

export interface Reply {
  status: number;
  body: Json;
  headers: Headers;
}

interface Info {
  appId: string;
  customerId: string;
  customerSecret: string;
  webhookSecret: string;
  webhookUrl: string;
  clock: { now: string; nowMs: number; speed: number };
  storage: Json;
}

export interface Recording {
  cname: string;
  uid: string;
  resourceId: string;
  sid: string;
}

async function toReply(response: Response): Promise<Reply> {
  const text = await response.text();
  return {
    status: response.status,
    body: (text === '' ? {} : JSON.parse(text)) as Json,
    headers: response.headers,
  };
}

/** A client of both sides of a sandbox. */
export async function clientOf(sandbox: { url: string }) {
  const control = async (method: string, path: string, body?: unknown): Promise<Reply> =>
    toReply(
      await fetch(`${sandbox.url}/sandbox${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }),
    );
  const info = (await control('GET', '')).body as unknown as Info;
  const authorization = `Basic ${btoa(`${info.customerId}:${info.customerSecret}`)}`;
  const base = `/v1/apps/${info.appId}/cloud_recording`;

  const agora = async (method: string, path: string, body?: unknown, headers: Json = {}): Promise<Reply> =>
    toReply(
      await fetch(`${sandbox.url}${path}`, {
        method,
        headers: { authorization, 'content-type': 'application/json;charset=utf-8', ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    );
  const acquire = (cname: string, uid: string, clientRequest: unknown = {}) =>
    agora('POST', `${base}/acquire`, { cname, uid, clientRequest });
  const start = (
    where: { cname: string; uid: string; resourceId: string },
    clientRequest: Json = {},
    mode = 'mix',
  ) =>
    agora('POST', `${base}/resourceid/${where.resourceId}/mode/${mode}/start`, {
      ...{ cname: where.cname, uid: where.uid },
      clientRequest: { storageConfig: info.storage, ...clientRequest },
    });
  const running = (recording: Recording, mode = 'mix') =>
    `${base}/resourceid/${recording.resourceId}/sid/${recording.sid}/mode/${mode}`;
  const change =
    (operation: string) =>
    (recording: Recording, clientRequest: unknown = {}, mode = 'mix') =>
      agora('POST', `${running(recording, mode)}/${operation}`, {
        ...{ cname: recording.cname, uid: recording.uid },
        clientRequest,
      });
  return {
    ...{ info, control, agora, base, acquire, start },
    query: (recording: Recording, mode = 'mix') => agora('GET', `${running(recording, mode)}/query`),
    update: change('update'),
    updateLayout: change('updateLayout'),
    stop: change('stop'),
    step: (stepMs: number) => control('PUT', '/clock', { stepMs }),
    /** Acquires and starts. */
    record: async (cname = 'lesson-4711', uid = '901001', clientRequest: Json = {}): Promise<Recording> => {
      const acquired = await acquire(cname, uid);
      const resourceId = String(acquired.body.resourceId);
      const started = await start({ cname, uid, resourceId }, clientRequest);
      if (started.status !== 200) throw new Error(`start: ${JSON.stringify(started.body)}`);
      return { cname, uid, resourceId, sid: String(started.body.sid) };
    },
    truth: async (sid: string) => (await control('GET', `/recordings/${sid}`)).body,
    isSigned: ({ raw, headers }: Arrival): boolean => {
      const secrets = [new Secret(info.webhookSecret)];
      const sha1 = headers['agora-signature'] as string | undefined;
      const sha256 = headers['agora-signature-v2'] as string | undefined;
      return (
        sha1 !== undefined &&
        sha256 !== undefined &&
        verifySignature(raw, { sha1, sha256: undefined }, secrets) &&
        verifySignature(raw, { sha1: undefined, sha256 }, secrets)
      );
    },
  };
}

export type Client = Awaited<ReturnType<typeof clientOf>>;

export async function openSandbox(options: SandboxOptions = {}): Promise<Sandbox & Client> {
  // Time hardly passes between steps, so that a test sees only what is within its steps.
  const sandbox = await startSandbox({ speed: 0.001, callsPerSecond: 1_000, ...options });
  let closed = false;
  const close = async () => {
    if (!closed) await sandbox.close();
    closed = true;
  };
  onEnd(close);
  return { ...(await clientOf(sandbox)), url: sandbox.url, httpsUrl: sandbox.httpsUrl, close };
}

/** A sandbox with its own receiver of notifications. */
export async function openWithReceiver(
  options: SandboxOptions = {},
  answer?: (arrival: Arrival, index: number) => number,
) {
  const receiver = await startReceiver(answer);
  return { receiver, sandbox: await openSandbox({ webhookUrl: receiver.url, ...options }) };
}
