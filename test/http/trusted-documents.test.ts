import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { print } from 'graphql';
import { createGatewayClient } from '@agora-recording-gateway/client';
import { RecordingsDocument } from '../../packages/client/src/generated/graphql.js';
import { createClient as createStreamClient } from 'graphql-sse';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { temporaryDirectory } from '../support/processes.js';
import { openStage, type Stage } from '../support/stage.js';
import { type GraphQLBody, overWebSocket, postRequest } from '../support/transports.js';

const MANIFEST = 'packages/client/src/generated/persisted-documents.json';
const QUERY = 'query Own { recordings(first: 1) { nodes { id } } }';
const MUTATION =
  'mutation OwnForget($id: ID!) { forgetRecording(input: { recordingId: $id }) { userErrors { code } } }';
const EVENTS = 'subscription OwnEvents { recordingEvents { cursor } }';
const UNTRUSTED = 'query Other { recordings(first: 2) { nodes { id } } }';

let stage: Stage;
const directory = temporaryDirectory();
beforeAll(async () => {
  const own = join(directory.path, 'own.json');
  writeFileSync(own, JSON.stringify({ 'sha256:own': QUERY, mutation: MUTATION, events: EVENTS }));
  stage = await openStage({
    env: { TRUSTED_DOCUMENTS: `${MANIFEST}, ${own}`, TRUSTED_DOCUMENTS_ONLY: 'true' },
  });
});
afterAll(async () => {
  await stage.close();
  directory.remove();
});
const url = () => stage.gateway.url;

interface Request {
  query: string;
  documentId?: string;
  variables?: Record<string, unknown>;
  extensions?: Record<string, unknown>;
}

async function overStream(request: Request): Promise<GraphQLBody> {
  const client = createStreamClient({ url: `${url()}/graphql/stream`, retryAttempts: 0 });
  return await new Promise((resolve, reject) => {
    client.subscribe(request, {
      next: (result) => resolve(result as GraphQLBody),
      error: (error) => reject(error instanceof Error ? error : new Error(JSON.stringify(error))),
      complete: () => undefined,
    });
  });
}

async function overGet({ query, documentId, extensions }: Request): Promise<GraphQLBody> {
  const parameters = new URLSearchParams({
    ...(query === '' ? {} : { query }),
    ...(documentId === undefined ? {} : { documentId }),
    ...(extensions === undefined ? {} : { extensions: JSON.stringify(extensions) }),
  });
  return (await (await fetch(`${url()}/graphql?${parameters.toString()}`)).json()) as GraphQLBody;
}

const TRANSPORTS: [string, (request: Request) => Promise<GraphQLBody>][] = [
  ['POST', async (request) => (await postRequest(url(), request)).body],
  ['GET', overGet],
  ['WebSocket', overWebSocket(url)],
  ['server-sent events', overStream],
];

const codeOf = ({ errors }: GraphQLBody) => errors?.[0]?.extensions?.code;

describe.each(TRANSPORTS)('With TRUSTED_DOCUMENTS_ONLY, by %s,', (_name, send) => {
  it.each([
    ['its documentId', { query: '', documentId: 'sha256:own' }],
    ['the hash of its documentId', { query: '', documentId: 'own' }],
    [
      'the hash that Apollo Client and urql send',
      { query: '', extensions: { persistedQuery: { version: 1, sha256Hash: 'own' } } },
    ],
    ['its text', { query: QUERY }],
    ['its id, whatever the text is', { query: UNTRUSTED, documentId: 'own' }],
  ])('a trusted document runs by %s', async (_how, request) => {
    expect(await send(request)).toEqual({ data: { recordings: { nodes: [] } } });
  });

  it.each([
    ['any other document', { query: UNTRUSTED }, 'DOCUMENT_NOT_TRUSTED'],
    ['a trusted one that was changed', { query: `${QUERY} ` }, 'DOCUMENT_NOT_TRUSTED'],
    ['introspection', { query: '{ __schema { types { name } } }' }, 'DOCUMENT_NOT_TRUSTED'],
    ['an unknown id', { query: '', documentId: 'sha256:other' }, 'PERSISTED_QUERY_NOT_FOUND'],
    ['an unknown id with a text', { query: UNTRUSTED, documentId: 'other' }, 'DOCUMENT_NOT_TRUSTED'],
    [
      'the name of a property of objects',
      { query: '', documentId: 'constructor' },
      'PERSISTED_QUERY_NOT_FOUND',
    ],
  ])('%s does not run', async (_what, request, code) => {
    const body = await send(request);
    expect([codeOf(body), body.data]).toEqual([code, undefined]);
  });
});

describe('With TRUSTED_DOCUMENTS_ONLY', () => {
  it('a mutation by id runs with its variables, and not by GET', async () => {
    const variables = { id: 'none' };
    const request = { query: '', documentId: 'mutation', variables };
    expect((await postRequest(url(), request)).body.data).toMatchObject({
      forgetRecording: { userErrors: [{}] },
    });
    const get = await fetch(
      `${url()}/graphql?documentId=mutation&variables=${encodeURIComponent(JSON.stringify(variables))}`,
    );
    expect(get.status).toBe(405);
    expect(codeOf((await get.json()) as GraphQLBody)).toBe('BAD_REQUEST');
  });

  it('a subscription by id runs by WebSocket and server-sent events, and is pointed to them elsewhere', async () => {
    const response = await fetch(`${url()}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ documentId: 'events' }),
    });
    const reader = response.body!.getReader();
    expect(Buffer.from((await reader.read()).value as Uint8Array).toString()).toBe(':\n\n');
    await reader.cancel();
    expect((await postRequest(url(), { query: '', documentId: 'events' } as Request)).status).toBe(405);
  });

  it('the client package runs by the ids of its manifest, and without them not', async () => {
    const client = (trustedDocuments: boolean) => {
      const created = createGatewayClient({
        url: `${url()}/graphql`,
        webSocket: WebSocket,
        trustedDocuments,
      });
      onTestFinished(() => created.close());
      return created;
    };
    expect(await client(true).request(RecordingsDocument, {})).toHaveProperty('recordings');
    const refused = client(false).request(RecordingsDocument, {});
    await expect(refused).rejects.toMatchObject({
      errors: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }],
    });
  });

  it('counts what it refuses', async () => {
    const metrics = await (await fetch(`${url()}/metrics`)).text();
    expect(metrics).toMatch(/gateway_graphql_limits_total\{limit="trusted_documents"\} [1-9]/);
  });
});

describe('The manifest that `npm run codegen` writes', () => {
  it('has every operation of the client package', () => {
    const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Record<string, string>;
    const { __meta__ } = RecordingsDocument as { __meta__?: { hash: string } };
    expect(manifest[__meta__?.hash ?? '']).toContain('query Recordings');
    expect(print(RecordingsDocument)).toContain('query Recordings');
  });
});
