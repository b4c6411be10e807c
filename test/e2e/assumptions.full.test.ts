import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ASSUMPTION_NAMES,
  ASSUMPTIONS,
  type AssumptionName,
} from '@agora-recording-gateway/agora/assumptions';
import {
  RefreshRecordingDocument,
  StartRecordingDocument,
  type StartRecordingInput,
  StopRecordingDocument,
  type RecordingChangeInput,
  UpdateRecordingDocument,
} from '@agora-recording-gateway/client';
import { run } from '../support/documents.js';
import { request } from '../support/graphql-client.js';
import { notificationSender } from '../support/agora/send-notification.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

/**
 * An upload takes some 200 ms. Faster, a busy machine would let pass what limits a recording in Agora's time before it has
 * come that far: five minutes from acquire to start, and an hour of a page recording.
 */
const SPEED = 10;

/** Each has a separate budget of calls, so that runs do not delay each other. */
const STAGES = 3;

const PATIENCE = { everyMs: 50 };

const everyStage: Stage[] = [];
let free: Stage[] = [];
const waiting: ((stage: Stage) => void)[] = [];

beforeAll(async () => {
  for (let index = 0; index < STAGES; index += 1) everyStage.push(await openStage({ speed: SPEED }));
  free = [...everyStage];
});

afterAll(async () => {
  await Promise.all(everyStage.map((stage) => stage.close()));
});

/** Runs with a stage that is reserved for it, and in which only these claims are false. */
async function onStage(isFalse: readonly AssumptionName[], use: (stage: Stage) => Promise<void>) {
  const stage = free.shift() ?? (await new Promise<Stage>((resolve) => waiting.push(resolve)));
  // All that was before is forgotten, assumptions included.
  await stage.sandbox.control('DELETE', '');
  const assumed = Object.fromEntries(ASSUMPTION_NAMES.map((name) => [name, !isFalse.includes(name)]));
  await stage.sandbox.control('PUT', '/assumptions', assumed);
  // Copies and repetitions belong to every day.
  await stage.sandbox.control('PUT', '/notifications', {
    ...{ redundant: 0.3, repetition: 0.2, disorderMs: 2_000, seed: 7, events: ALL_EVENTS },
  });
  try {
    await use(stage);
  } finally {
    const next = waiting.shift();
    if (next === undefined) free.push(stage);
    else next(stage);
  }
}

/** Every event type that the sandbox sends. */
const ALL_EVENTS = [1, 2, 3, 4, 11, 12, 13, 30, 31, 32, 33, 40, 41, 42, 43, 44, 45, 70, 71, 72, 73, 100];

/** The events that best practices recommend at least, and the end of page recordings. */
const RECOMMENDED_EVENTS = [1, 11, 12, 31, 32, 40, 41, 71];

interface Truth {
  sid: string;
  phase: string;
  recorderUid: string;
  notifications: { sent: number; delivered: number };
  streams: Record<string, { audio: boolean; video: boolean }>;
  files: { fileName?: string; filename?: string; sliceStartTime: number }[];
}

interface View {
  sid: string | null;
  phase: string;
  phaseInferred: boolean;
  endReason: string | null;
  currentRecorderUid: string | null;
  upload: { state: string };
  files: { edges: { node: { fileName: string; startedAt: string | null } }[] };
}

/** One recording on a stage, from both sides. */
class Recorded {
  readonly #stage: Stage;
  readonly channel: string;
  id = '';

  constructor(stage: Stage, channel: string) {
    this.#stage = stage;
    this.channel = channel;
  }

