import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/recordings/fold/fold.js';
import { type Observation } from '../../src/recordings/observation.js';
import { phaseOf } from '../../src/recordings/view/phase.js';
import { recordingOf } from '../../src/recordings/view/recording.js';
import { type RecordingState } from '../../src/recordings/state.js';
import { expiresAt, nextStep, type Step } from '../../src/recordings/policy/next-step.js';
import { sized } from '../support/size.js';
import { anyObservation, observationsOf } from './arbitraries.js';
import {
  attempt,
  begun,
  blank,
  deadline,
  foldAll,
  gapReported,
  noReply,
  notFound,
  notification,
  outage,
  queried,
  reply,
  SECOND,
  started,
  stopped,
  T0,
  UID,
} from './observations.js';

/** The next step as it is known at the latest observation. */
function stepOf(state: RecordingState): Step | null {
  return nextStep(state, state.bookkeeping.observedAt);
}

/** The next step, and its time in seconds after T0. */
function next(state: RecordingState): [string, number] | null {
  const step = stepOf(state);
  if (step === null) return null;
  return [step.action === 'deadline' ? step.deadline : step.action, (step.at - T0) / SECOND];
}

const running = notification(40, {}, { at: 3 });
const HOURS = 3_600;

describe('a start that Agora took', () => {
  it('is first asked after 5 s', () => {
    expect(next(begun())).toEqual(['query', 5]);
    expect(next(foldAll([attempt({ at: 0 }), started({ at: 20 })]))).toEqual(['query', 25]);
  });

  it.each([
    [5, 10],
    [11, 20],
    [21, 35],
    [36, 55],
    [56, 80],
  ])('that was asked at %i s is asked again at %i s, backing off', (asked, again) => {
    expect(next(begun(queried(2, { at: asked })))).toEqual(['query', again]);
  });

  it('counts as failed if nothing confirms it within 90 s', () => {
    expect(next(begun(queried(2, { at: 81 })))).toEqual(['START_UNCONFIRMED', 90]);
    expect(next(begun(notFound({ at: 80 })))).toEqual(['START_UNCONFIRMED', 90]);
  });

  it('that counts as failed is asked all the same every ten minutes', () => {
    const failed = deadline('START_UNCONFIRMED', { at: 90 });
    expect(next(begun(queried(2, { at: 81 }), failed))).toEqual(['query', 681]);
    expect(next(begun(queried(2, { at: 81 }), failed, notFound({ at: 681 })))).toEqual(['query', 1_281]);
  });

  it('that counts as failed is asked no more when its resource has expired', () => {
    const failed = deadline('START_UNCONFIRMED', { at: 90 });
    expect(next(begun(failed, notFound({ at: 24 * HOURS - 601 })))).toEqual(['query', 24 * HOURS - 1]);
    expect(next(begun(failed, notFound({ at: 24 * HOURS - 600 })))).toBeNull();
  });

  it('is asked while it is not found yet, every 15 s', () => {
    expect(next(begun(notFound({ at: 5 })))).toEqual(['query', 20]);
  });
});

describe('a start in doubt', () => {
  it('cannot be asked, and counts as failed 90 s after the last try', () => {
    expect(next(foldAll([attempt()]))).toEqual(['START_UNCONFIRMED', 90]);
    expect(next(foldAll([attempt(), noReply('start', { at: 20 })]))).toEqual(['START_UNCONFIRMED', 110]);
    expect(next(foldAll([attempt(), reply('start', 206, { code: 65 }, { at: 7 })]))).toEqual([
      'START_UNCONFIRMED',
      97,
    ]);
  });

  it('that counts as failed is not queried: it has no sid', () => {
    expect(next(foldAll([attempt(), deadline('START_UNCONFIRMED', { at: 90 })]))).toBeNull();
  });

  it('is queried as soon as a notification brings its sid', () => {
    expect(next(foldAll([attempt(), noReply('start', { at: 20 }), running]))).toEqual(['query', 5]);
  });
});

