import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Scope } from '../../src/auth/caller.js';
import { createSchema } from '../../src/graphql/schema.js';
import { SCOPE_OF } from '../../src/graphql/access/scopes.js';
import { type ApiKeysFile, bearer, newApiKeysFile } from '../support/api-keys.js';
import { openStage, type Stage } from '../support/stage.js';
import { SOAK } from '../support/size.js';
import { type GraphQLBody, postRequest } from '../support/transports.js';
import { waitFor } from '../support/wait-for.js';

const OWN = 'own-1';
const OTHER = 'other-1';

/** What an operation is aimed at. */
interface Target {
  channel: string;
  id: string;
  sid: string;
  eventId: string;
  key: string;
}

type Place = 'own' | 'other' | 'unknown';

let stage: Stage;
let keys: ApiKeysFile;
let targets: Record<Place, Target>;
/** From before the recordings were started. */
let startCursor: string;
/** From after the first event of the other recording. */
let eventCursor: string;
const url = () => stage.gateway.url;

/** The callers, with what they may do; those in `own-*` may see its recordings only. */
const CALLERS: Record<string, { scopes: Scope[]; channels: string[]; credential?: string }> = {
  'without a scope': { scopes: [], channels: ['*'] },
  'reader of own-*': { scopes: ['recordings:read'], channels: ['own-*'] },
  'controller of own-*': { scopes: ['recordings:control'], channels: ['own-*'] },
  'admin of own-*': { scopes: ['recordings:admin'], channels: ['own-*'] },
  'reader of own-1 by its name': { scopes: ['recordings:read'], channels: [OWN] },
  'admin of everything': { scopes: ['recordings:admin'], channels: ['*'] },
};

const RECORDING = 'id channel sid events(first: 50) { edges { node { id } } } files { totalCount { count } }';
const PAYLOAD = 'userErrors { code message recordingId }';
const id = ({ id }: Target) => `recordingId: "${id}"`;
const place = ({ channel }: Target) => `channel: "${channel}", uid: "7"`;
const by = (field: string) => ` { recording(by: { ${field} }) { ${RECORDING} } }`;

/**
 * The operations that are tried for each field of a root type. `aimed` fields say nothing of what lies outside; a `placed`
 * one names its channel, so that it may say that it is not permitted.
 */
const OPERATIONS: Record<
  string,
  { kind: 'aimed' | 'placed' | 'general'; documents: ((target: Target) => string)[] }
