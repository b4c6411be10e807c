import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, type DocumentNode, Kind, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post, subscribe } from '../support/graphql-client.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

const root = new URL('../../schema/', import.meta.url);
const folder = new URL('operations/', root);
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.graphql'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'));
const all: DocumentNode = parse(sources.join('\n'));
const fragments = all.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
const text = (node: { loc?: { start: number; end: number } }) =>
  sources.join('\n').slice(node.loc?.start, node.loc?.end);
const operations = new Map(
  all.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION && definition.name !== undefined
      ? [[definition.name.value, { kind: definition.operation, source: text(definition) }] as const]
      : [],
  ),
);

let stage: Stage;
const executed = new Set<string>();

beforeAll(async () => {
  stage = await openStage({ speed: 4 });
});

afterAll(async () => {
  await stage.close();
});

/** The operation with the fragments it uses, and only those. */
function document(name: string): string {
  const operation = operations.get(name)?.source ?? '';
  const used: string[] = [];
  let grown = true;
  while (grown) {
    grown = false;
    for (const fragment of fragments) {
      const source = text(fragment);
      const named = fragment.kind === Kind.FRAGMENT_DEFINITION ? fragment.name.value : '';
      if (used.includes(source) || !new RegExp(`\\.\\.\\.\\s*${named}\\b`).test([operation, ...used].join()))
        continue;
      used.push(source);
      grown = true;
    }
  }
  executed.add(name);
  return [operation, ...used].join('\n');
}

async function execute(name: string, variables: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { data, errors } = await post(stage.gateway.url, document(name), variables);
  expect(errors, name).toBeUndefined();
  return data;
}

async function start(channel: string, config: object): Promise<string> {
  const { startRecording } = (await execute('StartRecording', {
    input: { channel, uid: '1', config },
  })) as { startRecording: { recording: { id: string }; userErrors: unknown[] } };
  expect(startRecording.userErrors).toEqual([]);
  return startRecording.recording.id;
}

