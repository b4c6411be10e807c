import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post, request } from '../support/graphql-client.js';
import { largeSized, SOAK } from '../support/size.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

/** The issue's own size is 200 recordings. */
const RECORDINGS = largeSized(20, 200);
const SPEED = largeSized(20, 4);
const FAULTS = { loss: 0.2, repetition: 0.2, disorderMs: 6_000, seed: 7 };
const TIMEOUT_MS = largeSized(300_000, 900_000);

/** How a recording ends, and what happens before. */
const KINDS = ['stop', 'async stop', 'idle', 'fail-over', 'streams'] as const;

interface File {
  fileName: string;
  trackType: string | null;
  uid: string | null;
  mixedAllUsers: boolean | null;
  playable: boolean | null;
  startedAt: string | null;
}

interface Truth {
  sid: string;
  cname: string;
  recorderUid: string;
  phase: string;
  exitStatus: number | null;
  files: (Omit<File, 'mixedAllUsers' | 'playable' | 'startedAt'> & {
    mixedAllUser: boolean;
    isPlayable: boolean;
    sliceStartTime: number;
  })[];
  sequences: Record<string, number>;
  notifications: { delivered: number };
}

interface Event {
  type: string;
  sequence: number | null;
  source: string;
  raw: { payload?: { uid: string; sendts: number; details: Record<string, unknown> } } | null;
  operation?: string;
  httpStatus?: number;
}

