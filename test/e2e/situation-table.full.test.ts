import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StopRecordingDocument } from '@agora-recording-gateway/client';
import { SITUATIONS } from '../../packages/sandbox/src/situations/situations.js';
import { run } from '../support/documents.js';
import { request } from '../support/graphql-client.js';
import { CONFIGS, meet, type Row, ROWS, type Shown, startIn } from '../support/situations.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

/** What a user sees of a recording. */
interface Seen {
  phase: string;
  endReason: string | null;
  explanation: string;
  problems: { nodes: { code: string }[] };
  delivery: { duplicates: number };
  snapshots: { totalCount: { count: number } };
}

type Mode = 'on' | 'off' | 'late';

/** Notifications that arrive late arrive after everything that the situations lead to. */
const LATE_MS = 1_200_000;

const SETTINGS: Readonly<Record<Mode, object>> = {
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

/** The rows in channels whose notifications behave in one way. */
class Scene {
  readonly #stage: Stage;
  readonly #mode: Mode;
  readonly #ids = new Map<Row, string>();
  readonly #stopErrors = new Map<Row, string[]>();

  constructor(stage: Stage, mode: Mode) {
    this.#stage = stage;
    this.#mode = mode;
  }

  #channelOf({ situation }: Row): string {
    return `${this.#mode} ${situation}`;
  }

  /** Moves the time on, and waits until the gateway has asked Agora whatever was due by then. */
  async step(stepMs: number): Promise<void> {
    const { sandbox } = this.#stage;
    await sandbox.control('PUT', '/clock', { stepMs });
    const { nowMs } = (await sandbox.control('GET', '/clock')) as { nowMs: number };
    for (const row of ROWS) {
      // While a stop is under way, nothing is asked.
      if (this.#stopErrors.has(row)) continue;
      await waitFor(
        async () => {
          const due = NEXT_QUERY.exec((await this.#seen(row)).explanation)?.[1];
          return due === undefined || Date.parse(due) > nowMs;
        },
        { what: `the query of ${row.situation}` },
      );
    }
  }

  async start(row: Row): Promise<void> {
    const { situation, config = 'composite', maxIdleTime } = row;
    const channel = this.#channelOf(row);
    if (SITUATIONS.get(situation)?.on === 'channel') await meet(this.#stage, situation, channel);
    const chosen = maxIdleTime === undefined ? CONFIGS[config] : { composite: { maxIdleTime } };
    const { recording, userErrors } = await startIn(this.#stage, channel, chosen);
    expect([situation, userErrors]).toEqual([situation, []]);
    this.#ids.set(row, recording?.id ?? '');
    if (row.meets === 'at once') await meet(this.#stage, situation, channel);
  }

  async meetRunning(): Promise<void> {
    for (const row of ROWS) {
      const isOn = SITUATIONS.get(row.situation)?.on;
      if (isOn === 'recording' && row.meets !== 'at once')
        await meet(this.#stage, row.situation, this.#channelOf(row));
    }
  }

  async stop(when: 'running' | 'gone'): Promise<void> {
    for (const row of ROWS) {
      if (row.stops !== when) continue;
      const { stopRecording } = await run(this.#stage.gateway.url, StopRecordingDocument, {
        input: { recordingId: this.#ids.get(row) ?? '', waitSeconds: row.stops === 'gone' ? 1 : 0 },
      });
      this.#stopErrors.set(
        row,
        stopRecording.userErrors.map(({ code }) => code),
      );
    }
  }

  async #seen(row: Row): Promise<Seen> {
    const { recording } = await request<{ recording: Seen }>(
      this.#stage.gateway.url,
      `query ($id: ID!) { recording(by: { id: $id }) {
        phase endReason explanation problems { nodes { code } } delivery { duplicates }
        snapshots: files(kind: SNAPSHOT) { totalCount { count } } } }`,
      { id: this.#ids.get(row) },
    );
    return recording;
  }

  /** What of each row is shown otherwise than it is expected. */
  async differences(): Promise<Record<string, string[]>> {
    const all: Record<string, string[]> = {};
    for (const row of ROWS) {
      const expected = this.#mode === 'off' ? row.off : row.on;
      const different = differencesOf(await this.#seen(row), expected);
      const stopErrors = this.#stopErrors.get(row)?.join() ?? '';
      const stopError = row.stopErrors?.[this.#mode === 'on' ? 'on' : 'off'] ?? '';
      if (stopErrors !== stopError) different.push(`errors of the stop ${stopErrors}`);
      if (different.length > 0) all[row.situation] = different;
    }
    return all;
  }
}

function differencesOf(is: Seen, expected: Shown): string[] {
  const { problem, says = [], duplicates = 0, snapshots = 0 } = expected;
  const different = [
    is.phase === expected.phase ? [] : [`phase ${is.phase}`],
    is.endReason === expected.endReason ? [] : [`endReason ${is.endReason}`],
    says.every((text) => is.explanation.includes(text)) ? [] : [`explanation ${is.explanation}`],
    problem === undefined || is.problems.nodes.some(({ code }) => code === problem)
      ? []
      : [`problems ${is.problems.nodes.map(({ code }) => code).join()}`],
    is.delivery.duplicates >= duplicates ? [] : [`duplicates ${is.delivery.duplicates}`],
    is.snapshots.totalCount.count >= snapshots ? [] : [`snapshots ${is.snapshots.totalCount.count}`],
  ];
  return different.flat();
}

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

describe.each<Mode>(['on', 'off', 'late'])('With notifications %s', (mode) => {
  it('each situation of a recording is shown as what it is', { timeout: 300_000 }, async () => {
    await stage.sandbox.control('PUT', '/notifications', SETTINGS[mode]);
    const scene = new Scene(stage, mode);
    for (const row of ROWS) await scene.start(row);
    for (let step = 0; step < STEPS_TO_RUN; step += 1) await scene.step(STEP_MS);
    await scene.meetRunning();
    await scene.stop('running');
    for (let step = 0; step < STEPS_TO_LEAVE; step += 1) await scene.step(STEP_MS);
    await scene.stop('gone');
    if (mode === 'late') await scene.step(LATE_MS);
    let different: Record<string, string[]> = {};
    for (let step = 0; step < MAX_LATER_STEPS; step += 1) {
      await scene.step(LATER_STEP_MS);
      different = await scene.differences();
      if (Object.keys(different).length === 0) break;
    }
    expect(different).toEqual({});
  });
});
