import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Deadline, type Observation } from '../../src/recordings/observation.js';
import { phaseOf } from '../../src/recordings/view/phase.js';
import { provenRank } from '../../src/recordings/state.js';
import { sized } from '../support/size.js';
import {
  anyNotification,
  anyObservation,
  anyProofOfEnd,
  anyProofOfLife,
  anyQueryReply,
  anyStartReply,
  DEADLINES,
  observationsOf,
} from './arbitraries.js';
import {
  attempt,
  begun,
  deadline,
  foldAll,
  noReply,
  notFound,
  notification,
  queried,
  reply,
  SECOND,
  SID,
  started,
  stopped,
  T0,
} from './observations.js';

const numRuns = sized(100, 400, 10_000);

function phase(...observations: Observation[]): string {
  const view = phaseOf(foldAll(observations));
  return view.inferred ? `${view.phase} inferred` : view.phase;
}

/** Of a recording that was started at T0. */
function after(...observations: Observation[]): string {
  return phase(attempt(), started(), ...observations);
}

function reason(...observations: Observation[]): [string | null, boolean | null] {
  const view = phaseOf(begun(...observations));
  return [view.endReason, view.endReasonCertain];
}

const at = { at: 100 };

describe('what proves which phase', () => {
  it.each<[string, Observation[]]>([
    ['an attempt that was sent', [attempt()]],
    ['an attempt without an answer', [attempt(), noReply('start')]],
    ["start's 200", [started()]],
    ["start's 201/7", [reply('start', 201, { code: 7 })]],
    ["start's 206/65, which settles nothing", [attempt(), reply('start', 206, { code: 65 })]],
    ...[0, 1, 2, 3].map((status): [string, Observation[]] => [`query's status ${status}`, [queried(status)]]),
  ])('%s: it is STARTING', (_what, observations) => {
    expect(phase(...observations)).toBe('STARTING');
  });

  it.each<[string, Observation]>([
    ...[40, 42, 43, 44, 45, 4, 33, 70, 12].map((type): [string, Observation] => [
      `notification ${type}`,
      notification(type, {}, at),
    ]),
    ...[4, 5].map((status): [string, Observation] => [`query's status ${status}`, queried(status, at)]),
    [
      'a second start in the place of one in doubt that is refused since the first one runs',
      reply('start', 400, { code: 53 }, { ...at, start: { resourceId: 'resource-2', again: true } }),
    ],
  ])('%s: it is RECORDING', (_what, observation) => {
    expect(after(observation)).toBe('RECORDING');
    expect(phase(observation)).toBe('RECORDING');
  });

  it('the web recorder on hold: it is PAUSED until it resumes', () => {
    const hold = (onhold: boolean, second: number) =>
      queried(5, {
        at: second,
        response: {
          extensionServiceState: [{ serviceName: 'web_recorder_service', payload: { onhold } }],
        },
      });
    expect(after(hold(true, 10))).toBe('PAUSED');
    expect(after(hold(true, 10), hold(false, 20))).toBe('RECORDING');
    expect(after(hold(false, 20), hold(true, 10))).toBe('RECORDING');
    expect(after(hold(true, 10), notification(41, {}, at))).toBe('UPLOADING');
  });

  it.each<[string, Observation]>([
    ["stop's 200 of an asynchronous stop", stopped({}, at)],
    ["stop's 200 with files of unknown state", stopped({ uploadingStatus: 'unknown' }, at)],
    ["stop's code 50", reply('stop', 200, { code: 50 }, at)],
    ["stop's bare 206", reply('stop', 206, {}, at)],
    ["stop's 400/49", reply('stop', 400, { code: 49 }, at)],
    ["query's status 6", queried(6, at)],
  ])('%s: it is STOPPING', (_what, observation) => {
    expect(after(observation)).toBe('STOPPING');
    expect(after(notification(40, {}, { at: 200 }), observation)).toBe('STOPPING');
  });

  it.each<[string, Observation]>([
    ["stop's 206/65", reply('stop', 206, { code: 65 }, at)],
    ["stop's 504", reply('stop', 504, { code: 62 }, at)],
    ["stop's 500", reply('stop', 500, {}, at)],
    ["stop's 400/2", reply('stop', 400, { code: 2 }, at)],
    ['a stop without an answer', noReply('stop', at)],
    ["stop's 404", reply('stop', 404, { code: 404 }, at)],
    ['404 on a query', notFound(at)],
    ['notification 1 with errorLevel 5', notification(1, { module: 0, errorLevel: 5, errorCode: 9 }, at)],
    ['notification 2', notification(2, {}, at)],
    ['notification 13', notification(13, {}, at)],
    ['notification 30', notification(30, { status: 0 }, at)],
    ['a notification of an undocumented type', notification(4711, {}, at)],
  ])('%s proves nothing', (_what, observation) => {
    expect(after(observation)).toBe('STARTING');
    expect(after(notification(40), observation)).toBe('RECORDING');
    expect(after(queried(7), observation)).toBe('UPLOADING');
  });

  it.each<[string, Observation]>([
    ['notification 41', notification(41, { leaveCode: 16 }, at)],
    ['notification 71 with code 0', notification(71, { code: 0, message: 'ok', fileList: [] }, at)],
    ["query's status 7", queried(7, at)],
    ["query's status 8", queried(8, at)],
  ])('%s: it is UPLOADING', (_what, observation) => {
    expect(after(observation)).toBe('UPLOADING');
    expect(after(stopped({}, { at: 90 }), observation)).toBe('UPLOADING');
  });

  it.each<[string, Observation]>([
    ['notification 31', notification(31, { status: 0 }, at)],
    ['notification 32', notification(32, { status: 0 }, at)],
    ["stop's 200 with files uploaded", stopped({ uploadingStatus: 'uploaded' }, at)],
    ["stop's 200 with files in the backup", stopped({ uploadingStatus: 'backuped' }, at)],
    ["stop's 206/435", reply('stop', 206, { code: 435 }, at)],
    ['notification 11 with exitStatus 0', notification(11, { exitStatus: 0 }, at)],
    ['notification 11 with leaveStatus 0', notification(11, { leaveStatus: 0 }, at)],
  ])('%s: it is COMPLETED', (_what, observation) => {
    expect(after(observation)).toBe('COMPLETED');
    expect(after(observation, notification(40, {}, { at: 200 }), queried(5, { at: 300 }))).toBe('COMPLETED');
  });

  it.each<[string, Observation]>([
    ['notification 11 with exitStatus 1', notification(11, { exitStatus: 1 }, at)],
    ['notification 11 with leaveStatus 1', notification(11, { leaveStatus: 1 }, at)],
    ["query's status 20", queried(20, at)],
    ['notification 71 with code 4', notification(71, { code: 4, message: 'page_load_timeout' }, at)],
  ])('%s: it is FAILED, unless its files are proven uploaded', (_what, fault) => {
    expect(after(fault)).toBe('FAILED');
    expect(after(notification(11, { exitStatus: 0 }, { at: 200 }), fault)).toBe('FAILED');
    for (const proof of [
      notification(31, {}, { at: 1 }),
      notification(32, {}, { at: 300 }),
      stopped({ uploadingStatus: 'uploaded' }, { at: 300 }),
    ]) {
      expect(after(fault, proof)).toBe('COMPLETED');
      expect(after(proof, fault)).toBe('COMPLETED');
    }
  });

  it.each<[string, number, number | null]>([
    ['the uploader that could not process files', 1, 51],
    ['the page recorder', 6, 1],
    ['the cloud recording service', 2, 999],
    ['the recorder, with a code that nothing explains', 0, 999],
    ['the recorder, without a code', 0, null],
  ])('an error of %s before it runs is the reason, and not the token', (_who, module, errorCode) => {
    const error = (errorLevel: number) =>
      notification(1, { module, errorCode, errorLevel, errorMsg: '', stat: 1 }, { at: 3 });
    const failed = { phase: 'FAILED', endReason: 'RECORDER_ERROR', endReasonCertain: false };
    const exit = notification(11, { exitStatus: 1 }, { at: 4 });
    expect(phaseOf(begun(error(5), exit))).toMatchObject(failed);
    expect(phaseOf(begun(exit, error(4)))).toMatchObject(failed);
    expect(phaseOf(begun(error(5), deadline('START_UNCONFIRMED', { at: 90 })))).toMatchObject(failed);
    expect(phaseOf(begun(error(2), exit))).toMatchObject({ endReason: 'TOKEN_OR_PARAMETER' });
    // It ran on, and was stopped.
    const stopped40 = [notification(40, {}, { at: 60 }), notification(41, { leaveCode: 16 }, { at: 90 })];
    expect(phaseOf(begun(error(5), ...stopped40))).toMatchObject({ endReason: 'STOP_REQUESTED' });
  });

  it('files proven uploaded after a fault keep the fault as the reason of the end', () => {
    const view = phaseOf(begun(notification(40), notification(11, { exitStatus: 1 }, at), notification(31)));
    expect(view).toMatchObject({ phase: 'COMPLETED', endReason: 'RECORDER_ERROR', endReasonCertain: false });
  });
});