describe('a running recording', () => {
  it('is asked 15 s after its start, when the names of its files are there', () => {
    expect(next(begun(running, queried(5, { at: 5 })))).toEqual(['query', 15]);
    expect(next(begun(running, queried(5, { at: 15 })))).toEqual(['query', 135]);
  });

  it('is asked every two minutes', () => {
    expect(next(begun(running, queried(5, { at: 300 })))).toEqual(['query', 420]);
  });

  const before = [running, notification(42, {}, { at: 10, sequence: 0 }), queried(5, { at: 300 })];
  const missing = notification(42, {}, { at: 305, sequence: 2 });

  it('is queried 30 s after the last query when a gap was reported, once', () => {
    const gap = [missing, gapReported(1, 1, { at: 310 })];
    expect(next(begun(...before, missing))).toEqual(['gap', 310]);
    expect(next(begun(...before, ...gap))).toEqual(['query', 330]);
    expect(next(begun(...before, ...gap, queried(5, { at: 330 })))).toEqual(['query', 450]);
  });

  it('is not queried for a gap that was reported as meaningless, and its explanation announces the heartbeat', () => {
    const state = begun(...before, missing, gapReported(1, 1, { at: 310, asksForQuery: false }));
    expect(next(state)).toEqual(['query', 420]);
    const heartbeat = new Date(T0 + 420 * SECOND).toISOString();
    expect(recordingOf(state).explanation).toContain(`next query is due at ${heartbeat}`);
  });

  it('is asked when a report of progress is overdue by half a minute, once', () => {
    const progress = notification(33, { progress: 10 }, { at: 320 });
    const asked = queried(5, { at: 300 });
    expect(next(begun(running, asked, progress))).toEqual(['query', 410]);
    expect(next(begun(running, progress, queried(5, { at: 400 })))).toEqual(['query', 430]);
    expect(next(begun(running, progress, queried(5, { at: 410 })))).toEqual(['query', 530]);
  });

  it('that Agora answered about without a word of its state is not asked again at once', () => {
    const wordless = reply('query', 200, {}, { at: 435 });
    const state = begun(running, queried(5, { at: 300 }), notFound({ at: 420 }), wordless);
    expect(next(state)).toEqual(['query', 450]);
  });

  it('is asked at once when a fatal error came, and not for a lesser one', () => {
    const error = (errorLevel: number) =>
      notification(1, { module: 0, errorLevel, errorCode: 9 }, { at: 310, receivedAt: 312 });
    const asked = queried(5, { at: 300 });
    expect(next(begun(running, asked, error(5)))).toEqual(['query', 312]);
    expect(next(begun(running, asked, error(4)))).toEqual(['query', 420]);
    expect(next(begun(running, asked, error(5), queried(5, { at: 313 })))).toEqual(['query', 433]);
  });

  it('is asked at once when a fatal error came while it was still starting', () => {
    const fatal = notification(1, { module: 0, errorLevel: 5, errorCode: 9 }, { at: 37, receivedAt: 38 });
    expect(next(begun(queried(2, { at: 36 }), fatal))).toEqual(['query', 38]);
  });

  it('that is not found is asked every 15 s, and counts as gone after the 90 s of a fail-over', () => {
    const missed = (...seconds: number[]) =>
      begun(running, queried(5, { at: 300 }), ...seconds.map((at) => notFound({ at })));
    expect(next(missed(420))).toEqual(['query', 435]);
    expect(next(missed(420, 435, 450, 465, 480, 495))).toEqual(['query', 510]);
    expect(next(missed(420, 435, 450, 465, 480, 495, 510))).toEqual(['NOT_FOUND', 510]);
  });

  it('that is found again is asked every two minutes again', () => {
    const found = begun(running, notFound({ at: 420 }), notFound({ at: 435 }), queried(5, { at: 450 }));
    expect(next(found)).toEqual(['query', 570]);
    expect(next(fold(found, notFound({ at: 570 })))).toEqual(['query', 585]);
  });

  it('does not count as gone before 90 s after its last sign of life, although that was heard of late', () => {
    const life = notification(42, {}, { at: 430, receivedAt: 436 });
    const seconds = [435, 450, 465, 480, 495, 510];
    const state = begun(
      running,
      notFound({ at: 420 }),
      notFound({ at: seconds[0] }),
      life,
      ...seconds.slice(1).map((at) => notFound({ at })),
    );
    expect(next(state)).toEqual(['query', 525]);
  });

  it('that counts as gone is asked no more', () => {
    expect(next(begun(running, deadline('NOT_FOUND', { at: 510 })))).toBeNull();
  });

  it('that Agora never answers about is asked no more either when its resource has expired', () => {
    const state = begun(running, queried(5, { at: 300 }));
    const expiry = T0 + 24 * HOURS * SECOND;
    expect(nextStep(state, expiry - 1)).toMatchObject({ action: 'query', at: T0 + 420 * SECOND });
    expect(nextStep(state, expiry)?.action).toBe('deadline');
  });

  it('is asked no more when its resource has expired; then silence counts', () => {
    const state = begun(running, queried(5, { at: 24 * HOURS - 60 }));
    expect(expiresAt(state)).toBe(T0 + 24 * HOURS * SECOND);
    expect(next(state)).toEqual(['SILENT', 3 + 72 * HOURS - 3]);
    const progressing = fold(state, notification(33, { progress: 1 }, { at: 24 * HOURS + 100 }));
    expect(next(progressing)).toEqual(['SILENT', 24 * HOURS + 100 + 900]);
    const stale = begun(
      running,
      notification(33, { progress: 1 }, { at: 60 }),
      queried(5, { at: 24 * HOURS - 60 }),
    );
    expect(next(stale)?.[0]).toBe('SILENT');
    expect(next(stale)?.[1]).toBeGreaterThanOrEqual(24 * HOURS);
  });
});

