import { describe, expect, it } from 'vitest';
import { type Observation } from '../../src/recordings/observation.js';
import { recordingOf } from '../../src/recordings/view/recording.js';
import { type RecordingState } from '../../src/recordings/state.js';
import { nextStep } from '../../src/recordings/policy/next-step.js';
import {
  attempt,
  begun,
  deadline,
  foldAll,
  noReply,
  notification,
  queried,
  reply,
  SECOND,
  stopped,
  T0,
} from './observations.js';

function explained(state: RecordingState): string {
  return recordingOf(state).explanation;
}

function moment(seconds: number): string {
  return new Date(T0 + seconds * SECOND).toISOString();
}

describe('the explanation of a recording', () => {
  it('says what proves its phase, since when, and when the next query is', () => {
    const text = explained(begun(notification(40, {}, { at: 7 })));
    expect(text).toContain(`RECORDING since ${moment(7)}`);
    expect(text).toContain('notification 40');
    expect(text).toContain(`next query is due at ${moment(5)}`);
  });

  it('says that an inferred phase is inferred, and what the last proof was', () => {
    const text = explained(begun(notification(40, {}, { at: 7 }), deadline('NOT_FOUND', { at: 200 })));
    expect(text).toContain('LOST is inferred from silence');
    expect(text).toContain(moment(7));
  });

  it('says that a start is in doubt, and when it will count as failed', () => {
    const text = explained(foldAll([attempt(), noReply('start', { at: 10 })]));
    expect(text).toContain('Agora has not said whether it accepted the start');
    expect(text).toContain(moment(100));
  });

  it('says that a start was accepted without its sid, and what follows once it is known to run', () => {
    const accepted = foldAll([
      attempt(),
      noReply('start', { at: 10 }),
      reply('start', 201, { code: 7 }, { at: 13 }),
    ]);
    const text = explained(accepted);
    expect(text).toContain(`Agora accepted the start at ${moment(13)}, but did not name its sid.`);
    expect(text).not.toContain('has not said');
    expect(text).toContain(`(${moment(103)}), it counts as lost`);
    const unconfirmed = explained(foldAll([deadline('START_UNCONFIRMED', { at: 103 })], accepted));
    expect(unconfirmed).toContain('LOST is inferred from silence');
    expect(unconfirmed).toContain('did not name its sid');
    const start = { resourceId: 'another', again: true };
    const runs = foldAll([reply('start', 400, { code: 53 }, { at: 100, start })], accepted);
    expect(explained(runs)).toContain('Its sid is not known, so Agora cannot be asked about it');
  });

  it.each<[string, Observation]>([
    ['did not confirm it', noReply('stop', { at: 20 })],
    ['did not find the recording', reply('stop', 404, { code: 404 }, { at: 20 })],
  ])('says of a stop that Agora %s, until it was queried again', (answer, stop) => {
    const state = begun(notification(40, {}, { at: 7 }), queried(5, { at: 9 }), stop);
    expect(explained(state)).toContain(`A stop was sent at ${moment(20)}: Agora ${answer}.`);
    expect(explained(foldAll([queried(5, { at: 21 })], state))).not.toContain('A stop was sent');
    expect(explained(foldAll([stopped({}, { at: 21 })], state))).not.toContain('A stop was sent');
  });

  it.each<[string, Observation]>([
    ['did not confirm it', noReply('stop', { at: 20 })],
    ['did not find the recording', reply('stop', 404, { code: 404 }, { at: 20 })],
  ])('does not say that a stop that Agora %s is repeated once the recording has ended', (answer, stop) => {
    const state = begun(notification(40, {}, { at: 7 }), queried(4, { at: 9 }), stop);
    expect(explained(state)).toContain('While the stop is repeated');
    const ended = explained(foldAll([deadline('NOT_FOUND', { at: 200 })], state));
    expect(ended).toContain(`A stop was sent at ${moment(20)}: Agora ${answer}.`);
    expect(ended).not.toContain('While the stop is repeated');
  });

  it('names the error that the end reason comes from, and the last fatal one', () => {
    const error = (module: number, errorCode: number, at: number) =>
      notification(1, { module, errorCode, errorLevel: 5, errorMsg: '', stat: 0 }, { at });
    const failed = notification(11, { exitStatus: 1 }, { at: 65 });
    const ran = notification(40, {}, { at: 7 });
    const recording = recordingOf(begun(ran, error(0, 109, 60), error(2, 50, 61), failed));
    expect(recording.endReason).toBe('TOKEN_EXPIRED');
    expect(recording.explanation).toContain(
      `Agora reported an error at ${moment(60)}: The token has expired.`,
    );
    expect(recording.explanation).toContain(
      `Agora reported a fatal error at ${moment(61)}: Uploading the recorded files timed out.`,
    );
    const one = recordingOf(begun(ran, error(0, 109, 60), failed)).explanation;
    expect(one.match(/Agora reported/g)).toHaveLength(1);
  });

  it('announces a query that was put off for the time for which it is scheduled', () => {
    const state = begun(notification(40, {}, { at: 7 }), queried(5, { at: 9 }));
    const later = T0 + 900 * SECOND;
    const recording = recordingOf(state, later);
    expect(recording.explanation).toContain(`next query is due at ${moment(900)}`);
    expect(recording.nextObservationAt).toBe(later);
    // By then Agora answers no more calls for it.
    expect(recordingOf(state, T0 + 30 * 24 * 3_600 * SECOND).explanation).toContain('it counts as lost');
  });

  it('says that nothing more is asked once it has ended', () => {
    expect(explained(begun(notification(31, {}, { at: 7 })))).toContain('No more queries are scheduled');
  });

  it.each<[string, Observation]>([
    ['was taken', stopped({}, { at: 100 })],
    ['came while it was ending', reply('stop', 400, { code: 49 }, { at: 100 })],
  ])('announces what really comes of a stop that %s and of which no more is heard', (_what, stop) => {
    const state = begun(notification(40, {}, { at: 7 }), stop);
    const next = nextStep(state, state.bookkeeping.observedAt);
    expect(next).toMatchObject({ action: 'deadline', deadline: 'END_UNCONFIRMED' });
    const [, announced] = /it counts as (\w+)/.exec(explained(state)) ?? [];
    const then = begun(
      notification(40, {}, { at: 7 }),
      stop,
      deadline('END_UNCONFIRMED', { at: ((next?.at ?? 0) - T0) / SECOND }),
    );
    expect(announced?.toUpperCase()).toBe(recordingOf(then).phase);
  });
});
