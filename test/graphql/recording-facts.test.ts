import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../support/stage.js';
import { overHttp, overWebSocket } from '../support/transports.js';
import { waitFor } from '../support/wait-for.js';

/** What a user interface shows of a recording besides its phase. */
const FACTS = `
  id phase phaseSince changedAt version startedAt durationSeconds nextObservationAt
  evidence { kind at source }
  actions {
    stop { possible reason message } update { possible reason } updateLayout { possible reason }
    refresh { possible reason } adopt { possible reason message }
  }
  problems { totalCount { count exact } nodes { id code agoraCode severity message event { id type recording { id } } } }
  files { nodes { id fileName recording { id channel } } edges { node { id } } }`;

interface Action {
  possible: boolean;
  reason: string | null;
  message?: string | null;
}

interface Facts {
  id: string;
  phase: string;
  phaseSince: string | null;
  changedAt: string;
  version: number;
  startedAt: string;
  durationSeconds: number | null;
  nextObservationAt: string | null;
  evidence: { kind: string; at: string; source: string };
  actions: Record<'stop' | 'update' | 'updateLayout' | 'refresh' | 'adopt', Action>;
  problems: {
    totalCount: { count: number; exact: boolean };
    nodes: {
      id: string;
      code: string;
      agoraCode: number | null;
      severity: string;
      message: string;
      event: { id: string; type: string; recording: { id: string } } | null;
    }[];
  };
  files: {
    nodes: { id: string; fileName: string; recording: { id: string; channel: string } }[];
    edges: { node: { id: string } }[];
  };
}

const POSSIBLE = { possible: true, reason: null };

let stage: Stage;
const url = () => stage.gateway.url;

beforeAll(async () => {
  stage = await openStage({ speed: 20 });
});

afterAll(async () => {
  await stage.close();
});