describe('what silence implies', () => {
  it('a start without confirmation for 90 s is FAILED, inferred, with START_FAILED', () => {
    expect(phaseOf(begun(deadline('START_UNCONFIRMED', { at: 90 })))).toEqual({
      phase: 'FAILED',
      inferred: true,
      endReason: 'START_FAILED',
      endReasonCertain: false,
      endedAt: T0 + 90 * SECOND,
    });
  });

  it('a start taken as failed runs after all by any proof of life, even one timed before the deadline', () => {
    const failed = deadline('START_UNCONFIRMED', { at: 90 });
    expect(after(failed, notification(40, {}, { at: 3 }))).toBe('RECORDING');
    expect(after(failed, queried(4, { at: 600 }))).toBe('RECORDING');
    expect(after(failed, notification(41, {}, { at: 3 }))).toBe('UPLOADING');
  });

  it.each<[string, Observation]>([
    ['Agora takes it after all', started({ at: 120 })],
    ['a later query says that it is starting', queried(2, { at: 120 })],
  ])('a start taken as failed is starting again when %s', (_what, sign) => {
    const failed = deadline('START_UNCONFIRMED', { at: 90 });
    expect(phase(attempt(), noReply('start'), failed, sign)).toBe('STARTING');
  });

  it('404 for longer than a fail-over is LOST, inferred, while a user publishes', () => {
    const stream = notification(43, { streamUid: '1', state: 0 }, { at: 5 });
    expect(phaseOf(begun(stream, notFound({ at: 100 }), deadline('NOT_FOUND', { at: 190 })))).toEqual({
      phase: 'LOST',
      inferred: true,
      endReason: 'UNKNOWN',
      endReasonCertain: false,
      endedAt: T0 + 190 * SECOND,
    });
    expect(after(notification(40), deadline('NOT_FOUND', { at: 190 }))).toBe('LOST inferred');
  });

  it('404 for longer than a fail-over is COMPLETED, inferred, as IDLE if no user published for maxIdleTime', () => {
    const streams = [
      notification(43, { streamUid: '1', state: 0 }, { at: 5 }),
      notification(43, { streamUid: '1', state: 1 }, { at: 60 }),
      notification(44, { streamUid: '1', state: 1 }, { at: 50 }),
    ];
    expect(phaseOf(begun(...streams, deadline('NOT_FOUND', { at: 190 })))).toEqual({
      phase: 'COMPLETED',
      inferred: true,
      endReason: 'IDLE',
      endReasonCertain: false,
      endedAt: T0 + 90 * SECOND,
    });
    // The first 404 came 90 s before the deadline, and the recorder left 30 s after the last stream.
    expect(after(...streams, deadline('NOT_FOUND', { at: 180 }))).toBe('COMPLETED inferred');
    expect(after(...streams, deadline('NOT_FOUND', { at: 179 }))).toBe('LOST inferred');
    const other = notification(44, { streamUid: '2', state: 0 }, { at: 40 });
    expect(after(...streams, other, deadline('NOT_FOUND', { at: 190 }))).toBe('LOST inferred');
  });

  it('goes by the maxIdleTime that it was started with', () => {
    const facts = { settings: { ...foldAll([attempt()]).start!.settings!, maxIdleTime: 120 } };
    const quiet = [attempt({ facts }), notification(43, { streamUid: '1', state: 1 }, { at: 60 })];
    expect(phase(...quiet, deadline('NOT_FOUND', { at: 269 }))).toBe('LOST inferred');
    expect(phase(...quiet, deadline('NOT_FOUND', { at: 270 }))).toBe('COMPLETED inferred');
  });

  it('404 for longer than a fail-over of one that was stopping is COMPLETED, inferred', () => {
    expect(after(queried(6), deadline('NOT_FOUND', { at: 190 }))).toBe('COMPLETED inferred');
    expect(after(queried(7), deadline('NOT_FOUND', { at: 190 }))).toBe('COMPLETED inferred');
  });

  it('404 for longer than a fail-over after a stop in doubt is COMPLETED, inferred, as requested', () => {
    const doubtful = reply('stop', 504, { code: 62 }, { at: 90 });
    const view = phaseOf(begun(notification(40), doubtful, deadline('NOT_FOUND', { at: 190 })));
    expect(view).toMatchObject({ phase: 'COMPLETED', inferred: true, endReason: 'STOP_REQUESTED' });
  });

  it('404 for longer than a fail-over after a stop that Agora refused is LOST, inferred', () => {
    const refused = reply('stop', 400, { code: 2 }, { at: 90 });
    expect(after(notification(40), refused, deadline('NOT_FOUND', { at: 190 }))).toBe('LOST inferred');
  });

  it('no word of the end after a stop is COMPLETED, inferred, as requested', () => {
    const view = phaseOf(begun(stopped({}, at), deadline('END_UNCONFIRMED', { at: 1_900 })));
    expect(view).toEqual({
      phase: 'COMPLETED',
      inferred: true,
      endReason: 'STOP_REQUESTED',
      endReasonCertain: true,
      endedAt: T0 + 100 * SECOND,
    });
  });

  it('no word for too long of one that cannot be asked is LOST, inferred', () => {
    const view = phaseOf(foldAll([notification(40), deadline('SILENT', { at: 72 * 3600 })]));
    expect(view).toMatchObject({ phase: 'LOST', inferred: true, endReason: 'UNKNOWN' });
    expect(view.endedAt).toBe(T0 + 72 * 3600 * SECOND);
  });

  const running = notification(40, {}, { at: 1 });
  it.each<[Deadline, Observation[]]>([
    ['NOT_FOUND', [running]],
    ['END_UNCONFIRMED', [running, stopped({}, { at: 2 })]],
    ['SILENT', [running]],
  ])('%s outweighs evidence of the same moment and of any before', (name, known) => {
    const inferred = deadline(name, at);
    const view = phase(...known, inferred);
    expect(view).toMatch(/inferred$/);
    expect(phase(...known, inferred, notification(42, {}, { at: 99 }))).toBe(view);
    expect(phase(...known, inferred, notification(42, {}, { at: 100 }))).toBe(view);
    expect(phase(...known, inferred, notification(42, {}, { at: 101 }))).not.toMatch(/inferred$/);
  });

  it('is overturned by any proof of life that is timed after it', () => {
    fc.assert(
      fc.property(
        observationsOf(anyObservation),
        fc.subarray([...DEADLINES], { minLength: 1 }),
        anyProofOfLife,
        fc.boolean(),
        (list, names, proof, first) => {
          const inferences = names.map((name) => deadline(name, { at: 300 }));
          const life = proof(301);
          const all = first ? [life, ...list, ...inferences] : [...list, ...inferences, life];
          expect(phaseOf(foldAll(all)).inferred).toBe(false);
        },
      ),
      { numRuns },
    );
  });

  it('is overturned by any evidence at all that is timed after it, were it only that it is starting', () => {
    fc.assert(
      fc.property(
        observationsOf(anyObservation),
        fc.constantFrom<Deadline>('NOT_FOUND', 'END_UNCONFIRMED', 'SILENT'),
        fc.constantFrom(
          (second: number) => queried(2, { at: second }),
          (second: number) => started({ at: second }),
        ),
        (list, name, evidence) => {
          const known = list.filter(({ content }) => content.kind !== 'deadline');
          // Without a sid nothing can be queried: a refused start stays refused.
          const { startRefused, sid } = foldAll(known);
          fc.pre(!startRefused || sid !== null);
          expect(phase(...known, deadline(name, { at: 300 }), evidence(301))).not.toMatch(/inferred$/);
        },
      ),
      { numRuns },
    );
  });

  it('is overturned by proof of an end, of any time', () => {
    fc.assert(
      fc.property(
        observationsOf(anyObservation),
        fc.subarray([...DEADLINES], { minLength: 1 }),
        anyProofOfEnd,
        fc.constantFrom(0, 100, 300, 500),
        (list, names, proof, second) => {
          const inferences = names.map((name) => deadline(name, { at: 300 }));
          const view = phaseOf(foldAll([...list, ...inferences, proof(second)]));
          expect(view.inferred).toBe(false);
          expect(['COMPLETED', 'FAILED']).toContain(view.phase);
        },
      ),
      { numRuns },
    );
  });

  it('stands as long as nothing proves an end and no evidence is timed after it', () => {
    const noEnd = fc.oneof(anyNotification, anyStartReply, anyQueryReply);
    fc.assert(
      fc.property(
        observationsOf(noEnd),
        fc.constantFrom<Deadline>('NOT_FOUND', 'END_UNCONFIRMED', 'SILENT'),
        (list, name) => {
          const state = foldAll(list);
          fc.pre(provenRank(state) < 4);
          expect(phaseOf(foldAll([...list, deadline(name, { at: 300 })])).inferred).toBe(true);
        },
      ),
      { numRuns },
    );
  });
});