> = {
  'Query.node': {
    kind: 'aimed',
    documents: [
      (target) => `{ node(id: "${target.id}") { id ... on Recording { ${RECORDING} } } }`,
      (target) => `{ node(id: "${target.eventId}") { id __typename } }`,
    ],
  },
  'Query.nodes': {
    kind: 'aimed',
    documents: [(target) => `{ nodes(ids: ["${target.id}", "${target.eventId}"]) { __typename } }`],
  },
  'Query.recording': {
    kind: 'aimed',
    documents: [
      (target) => by(`id: "${target.id}"`),
      (target) => by(`sid: "${target.sid}"`),
      (target) => `{ recording(by: { id: "${target.id}" }, maxAgeSeconds: 0) { ${RECORDING} } }`,
    ],
  },
  'Query.recordings': {
    kind: 'aimed',
    documents: [
      (target) =>
        `{ recordings(first: 5, filter: { channels: ["${target.channel}"] }) { totalCount { count exact } edges { node { id } } pageInfo { hasNextPage } } }`,
      (target) =>
        `{ recordings(last: 5, filter: { channelPrefix: "${target.channel}" }, orderBy: CHANNEL_ASC) { totalCount { count } nodes { id } } }`,
      (target) =>
        `{ recordings(filter: { sids: ["${target.sid}"] }, orderBy: CHANGED_AT_DESC) { edges { node { id } } } }`,
    ],
  },
  'Query.recordingCounts': {
    kind: 'aimed',
    documents: [
      (target) =>
        `{ recordingCounts(filter: { channels: ["${target.channel}"] }) { total byPhase { phase count } } }`,
    ],
  },
  'Query.channels': {
    kind: 'aimed',
    documents: [
      (target) =>
        `{ channels(filter: { channelPrefix: "${target.channel}" }) { nodes { name total running recordings { nodes { id } } } } }`,
    ],
  },
  'Query.files': {
    kind: 'aimed',
    documents: [
      (target) =>
        `{ files(filter: { channels: ["${target.channel}"] }) { totalCount { count } nodes { fileName recording { channel } } } }`,
      (target) =>
        `{ files(filter: { namePrefix: "${target.sid}" }, orderBy: NAME_ASC) { totalCount { count } nodes { fileName } } }`,
    ],
  },
  'Query.problems': {
    kind: 'aimed',
    documents: [
      (target) =>
        `{ problems(filter: { channelPrefix: "${target.channel}" }) { totalCount { count } nodes { code recording { channel } } } }`,
    ],
  },
  'Query.auditEntries': {
    kind: 'aimed',
    documents: [
      (target) =>
        `{ auditEntries(last: 1, filter: { recordingId: "${target.id}" }) { nodes { recordingId channel } } }`,
    ],
  },
  // Before recordings are started in the other channels.
  'Subscription.recordingCountsChanged': {
    kind: 'aimed',
    documents: [
      (target) =>
        `subscription { recordingCountsChanged(filter: { channels: ["${target.channel}"] }) { total } }`,
    ],
  },
  'Query.gateway': { kind: 'general', documents: [() => '{ gateway { version } }'] },
  'Gateway.status': { kind: 'general', documents: [() => '{ gateway { status { subscribers } } }'] },
  'Query.projects': { kind: 'general', documents: [() => '{ projects { appId } }'] },
  'Query.storageProfiles': { kind: 'general', documents: [() => '{ storageProfiles { name } }'] },
  'Query.notificationServers': { kind: 'general', documents: [() => '{ notificationServers }'] },
  'Mutation.acquireResource': {
    kind: 'placed',
    documents: [(target) => `mutation { acquireResource(input: { ${place(target)} }) { ${PAYLOAD} } }`],
  },
  'Mutation.startRecording': {
    kind: 'placed',
    documents: [
      (target) =>
        `mutation { startRecording(input: { ${place(target)}, config: { composite: {} } }) { ${PAYLOAD} } }`,
    ],
  },
  'Mutation.adoptRecording': {
    kind: 'placed',
    documents: [
      (target) =>
        `mutation { adoptRecording(input: { ${place(target)}, resourceId: "r", sid: "${target.sid}", mode: COMPOSITE }) { ${PAYLOAD} } }`,
    ],
  },
  'Mutation.updateRecording': {
    kind: 'aimed',
    documents: [
      (
        target,
      ) => `mutation { updateRecording(input: { ${id(target)}, change: { streams: { subscribeAudioUids: ["1"] } } }) {
        ${PAYLOAD} } }`,
    ],
  },
  'Mutation.updateLayout': {
    kind: 'aimed',
    documents: [
      (target) =>
        `mutation { updateLayout(input: { ${id(target)}, mixedVideoLayout: ADAPTIVE }) { ${PAYLOAD} } }`,
    ],
  },
  'Mutation.updateMetadata': {
    kind: 'aimed',
    documents: [
      (target) =>
        `mutation { updateMetadata(input: { ${id(target)}, metadata: [{ key: "a", value: "b" }] }) { ${PAYLOAD} } }`,
    ],
  },
  'Mutation.refreshRecording': {
    kind: 'aimed',
    documents: [(target) => `mutation { refreshRecording(input: { ${id(target)} }) { ${PAYLOAD} } }`],
  },
  'Mutation.forgetRecording': {
    kind: 'aimed',
    documents: [(target) => `mutation { forgetRecording(input: { ${id(target)} }) { ${PAYLOAD} } }`],
  },
  'Subscription.recordingChanged': {
    kind: 'aimed',
    documents: [(target) => `subscription { recordingChanged(by: { id: "${target.id}" }) { id } }`],
  },
  // That these give nothing of other channels is tested below.
  'Subscription.recordingListChanged': {
    kind: 'general',
    documents: [
      () =>
        `subscription { recordingListChanged(after: "${startCursor}", filter: { channels: ["${OWN}"] }) { cursor } }`,
    ],
  },
  'Subscription.recordingEvents': {
    kind: 'general',
    documents: [
      () =>
        `subscription { recordingEvents(filter: { recordings: { channels: ["${OWN}"] } }, after: "${eventCursor}") { cursor } }`,
    ],
  },
  // Last, as it ends the recording.
  'Mutation.stopRecording': {
    kind: 'aimed',
    documents: [(target) => `mutation { stopRecording(input: { ${id(target)} }) { ${PAYLOAD} } }`],
  },
};

