import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceOf, RANK } from '../../src/recordings/fold/evidence.js';
import { type Observation } from '../../src/recordings/observation.js';
import { isFinal, phaseOf } from '../../src/recordings/view/phase.js';
import { recordingOf, visiblePart } from '../../src/recordings/view/recording.js';
import { sequenceGaps } from '../../src/recordings/fold/sequence.js';
import { provenRank, type RecordingState } from '../../src/recordings/state.js';
import { sized } from '../support/size.js';
import { permutationOf } from './arbitraries.js';
import { anyPlan, type History, type Plan, play } from './history.js';
import { foldAll, T0, SECOND } from './observations.js';

const numRuns = sized(50, 400, 10_000);

/** All but the bookkeeping of arrival. */
function claim({ bookkeeping: _bookkeeping, ...claimed }: RecordingState) {
  return claimed;
}

/** Holds for every history, and for those that once broke it. */
function always(check: (history: History, plan: Plan) => void, ...broken: Plan[]): void {
  for (const plan of broken) check(play(plan), plan);
  fc.assert(
    fc.property(anyPlan, (plan) => check(play(plan), plan)),
    { numRuns },
  );
}

/** Numbers below the first one that came are missed as well, once one of them comes late. */
const LATE_BELOW_THE_FIRST: Plan = {
  ours: false,
  start: 'answered',
  readyAt: 2,
  silent: false,
  toggles: [],
  failovers: [],
  end: { kind: 'stop', at: 274 },
  uploadTakes: 1,
  backup: false,
  stopAnswered: false,
  deliveries: [true, false, false, false, false, false, false, false, false, false, false].map(
    (lost, index) => ({
      lost,
      delay: index === 3 ? 184 : 0,
      copies: index === 9 ? [18] : [],
    }),
  ),
  answers: [false],
  crashes: [{ at: 0, lasts: 300 }],
};

const knownAt = ({ occurredAt, receivedAt }: Observation) => Math.min(occurredAt, receivedAt);