describe('why it ended', () => {
  const abnormal = notification(11, { exitStatus: 1 }, at);
  const nothing = reply('stop', 206, { code: 435 }, at);
  const noUsers = notification(41, { leaveCode: 4 }, at);
  const clientLeft = notification(41, { leaveCode: 16 }, at);
  const storage = notification(1, { module: 1, errorLevel: 4, errorCode: 47 }, at);
  const stop = stopped({}, at);
  const running = notification(40, {}, { at: 1 });

  it('is null while it runs', () => {
    expect(reason()).toEqual([null, null]);
    expect(reason(running)).toEqual([null, null]);
    expect(reason(running, storage)).toEqual([null, null]);
  });

  it('is STOP_REQUESTED after a stop', () => {
    expect(reason(running, stop)).toEqual(['STOP_REQUESTED', true]);
    expect(reason(running, clientLeft)).toEqual(['STOP_REQUESTED', true]);
    expect(reason(running, reply('stop', 200, { code: 50 }, at))).toEqual(['STOP_REQUESTED', true]);
  });

  it('is not STOP_REQUESTED if the stop came too late', () => {
    expect(reason(running, reply('stop', 400, { code: 49 }, at))).toEqual([null, null]);
    expect(reason(running, reply('stop', 400, { code: 49 }, at), noUsers)[0]).toBe('IDLE');
  });

  it('is NOTHING_RECORDED rather than STOP_REQUESTED', () => {
    expect(reason(nothing)).toEqual(['NOTHING_RECORDED', true]);
    expect(reason(stop, clientLeft, abnormal, nothing)).toEqual(['NOTHING_RECORDED', true]);
  });

  it('is IDLE if the recorder left an empty channel, certainly only if the streams agree', () => {
    const silent = notification(43, { streamUid: '1', state: 1 }, { at: 70 });
    expect(reason(running, noUsers)).toEqual(['IDLE', false]);
    expect(reason(running, silent, noUsers)).toEqual(['IDLE', true]);
    expect(reason(running, notification(43, { streamUid: '1', state: 1 }, { at: 71 }), noUsers)).toEqual([
      'IDLE',
      false,
    ]);
  });

  it('is STOP_REQUESTED rather than IDLE or an abnormal exit', () => {
    expect(reason(running, noUsers, stop)).toEqual(['STOP_REQUESTED', true]);
    expect(reason(running, abnormal, stop)).toEqual(['STOP_REQUESTED', true]);
    expect(reason(running, noUsers, abnormal)).toEqual(['IDLE', false]);
  });

  it('is STORAGE_FAILED rather than STOP_REQUESTED if both the upload and the recording failed', () => {
    expect(reason(running, stop, storage, abnormal)).toEqual(['STORAGE_FAILED', true]);
    expect(reason(running, stop, storage)).toEqual(['STOP_REQUESTED', true]);
    const recorderError = notification(1, { module: 0, errorLevel: 4, errorCode: 47 }, at);
    expect(reason(running, recorderError, abnormal)[0]).toBe('RECORDER_ERROR');
  });

  it('of an abnormal exit is guessed by whether it ever ran', () => {
    expect(reason(abnormal)).toEqual(['TOKEN_OR_PARAMETER', false]);
    expect(reason(running, abnormal)).toEqual(['RECORDER_ERROR', false]);
    expect(reason(queried(20, at))).toEqual(['TOKEN_OR_PARAMETER', false]);
  });

  it('is IDLE if nothing else gives a reason and the streams say so', () => {
    const silent = notification(44, { streamUid: '1', state: 1 }, { at: 70 });
    // 2 in the older list of leave codes, SIGINT in the bitmask.
    const left = notification(41, { leaveCode: 2 }, at);
    const uploaded = notification(31, {}, { at: 110 });
    expect(reason(running, silent, left, uploaded)).toEqual(['IDLE', false]);
    expect(reason(running, left, uploaded)).toEqual(['UNKNOWN', false]);
    expect(reason(running, silent, left, uploaded, stop)).toEqual(['STOP_REQUESTED', true]);
    expect(
      reason(running, notification(44, { streamUid: '1', state: 1 }, { at: 71 }), left, uploaded),
    ).toEqual(['UNKNOWN', false]);
  });

  it('of a quiet end is unknown', () => {
    expect(reason(running, notification(31, {}, at))).toEqual(['UNKNOWN', false]);
  });
});

describe('when it ended', () => {
  it('is when the recorder left, before when the service exited, when the stop was sent and when the files were there', () => {
    const left = notification(41, {}, { at: 50 });
    const exited = notification(11, { exitStatus: 0 }, { at: 60 });
    const stop = stopped({}, { at: 40 });
    const uploaded = notification(31, {}, { at: 70 });
    const ended = (...observations: Observation[]) => phaseOf(begun(...observations)).endedAt;
    expect(ended(uploaded)).toBe(T0 + 70 * SECOND);
    expect(ended(uploaded, stop)).toBe(T0 + 40 * SECOND);
    expect(ended(uploaded, stop, exited)).toBe(T0 + 60 * SECOND);
    expect(ended(uploaded, stop, exited, left)).toBe(T0 + 50 * SECOND);
    expect(ended(notification(40))).toBeNull();
  });

  it('is known of a recording that was started elsewhere too', () => {
    expect(phaseOf(foldAll([notification(41, {}, { at: 50, sid: SID })])).endedAt).toBe(T0 + 50 * SECOND);
  });
});