function connect(credential: string) {
  return createClient({
    url: `${url().replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: bearer(credential),
  });
}

/** The first result, over a WebSocket. */
async function overSocket(credential: string, query: string): Promise<GraphQLBody> {
  const client = connect(credential);
  try {
    return await new Promise((resolve, reject) => {
      client.subscribe(
        { query },
        {
          next: (result) => resolve(result as GraphQLBody),
          error: (error) =>
            Array.isArray(error)
              ? resolve({ errors: error as GraphQLBody['errors'] })
              : reject(new Error(String(error))),
          complete: () => reject(new Error('completed without a result')),
        },
      );
    });
  } finally {
    await client.dispose();
  }
}

const overHttp = async (credential: string, query: string) =>
  (await postRequest(url(), { query }, bearer(credential))).body;

async function asAdmin<T>(query: string): Promise<T> {
  const { data, errors } = await overHttp(CALLERS['admin of everything']?.credential ?? '', query);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data as T;
}

async function firstEvent(recordingId: string): Promise<{ id: string; cursor: string }> {
  const { recording } = await asAdmin<{
    recording: { events: { edges: { cursor: string; node: { id: string } }[] } };
  }>(`{ recording(by: { id: "${recordingId}" }) { events(first: 1) { edges { cursor node { id } } } } }`);
  const [edge] = recording.events.edges;
  if (edge === undefined) throw new Error(`${recordingId} has no events.`);
  return { id: edge.node.id, cursor: edge.cursor };
}

async function started(channel: string, key: string): Promise<Target> {
  const input = `{ channel: "${channel}", uid: "7", idempotencyKey: "${key}", config: { composite: {} } }`;
  const { startRecording } = await asAdmin<{
    startRecording: { recording: { id: string; sid: string } | null; userErrors: unknown };
  }>(`mutation { startRecording(input: ${input}) { recording { id sid } userErrors { code message } } }`);
  const { recording } = startRecording;
  if (recording === null) throw new Error(JSON.stringify(startRecording.userErrors));
  const found = await firstEvent(recording.id);
  return { ...recording, channel, key, eventId: found.id };
}

beforeAll(async () => {
  keys = newApiKeysFile();
  for (const [name, caller] of Object.entries(CALLERS)) {
    const { scopes, channels } = caller;
    caller.credential = keys.add(name.replaceAll(/[^\w-]/g, '_'), {
      scopes,
      channels,
      storageProfiles: ['*'],
    });
  }
  stage = await openStage({ env: keys.env });
  const { recordings } = await asAdmin<{ recordings: { changeCursor: string } }>(
    '{ recordings { changeCursor } }',
  );
  startCursor = recordings.changeCursor;
  const missing = '00000000-0000-7000-8000-000000000000';
  targets = {
    other: await started(OTHER, 'other-key'),
    own: await started(OWN, 'own-key'),
    unknown: { id: missing, sid: 'unknown', eventId: missing, channel: 'unknown-1', key: 'unknown-key' },
  };
  eventCursor = (await firstEvent(targets.other.id)).cursor;
  for (const { sid } of [targets.own, targets.other]) {
    const send = (eventType: number, details: object) =>
      stage.sandbox.control('POST', `/recordings/${sid}/notifications`, { eventType, details });
    await send(45, { fileName: `${sid}_shot.jpg` });
    await send(2, { module: 1, warnCode: 31, warnMsg: 'slow' });
  }
  await waitFor(async () => {
    const found = await asAdmin<Record<'files' | 'problems', { nodes: object[] }>>(
      '{ files { nodes { id } } problems { nodes { id } } }',
    );
    return found.files.nodes.length >= 2 && found.problems.nodes.length >= 2;
  });
});

afterAll(async () => {
  await stage.close();
  keys.remove();
});

const ROOT_FIELDS = [createSchema()].flatMap((schema) =>
  [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`),
  ),
);