describe('a recording whose stop Agora has taken', () => {
  it.each<[string, Observation]>([
    ['200', stopped({}, { at: 100 })],
    ['code 50', reply('stop', 200, { code: 50 }, { at: 100 })],
    ['a bare 206', reply('stop', 206, {}, { at: 100 })],
    ['400/49', reply('stop', 400, { code: 49 }, { at: 100 })],
  ])('with %s is never asked again, and counts as ended half an hour after the last word', (_how, stop) => {
    expect(next(begun(running, queried(5, { at: 90 }), stop))).toEqual(['END_UNCONFIRMED', 1_900]);
    const progress = notification(33, { progress: 100 }, { at: 160 });
    expect(next(begun(running, stop, progress))).toEqual(['END_UNCONFIRMED', 1_960]);
    expect(next(begun(running, stop, notFound({ at: 110 })))).toEqual(['END_UNCONFIRMED', 1_900]);
  });

  it.each<[string, Observation]>([
    ['206/65', reply('stop', 206, { code: 65 }, { at: 100 })],
    ['504', reply('stop', 504, { code: 62 }, { at: 100 })],
    ['no reply', noReply('stop', { at: 100 })],
  ])('is not one whose stop is in doubt, %s: that is asked at once', (_how, stop) => {
    const [action, at] = next(begun(running, queried(5, { at: 90 }), stop)) ?? [];
    expect(action).toBe('query');
    expect(at).toBeLessThanOrEqual(100);
    expect(next(begun(running, stop, queried(5, { at: 101 })))).toEqual(['query', 221]);
  });

  it('is not one whose stop found no recording: that is asked until a fail-over would be over', () => {
    const gone = (at: number) => reply('stop', 404, { code: 404 }, { at });
    expect(next(begun(running, queried(5, { at: 90 }), gone(100)))).toEqual(['query', 115]);
    expect(next(begun(running, gone(100), gone(190)))).toEqual(['NOT_FOUND', 190]);
  });

  it('needs no more once it counts as ended', () => {
    expect(
      next(begun(running, stopped({}, { at: 100 }), deadline('END_UNCONFIRMED', { at: 1_900 }))),
    ).toBeNull();
  });
});

describe('a recording that was started elsewhere', () => {
  it('is never asked, and counts as lost 72 h after it was first seen', () => {
    expect(next(foldAll([running]))).toEqual(['SILENT', 3 + 72 * HOURS]);
    expect(next(foldAll([running, notification(42, {}, { at: 500 })]))).toEqual(['SILENT', 3 + 72 * HOURS]);
  });

  it('counts as lost 15 min after its last progress once progress was reported', () => {
    expect(next(foldAll([running, notification(33, { progress: 5 }, { at: 60 })]))).toEqual(['SILENT', 960]);
  });

  it('needs no more once it counts as lost, and is watched again when it is heard of', () => {
    const lost = [running, deadline('SILENT', { at: 72 * HOURS + 3 })];
    expect(next(foldAll(lost))).toBeNull();
    const heard = notification(33, { progress: 5 }, { at: 73 * HOURS });
    expect(next(foldAll([...lost, heard]))).toEqual(['SILENT', 73 * HOURS + 900]);
  });
});

