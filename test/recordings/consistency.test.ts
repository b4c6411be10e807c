import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RANK, rankOfStatus } from '../../src/recordings/fold/evidence.js';
import { type Observation } from '../../src/recordings/observation.js';
import { nextStep } from '../../src/recordings/policy/next-step.js';
import { type RecordingState } from '../../src/recordings/state.js';
import { END_REASONS, errorOf, type RecordingEndReason } from '../../src/recordings/view/end-reason.js';
import { isFinal, type RecordingPhase } from '../../src/recordings/view/phase.js';
import { recordingOf } from '../../src/recordings/view/recording.js';
import { SIZE, sized } from '../support/size.js';
import { anyObservation, observationsOf } from './arbitraries.js';
import { anyPlan, play } from './history.js';
import { blank, deadline, foldAll, SECOND, T0 } from './observations.js';

/** 10,000 histories at soak size, which `npm run test:soak` runs once. */
const numRuns = sized(30, 300, 10_000);

/** The seed of each run is printed, so that a failure can be repeated. */
const seed = Number(process.env.SEED ?? Math.trunc(Math.random() * 2 ** 31));

const PHASES: readonly RecordingPhase[] = [
  'STARTING',
  'RECORDING',
  'PAUSED',
  'STOPPING',
  'UPLOADING',
  'COMPLETED',
  'FAILED',
  'LOST',
];

const REASONS = Object.keys(END_REASONS) as RecordingEndReason[];

/** Words in the explanation that are true only while the recording has not ended. */
const WHILE_RUNNING = [
  'may be moving to another server',
  'A start takes up to',
  'counts as ended unless',
  'While the stop',
];

/** What must hold of a recording whatever was observed of it, whenever it is read. */
function expectConsistent(state: RecordingState): void {
  const recording = recordingOf(state);
  const { phase, phaseInferred, endReason, endReasonCertain, explanation } = recording;
  const final = isFinal(phase);

  // Phase and reason.
  expect(endReason === null).toBe(endReasonCertain === null);
  if (['STARTING', 'RECORDING', 'PAUSED'].includes(phase)) {
    expect([endReason, recording.endedAt]).toEqual([null, null]);
  }
  if (final) expect(endReason).not.toBeNull();
  if (final) expect(recording.endedAt).not.toBeNull();
  if (phase === 'LOST')
    expect([phaseInferred, endReason, endReasonCertain]).toEqual([true, 'UNKNOWN', false]);
  if (endReason === 'START_FAILED') expect(phase).toBe('FAILED');
  if (phaseInferred) expect(final).toBe(true);

  // The explanation names this phase and this reason, and no other.
  expect(explanation.startsWith(`${phase}`)).toBe(true);
  for (const other of PHASES) {
    if (other !== phase)
      expect(explanation).not.toMatch(new RegExp(`(^|\\. )${other}( since|:| is inferred)`));
  }
  const named = REASONS.filter((reason) => explanation.includes(`End reason ${reason}`));
  expect(named).toEqual(endReason === null ? [] : [endReason]);
  if (endReason !== null) {
    const certainty = endReasonCertain === true ? '' : ' (uncertain)';
    expect(explanation).toContain(`End reason ${endReason}${certainty}: ${END_REASONS[endReason]}`);
  }
  // The error that is named as the reason is one of those that give it.
  const error = endReason === null ? null : errorOf(state, endReason);
  if (error !== null) expect(explanation).toContain(error.value);
  for (const words of WHILE_RUNNING) if (final) expect(explanation).not.toContain(words);
  if (!final) expect(explanation).not.toContain('it has ended');
  expect(explanation.includes('is inferred from silence')).toBe(phaseInferred && !isRefused(state));

  // It announces the step that the gateway takes next.
  const next = nextStep(state, state.bookkeeping.observedAt);
  expect(explanation.includes('The next query is due')).toBe(next?.action === 'query');
  expect(explanation.includes('No more queries are scheduled')).toBe(next === null);

  // What it says a deadline leads to is what the deadline leads to.
  if (next?.action === 'deadline') {
    const at = (next.at - T0) / SECOND;
    const then = foldAll([deadline(next.deadline, { at, recordingId: state.id })], state);
    expect(explanation).toContain(`, it counts as ${recordingOf(then).phase.toLowerCase()}.`);
  }

  // After the end no field says that it runs.
  if (final) {
    expect(recording.streams.some(({ audio, video }) => audio === true || video === true)).toBe(false);
    expect(recording.web?.paused ?? false).toBe(false);
    expect(recording.upload.state).not.toBe('IN_PROGRESS');
    const rank = recording.serviceStatusCode === null ? null : rankOfStatus(recording.serviceStatusCode);
    expect(rank === null || rank >= RANK.UPLOADING).toBe(true);
  }
}

function isRefused(state: RecordingState): boolean {
  return state.startRefused && state.sid === null;
}

describe('Phase, end reason, explanation and the other fields agree', () => {
  it('at every moment of every history that a gateway lives through', () => {
    let moments = 0;
    fc.assert(
      fc.property(anyPlan, (plan) => {
        for (const state of play(plan).states) {
          expectConsistent(state);
          moments += 1;
        }
      }),
      { numRuns, seed },
    );
    console.log(`${numRuns} histories, ${moments} moments, seed ${seed} (${SIZE})`);
  }, 3_600_000);

  it('after any set of observations, in any order', () => {
    fc.assert(
      fc.property(observationsOf(anyObservation, { maxLength: 24 }), (observations: Observation[]) => {
        let state = blank();
        for (const observation of observations) {
          state = foldAll([observation], state);
          expectConsistent(state);
        }
      }),
      { numRuns: numRuns * 2, seed },
    );
  }, 3_600_000);
});