describe('The example operations', () => {
  it('are all valid against the committed schema', () => {
    const schema = buildSchema(readFileSync(new URL('schema.graphql', root), 'utf8'));
    expect(validate(schema, all)).toEqual([]);
  });

  it('each run, in the order of the main job', async () => {
    const { url } = stage.gateway;
    const recordingId = await start('examples', { composite: { avFileType: ['HLS', 'MP4'] } });
    const pageId = await start('page', {
      web: {
        url: 'https://acme.example',
        audioProfile: 'MUSIC_STANDARD',
        videoWidth: 640,
        videoHeight: 360,
        maxRecordingHour: 1,
      },
    });
    const by = { id: recordingId };
    const changed = subscribe(url, document('RecordingChanged'), { by });
    const changes = subscribe(url, document('RecordingListChanged'), {});
    const counts = subscribe<{ recordingCountsChanged: { byPhase: object[] } }>(
      url,
      document('RecordingCountsChanged'),
      { filter: { channels: ['examples'] } },
    );
    const events = subscribe(url, document('FollowEvents'), { filter: { recordingId } });
    await waitFor(() => changed.messages.some((message) => JSON.stringify(message).includes('"RECORDING"')));
    await waitFor(async () => {
      const { node } = (await execute('Node', { id: pageId })) as { node: { phase: string } };
      return node.phase === 'RECORDING';
    });
    for (const change of [{ web: { paused: true } }, { web: { paused: false } }]) {
      const { updateRecording } = (await execute('UpdateRecording', {
        input: { recordingId: pageId, change },
      })) as { updateRecording: { userErrors: unknown[]; recording: { phase: string } } };
      expect(updateRecording).toMatchObject({
        userErrors: [],
        recording: { phase: change.web.paused ? 'PAUSED' : 'RECORDING' },
      });
    }
    const { updateLayout } = (await execute('UpdateLayout', {
      input: { recordingId, mixedVideoLayout: 'ADAPTIVE' },
    })) as { updateLayout: object };
    expect(updateLayout).toMatchObject({
      userErrors: [],
      recording: { settings: { transcoding: { mixedVideoLayout: 'ADAPTIVE', backgroundColor: '#000000' } } },
    });
    const resource = await execute('AcquireResource', { input: { channel: 'reserved', uid: '1' } });
    expect(resource).toMatchObject({ acquireResource: { userErrors: [] } });
    const unknown = { channel: 'reserved', uid: '1', resourceId: 'abc', sid: 'def', mode: 'WEB' };
    expect(await execute('AdoptRecording', { input: unknown })).toMatchObject({
      adoptRecording: { recording: null, userErrors: [{}] },
    });
    expect(await execute('RefreshRecording', { input: { recordingId } })).toMatchObject({
      refreshRecording: { userErrors: [] },
    });
    const metadata = [{ key: 'title', value: 'Algebra' }];
    expect(await execute('UpdateMetadata', { input: { recordingId, metadata } })).toMatchObject({
      updateMetadata: { userErrors: [], recording: { metadata } },
    });
    const counted = await execute('RecordingCounts', {});
    expect(counted).toMatchObject({
      recordingCounts: { total: 2, byMode: [{ mode: 'COMPOSITE' }, { mode: 'WEB' }], byDay: [{ count: 2 }] },
    });
    expect(await execute('Channels', { first: 1 })).toMatchObject({
      channels: {
        nodes: [{ name: 'examples', total: 1, running: 1, recordings: { nodes: [{ id: recordingId }] } }],
        pageInfo: { hasNextPage: true },
        totalCount: { count: 2, exact: true },
      },
    });
    expect(await execute('NotificationServers', {})).toEqual({ notificationServers: ['127.0.0.1'] });
    expect(await execute('Recordings', { first: 5 })).toMatchObject({ recordings: { edges: [{}, {}] } });
    await execute('StopRecording', { input: { recordingId, waitSeconds: 20 } });
    await execute('StopRecording', { input: { recordingId: pageId, waitSeconds: 20 } });
    await changed.ended;
    const { recording } = (await execute('RecordingCalls', { by })) as {
      recording: { calls: { operation: string; requestedAt: string; sentAt: string; answeredAt: string }[] };
    };
    const { calls } = recording;
    expect(calls[0]).toMatchObject({
      operation: 'STOP',
      reason: 'STOP',
      outcome: 'ANSWERED',
      httpStatus: 200,
    });
    expect(calls.at(-1)).toMatchObject({ operation: 'START', reason: 'START', httpStatus: 200 });
    expect(calls.map(({ operation }) => operation)).toContain('UPDATE_LAYOUT');
    for (const { requestedAt, sentAt, answeredAt } of calls) {
      expect(requestedAt <= sentAt).toBe(true);
      expect(sentAt <= answeredAt).toBe(true);
    }
    const { gateway } = (await execute('GatewayStatus', {})) as {
      gateway: { status: { callsByReason: { reason: string; count: number }[] } };
    };
    expect(gateway.status).toMatchObject({
      budget: { callsPerSecond: 9, waiting: 0 },
      webhookLag: {},
      gaps: 0,
      outages: [],
    });
    const made = new Map(gateway.status.callsByReason.map(({ reason, count }) => [reason, count]));
    expect(made.get('STOP')).toBe(2);
    // acquire and start of two recordings, and one resource that was only acquired.
    expect(made.get('START')).toBe(5);
    expect(await execute('Files', { filter: { channels: ['examples'], kinds: ['MP4'] } })).toMatchObject({
      files: {
        totalCount: { count: 1, exact: true },
        nodes: [{ kind: 'MP4', recording: { id: recordingId, channel: 'examples' } }],
      },
    });
    expect(await execute('Problems', { filter: { severities: ['ERROR'] } })).toMatchObject({
      problems: { totalCount: { count: 0, exact: true }, nodes: [] },
    });
    expect(await execute('RecordingFiles', { by })).toMatchObject({
      recording: { files: { totalCount: { count: 2, exact: true } } },
    });
    expect(await execute('RecordingEvents', { by, first: 100 })).toMatchObject({
      recording: { events: { headCursor: expect.any(String) as string } },
    });
    await waitFor(() => events.messages.length > 5 && changes.messages.length > 2);
    await waitFor(() => {
      const latest = counts.messages.at(-1)?.recordingCountsChanged;
      return latest?.byPhase.some((phase) => JSON.stringify(phase) === '{"phase":"COMPLETED","count":1}');
    });
    await Promise.all([changes.close(), events.close(), counts.close()]);
    expect(await execute('EventCursor', {})).toEqual({
      recordings: { eventCursor: expect.any(String) as string },
    });
    expect(await execute('ForgetRecording', { input: { recordingId } })).toEqual({
      forgetRecording: { forgottenId: recordingId, userErrors: [] },
    });
    expect([...executed].sort()).toEqual([...operations.keys()].sort());
  });
});
