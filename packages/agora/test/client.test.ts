import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { callAgora, type CallOptions } from '../src/client/client.js';
import { type AgoraRequest } from '../src/client/requests.js';
import { Secret } from '../src/client/secret.js';
import { FingerprintKey } from '../src/redaction/fingerprint.js';
import { createRedact } from '../src/redaction/redact.js';
import { freePort } from '../../../test/support/processes.js';
import { waitFor } from '../../../test/support/wait-for.js';
import { replyBody } from './support.js';

const APP_ID = '0123456789abcdef0123456789abcdef';
const SID = 'a65e19cbae530282bd36cb9d21f6be6a';
const credentials = { customerId: 'customer', customerSecret: new Secret('p:ss wörd') };

const QUERY: AgoraRequest = {
  operation: 'query',
  appId: APP_ID,
  resourceId: 're_s-1',
  sid: SID,
  mode: 'mix',
};

interface Received {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

const opened: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** A server in Agora's place that answers as given, and remembers the requests. */
async function agora(answer: (response: ServerResponse, request: IncomingMessage) => void) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body,
      });
      answer(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    received,
    baseUrl,
    call: (request: AgoraRequest, options: Partial<CallOptions> = {}) =>
      callAgora(request, { baseUrl, credentials, ...options }),
  };
}

function json(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req-42' }).end(body);
}

const START = {
  cname: 'lesson-4711',
  uid: '901001',
  clientRequest: {
    storageConfig: {
      vendor: 1,
      region: 7,
      bucket: 'acme',
      accessKey: 'canary-access',
      secretKey: 'canary-secret',
    },
  },
};

