import * as fc from 'fast-check';
import { type Deadline, type Observation } from '../../src/recordings/observation.js';
import {
  attempt,
  deadline,
  described,
  mutated,
  gapReported,
  noReply,
  notFound,
  notification,
  outage,
  queried,
  reply,
  RESOURCE_ID,
  SID,
  started,
  stopped,
  UID,
} from './observations.js';

/** The uid that the recorder takes after a fail-over; it sorts before the first. */
export const SECOND_UID = '104';

/** A few moments a quarter of a minute apart, so that many observations share one. */
export const moment = fc.integer({ min: 0, max: 14 }).map((step) => step * 15);

const hash = fc.nat({ max: 0x7fffffff }).map((number) => number.toString(16).padStart(8, '0'));
const recorder = fc.constantFrom(UID, SECOND_UID);
const userUid = fc.constantFrom('1', '2', '10');

const file = fc.record(
  {
    fileName: fc.constantFrom('a.m3u8', 'b.mp4', 'c.ts'),
    trackType: fc.constantFrom('audio', 'video', 'audio_and_video'),
    uid: fc.constantFrom('0', '1'),
    mixedAllUser: fc.boolean(),
    isPlayable: fc.boolean(),
    sliceStartTime: fc.integer({ min: 1, max: 4 }).map((step) => 1_768_471_200_000 + step),
  },
  { requiredKeys: ['fileName'] },
);
const files = fc.array(file, { maxLength: 3 });
const fileList = fc.oneof(fc.constantFrom('a.m3u8', 'z.m3u8', ''), files);
const withFiles = fc.oneof(
  fc.constant({}),
  fileList.map((list) => ({ fileList: list })),
);

/** The documented event types, 12, and undocumented types. */
const event: fc.Arbitrary<{ type: number; details: Record<string, unknown> }> = fc.oneof(
  fc
    .record({
      module: fc.constantFrom(0, 1, 2, 6),
      errorLevel: fc.integer({ min: 1, max: 5 }),
      errorCode: fc.constantFrom(null, 1, 32, 47, 50, 51, 52, 109, 110, 112, 999),
      stat: fc.constant(0),
      errorMsg: fc.constantFrom('', 'the disk is full'),
    })
    .map((details) => ({ type: 1, details })),
  fc
    .record({ module: fc.constantFrom(0, 1), warnCode: fc.constantFrom(31, 32, 99) })
    .map((details) => ({ type: 2, details })),
  fc
    .tuple(fc.constantFrom(0, 3, 4, 5, 6, 8), withFiles)
    .map(([status, list]) => ({ type: 3, details: { status, recordingMode: 1, ...list } })),
  fc.constantFrom('a.m3u8', 'z.m3u8').map((name) => ({ type: 4, details: { fileList: name } })),
  fc.constantFrom({ exitStatus: 0 }, { exitStatus: 1 }, { leaveStatus: 1 }, {}).map((details) => ({
    type: 11,
    details,
  })),
  fc.constant({ type: 12, details: { newUid: Number(SECOND_UID) } }),
  fc.constantFrom(30, 40).map((type) => ({ type, details: { status: 0 } })),
  fc
    .tuple(fc.constantFrom(31, 32), withFiles)
    .map(([type, list]) => ({ type, details: { status: 0, ...list } })),
  fc.integer({ min: 0, max: 10_000 }).map((progress) => ({ type: 33, details: { progress } })),
  fc.constantFrom(0, 2, 4, 8, 16, 20).map((leaveCode) => ({ type: 41, details: { leaveCode } })),
  fc.constantFrom({ startUtcMs: 1_768_471_200_000 }, {}).map((details) => ({ type: 42, details })),
  fc
    .record({ streamUid: userUid, state: fc.constantFrom(0, 1), UtcMs: fc.constant(1_768_471_200_000) })
    .chain((details) => fc.constantFrom(43, 44).map((type) => ({ type, details }))),
  fc.constantFrom(45, 13, 34, 46, 72, 60, 61, 70, 73, 80, 81, 90, 100, 1001, 4711).map((type) => ({
    type,
    details: { whatever: true },
  })),
);

export const anyNotification: fc.Arbitrary<Observation> = fc
  .record({
    event,
    at: moment,
    uid: recorder,
    sequence: fc.option(fc.integer({ min: 0, max: 20 })),
    hash,
  })
  .map(({ event: { type, details }, ...about }) =>
    notification(type, details, { ...about, noticeId: `notice-${about.hash}` }),
  );

const about = fc.record({ at: moment, hash });

export const anyStartReply: fc.Arbitrary<Observation> = fc.oneof(
  about.map((given) => started(given)),
  about.map((given) => reply('start', 201, { code: 7, reason: 'already started' }, given)),
  about.map((given) => reply('start', 201, { code: 7, sid: SID, resourceId: RESOURCE_ID }, given)),
  about.map((given) => reply('start', 206, { code: 65, reason: 'request not completed' }, given)),
  about.map((given) => noReply('start', given)),
  fc
    .tuple(
      about,
      fc.constantFrom('resource-1', 'resource-2'),
      fc.boolean(),
      fc.constantFrom<[number, object]>(
        [200, { sid: SID }],
        [400, { code: 53 }],
        [400, { code: 2 }],
        [500, { code: 62 }],
      ),
    )
    .map(([given, resourceId, again, [status, body]]) =>
      reply('start', status, { ...body }, { ...given, start: { resourceId, again } }),
    ),
);

