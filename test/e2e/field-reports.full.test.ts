import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SITUATIONS } from '../../packages/sandbox/src/situations/situations.js';
import { AGORA, problemsOf, PROFILE, temporaryFiles } from '../settings/support.js';
import {
  type Column,
  COLUMNS,
  inColumn,
  type Report,
  REPORTS,
  type Shown,
  SIBLINGS,
} from '../support/agora/field-reports.js';
import { request } from '../support/graphql-client.js';
import { CONFIGS, meet, startIn } from '../support/agora/situations.js';
import { SOAK } from '../support/size.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

/** What a user sees of a recording. */
interface Seen {
  id: string;
  channel: string;
  sid: string | null;
  phase: string;
  endReason: string | null;
  explanation: string;
  problems: { nodes: { code: string }[] };
  delivery: { duplicates: number };
  files: { totalCount: { count: number } };
  snapshots: { totalCount: { count: number } };
}

interface UserErrors {
  userErrors: { code: string; message: string }[];
}

/** Notifications that arrive late arrive after everything that the situations lead to. */
const LATE_MS = 1_200_000;

const SETTINGS: Readonly<Record<Column, object>> = {
  on: { loss: 0, delay: 0, events: 'all' },
  off: { loss: 1 },
  late: { loss: 0, delay: 1, delayMs: LATE_MS, events: 'all' },
};

/** Sandbox time, in which no query that the gateway plans is passed over; with the steps until the situations are met. */
const STEP_MS = 10_000;
const STEPS_TO_RUN = 2;
/** Longer than the default of maxIdleTime takes together. */
const STEPS_TO_LEAVE = 2;
/** Later steps, until every row is shown as what it is. */
const LATER_STEP_MS = 60_000;
const MAX_LATER_STEPS = 12;

/** What the explanation says of the next query. */
const NEXT_QUERY = /The next query is due at (\S+Z)\./;

const ROWS = [...REPORTS, ...SIBLINGS];

/** Each row is met in one of the columns; at soak size in each of them. */
const rowsOf = (column: Column) =>
  SOAK ? ROWS : ROWS.filter((_, index) => COLUMNS[index % COLUMNS.length] === column);

/** Recordings that are read at once. */
const PAGE_SIZE = 50;

const MUTATIONS: Readonly<Record<NonNullable<Report['act']>, string>> = {
  stop: 'stopRecording(input: { recordingId: $id, waitSeconds: 0 })',
  'stop when gone': 'stopRecording(input: { recordingId: $id, waitSeconds: 1 })',
  update: 'updateRecording(input: { recordingId: $id, change: { streams: { subscribeAudioUids: ["71"] } } })',
  layout: 'updateLayout(input: { recordingId: $id, mixedVideoLayout: ADAPTIVE })',
};

/** The rows in channels whose notifications behave in one way. */
class Scene {
  readonly #stage: Stage;
  readonly #column: Column;
  readonly #errors = new Map<Report, UserErrors['userErrors']>();
  readonly #replies = new Map<Report, (number | undefined)[]>();
  readonly #stopped = new Set<Report>();
  readonly #rows: readonly Report[];

  constructor(stage: Stage, column: Column, rows: readonly Report[]) {
    this.#stage = stage;
    this.#column = column;
    this.#rows = rows;
  }