describe('a call to Agora', () => {
  const requests: [AgoraRequest, { method: string; path: string; body: unknown }][] = [
    [
      {
        operation: 'acquire',
        appId: APP_ID,
        body: { cname: 'lesson-4711', uid: '901001', clientRequest: { scene: 0, resourceExpiredHour: 24 } },
      },
      {
        method: 'POST',
        path: `/v1/apps/${APP_ID}/cloud_recording/acquire`,
        body: { cname: 'lesson-4711', uid: '901001', clientRequest: { scene: 0, resourceExpiredHour: 24 } },
      },
    ],
    [
      { operation: 'start', appId: APP_ID, resourceId: 're_s-1', mode: 'mix', body: START },
      {
        method: 'POST',
        path: `/v1/apps/${APP_ID}/cloud_recording/resourceid/re_s-1/mode/mix/start`,
        body: START,
      },
    ],
    [
      QUERY,
      {
        method: 'GET',
        path: `/v1/apps/${APP_ID}/cloud_recording/resourceid/re_s-1/sid/${SID}/mode/mix/query`,
        body: null,
      },
    ],
    [
      {
        operation: 'stop',
        appId: APP_ID,
        resourceId: 're_s-1',
        sid: SID,
        mode: 'web',
        body: { cname: 'lesson-4711', uid: '901001', clientRequest: { async_stop: true } },
      },
      {
        method: 'POST',
        path: `/v1/apps/${APP_ID}/cloud_recording/resourceid/re_s-1/sid/${SID}/mode/web/stop`,
        body: { cname: 'lesson-4711', uid: '901001', clientRequest: { async_stop: true } },
      },
    ],
  ];

  it('sends lists of users who are not wanted in both spellings, wherever they stand', async () => {
    const { call, received } = await agora((response) => json(response, 200, '{}'));
    const { cname, uid } = START;
    const recordingConfig = { channelType: 0, unsubscribeAudioUids: ['7'], subscribeVideoUids: ['8'] };
    const both = { ...recordingConfig, unSubscribeAudioUids: ['7'] };
    const parameters = { ...START.clientRequest, recordingConfig };
    await call({
      ...{ operation: 'acquire', appId: APP_ID },
      body: { cname, uid, clientRequest: { scene: 0, startParameter: parameters } },
    });
    await call({
      ...{ operation: 'start', appId: APP_ID, resourceId: 're_s-1', mode: 'mix' },
      body: { cname, uid, clientRequest: parameters },
    });
    const videoUidList = { unsubscribeVideoUids: ['9'] };
    await call({
      ...{ operation: 'update', appId: APP_ID, resourceId: 're_s-1', sid: SID, mode: 'mix' },
      body: { cname, uid, clientRequest: { streamSubscribe: { videoUidList } } },
    });
    const sent = received.map(({ body }) => (JSON.parse(body) as { clientRequest: object }).clientRequest);
    expect(sent).toEqual([
      { scene: 0, startParameter: { ...parameters, recordingConfig: both } },
      { ...parameters, recordingConfig: both },
      { streamSubscribe: { videoUidList: { ...videoUidList, unSubscribeVideoUids: ['9'] } } },
    ]);
  });

  it.each(requests.map(([request, sent]) => [request.operation, request, sent] as const))(
    'sends %s to its path, with its body and Basic authentication',
    async (_name, request, sent) => {
      const { call, received } = await agora((response) => json(response, 200, '{}'));
      await call(request);
      expect(received).toHaveLength(1);
      const { method, path, body, headers } = received[0]!;
      expect({ method, path, body: body === '' ? null : (JSON.parse(body) as unknown) }).toEqual(sent);
      expect(headers.authorization).toBe(
        `Basic ${Buffer.from('customer:p:ss wörd', 'utf8').toString('base64')}`,
      );
      expect(headers['content-type']).toBe('application/json;charset=utf-8');
    },
  );

  it('puts ids into the path so that they cannot leave it', async () => {
    const { call, received } = await agora((response) => json(response, 200, '{}'));
    await call({ operation: 'query', appId: 'a/b', resourceId: '../..', sid: 'x?y#z', mode: 'mix' });
    expect(received[0]?.path).toBe(
      '/v1/apps/a%2Fb/cloud_recording/resourceid/..%2F../sid/x%3Fy%23z/mode/mix/query',
    );
  });

  it('returns the reply with its status, its request id and its text as received', async () => {
    const text = `${replyBody('query-mix-hls')}\n`;
    const { call } = await agora((response) => json(response, 200, text));
    const result = await call(QUERY);
    expect(result).toMatchObject({
      answered: true,
      operation: 'query',
      httpStatus: 200,
      requestId: 'req-42',
      raw: text,
      reply: { sid: SID, status: 5 },
    });
  });

  it.each([
    [201, 'error-start-201-code7', 7],
    [206, 'error-start-206-code65', 65],
    [400, 'error-start-400-code53', 53],
    [404, 'error-query-404-worker', 404],
    [429, 'error-gateway-429', null],
    [500, 'error-start-500-code62', 62],
  ])('is answered, and no failure, when Agora says HTTP %i', async (status, name, code) => {
    const { call, received } = await agora((response) => json(response, status, replyBody(name)));
    expect(await call(QUERY)).toMatchObject({ answered: true, httpStatus: status, reply: { code } });
    expect(received).toHaveLength(1);
  });

  it('is answered by a page that is not JSON, which says nothing but its status', async () => {
    const { call } = await agora((response) => response.writeHead(502).end('<html>Bad Gateway</html>'));
    expect(await call(QUERY)).toMatchObject({
      answered: true,
      httpStatus: 502,
      requestId: null,
      raw: '<html>Bad Gateway</html>',
      reply: { code: null, reason: null },
    });
  });

  it('cuts out of the reply what it echoes of secrets', async () => {
    const { call } = await agora((response) => {
      response.writeHead(400, { 'x-request-id': `id-canary-access-${'9'.repeat(500)}` });
      response.end('{"code":2,"reason":"bad key canary-access","token":"canary-token"}');
    });
    const key = new FingerprintKey('key');
    const redact = createRedact(key, key.fingerprints(['canary-access']));
    const result = await call(QUERY, { redact });
    expect(result).toMatchObject({ answered: true, reply: { reason: 'bad key [redacted]' } });
    expect(result).toMatchObject({ requestId: expect.stringMatching(/^id-\[redacted\]-9{186}$/) as string });
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  it('is unanswered when no reply comes within its time', async () => {
    const { call, received } = await agora(() => undefined);
    expect(await call(QUERY, { timeoutMs: 100 })).toEqual({
      answered: false,
      operation: 'query',
      failure: 'unanswered',
      message: 'No reply within 100 ms.',
    });
    expect(received).toHaveLength(1);
  });

  it('is unanswered when the reply begins and does not end within its time', async () => {
    const { call } = await agora((response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"sid":');
    });
    expect(await call(QUERY, { timeoutMs: 200 })).toMatchObject({
      answered: false,
      failure: 'unanswered',
      message: 'No reply within 200 ms.',
    });
  });

  it('is unanswered when the connection breaks after the request was sent', async () => {
    const { call, received } = await agora((response) => response.destroy());
    expect(await call(QUERY)).toMatchObject({ answered: false, failure: 'unanswered' });
    expect(received).toHaveLength(1);
  });

  it('is unanswered when the connection breaks within the reply', async () => {
    const { call } = await agora((response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"sid":');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await call(QUERY)).toMatchObject({ answered: false, failure: 'unanswered' });
  });

  it('is unsent when no server listens', async () => {
    const port = await freePort();
    expect(await callAgora(QUERY, { baseUrl: `http://127.0.0.1:${port}`, credentials })).toEqual({
      answered: false,
      operation: 'query',
      failure: 'unsent',
      message: 'No reply (ECONNREFUSED).',
    });
  });

  it('is unsent when the name of the host does not exist', async () => {
    expect(await callAgora(QUERY, { baseUrl: 'http://agora.invalid', credentials })).toMatchObject({
      answered: false,
      failure: 'unsent',
    });
  });

  it('takes a reply of 1 MiB, and none that is larger', async () => {
    const limit = 1024 * 1024;
    const { call } = await agora((response, request) => {
      const size = request.url?.includes('largest') === true ? limit : limit + 1;
      response.writeHead(200).end(' '.repeat(size - 2) + '{}');
    });
    expect(await call({ ...QUERY, resourceId: 'largest' })).toMatchObject({ answered: true });
    expect(await call({ ...QUERY, resourceId: 'larger' })).toMatchObject({
      answered: false,
      failure: 'unanswered',
    });
  });

  it('ends when its caller gives up, and says so', async () => {
    const { call, received } = await agora(() => undefined);
    const controller = new AbortController();
    const calling = call(QUERY, { signal: controller.signal });
    await waitFor(() => received.length === 1);
    controller.abort();
    expect(await calling).toEqual({
      answered: false,
      operation: 'query',
      failure: 'unanswered',
      message: 'The call was ended before its reply.',
    });
  });

  it('is not sent at all when its caller had given up before', async () => {
    const { call, received } = await agora((response) => json(response, 200, '{}'));
    expect(await call(QUERY, { signal: AbortSignal.abort() })).toMatchObject({ answered: false });
    await call(QUERY);
    expect(received).toHaveLength(1);
  });

  it('does not carry the credentials to where a reply redirects it', async () => {
    const other = await agora((response) => json(response, 200, '{}'));
    const { call } = await agora((response) => response.writeHead(307, { location: other.baseUrl }).end());
    expect(await call(QUERY)).toMatchObject({ answered: false, failure: 'unanswered' });
    expect(other.received).toHaveLength(0);
  });
});