export const anyQueryReply: fc.Arbitrary<Observation> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .record({
        given: about,
        status: fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 8, 20),
        list: withFiles,
        more: fc.constantFrom(
          {},
          { subServiceStatus: { recordingService: 'serviceInProgress' } },
          {
            extensionServiceState: [{ serviceName: 'web_recorder_service', payload: { onhold: true } }],
          },
          {
            extensionServiceState: [{ serviceName: 'web_recorder_service', payload: { onhold: false } }],
          },
        ),
      })
      .map(({ given, status, list, more }) => queried(status, { ...given, response: { ...list, ...more } })),
  },
  { weight: 2, arbitrary: about.map((given) => notFound(given)) },
  { weight: 1, arbitrary: about.map((given) => noReply('query', given)) },
  {
    weight: 1,
    arbitrary: about.map((given) =>
      noReply('query', { ...given, named: { sid: 'other', channel: 'other', uid: '1' } }),
    ),
  },
);

export const anyStopReply: fc.Arbitrary<Observation> = fc.oneof(
  fc
    .record({ given: about, list: withFiles, state: fc.constantFrom('uploaded', 'backuped', 'unknown') })
    .map(({ given, list, state }) => stopped({ uploadingStatus: state, ...list }, given)),
  about.map((given) => stopped({}, given)),
  about.map((given) => reply('stop', 200, { code: 50 }, given)),
  about.map((given) => reply('stop', 206, { code: 435 }, given)),
  about.map((given) => reply('stop', 206, {}, given)),
  about.map((given) => reply('stop', 206, { code: 65 }, given)),
  about.map((given) => reply('stop', 400, { code: 49 }, given)),
  about.map((given) => reply('stop', 404, { code: 404 }, given)),
  about.map((given) => noReply('stop', given)),
  about.map((given) => noReply('stop', { ...given, named: { sid: 'other', channel: 'other', uid: '1' } })),
);

export const DEADLINES: readonly Deadline[] = ['START_UNCONFIRMED', 'NOT_FOUND', 'END_UNCONFIRMED', 'SILENT'];

export const anyDeadline: fc.Arbitrary<Observation> = fc
  .tuple(fc.constantFrom(...DEADLINES), about)
  .map(([name, given]) => deadline(name, given));

const anyMetadata = fc.constantFrom('title', 'tenant').map((key) => [{ key, value: 'text' }]);

/** Observations without information about what Agora does. */
export const anyMarker: fc.Arbitrary<Observation> = fc.oneof(
  fc
    .tuple(recorder, fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 5 }), about)
    .map(([uid, from, width, given]) => gapReported(from, from + width, { uid, ...given })),
  fc
    .tuple(fc.integer({ min: 30, max: 500 }), about)
    .map(([lasted, given]) => outage(given.at - lasted, given.at, given)),
  fc.tuple(anyMetadata, about).map(([metadata, given]) => described(metadata, given)),
  about.map((given) => mutated('stopRecording', given)),
);

const anyAttempt: fc.Arbitrary<Observation> = fc
  .tuple(fc.option(anyMetadata, { nil: undefined }), about)
  .map(([metadata, given]) => attempt(metadata === undefined ? given : { ...given, metadata }));

/** Observations of one recording with distinct hashes, some of one moment; at most one start attempt, at any place. */
export function observationsOf(
  each: fc.Arbitrary<Observation>,
  { maxLength = 16 }: { maxLength?: number } = {},
): fc.Arbitrary<Observation[]> {
  return fc
    .tuple(fc.option(anyAttempt), fc.uniqueArray(each, { maxLength, selector: ({ hash: own }) => own }))
    .chain(([start, rest]) => {
      const others = rest.filter((observation) => observation.hash !== start?.hash);
      const all = start === null ? others : [start, ...others];
      return permutationOf(all);
    });
}

export const anyObservation: fc.Arbitrary<Observation> = fc.oneof(
  { weight: 10, arbitrary: anyNotification },
  { weight: 2, arbitrary: anyStartReply },
  { weight: 5, arbitrary: anyQueryReply },
  { weight: 4, arbitrary: anyStopReply },
  { weight: 2, arbitrary: anyDeadline },
  { weight: 1, arbitrary: anyMarker },
);

export const anyObservations = observationsOf(anyObservation);

export function permutationOf<T>(list: T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length });
}

/** What only a recording that lives, or has lived, gives. */
export const anyProofOfLife: fc.Arbitrary<(at: number) => Observation> = fc.oneof(
  fc
    .constantFrom(40, 42, 43, 44, 45, 4, 33, 70, 12, 41)
    .map((type) => (at: number) => notification(type, {}, { at })),
  fc.integer({ min: 4, max: 8 }).map((status) => (at: number) => queried(status, { at })),
);

/** What proves that a recording has ended. */
export const anyProofOfEnd: fc.Arbitrary<(at: number) => Observation> = fc.oneof(
  fc.constantFrom(31, 32, 11).map((type) => (at: number) => notification(type, {}, { at })),
  fc.constant((at: number) => notification(11, { exitStatus: 1 }, { at })),
  fc.constant((at: number) => queried(20, { at })),
  fc
    .constantFrom('uploaded', 'backuped')
    .map((uploadingStatus) => (at: number) => stopped({ uploadingStatus }, { at })),
  fc.constant((at: number) => reply('stop', 206, { code: 435 }, { at })),
);