  /** Starts, with these errors at most. */
  async start(
    config: StartRecordingInput['config'],
    more: Partial<StartRecordingInput> = {},
    allowed: string[] = [],
  ) {
    const input = { channel: this.channel, uid: '901001', config, ...more };
    const { startRecording } = await run(this.#stage.gateway.url, StartRecordingDocument, { input });
    const errors = startRecording.userErrors.filter(({ code }) => !allowed.includes(code));
    expect(errors, this.channel).toEqual([]);
    this.id = startRecording.recording?.id ?? '';
  }

  control(method: string, path: string, body?: unknown): Promise<unknown> {
    return this.#stage.sandbox.control(method, path, body);
  }

  publish(...publishers: { uid: string; audio: boolean; video: boolean }[]): Promise<unknown> {
    return this.control('PUT', `/channels/${encodeURIComponent(this.channel)}`, { publishers });
  }

  /** The one task of this channel: never is there a second. */
  async truth(): Promise<Truth> {
    const tasks = (await this.#stage.tasks(this.channel)) as unknown as Truth[];
    expect(tasks).toHaveLength(1);
    return tasks[0]!;
  }

  async view(): Promise<View> {
    const { recording } = await request<{ recording: View }>(
      this.#stage.gateway.url,
      `query ($id: ID) { recording(by: { id: $id }) { sid phase phaseInferred endReason currentRecorderUid upload { state }
        files(first: 100) { edges { node { fileName startedAt } } } } }`,
      { id: this.id },
    );
    return recording;
  }

  async untilTruth(what: string, holds: (truth: Truth) => boolean): Promise<Truth> {
    return waitFor(
      async () => {
        const truth = await this.truth();
        return holds(truth) && truth;
      },
      { ...PATIENCE, what: `${this.channel}: ${what}` },
    );
  }

  async until(what: string, holds: (view: View) => boolean): Promise<View> {
    return waitFor(
      async () => {
        const view = await this.view();
        return holds(view) && view;
      },
      { ...PATIENCE, what: `${this.channel}: ${what}` },
    );
  }

  /** Waits until a call about this channel was so answered. */
  async untilCalled(operation: string, httpStatus: number): Promise<void> {
    await waitFor(
      async () => {
        const { calls } = (await this.control('GET', '/calls')) as { calls: Record<string, unknown>[] };
        return calls.some(
          (call) =>
            call.cname === this.channel && call.operation === operation && call.httpStatus === httpStatus,
        );
      },
      { ...PATIENCE, what: `${this.channel}: ${operation} answered ${httpStatus}` },
    );
  }

  /** Runs, and its first file is up. */
  async runs(): Promise<void> {
    await this.until('RECORDING', ({ phase }) => phase === 'RECORDING');
    await this.untilTruth('a file', ({ files }) => files.length > 0);
  }

  async update(change: RecordingChangeInput): Promise<void> {
    const input = { recordingId: this.id, change };
    const { updateRecording } = await run(this.#stage.gateway.url, UpdateRecordingDocument, { input });
    expect(updateRecording.userErrors).toEqual([]);
  }

  /** An explicit query. Its user errors depend on what is assumed; what counts is the view. */
  async refresh(): Promise<void> {
    await run(this.#stage.gateway.url, RefreshRecordingDocument, { input: { recordingId: this.id } });
  }

  /** An explicit query of a running recording. It may share the reply to a query that was already in flight. */
  async query(): Promise<void> {
    await this.refresh();
    expect(await this.answersTo('query')).toBeGreaterThan(0);
    expect((await this.view()).phase).toBe('RECORDING');
  }

  /** How many calls of this operation about this channel have succeeded. */
  async answersTo(operation: string): Promise<number> {
    const { calls } = (await this.control('GET', '/calls')) as { calls: Record<string, unknown>[] };
    return calls.filter(
      (call) => call.cname === this.channel && call.operation === operation && call.httpStatus === 200,
    ).length;
  }

  async stop(): Promise<void> {
    const input = { recordingId: this.id, waitSeconds: 20 };
    const { stopRecording } = await run(this.#stage.gateway.url, StopRecordingDocument, { input });
    expect(stopRecording.userErrors).toEqual([]);
  }

  /** The end, as proven as the truth has it: once all is heard, and nothing changes it any more. */
  async ends(endReason: string): Promise<void> {
    const truth = await this.untilTruth(
      'the end, with everything delivered',
      ({ phase, notifications: { sent, delivered } }) => phase === 'ended' && delivered === sent,
    );
    const view = await this.until(
      'the end',
      (seen) => seen.phase === 'COMPLETED' && seen.upload.state === 'UPLOADED',
    );
    expect(view).toMatchObject({ sid: truth.sid, phaseInferred: false, endReason });
    await this.until('all files', (seen) => seen.files.edges.length >= truth.files.length);
    const files = (await this.view()).files.edges.map(({ node }) => node);
    const expected = truth.files.map(({ fileName, filename }) => fileName ?? filename).sort();
    expect(files.map(({ fileName }) => fileName).sort()).toEqual(expected);
    for (const { fileName, startedAt } of files) {
      const file = truth.files.find((candidate) => (candidate.fileName ?? candidate.filename) === fileName);
      if (startedAt === null) continue;
      expect(Math.abs(Date.parse(startedAt) - (file?.sliceStartTime ?? 0)), fileName).toBeLessThan(1_000);
    }
  }
}

const BOTH = [71, 72].map((uid) => ({ uid: String(uid), audio: true, video: true }));

type Scenario = (recorded: Recorded) => Promise<void>;

/** The reply to a start is lost, and no word comes before the same start is sent again: it is answered 201/7. */
const startTwice: Scenario = async (recorded) => {
  await recorded.control('PUT', '/notifications', { loss: 1 });
  await recorded.publish(...BOTH);
  // Where Agora refuses the first of all starts, the reply to the second is the one that is lost.
  const assumed = (await recorded.control('GET', '/assumptions')) as Record<string, boolean>;
  const skip = assumed.startRepeatsStartParameter === false ? 1 : 0;
  const fault = { operation: 'start', cname: recorded.channel, drop: 'reply', skip };
  await recorded.control('POST', '/faults', fault);
  await recorded.start({ individual: { subscribeUidGroup: 'UIDS_1_TO_2' } }, {}, ['START_IN_DOUBT']);
  await recorded.untilCalled('start', 201);
  await recorded.control('PUT', '/notifications', { loss: 0 });
  const { sid } = await recorded.truth();
  await recorded.control('POST', `/recordings/${sid}/notifications`, {
    ...{ eventType: 40, details: { status: 0 } },
  });
};

/** A fail-over, then a stop whose upload takes longer than Agora waits. */
const failOver: Scenario = async (recorded) => {
  await recorded.runs();
  const { sid } = await recorded.truth();
  await recorded.control('POST', `/recordings/${sid}/failover`, { durationMs: 20_000 });
  const { recorderUid } = await recorded.untilTruth(
    'another recorder',
    ({ recorderUid: uid, files }) => uid !== '901001' && files.length > BOTH.length * 2,
  );
  await recorded.until('the other recorder', (seen) => seen.currentRecorderUid === recorderUid);
  expect((await recorded.view()).phase).toBe('RECORDING');
  await recorded.control('PUT', `/recordings/${sid}`, { uploadMs: 25_000 });
  await recorded.stop();
  await recorded.ends('STOP_REQUESTED');
};

/** The other main scenarios. Each ends with the gateway's view held against the sandbox's truth. */
const SCENARIOS: Record<string, Scenario> = {
  'composite, with lists': async (recorded) => {
    await recorded.publish(...BOTH);
    await recorded.start({
      composite: {
        avFileType: ['HLS', 'MP4'],
        subscribeAudioUids: ['#allstream#'],
        unsubscribeVideoUids: ['72'],
      },
    });
    const receives = (video71: boolean, audio72: boolean) => (truth: Truth) =>
      truth.streams['71']?.audio === true &&
      truth.streams['71'].video === video71 &&
      (truth.streams['72']?.audio ?? false) === audio72 &&
      truth.streams['72']?.video !== true;
    await recorded.runs();
    await recorded.untilTruth('the lists of the start', receives(true, true));
    const lists = { unsubscribeAudioUids: ['72'], unsubscribeVideoUids: ['71', '72'] };
    await recorded.update({ streams: lists });
    await recorded.untilTruth('the lists of the update', receives(false, false));
    await recorded.query();
    await recorded.stop();
    await recorded.ends('STOP_REQUESTED');
  },

  'individual, with lists': async (recorded) => {
    await recorded.publish(...BOTH);
    await recorded.start({ individual: { subscribeUidGroup: 'UIDS_1_TO_2' } });
    await recorded.runs();
    await recorded.query();
    await recorded.update({ streams: { unsubscribeAudioUids: ['71'], unsubscribeVideoUids: ['72'] } });
    await recorded.untilTruth(
      'the lists of the update',
      ({ streams: { 71: first, 72: second } }) =>
        first?.video === true && !first.audio && second?.audio === true && !second.video,
    );
    await recorded.query();
    await recorded.stop();
    await recorded.ends('STOP_REQUESTED');
  },

  'page, paused and pushed': async (recorded) => {
    await recorded.start({
      web: {
        ...{ url: 'https://acme.example/board', audioProfile: 'MUSIC_STANDARD' as const },
        ...{ videoWidth: 1280, videoHeight: 720, maxRecordingHour: 1, avFileType: ['HLS', 'MP4'] },
        outputs: [{ rtmpUrl: 'rtmp://cdn.example/live/key' }],
      },
    });
    await recorded.runs();
    await recorded.update({ web: { paused: true } });
    await recorded.until('PAUSED', ({ phase }) => phase === 'PAUSED');
    await recorded.update({ web: { paused: false } });
    await recorded.query();
    await recorded.stop();
    await recorded.ends('STOP_REQUESTED');
  },

  'idle, and stopped at the same time': async (recorded) => {
    await recorded.start({ composite: { maxIdleTime: 30 } });
    await recorded.runs();
    const { sid } = await recorded.truth();
    await recorded.control('PUT', `/recordings/${sid}`, { uploadMs: 36_000_000 });
    await recorded.publish();
    await recorded.untilTruth('its leaving', ({ phase }) => phase === 'uploading');
    await recorded.refresh();
    await recorded.stop();
    await recorded.control('PUT', `/recordings/${sid}`, { uploadMs: 0 });
    await recorded.ends('IDLE');
  },
};

let runs = 0;

async function together(stage: Stage, scenarios: Record<string, Scenario>): Promise<void> {
  runs += 1;
  const outcomes = await Promise.allSettled(
    Object.entries(scenarios).map(([name, scenario]) => scenario(new Recorded(stage, `${runs} ${name}`))),
  );
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

async function runAll(stage: Stage): Promise<void> {
  const individual = new Recorded(stage, `${runs + 1} individual`);
  await startTwice(individual);
  await together(stage, { ...SCENARIOS, 'fail-over': () => failOver(individual) });
}

/** Only ends a run that hangs: what it waits for has its own limit, and it waits for a stage, too. */
const LONG = 15 * 60_000;

/** Not about the life of a recording: the console check has a separate test. */
const APART: AssumptionName[] = ['consoleCheckIsOfTestWebhook'];

describe.concurrent('The main scenarios come out right', () => {
  it('with every assumption true', () => onStage([], runAll), LONG);

  it.each(
    ASSUMPTION_NAMES.filter((name) => !APART.includes(name)).map(
      (name) => [ASSUMPTIONS[name].claim, name] as const,
    ),
  )('though this is false: %s', (_claim, name) => onStage([name], runAll), LONG);

  it.each([true, false])(
    'with the fewest events subscribed to (numbers for all of them: %s)',
    (holds) =>
      onStage(holds ? [] : ['sequenceCountsAllEvents'], async (stage) => {
        await stage.sandbox.control('PUT', '/notifications', { events: RECOMMENDED_EVENTS });
        await runAll(stage);
      }),
    LONG,
  );
});

describe.concurrent('What the main scenarios do not come upon', () => {
  it.each([true, false])(
    'a start that is one call too many (429 names no time: %s)',
    (holds) =>
      onStage(holds ? [] : ['rateLimitedNamesNoWait'], (stage) =>
        together(stage, {
          limited: async (recorded) => {
            const order = { operation: 'start', cname: recorded.channel, reply: 'rate-limited' };
            await recorded.control('POST', '/faults', order);
            await recorded.start({ composite: {} });
            await recorded.runs();
            await recorded.stop();
            await recorded.ends('STOP_REQUESTED');
          },
        }),
      ),
    LONG,
  );

  it.each([true, false])(
    'the end of resourceExpiredHour (of the calls alone: %s)',
    (holds) =>
      onStage(holds ? [] : ['expiryEndsOnlyCalls'], (stage) =>
        together(stage, {
          expiring: async (recorded) => {
            await recorded.start({ composite: {} }, { resourceExpiredHours: 1 });
            await recorded.runs();
            await recorded.control('PUT', '/clock', { stepMs: 3_600_000 });
            if (holds) {
              expect((await recorded.truth()).phase).toBe('recording');
              expect((await recorded.view()).phase).toBe('RECORDING');
              await recorded.publish();
            }
            await recorded.ends(holds ? 'IDLE' : 'UNKNOWN');
          },
        }),
      ),
    LONG,
  );

  it("the console's check: of channel test_webhook it leaves nothing, of another one an external recording", () =>
    onStage([], async (stage) => {
      const send = await notificationSender(stage);
      const check = (cname: string, payload: object) => ({
        ...{ noticeId: `check ${cname}`, productId: 3, eventType: 40, notifyMs: Date.now() },
        payload: {
          cname,
          uid: '12121212',
          sequence: 0,
          sendts: Date.now(),
          serviceType: 1,
          details: {},
          ...payload,
        },
      });
      const sid = 'c'.repeat(32);
      expect(await send(check('test_webhook', { sid }))).toBe(200);
      expect(await send(check('test channel', {}))).toBe(200);
      expect(await send(check('another test', { sid }))).toBe(200);
      const { recordings } = await request<{ recordings: { edges: { node: object }[] } }>(
        stage.gateway.url,
        '{ recordings(filter: { channels: ["test_webhook", "test channel", "another test"] }) { edges { node { channel resourceId } } } }',
      );
      expect(recordings.edges.map(({ node }) => node)).toEqual([
        { channel: 'another test', resourceId: null },
      ]);
    }));
});