const codes = ({ errors = [] }: GraphQLBody) => errors.map(({ extensions }) => extensions?.code);

/** A reply that can be compared with the one about another target. */
const comparable = (body: GraphQLBody, target: Target) =>
  Object.values<string>({ ...target }).reduce<string>(
    (text, value) => text.replaceAll(value, '…'),
    JSON.stringify(body),
  );

/** Both transports of a field; only the longest run takes both for each. */
function transportsOf(field: string, index: number): (typeof overHttp)[] {
  if (field.startsWith('Subscription')) return [overSocket];
  const both = [overHttp, overSocket];
  return SOAK ? both : [both[index % both.length] ?? overHttp];
}

describe('Every field of the root types', () => {
  it('has a rule, and an operation in this matrix', () => {
    const ruled = [...ROOT_FIELDS, 'Gateway.status'].sort();
    expect(Object.keys(SCOPE_OF).sort()).toEqual(ruled);
    expect(Object.keys(OPERATIONS).sort()).toEqual(ruled);
  });

  // In the order of the matrix: what ends recordings comes last.
  const fields = Object.keys(OPERATIONS).map((field, index) => ({
    field,
    transports: transportsOf(field, index),
  }));
  it.each(fields)('$field gives each caller what it may see', async ({ field, transports }) => {
    const { kind, documents } = OPERATIONS[field] ?? { kind: 'general', documents: [] };
    const scope = SCOPE_OF[field] as Scope;
    const order: Scope[] = ['recordings:read', 'recordings:control', 'recordings:admin'];
    for (const [name, { scopes, channels, credential = '' }] of Object.entries(CALLERS)) {
      const mayAct = scopes.some((each) => order.indexOf(each) >= order.indexOf(scope));
      for (const transport of transports) {
        for (const document of documents) {
          const [own, other, unknown] = [
            await transport(credential, document(targets.own)),
            kind === 'general' ? {} : await transport(credential, document(targets.other)),
            kind === 'general' ? {} : await transport(credential, document(targets.unknown)),
          ];
          const about = [name, document(targets.own)];
          if (!mayAct) {
            expect([...about, codes(own)]).toEqual([...about, ['FORBIDDEN']]);
            if (kind !== 'general') expect([...about, codes(other)]).toEqual([...about, ['FORBIDDEN']]);
            continue;
          }
          expect([...about, codes(own)]).toEqual([...about, []]);
          expect([...about, JSON.stringify(own)]).not.toContain('RECORDING_NOT_FOUND');
          if (kind === 'general') continue;
          const isUnknown = comparable(other, targets.other) === comparable(unknown, targets.unknown);
          if (channels.includes('*')) expect([...about, codes(other)]).toEqual([...about, []]);
          else expect([...about, isUnknown]).toEqual([...about, true]);
          if (kind === 'aimed') {
            const isOwnUnknown = comparable(own, targets.own) === comparable(unknown, targets.unknown);
            expect([...about, isOwnUnknown]).toEqual([...about, false]);
          } else if (!channels.includes('*')) {
            expect([...about, codes(other)]).toEqual([...about, ['FORBIDDEN']]);
          }
        }
      }
    }
  });
});