  #channelOf({ situation }: Report): string {
    return `${this.#column} ${situation}`;
  }

  /** Moves the time on, and waits until the gateway has asked Agora whatever was due by then. */
  async step(stepMs: number): Promise<void> {
    const { sandbox } = this.#stage;
    await sandbox.control('PUT', '/clock', { stepMs });
    const { nowMs } = (await sandbox.control('GET', '/clock')) as { nowMs: number };
    // While a stop is under way, nothing is asked.
    const asked = this.#rows.filter((row) => !this.#stopped.has(row)).map((row) => this.#channelOf(row));
    let waits: string[] = [];
    await waitFor(
      async () => {
        const seen = await this.#seen('explanation');
        waits = asked.filter((channel) => {
          const due = NEXT_QUERY.exec(seen.get(channel)?.explanation ?? '')?.[1];
          return due !== undefined && Date.parse(due) <= nowMs;
        });
        return waits.length === 0;
      },
      { everyMs: 200, what: 'the queries that are due' },
    );
  }

  async #meet(row: Report): Promise<void> {
    const { replies } = await meet(this.#stage, row.situation, this.#channelOf(row));
    if (replies !== undefined)
      this.#replies.set(
        row,
        replies.map(({ status }) => status),
      );
  }

  async start(): Promise<void> {
    for (const row of this.#rows) await this.#start(row);
  }

  async #start(row: Report): Promise<void> {
    const { situation, config = 'composite', maxIdleTime } = row;
    if (SITUATIONS.get(situation)?.on === 'channel') await this.#meet(row);
    if (row.starts === 'never') return;
    const chosen = maxIdleTime === undefined ? CONFIGS[config] : { composite: { maxIdleTime } };
    const { userErrors } = await startIn(this.#stage, this.#channelOf(row), chosen);
    this.#errors.set(row, userErrors);
    if (row.meets === 'at once') await this.#meet(row);
  }

  async meetRunning(): Promise<void> {
    for (const row of this.#rows) {
      const isOn = SITUATIONS.get(row.situation)?.on;
      if (isOn === 'recording' && row.meets !== 'at once') await this.#meet(row);
    }
  }

  async act(...acts: Report['act'][]): Promise<void> {
    const seen = await this.#seen('id');
    for (const row of this.#rows) {
      if (row.act === undefined || !acts.includes(row.act)) continue;
      const { payload } = await request<{ payload: UserErrors }>(
        this.#stage.gateway.url,
        `mutation ($id: ID!) { payload: ${MUTATIONS[row.act]} { userErrors { code message } } }`,
        { id: seen.get(this.#channelOf(row))?.id },
      );
      this.#errors.set(row, payload.userErrors);
      if (row.act.startsWith('stop')) this.#stopped.add(row);
    }
  }

  /** The recordings by their channels. */
  async #seen(fields: string): Promise<ReadonlyMap<string, Seen>> {
    const nodes: Seen[] = [];
    for (let first = 0; first < this.#rows.length; first += PAGE_SIZE) {
      const rows = this.#rows.slice(first, first + PAGE_SIZE);
      const { recordings } = await request<{ recordings: { edges: { node: Seen }[] } }>(
        this.#stage.gateway.url,
        `query ($channels: [String!]) { recordings(first: ${PAGE_SIZE}, filter: { channels: $channels }) {
          edges { node { channel ${fields} } } } }`,
        { channels: rows.map((row) => this.#channelOf(row)) },
      );
      nodes.push(...recordings.edges.map(({ node }) => node));
    }
    return new Map(nodes.map((node) => [node.channel, node]));
  }

  /** What of each row is shown otherwise than it is expected. */
  async differences(): Promise<Record<string, string[]>> {
    const seen = await this
      .#seen(`sid phase endReason explanation problems { nodes { code } } delivery { duplicates }
      files(first: 1) { totalCount { count } } snapshots: files(first: 1, kind: SNAPSHOT) { totalCount { count } }`);
    const all: Record<string, string[]> = {};
    for (const row of this.#rows) {
      const is = seen.get(this.#channelOf(row));
      const different = differencesOf(is, inColumn(row.shows, this.#column));
      different.push(...this.#otherErrors(row));
      if (different.length > 0) all[row.situation] = different;
    }
    return all;
  }

  #otherErrors(row: Report): string[] {
    const errors = this.#errors.get(row) ?? [];
    const expected = inColumn(row.userError, this.#column);
    const messages = errors.map(({ message }) => message).join(' ');
    return [
      errors.map(({ code }) => code).join() === (expected ?? '') ? [] : [`errors ${JSON.stringify(errors)}`],
      messages.includes(row.errorSays ?? '') ? [] : [`error ${messages}`],
      // None of the reasons names one, unless the message quotes it; and none of these starts had a resource.
      /names the field|without resourceId/.test(messages) ? [`misleading error ${messages}`] : [],
      this.#replies.get(row)?.join() === row.replies?.join()
        ? []
        : [`replies ${this.#replies.get(row)?.join()}`],
    ].flat();
  }
}

function differencesOf(is: Seen | undefined, expected: Shown | null): string[] {
  if (expected === null || is === undefined) {
    return expected === null && is === undefined ? [] : [`recording ${JSON.stringify(is)}`];
  }
  const { problems = [], says = [], duplicates = 0, files = 0, snapshots = 0, hasSid = true } = expected;
  const codes = is.problems.nodes.map(({ code }) => code);
  return [
    is.phase === expected.phase ? [] : [`phase ${is.phase}`],
    is.endReason === expected.endReason ? [] : [`endReason ${is.endReason}`],
    says.every((text) => is.explanation.includes(text)) ? [] : [`explanation ${is.explanation}`],
    is.explanation.includes('in a few seconds') ? [`explanation of a moment ${is.explanation}`] : [],
    problems.every((code) => codes.includes(code)) ? [] : [`problems ${codes.join()}`],
    (is.sid !== null) === hasSid ? [] : [`sid ${is.sid}`],
    is.delivery.duplicates >= duplicates ? [] : [`duplicates ${is.delivery.duplicates}`],
    is.files.totalCount.count >= files ? [] : [`files ${is.files.totalCount.count}`],
    is.snapshots.totalCount.count >= snapshots ? [] : [`snapshots ${is.snapshots.totalCount.count}`],
  ].flat();
}

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

describe.each(COLUMNS)('With notifications %s', (column) => {
  it('each report from the field is shown as what it is', { timeout: 300_000 }, async () => {
    await stage.sandbox.control('PUT', '/notifications', SETTINGS[column]);
    const scene = new Scene(stage, column, rowsOf(column));
    await scene.start();
    for (let step = 0; step < STEPS_TO_RUN; step += 1) await scene.step(STEP_MS);
    await scene.meetRunning();
    await scene.act('stop', 'update', 'layout');
    for (let step = 0; step < STEPS_TO_LEAVE; step += 1) await scene.step(STEP_MS);
    await scene.act('stop when gone');
    if (column === 'late') await scene.step(LATE_MS);
    let different: Record<string, string[]> = {};
    for (let step = 0; step < MAX_LATER_STEPS; step += 1) {
      await scene.step(LATER_STEP_MS);
      different = await scene.differences();
      if (Object.keys(different).length === 0) break;
    }
    expect(different).toEqual({});
  });
});

describe('A stop that Agora never finds', () => {
  it('is repeated, and while it is, what is announced next is never past', async () => {
    const channel = 'repeated stop';
    await stage.sandbox.control('PUT', '/notifications', SETTINGS.on);
    const { recording } = await startIn(stage, channel);
    const seen = async () => {
      const { node } = await request<{
        node: { phase: string; nextObservationAt: string | null; explanation: string };
      }>(
        stage.gateway.url,
        'query ($id: ID!) { node(id: $id) { ... on Recording { phase nextObservationAt explanation } } }',
        { id: recording?.id },
      );
      return node;
    };
    await stage.sandbox.control('PUT', '/clock', { stepMs: 10_000 });
    await waitFor(async () => (await seen()).phase === 'RECORDING');
    await stage.sandbox.control('POST', '/faults', {
      ...{ operation: 'stop', cname: channel, times: 4, status: 404 },
      body: { code: 404, reason: 'failed to find worker' },
    });
    await request(
      stage.gateway.url,
      'mutation ($id: ID!) { stopRecording(input: { recordingId: $id, waitSeconds: 0 }) { userErrors { code } } }',
      { id: recording?.id },
    );
    await waitFor(async () => (await seen()).explanation.includes('While the stop is repeated'));
    for (let step = 0; step < 2; step += 1) {
      await stage.sandbox.control('PUT', '/clock', { stepMs: 20_000 });
      const { nowMs } = (await stage.sandbox.control('GET', '/clock')) as { nowMs: number };
      await waitFor(async () => {
        const { nextObservationAt, explanation } = await seen();
        return (
          explanation.includes('While the stop is repeated') && Date.parse(nextObservationAt ?? '') > nowMs
        );
      });
    }
  });
});

describe('A recording that lasts longer than its resource', () => {
  it('is shown to run by its notifications; no query is sent any more, and each error says why', async () => {
    const channel = 'longer than its resource';
    await stage.sandbox.control('PUT', '/notifications', SETTINGS.on);
    const { recording } = await startIn(stage, channel, CONFIGS.composite, '901001', {
      resourceExpiredHours: 1,
    });
    const seen = async () => {
      const { node } = await request<{
        node: {
          phase: string;
          expiresAt: string;
          observedAt: string;
          explanation: string;
          actions: { stop: { reason: string | null } };
          calls: { operation: string; at: string }[];
        };
      }>(
        stage.gateway.url,
        `query ($id: ID!) {
          node(id: $id) {
            ... on Recording {
              phase expiresAt observedAt explanation actions { stop { reason } } calls { operation at: requestedAt }
            }
          }
        }`,
        { id: recording?.id },
      );
      return node;
    };
    await stage.sandbox.control('PUT', '/clock', { stepMs: 10_000 });
    await waitFor(async () => (await seen()).phase === 'RECORDING');
    await stage.sandbox.control('PUT', '/clock', { stepMs: 3_500_000 });
    const { nowMs } = (await stage.sandbox.control('GET', '/clock')) as { nowMs: number };
    await waitFor(async () => Date.parse((await seen()).observedAt) > nowMs - 60_000, {
      what: 'a query of the time that has passed',
    });
    // Otherwise it counts as lost when it expires, until the notifications of the time that has passed are there.
    await waitFor(
      async () => {
        const { deliveries } = (await stage.sandbox.control('GET', '/recordings')) as {
          deliveries: { waiting: number; inFlight: number };
        };
        return deliveries.waiting + deliveries.inFlight === 0;
      },
      { what: 'the notifications of the time that has passed' },
    );
    await stage.sandbox.control('PUT', '/clock', { stepMs: 120_000 });
    await waitFor(async () => (await seen()).actions.stop.reason === 'RECORDING_NOT_FOUND');
    const stop = 'stopRecording(input: { recordingId: $id, waitSeconds: 25 })';
    for (const mutation of [MUTATIONS.update, MUTATIONS.layout, stop]) {
      const reply = await request<{ did: UserErrors }>(
        stage.gateway.url,
        `mutation ($id: ID!) { did: ${mutation} { userErrors { code message } } }`,
        { id: recording?.id },
      );
      expect(reply.did.userErrors).toMatchObject([
        { code: 'RECORDING_NOT_FOUND', message: expect.stringContaining('resourceExpiredHours') as unknown },
      ]);
    }
    const later = await seen();
    expect(later.phase).toBe('RECORDING');
    expect(NEXT_QUERY.test(later.explanation)).toBe(false);
    const expiresAt = Date.parse(later.expiresAt);
    expect(Date.parse(later.observedAt)).toBeGreaterThan(expiresAt);
    const queries = later.calls.filter(({ operation }) => operation === 'QUERY');
    expect(queries.filter(({ at }) => Date.parse(at) >= expiresAt)).toEqual([]);
  });
});

describe('Before Agora is asked', () => {
  const files = temporaryFiles();
  afterAll(() => files.remove());

  it.each(REPORTS.flatMap(({ report, refuses }) => (refuses === undefined ? [] : [{ report, ...refuses }])))(
    'the gateway refuses what leads to: $report',
    async ({ start, profile, env, says }) => {
      if (start !== undefined) {
        const { channel = 'refused', uid = '901001', config = CONFIGS.composite } = start;
        const { recording, userErrors } = await startIn(stage, channel, config, uid);
        expect(recording).toBeNull();
        expect(userErrors).toMatchObject([
          { code: 'INVALID_PARAMETER', message: expect.stringContaining(says) as unknown },
        ]);
        expect(await stage.tasks(channel)).toEqual([]);
        return;
      }
      const config =
        profile === undefined ? {} : files.config({ storageProfiles: [{ ...PROFILE, ...profile }] });
      expect(problemsOf({ ...AGORA, ...config, ...env })).toEqual([expect.stringContaining(says)]);
    },
  );
});

it('Every situation of the sandbox is in the table', () => {
  expect(ROWS.map(({ situation }) => situation).sort()).toEqual([...SITUATIONS.keys()].sort());
});