describe('In every history of a recording', () => {
  it('equal sets of observations give equal recordings, outside the bookkeeping of arrival', () => {
    fc.assert(
      fc.property(
        anyPlan
          .map(play)
          .chain((history) => fc.tuple(fc.constant(history), permutationOf(history.observations))),
        ([{ observations }, shuffled]) => {
          const [one, other] = [foldAll(observations), foldAll(shuffled)];
          expect(claim(other)).toStrictEqual(claim(one));
          expect(JSON.stringify(visiblePart(other))).toBe(JSON.stringify(visiblePart(one)));
          expect(sequenceGaps(other.bookkeeping.sequences, other.start !== null)).toEqual(
            sequenceGaps(one.bookkeeping.sequences, one.start !== null),
          );
        },
      ),
      { numRuns },
    );
  });

  it('a rank that was proven never falls, and none is proven that the recorder had not reached', () => {
    always(({ observations, states, world }) => {
      let before: number = RANK.STARTING;
      states.forEach((state, index) => {
        const rank = provenRank(state);
        expect(rank).toBeGreaterThanOrEqual(before);
        before = rank;
        const at = ((observations[index]?.receivedAt ?? 0) - T0) / SECOND;
        if (rank >= RANK.UPLOADING) expect(at).toBeGreaterThanOrEqual(world.endingAt);
        if (rank === RANK.ENDED && !world.failed) expect(at).toBeGreaterThanOrEqual(world.uploadedAt);
      });
    });
  });

  it('what was concluded from silence is corrected by whatever proves otherwise', () => {
    always(({ observations, states }) => {
      states.forEach((state, index) => {
        const observation = observations[index];
        const evidence = observation === undefined ? null : evidenceOf(observation);
        if (observation === undefined || evidence === null) return;
        const { inferred } = phaseOf(state);
        const inferences = Object.values(state.inferences);
        const isNews = inferences.every((at) => at < knownAt(observation));
        if (isNews || evidence.rank === RANK.ENDED) expect(inferred).toBe(false);
        const { START_UNCONFIRMED, ...others } = state.inferences;
        const onlyStart = START_UNCONFIRMED !== undefined && Object.keys(others).length === 0;
        if (onlyStart && evidence.rank >= RANK.RECORDING) expect(inferred).toBe(false);
      });
    });
  });

  it('it ends, with a reason and how certain that is, though Agora may never answer again', () => {
    always(({ states, settledAt }) => {
      const last = states.at(-1);
      expect(settledAt).not.toBeNull();
      if (last === undefined) return;
      const { phase, endReason, endReasonCertain } = phaseOf(last);
      expect(isFinal(phase), `it stays ${phase}`).toBe(true);
      expect(endReason).not.toBeNull();
      expect(endReasonCertain).not.toBeNull();
    });
  });

  it('an end that was proven is the end that it had', () => {
    always(({ states, world }) => {
      const last = states.at(-1);
      if (last === undefined || provenRank(last) < RANK.ENDED) return;
      const { phase, inferred } = phaseOf(last);
      expect(inferred).toBe(false);
      expect(phase).toBe(world.failed ? 'FAILED' : 'COMPLETED');
    });
  });

  it('each number that is missing inside a stream is reported, and no other', () => {
    always(({ observations, states }, { ours }) => {
      const came = new Map<string, Set<number>>();
      const reported = new Map<string, Set<number>>();
      const add = (map: Map<string, Set<number>>, uid: string, number: number) =>
        map.set(uid, (map.get(uid) ?? new Set()).add(number));
      for (const { content } of observations) {
        if (content.kind === 'notification') {
          add(came, content.notification.uid, content.notification.sequence ?? -1);
        }
        if (content.kind !== 'gap') continue;
        for (let number = content.gap.from; number <= content.gap.to; number += 1) {
          expect(reported.get(content.gap.recorderUid)?.has(number), 'it is reported once').not.toBe(true);
          add(reported, content.gap.recorderUid, number);
        }
      }
      const last = states.at(-1);
      const shown = last === undefined ? [] : recordingOf(last).delivery.missing;
      const missing = [...came].flatMap(([uid, numbers]) => {
        const first = ours ? 0 : Math.min(...numbers);
        const all = Array.from({ length: Math.max(...numbers) - first + 1 }, (_, index) => first + index);
        return all.filter((number) => !numbers.has(number)).map((number) => `${uid}:${number}`);
      });
      const spread = shown.flatMap(({ recorderUid, from, to }) =>
        Array.from({ length: to - from + 1 }, (_, index) => `${recorderUid}:${from + index}`),
      );
      expect(spread.sort()).toEqual(missing.sort());
      for (const entry of missing) {
        const [uid = '', number] = entry.split(':');
        expect(reported.get(uid)?.has(Number(number)), `${entry} is an event`).toBe(true);
      }
    }, LATE_BELOW_THE_FIRST);
  });

  it('what its streams and files are is what the latest word of them said', () => {
    always(({ observations, states, world }) => {
      const last = states.at(-1);
      if (last === undefined) return;
      const { streams, files } = recordingOf(last);
      const words = observations
        .map(({ content }) => (content.kind === 'notification' ? content.notification : null))
        .filter((said) => said?.details.type === 'RECORDER_AUDIO_STREAM_STATE_CHANGED');
      const latest = words.reduce<(typeof words)[number]>(
        (held, said) => (held === null || (said?.sendts ?? 0) > held.sendts ? said : held),
        null,
      );
      const state =
        latest?.details.type === 'RECORDER_AUDIO_STREAM_STATE_CHANGED' ? latest.details.state : null;
      const receives = state === 0 && !isFinal(phaseOf(last).phase);
      expect(streams.map(({ audio }) => audio)).toEqual(state === null ? [] : [receives]);
      if (files.length > 0) expect(files.map(({ fileName }) => fileName)).toEqual(['lesson.m3u8']);
      if (provenRank(last) === RANK.ENDED && world.failed) expect(last.upload).toBeNull();
    });
  });
});