describe.each([
  ['HTTP', overHttp(url)],
  ['WebSocket', overWebSocket(url)],
])('What a front end shows of a recording, over %s', (transport, send) => {
  const key = `key over ${transport}`;

  async function ask<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const { data, errors } = await send({ query, variables });
    expect(errors).toBeUndefined();
    return data as T;
  }

  async function start(channel: string, config: object): Promise<string> {
    const { startRecording } = await ask<{
      startRecording: { recording: { id: string } | null; userErrors: object[] };
    }>(
      'mutation ($input: StartRecordingInput!) { startRecording(input: $input) { recording { id } userErrors { message } } }',
      {
        input: { channel: `${channel} ${transport}`, uid: '7', config, idempotencyKey: `${key} ${channel}` },
      },
    );
    expect(startRecording.userErrors).toEqual([]);
    return startRecording.recording?.id ?? '';
  }

  async function facts(id: string): Promise<Facts> {
    const query = `query ($id: ID) { recording(by: { id: $id }) { ${FACTS} } }`;
    return (await ask<{ recording: Facts }>(query, { id })).recording;
  }

  const until = (id: string, phase: string) =>
    waitFor(
      async () => {
        const found = await facts(id);
        return found.phase === phase && found;
      },
      { what: phase },
    );

  let id: string;

  it('while it runs: since when, for how long, by what evidence, what comes next, and what can be done', async () => {
    id = await start('runs', { composite: {} });
    const running = await until(id, 'RECORDING');
    expect(running.evidence.kind).toMatch(/^(NOTIFICATION|QUERY_REPLY)$/);
    expect(running.evidence.source).toMatch(/^(NOTIFICATION|POLL)$/);
    expect(running.phaseSince).toBe(running.evidence.at);
    expect(Date.parse(running.phaseSince ?? '')).toBeGreaterThanOrEqual(Date.parse(running.startedAt));
    expect(Date.parse(running.changedAt)).toBeGreaterThanOrEqual(Date.parse(running.startedAt));
    expect(running.nextObservationAt).not.toBeNull();
    expect(running.actions).toMatchObject({
      stop: { ...POSSIBLE, message: null },
      update: POSSIBLE,
      updateLayout: POSSIBLE,
      refresh: POSSIBLE,
      adopt: { possible: false, reason: null, message: 'The recording is controlled from here already.' },
    });
    const longer = await waitFor(async () => {
      const now = await facts(id);
      return (now.durationSeconds ?? 0) > (running.durationSeconds ?? 0) && now;
    });
    expect(longer.phaseSince).toBe(running.phaseSince);
  });

  it('is found by the key that it was started with', async () => {
    const query = 'query ($key: String) { recording(by: { idempotencyKey: $key }) { id } }';
    expect(await ask(query, { key: `${key} runs` })).toEqual({ recording: { id } });
    expect(await ask(query, { key: 'not used' })).toEqual({ recording: null });
  });

  it('after its end: the duration is final, nothing can be done, and each file knows its recording', async () => {
    await ask('mutation ($id: ID!) { stopRecording(input: { recordingId: $id }) { recording { id } } }', {
      id,
    });
    const ended = await until(id, 'COMPLETED');
    expect(ended.evidence.kind).toMatch(/^(NOTIFICATION|STOP_REPLY)$/);
    for (const name of ['stop', 'update', 'updateLayout', 'adopt'] as const) {
      expect(ended.actions[name]).toMatchObject({ possible: false, reason: 'RECORDING_ENDED' });
    }
    expect(ended.durationSeconds).toBeGreaterThan(0);
    expect(ended.files.nodes.length).toBeGreaterThan(0);
    expect(ended.files.edges.map(({ node }) => node.id)).toEqual(ended.files.nodes.map((file) => file.id));
    for (const file of ended.files.nodes)
      expect(file.recording).toEqual({ id, channel: `runs ${transport}` });
    const last = await waitFor(async () => {
      const now = await facts(id);
      return now.nextObservationAt === null && now;
    });
    expect((await facts(id)).durationSeconds).toBe(last.durationSeconds);
  });

  it('that fails: what went wrong has a code, a severity and the event that showed it', async () => {
    const page = { url: 'https://acme.example/never-ready', readyTimeout: 5, maxRecordingHour: 1 };
    const failing = await start('fails', {
      web: { ...page, videoWidth: 640, videoHeight: 360, audioProfile: 'MUSIC_STANDARD' },
    });
    const failed = await until(failing, 'FAILED');
    const reloaded = failed.problems.nodes.find(({ code }) => code === 'WEB_PAGE_RELOADED');
    expect(reloaded).toMatchObject({
      agoraCode: null,
      severity: 'WARNING',
      event: { type: 'WEB_RECORDER_RELOAD', recording: { id: failing } },
    });
    expect(failed.problems.totalCount).toEqual({ count: failed.problems.nodes.length, exact: true });
    expect(new Set(failed.problems.nodes.map((problem) => problem.id)).size).toBe(
      failed.problems.nodes.length,
    );
    const ids = [reloaded?.event?.id, 'unknown', failing, failed.files.nodes[0]?.id ?? failing];
    const { nodes } = await ask<{ nodes: ({ id: string; __typename: string } | null)[] }>(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }',
      { ids },
    );
    expect(nodes.map((node) => node?.id ?? 'unknown')).toEqual(ids);
    expect(nodes.map((node) => node?.__typename)).toEqual(
      expect.arrayContaining(['WebRecorderReloadEvent', undefined, 'Recording']),
    );
  });

  it('refuses more ids than a page holds', async () => {
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const { errors } = await send({ query, variables: { ids: Array(101).fill('x') } });
    expect(errors?.[0]?.message).toBe('ids takes at most 100 ids.');
  });

  it('lists the storage profiles and projects that a start can name, without their keys', async () => {
    const reply = await ask<{ storageProfiles: { name: string }[]; projects: { appId: string }[] }>(
      '{ storageProfiles { name isDefault vendor region bucket fileNamePrefix } projects { appId isDefault } }',
    );
    expect(reply.storageProfiles).toEqual([
      {
        name: 'sandbox',
        isDefault: true,
        vendor: 'AMAZON_S3',
        region: 'US_EAST_1',
        bucket: 'sandbox-recordings',
        fileNamePrefix: ['sandbox'],
      },
    ]);
    const [{ appId } = { appId: '' }] = reply.projects;
    const { recording } = await ask<{ recording: { appId: string } }>(
      'query ($id: ID) { recording(by: { id: $id }) { appId } }',
      { id },
    );
    expect(reply.projects).toEqual([{ appId: recording.appId, isDefault: true }]);
    expect(appId).toBe(recording.appId);
  });

  it('says what the gateway is, and what bounds an operation', async () => {
    const { gateway } = await ask<{ gateway: { version: string; limits: { pageSize: number } } }>(
      '{ gateway { version mode allowsInlineStorage limits { pageSize filterValues depth aliases tokens replyBytes } } }',
    );
    expect(gateway).toMatchObject({ mode: 'SANDBOX', limits: { pageSize: 100, filterValues: 50 } });
    expect(gateway.version).toMatch(/^\d+\.\d+\.\d+$/);
    const query = `{ recordings(first: ${gateway.limits.pageSize + 1}) { nodes { id } } }`;
    expect((await send({ query })).errors).toHaveLength(1);
  });
});