describe('A caller of own-*', () => {
  const credential = () => CALLERS['controller of own-*']?.credential ?? '';

  it('follows the changes and events of own-* only, from the beginning on', async () => {
    const last = await started('own-last', 'last-key');
    const client = connect(credential());
    for (const query of [
      `subscription { recordingListChanged(after: "${startCursor}") { recordingId } }`,
      `subscription { recordingEvents(after: "${eventCursor}") { node { recordingId: recording { id channel } } } }`,
    ]) {
      let text = '';
      const end = client.subscribe(
        { query },
        {
          next: (result) => (text += JSON.stringify(result)),
          error: (error) => (text += String(error)),
          complete: () => undefined,
        },
      );
      await waitFor(() => text.includes(last.id), { what: `${last.id} in ${query}` });
      expect(text).not.toContain(targets.other.id);
      end();
    }
    await client.dispose();
  });

  it('pages through its recordings as if it were alone', async () => {
    const seen: string[] = [];
    let total = {};
    let after = 'null';
    for (;;) {
      const { data } = await overHttp(
        credential(),
        `{ recordings(first: 1, after: ${after}) { totalCount { count exact } edges { node { channel } } pageInfo { hasNextPage endCursor } } }`,
      );
      const { recordings } = data as {
        recordings: {
          totalCount: { count: number; exact: boolean };
          edges: { node: { channel: string } }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
      };
      seen.push(...recordings.edges.map(({ node }) => node.channel));
      total = recordings.totalCount;
      if (!recordings.pageInfo.hasNextPage) break;
      after = `"${recordings.pageInfo.endCursor}"`;
    }
    expect(new Set(seen)).toEqual(new Set([OWN, 'own-last']));
    expect(total).toEqual({ count: seen.length, exact: true });
    const { data } = await overHttp(
      credential(),
      '{ recordingCounts { total byDay { count } } channels { nodes { name } } }',
    );
    expect(data).toEqual({
      recordingCounts: { total: seen.length, byDay: [{ count: seen.length }] },
      channels: { nodes: [OWN, 'own-last'].map((name) => ({ name })) },
    });
  });

  it('reads the screenshots of its recordings, and none of others', async () => {
    const config = `{ individual: { subscribeUidGroup: UIDS_3_TO_7, snapshotConfig: { captureInterval: 3600 } } }`;
    const shotsOf = async (channel: string) => {
      const { startRecording } = await asAdmin<{ startRecording: { recording: { id: string } } }>(
        `mutation { startRecording(input: { channel: "${channel}", uid: "7", config: ${config} }) { recording { id } } }`,
      );
      await stage.sandbox.control('POST', '/situations/screenshots', { cname: channel });
      const { id } = startRecording.recording;
      const query = `{ recording(by: { id: "${id}" }) { files(kind: SNAPSHOT) { totalCount { count exact } nodes { id } } } }`;
      const files = async () =>
        (
          await asAdmin<{ recording: { files: { totalCount: { count: number }; nodes: { id: string }[] } } }>(
            query,
          )
        ).recording.files.nodes;
      await waitFor(async () => (await files()).length > 0, { what: `screenshots of ${channel}` });
      return { query, fileId: (await files())[0]?.id ?? '' };
    };
    const [own, other] = [await shotsOf('own-shots'), await shotsOf('other-shots')];
    expect(JSON.stringify(await overHttp(credential(), own.query))).toContain(own.fileId);
    expect((await overHttp(credential(), other.query)).data).toEqual({ recording: null });
    const node = async (id: string) => (await overHttp(credential(), `{ node(id: "${id}") { id } }`)).data;
    expect(await node(own.fileId)).toEqual({ node: { id: own.fileId } });
    expect(await node(other.fileId)).toEqual({ node: null });
  });

  it('is named by what it starts and changes, with the metadata that it gave', async () => {
    const input = `{ channel: "own-named", uid: "7", metadata: [{ key: "title", value: "Algebra" }], config: { composite: {} } }`;
    const { data } = await overHttp(
      credential(),
      `mutation { startRecording(input: ${input}) { recording { id startedBy metadata { key value } } } }`,
    );
    const { recording } = (data as { startRecording: { recording: { id: string; startedBy: string } } })
      .startRecording;
    expect(recording).toMatchObject({
      startedBy: 'controller_of_own-_',
      metadata: [{ key: 'title', value: 'Algebra' }],
    });
    const change = `recordingId: "${recording.id}", metadata: [{ key: "title" }, { key: "room", value: "7" }]`;
    const changed = await overHttp(
      credential(),
      `mutation { updateMetadata(input: { ${change} }) { recording { metadata { key value } } userErrors { code } } }`,
    );
    const metadata = [{ key: 'room', value: '7' }];
    expect(changed.data).toEqual({ updateMetadata: { recording: { metadata }, userErrors: [] } });
    const events = `{ recording(by: { id: "${recording.id}" }) { events(types: METADATA) { nodes {
      source ... on MetadataEvent { changedBy metadata { key value } } } } } }`;
    expect((await overHttp(credential(), events)).data).toEqual({
      recording: { events: { nodes: [{ source: 'COMMAND', changedBy: 'controller_of_own-_', metadata }] } },
    });
  });

  it('has its own idempotency keys: the same key of another caller gives nothing away', async () => {
    const find = `{ recording(by: { idempotencyKey: "other-key" }) { id } }`;
    expect((await overHttp(credential(), find)).data).toEqual({ recording: null });
    const input = `{ channel: "own-keyed", uid: "8", idempotencyKey: "other-key", config: { composite: {} } }`;
    const start = `mutation { startRecording(input: ${input}) { recording { id channel } userErrors { code } } }`;
    const { data } = await overHttp(credential(), start);
    expect(data).toMatchObject({ startRecording: { recording: { channel: 'own-keyed' }, userErrors: [] } });
    expect((await overHttp(credential(), start)).data).toEqual(data);
    expect((await overHttp(credential(), find)).data).toMatchObject({
      recording: { id: expect.any(String) as string },
    });
  });
});

describe('A caller of one App ID and no storage profile', () => {
  it('finds neither another project nor a storage profile', async () => {
    const [appId = ''] = (
      await asAdmin<{ projects: { appId: string }[] }>('{ projects { appId } }')
    ).projects.map((project) => project.appId);
    const otherApp = keys.add('other-app', {
      scopes: ['recordings:admin'],
      appIds: ['f'.repeat(32)],
      storageProfiles: [],
    });
    const ownApp = keys.add('own-app', {
      scopes: ['recordings:admin'],
      appIds: [appId],
      storageProfiles: [],
    });
    stage.gateway.child.kill('SIGHUP');
    const all =
      '{ projects { appId isDefault } storageProfiles { name } recordings { edges { node { id } } } }';
    await waitFor(async () => codes(await overHttp(ownApp, all)).length === 0, { what: 'the new keys' });
    expect((await overHttp(otherApp, all)).data).toEqual({
      projects: [],
      storageProfiles: [],
      recordings: { edges: [] },
    });
    expect((await overHttp(ownApp, all)).data).toMatchObject({
      projects: [{ appId, isDefault: true }],
      storageProfiles: [],
    });
    const start = (more: string) =>
      `mutation { startRecording(input: { channel: "c", uid: "9", ${more} config: { composite: {} } }) { userErrors { code } } }`;
    for (const more of ['', 'storage: "sandbox",', 'storage: "no such profile",']) {
      expect(codes(await overHttp(ownApp, start(more)))).toEqual(['FORBIDDEN']);
    }
    expect(codes(await overHttp(otherApp, start('')))).toEqual(['FORBIDDEN']);
  });
});