describe('a gap', () => {
  const gap = notification(42, {}, { at: 10, receivedAt: 12, sequence: 1 });
  const waiting = { action: 'gap', gap: { recorderUid: UID, from: 0, to: 0 }, at: T0 + 17 * SECOND };

  it('is reported once it has stood for five seconds, also for a recording that has ended', () => {
    expect(stepOf(begun(gap, queried(5, { at: 16 })))).toEqual(waiting);
    const ended = begun(notification(11, { exitStatus: 0 }, { at: 9 }), gap);
    expect(stepOf(ended)).toEqual(waiting);
    expect(stepOf(fold(ended, gapReported(0, 0, { at: 17 })))).toBeNull();
  });

  it('is reported although a query has been overdue for longer', () => {
    const overdue = begun(gap, queried(5, { at: 16 }));
    expect(nextStep(overdue, T0 + 900 * SECOND)).toEqual(waiting);
    expect(nextStep(fold(overdue, gapReported(0, 0, { at: 17 })), T0 + 900 * SECOND)?.action).toBe('query');
  });

  it('that mere reordering made closes without a report', () => {
    const closed = begun(gap, notification(40, {}, { at: 9, receivedAt: 16, sequence: 0 }));
    expect(stepOf(closed)?.action).toBe('query');
  });
});

describe('while no gateway ran, silence meant nothing:', () => {
  it('a start counts as failed 90 s after that at the earliest', () => {
    expect(next(begun(queried(2, { at: 81 }), outage(85, 500)))).toEqual(['query', 111]);
    expect(next(begun(queried(2, { at: 580 }), outage(85, 500)))).toEqual(['START_UNCONFIRMED', 590]);
    expect(next(foldAll([attempt(), outage(10, 500)]))).toEqual(['START_UNCONFIRMED', 590]);
  });

  it('the report of the end is awaited again', () => {
    const stop = stopped({}, { at: 100 });
    expect(next(begun(running, stop, outage(110, 86_400)))).toEqual(['END_UNCONFIRMED', 86_400 + 1_800]);
  });

  it('one that was started elsewhere is not lost before it could be heard', () => {
    const progress = notification(33, { progress: 5 }, { at: 60 });
    expect(next(foldAll([running, progress, outage(90, 86_400)]))).toEqual(['SILENT', 86_400 + 900]);
    expect(next(foldAll([running, outage(90, 86_400)]))).toEqual(['SILENT', 3 + 72 * HOURS]);
    expect(next(foldAll([running, outage(90, 73 * HOURS)]))).toEqual(['SILENT', 73 * HOURS + 900]);
  });
});

describe("a clock of Agora's that runs ahead", () => {
  it('puts no deadline off', () => {
    const ahead = notification(33, { progress: 5 }, { at: 10_000_000, receivedAt: 60 });
    expect(next(foldAll([running, ahead]))).toEqual(['SILENT', 960]);
    expect(expiresAt(foldAll([attempt(), notification(40, {}, { at: 10_000_000, receivedAt: 5 })]))).toBe(
      T0 + (5 + 24 * HOURS) * SECOND,
    );
  });
});

describe('whatever is known of a recording', () => {
  const states = observationsOf(anyObservation).map((list) => foldAll(list));

  it('it is not queried after a stop was taken, without resource or sid, or once it has ended', () => {
    fc.assert(
      fc.property(states, (state) => {
        const { phase, inferred } = phaseOf(state);
        const ended = !inferred && (phase === 'COMPLETED' || phase === 'FAILED');
        if (ended) expect(['gap', undefined]).toContain(stepOf(state)?.action);
        const mayAsk =
          state.stopTakenAt === null && state.resourceId !== null && state.sid !== null && !ended;
        if (!mayAsk) expect(stepOf(state)?.action).not.toBe('query');
      }),
      { numRuns: sized(50, 400, 10_000) },
    );
  });

  it('something comes next until it has ended or counts as ended', () => {
    fc.assert(
      fc.property(states, (state) => {
        const { phase } = phaseOf(state);
        const over = ['COMPLETED', 'FAILED', 'LOST'].includes(phase);
        if (!over) expect(stepOf(state)).not.toBeNull();
      }),
      { numRuns: sized(50, 400, 10_000) },
    );
  });

  it('a deadline that is noted when it passes ends the wait for it', () => {
    fc.assert(
      fc.property(states, (state) => {
        const watch = stepOf(state);
        fc.pre(watch?.action === 'deadline');
        // Only what has a sid can be asked or stopped.
        fc.pre(state.sid !== null || Math.max(0, ...Object.keys(state.proofs).map(Number)) === 0);
        if (watch?.action !== 'deadline') return;
        const passed = fold(state, deadline(watch.deadline, { at: (watch.at - T0) / SECOND }));
        const then = stepOf(passed);
        expect(then === null || then.at > watch.at).toBe(true);
        expect(phaseOf(passed).inferred).toBe(true);
      }),
      { numRuns: sized(150, 800, 5_000) },
    );
  });

  it('of an unknown recording silence is the only thing to wait for', () => {
    expect(stepOf(blank())?.action).toBe('deadline');
  });
});