interface Known {
  sid: string;
  currentRecorderUid: string;
  phase: string;
  phaseInferred: boolean;
  endReason: string | null;
  endReasonCertain: boolean | null;
  upload: { state: string };
  streams: { uid: string; audio: boolean | null; video: boolean | null }[];
  delivery: {
    received: number;
    duplicates: number;
    missingCount: number;
    missing: { recorderUid: string; from: number; to: number }[];
  };
  files: { edges: { node: File }[] };
  events: { edges: { node: Event }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

const KNOWN = `query ($id: ID, $after: String) { recording(by: { id: $id }) {
  sid currentRecorderUid phase phaseInferred endReason endReasonCertain upload { state } streams { uid audio video }
  delivery { received duplicates missingCount missing { recorderUid from to } }
  files(first: 100) { edges { node { fileName trackType uid mixedAllUsers playable startedAt } } }
  events(first: 100, after: $after) { pageInfo { hasNextPage endCursor }
    edges { node { type source raw ... on NotificationEvent { sequence } ... on CallEvent { operation httpStatus } } } } } }`;

let stage: Stage;
const ids = new Map<string, string>();

beforeAll(async () => {
  stage = await openStage({ speed: SPEED, env: { LOG_LEVEL: 'error' } });
  await stage.sandbox.control('PUT', '/notifications', FAULTS);
});

afterAll(async () => {
  await stage.close();
});

const channels = Array.from({ length: RECORDINGS }, (_, index) => ({
  channel: `lossy-${index}`,
  kind: KINDS[index % KINDS.length] ?? 'stop',
}));

/** Does it for all, a few at a time. */
async function forAll(
  list: typeof channels,
  run: (item: (typeof channels)[number]) => Promise<void>,
): Promise<void> {
  const left = [...list];
  await Promise.all(
    Array.from({ length: 5 }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await run(item);
    }),
  );
}

/** Repeats a mutation that had no turn, as the error says. */
async function mutate(field: string, input: Record<string, unknown>, type: string): Promise<string> {
  return await waitFor(
    async () => {
      const { data, errors } = await post<
        Record<string, { recording: { id: string }; userErrors: { code: string }[] }>
      >(
        stage.gateway.url,
        `mutation ($input: ${type}!) { ${field}(input: $input) { recording { id } userErrors { code } } }`,
        { input },
      );
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      const codes = data[field]?.userErrors.map(({ code }) => code) ?? [];
      if (codes.includes('UPSTREAM_BUSY')) return null;
      expect(codes).toEqual([]);
      return data[field]?.recording.id;
    },
    { what: field },
  );
}

async function truth(): Promise<Truth[]> {
  const { recordings } = (await stage.sandbox.control('GET', '/recordings')) as { recordings: Truth[] };
  return recordings;
}

async function known(channel: string): Promise<Known & { all: Event[] }> {
  const all: Event[] = [];
  let after: string | null = null;
  for (;;) {
    const { recording }: { recording: Known } = await request(stage.gateway.url, KNOWN, {
      id: ids.get(channel),
      after,
    });
    all.push(...recording.events.edges.map(({ node }) => node));
    if (!recording.events.pageInfo.hasNextPage) return { ...recording, all };
    after = recording.events.pageInfo.endCursor;
  }
}

const publishers = (channel: string, list: object[]) =>
  stage.sandbox.control('PUT', `/channels/${channel}`, { publishers: list });

async function run({ channel, kind }: (typeof channels)[number]): Promise<void> {
  const recordingId = ids.get(channel);
  if (kind === 'idle') await publishers(channel, []);
  else
    await mutate(
      'stopRecording',
      { recordingId, async: kind === 'async stop', waitSeconds: 0 },
      'StopRecordingInput',
    );
}

/** The streams that the notifications name. All recordings of this test have ended, so none is received any more. */
function endedStreams(events: readonly Event[]): Known['streams'] {
  const named = new Set<string>();
  for (const { type, raw } of events) {
    const media = /^RECORDER_(AUDIO|VIDEO)_STREAM/.exec(type)?.[1]?.toLowerCase();
    if (media !== undefined && raw?.payload !== undefined) {
      named.add(`${String(raw.payload.details.streamUid)}:${media}`);
    }
  }
  const uids = [...new Set([...named].map((key) => key.split(':')[0] ?? ''))].sort(
    (left, right) => Number(left) - Number(right),
  );
  return uids.map((uid) => ({
    uid,
    audio: named.has(`${uid}:audio`) ? false : null,
    video: named.has(`${uid}:video`) ? false : null,
  }));
}

describe(`${RECORDINGS} recordings over a network that loses a fifth, repeats a fifth and reorders the rest`, () => {
  it(
    'run and end',
    async () => {
      await forAll(channels, async ({ channel, kind }) => {
        const config =
          kind === 'streams'
            ? { individual: { subscribeUidGroup: 'UIDS_1_TO_2' } }
            : { composite: { avFileType: ['HLS', 'MP4'] } };
        ids.set(
          channel,
          await mutate('startRecording', { channel, uid: '901001', config }, 'StartRecordingInput'),
        );
      });
      await waitFor(async () => (await truth()).every(({ phase }) => phase === 'recording'), {
        what: 'that all record',
      });
      const sids = new Map((await truth()).map(({ cname, sid }) => [cname, sid]));
      for (const { channel, kind } of channels) {
        if (kind === 'fail-over') {
          await stage.sandbox.control('POST', `/recordings/${sids.get(channel)}/failover`, {
            durationMs: 8_000,
          });
        }
        if (kind !== 'streams') continue;
        await publishers(channel, [{ uid: '12', audio: true, video: true }]);
        await publishers(channel, [
          { uid: '12', audio: false, video: true },
          { uid: '5', audio: true, video: false },
        ]);
      }
      // Two minutes of the recordings' own time: reports of progress, queries, and the fail-overs' ends.
      await new Promise((resolve) => setTimeout(resolve, 120_000 / SPEED));
      await forAll(channels, run);
      await waitFor(async () => (await truth()).every(({ phase }) => phase === 'ended'), {
        withinMs: 120_000,
        what: 'that all have ended',
      });
      // What is on its way arrives before the clock runs fast: then the unreported ends are found.
      await new Promise((resolve) => setTimeout(resolve, 15_000 / SPEED));
      await stage.sandbox.control('PUT', '/clock', { speed: 60 });
      await waitFor(
        async () => {
          const { recordings } = await request<{ recordings: { edges: unknown[] } }>(
            stage.gateway.url,
            '{ recordings(first: 1, filter: { phases: [STARTING, RECORDING, PAUSED, STOPPING, UPLOADING] }) { edges { cursor } } }',
          );
          return recordings.edges.length === 0;
        },
        { withinMs: 180_000, everyMs: 500, what: 'that the gateway knows of every end' },
      );
    },
    TIMEOUT_MS,
  );

  it('and show all that a query, a reply or a received notification could reveal', async () => {
    const tasks = new Map((await truth()).map((task) => [task.cname, task]));
    let [duplicates, missing, inferred] = [0, 0, 0];
    for (const { channel, kind } of channels) {
      const task = tasks.get(channel);
      if (task === undefined) throw new Error(`The sandbox has no ${channel}.`);
      const recording = await known(channel);
      const { all, delivery, files } = recording;
      const notifications = all.filter(({ source }) => source === 'NOTIFICATION');
      const came = (type: string) => notifications.some((event) => event.type === type);
      const numbers = new Map<string, Set<number>>();
      for (const { raw, sequence } of notifications) {
        const uid = raw?.payload?.uid ?? '';
        numbers.set(uid, (numbers.get(uid) ?? new Set()).add(sequence ?? -1));
      }
      const wrong = `${channel} (${kind})`;

      // Completeness: what was acknowledged is there once, and what lies between is missing.
      expect(delivery.received + delivery.duplicates, wrong).toBe(task.notifications.delivered);
      expect(delivery.received, wrong).toBe(notifications.length);
      const gaps = [...numbers].flatMap(([uid, set]) =>
        Array.from({ length: Math.max(...set) }, (_, number) => number)
          .filter((number) => !set.has(number))
          .map((number) => `${uid}:${number}`),
      );
      const shown = delivery.missing.flatMap(({ recorderUid, from, to }) =>
        Array.from({ length: to - from + 1 }, (_, index) => `${recorderUid}:${from + index}`),
      );
      expect(shown.sort(), wrong).toEqual(gaps.sort());
      for (const [uid, set] of numbers)
        expect(Math.max(...set), wrong).toBeLessThan(task.sequences[uid] ?? 0);
      const sent = Object.values(task.sequences).reduce((sum, count) => sum + count, 0);
      const complete = notifications.length === sent;

      // State: right, however little came; proven where anything that came proves it.
      expect(recording.sid, wrong).toBe(task.sid);
      const stopTold = all.some((event) => event.operation === 'stop' && event.httpStatus === 200);
      const endProven = came('UPLOADED') || came('SESSION_EXIT') || recording.upload.state === 'UPLOADED';
      expect(task.exitStatus, wrong).toBe(0);
      expect(recording.phaseInferred, wrong).toBe(!endProven);
      if (endProven || stopTold) expect(recording.phase, wrong).toBe('COMPLETED');
      else expect(['COMPLETED', 'LOST'], wrong).toContain(recording.phase);
      if (complete) expect(recording, wrong).toMatchObject({ phase: 'COMPLETED', phaseInferred: false });
      if (kind !== 'idle') expect(recording.endReason, wrong).toBe('STOP_REQUESTED');
      else if (came('RECORDER_LEAVE')) expect(recording.endReason, wrong).toBe('IDLE');
      if (came('UPLOADED')) expect(recording.upload.state, wrong).toBe('UPLOADED');
      const movedTold = came('SESSION_FAILOVER') || numbers.has(task.recorderUid);
      expect(recording.currentRecorderUid, wrong).toBe(movedTold ? task.recorderUid : '901001');

      // Streams and files: as the latest report of each says, and none that never existed.
      expect(recording.streams, wrong).toEqual(endedStreams(notifications));
      const truly = new Map(task.files.map((file) => [file.fileName, file]));
      for (const { node } of files.edges) {
        const file = truly.get(node.fileName);
        expect(file, `${wrong}: ${node.fileName}`).toBeDefined();
        if (node.trackType === null || file === undefined) continue;
        expect(node, wrong).toEqual({
          fileName: file.fileName,
          trackType: file.trackType?.toUpperCase(),
          uid: file.uid,
          mixedAllUsers: file.mixedAllUser,
          playable: file.isPlayable,
          startedAt: new Date(file.sliceStartTime).toISOString(),
        });
      }
      if (recording.upload.state === 'UPLOADED') expect(files.edges.length, wrong).toBe(task.files.length);
      duplicates += delivery.duplicates;
      missing += delivery.missingCount;
      inferred += recording.phaseInferred ? 1 : 0;
    }
    // The network was as bad as it was meant to be.
    expect(duplicates).toBeGreaterThan(RECORDINGS);
    expect(missing).toBeGreaterThan(RECORDINGS / 2);
    console.info(
      `${RECORDINGS} recordings: ${duplicates} duplicates, ${missing} missing, ${inferred} ends inferred${SOAK ? '' : ' (full)'}`,
    );
  });

  it('without a call more than Agora allows', async () => {
    const { calls, peakPerSecond, total } = (await stage.sandbox.control('GET', '/calls')) as {
      calls: { httpStatus: number }[];
      peakPerSecond: number;
      total: number;
    };
    expect(peakPerSecond).toBeLessThanOrEqual(10);
    expect(calls.filter(({ httpStatus }) => httpStatus === 429)).toEqual([]);
    console.info(`${total} calls, at most ${peakPerSecond} in a second`);
  });
});
