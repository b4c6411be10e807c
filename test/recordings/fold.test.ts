import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/recordings/fold/fold.js';
import { MAX_FILES } from '../../src/recordings/fold/fold-files.js';
import { MAX_STREAMS } from '../../src/recordings/fold/fold-notification.js';
import { MAX_PROBLEMS } from '../../src/recordings/fold/fold-problems.js';
import { type Observation } from '../../src/recordings/observation.js';
import { isFinal, phaseOf } from '../../src/recordings/view/phase.js';
import { recordingOf, visiblePart } from '../../src/recordings/view/recording.js';
import { provenRank } from '../../src/recordings/state.js';
import { sized } from '../support/size.js';
import { anyObservation, anyObservations, observationsOf, permutationOf } from './arbitraries.js';
import {
  attempt,
  begun,
  blank,
  deadline,
  described,
  foldAll,
  notification,
  queried,
  started,
  stopped,
  SECOND,
  T0,
} from './observations.js';

const numRuns = sized(60, 400, 10_000);

function provesUpload({ content }: Observation): boolean {
  if (content.kind === 'notification') return [31, 32].includes(content.notification.eventType);
  return content.kind === 'reply' && ['uploaded', 'backuped'].includes(content.reply.uploadingStatus ?? '');
}

function provesFault({ content }: Observation): boolean {
  if (content.kind === 'reply') return content.operation === 'query' && content.reply.status === 20;
  return content.kind === 'notification' && content.notification.eventType === 11;
}

describe('what a caller says about a recording', () => {
  const title = (value: string) => [{ key: 'title', value }];

  it('comes with its start, and a change replaces it even if the clock of its gateway is behind', () => {
    const first = attempt({ at: 60, startedBy: 'teacher', metadata: title('Algebra') });
    expect(visiblePart(foldAll([first]))).toMatchObject({
      startedBy: 'teacher',
      metadata: title('Algebra'),
    });
    const change = described(title('Geometry'), { at: 30 });
    for (const all of [
      [first, change],
      [change, first],
    ])
      expect(visiblePart(foldAll(all)).metadata).toEqual(title('Geometry'));
  });

  it('proves no phase, and moves neither the start nor the next query', () => {
    const before = begun();
    const after = foldAll([described(title('Algebra'), { at: -60 })], before);
    const { metadata: _none, ...seen } = visiblePart(before);
    const { metadata, ...same } = visiblePart(after);
    expect(metadata).toEqual(title('Algebra'));
    expect(same).toEqual(seen);
    expect(after.bookkeeping).toEqual(before.bookkeeping);
  });
});

describe('a recording is a function of the set of its observations', () => {
  it('looks the same in whichever order its observations arrive', () => {
    fc.assert(
      fc.property(
        anyObservations.chain((list) =>
          fc.tuple(fc.constant(list), permutationOf(list), permutationOf(list)),
        ),
        ([list, second, third]) => {
          const seen = visiblePart(foldAll(list));
          expect(visiblePart(foldAll(second))).toStrictEqual(seen);
          expect(visiblePart(foldAll(third))).toStrictEqual(seen);
          // Nor do their states differ, except for the bookkeeping of arrival.
          const { bookkeeping: _first, ...one } = foldAll(list);
          const { bookkeeping: _second, ...other } = foldAll(second);
          expect(other).toStrictEqual(one);
          // The store compares texts, so the order of keys matters too.
          expect(JSON.stringify(visiblePart(foldAll(third)))).toBe(JSON.stringify(seen));
        },
      ),
      { numRuns },
    );
  });

  it('looks the same however often an observation is repeated', () => {
    fc.assert(
      fc.property(
        anyObservations.chain((list) =>
          fc.tuple(
            fc.constant(list),
            fc.subarray(list).chain((again) => permutationOf([...list, ...again, ...again])),
          ),
        ),
        ([list, repeated]) => {
          expect(visiblePart(foldAll(repeated))).toStrictEqual(visiblePart(foldAll(list)));
        },
      ),
      { numRuns },
    );
  });

  it('looks the same when it is written down and read back between two observations', () => {
    fc.assert(
      fc.property(anyObservations, (list) => {
        const reread = list.reduce(
          (state, observation) => fold(JSON.parse(JSON.stringify(state)) as typeof state, observation),
          blank(),
        );
        expect(JSON.stringify(reread)).toBe(JSON.stringify(foldAll(list)));
      }),
      { numRuns: sized(100, 400, 2_000) },
    );
  });

  it('never falls behind what has been proven', () => {
    fc.assert(
      fc.property(anyObservations, (list) => {
        let state = blank();
        for (const observation of list) {
          const before = provenRank(state);
          state = fold(state, observation);
          expect(provenRank(state)).toBeGreaterThanOrEqual(before);
        }
      }),
      { numRuns },
    );
  });

  it('stays ended once its end is proven, and only proof of its files or of a fault changes how it ended', () => {
    fc.assert(
      fc.property(observationsOf(anyObservation, { maxLength: 24 }), (list) => {
        let state = blank();
        let filesProven = false;
        for (const observation of list) {
          const before = phaseOf(state);
          state = fold(state, observation);
          const after = phaseOf(state);
          filesProven ||= provesUpload(observation);
          if (before.inferred || !isFinal(before.phase)) continue;
          expect(after.inferred).toBe(false);
          expect(['COMPLETED', 'FAILED']).toContain(after.phase);
          if (before.phase === 'FAILED' && after.phase === 'COMPLETED') {
            expect(provesUpload(observation)).toBe(true);
          }
          if (before.phase === 'COMPLETED' && after.phase === 'FAILED') {
            expect(provesFault(observation)).toBe(true);
            expect(filesProven).toBe(false);
          }
        }
      }),
      { numRuns },
    );
  });
});

describe('who it is', () => {
  it('takes the sid from the reply of its start, whatever a later notification says', () => {
    const observations = [
      attempt(),
      started({ at: 1 }),
      notification(40, {}, { at: 9, sid: 'of-another-task' }),
    ];
    expect(recordingOf(foldAll(observations)).sid).toBe(recordingOf(begun()).sid);
    expect(recordingOf(foldAll(observations.toReversed())).sid).toBe(recordingOf(begun()).sid);
  });

  it('started when its start was first sent, or else when it was first seen', () => {
    const events = [notification(40, {}, { at: 7 }), notification(42, {}, { at: 5 })];
    expect(recordingOf(foldAll(events)).startedAt).toBe(T0 + 5 * SECOND);
    expect(recordingOf(foldAll([...events, attempt({ at: 6 })])).startedAt).toBe(T0 + 6 * SECOND);
  });

  it('names the recorder that took over after a fail-over', () => {
    const moved = begun(notification(12, { newUid: 104 }, { at: 20 }), notification(42, {}, { at: 10 }));
    expect(recordingOf(moved).currentRecorderUid).toBe('104');
    expect(recordingOf(moved).uid).toBe('527841');
  });
});

describe('its list of files', () => {
  const early = notification(4, { fileList: 'of-event-4.m3u8' }, { at: 50 });
  const status = notification(3, { status: 5, fileList: 'of-event-3.m3u8' }, { at: 60 });
  const uploaded = notification(31, { fileList: [{ fileName: 'of-event-31.mp4' }] }, { at: 30 });
  const backedUp = notification(32, { fileList: [{ fileName: 'of-event-32.mp4' }] }, { at: 40 });
  const firstQuery = queried(5, { at: 10, response: { fileList: 'of-query.m3u8' } });
  const stop = stopped({ fileList: 'of-stop.m3u8' }, { at: 20 });

  function shown(...observations: Observation[]): string[] {
    return [observations, observations.toReversed()].map((order) => {
      const { fileList } = recordingOf(foldAll(order));
      if (fileList === null) return 'none';
      return fileList.kind === 'playlist' ? fileList.fileName : fileList.files.map((f) => f.fileName).join();
    });
  }

  it('is that of the later of two early events', () => {
    expect(shown(early, status)).toEqual(['of-event-3.m3u8', 'of-event-3.m3u8']);
  });

  it('is that of the uploaded files before that of any early event, however late', () => {
    expect(shown(early, status, uploaded)).toEqual(['of-event-31.mp4', 'of-event-31.mp4']);
    expect(shown(early, status, uploaded, backedUp)).toEqual(['of-event-32.mp4', 'of-event-32.mp4']);
  });

  it('is that of a reply before that of any event, however late, and of two replies the later', () => {
    expect(shown(early, status, uploaded, backedUp, firstQuery)).toEqual(['of-query.m3u8', 'of-query.m3u8']);
    expect(shown(early, uploaded, firstQuery, stop)).toEqual(['of-stop.m3u8', 'of-stop.m3u8']);
  });

  it('is decided by uid, sequence and hash where two lists come in one moment', () => {
    const list = (fileList: string, about: object) => notification(4, { fileList }, { at: 1, ...about });
    const smallUid = list('small-uid', { uid: '1', sequence: 9, hash: 'f' });
    const lowSequence = list('low-sequence', { uid: '2', sequence: 1, hash: 'f' });
    const lowHash = list('low-hash', { uid: '2', sequence: 2, hash: 'a' });
    const highHash = list('high-hash', { uid: '2', sequence: 2, hash: 'b' });
    expect(shown(smallUid, lowSequence)).toEqual(['low-sequence', 'low-sequence']);
    expect(shown(lowSequence, lowHash)).toEqual(['low-hash', 'low-hash']);
    expect(shown(highHash, lowHash)).toEqual(['high-hash', 'high-hash']);
  });

  it('keeps every file that any list named, and shows the most detailed entry of each', () => {
    const rich = {
      fileName: 'b.mp4',
      trackType: 'audio_and_video',
      uid: '0',
      mixedAllUser: true,
      isPlayable: true,
      sliceStartTime: T0,
    };
    const observations = [
      queried(5, { at: 90, response: { fileList: [{ fileName: 'b.mp4' }, { fileName: 'a.m3u8' }] } }),
      notification(31, { fileList: [rich] }, { at: 10 }),
      notification(4, { fileList: 'c.m3u8' }, { at: 5 }),
    ];
    for (const order of [observations, observations.toReversed()]) {
      const { files } = recordingOf(foldAll(order));
      expect(files.map(({ fileName }) => fileName)).toEqual(['a.m3u8', 'b.mp4', 'c.m3u8']);
      expect(files[1]).toEqual(rich);
    }
  });
});

describe('what it remembers is bounded, and the bound does not depend on order', () => {
  function sameInEveryOrder(observations: Observation[], pick: (state: ReturnType<typeof begun>) => unknown) {
    const inOrder = pick(foldAll(observations));
    expect(pick(foldAll(observations.toReversed()))).toEqual(inOrder);
    const shuffled = fc.sample(permutationOf(observations), { numRuns: 3, seed: 7 });
    for (const order of shuffled) expect(pick(foldAll(order))).toEqual(inOrder);
  }

  it(`shows ${MAX_STREAMS} streams`, () => {
    expect(MAX_STREAMS).toBe(64);
    const observations = Array.from({ length: 80 }, (_, index) =>
      notification(43, { streamUid: String(index), state: index % 2 }, { at: index }),
    );
    expect(recordingOf(foldAll(observations)).streams).toHaveLength(64);
    sameInEveryOrder(observations, (state) => recordingOf(state).streams);
  });

  it(`shows ${MAX_PROBLEMS} problems, the first ones`, () => {
    expect(MAX_PROBLEMS).toBe(100);
    const observations = Array.from({ length: 130 }, (_, index) =>
      notification(2, { module: 1, warnCode: 31 }, { at: index }),
    );
    const { problems } = recordingOf(foldAll(observations));
    expect(problems).toHaveLength(100);
    expect(problems.at(-1)?.occurredAt).toBe(T0 + 99 * SECOND);
    sameInEveryOrder(observations, (state) => recordingOf(state).problems);
  });

  it(`shows ${MAX_FILES} files`, () => {
    expect(MAX_FILES).toBe(2_000);
    const observations = Array.from({ length: 6 }, (_, index) => {
      const fileList = Array.from({ length: 500 }, (_unused, file) => ({
        fileName: `${String((index * 350 + file) % 2_600)}.ts`,
        ...(index % 2 === 0 ? { uid: '0' } : {}),
      }));
      return queried(5, { at: index, response: { fileList } });
    });
    expect(recordingOf(foldAll(observations)).files).toHaveLength(2_000);
    sameInEveryOrder(observations, (state) => recordingOf(state).files);
  });
});

describe('what else it shows', () => {
  it('shows for each stream whether it is received, by the latest event of its kind', () => {
    const observations = [
      notification(43, { streamUid: '10', state: 0 }, { at: 1 }),
      notification(44, { streamUid: '10', state: 0 }, { at: 2 }),
      notification(44, { streamUid: '10', state: 1 }, { at: 3 }),
      notification(43, { streamUid: '9', state: 1 }, { at: 1 }),
    ];
    expect(recordingOf(foldAll(observations.toReversed())).streams).toEqual([
      { uid: '9', audio: false, video: null },
      { uid: '10', audio: true, video: false },
    ]);
  });

  it('shows the number of an error, its meaning and the message from Agora', () => {
    const { problems } = recordingOf(
      begun(
        notification(1, { module: 1, errorLevel: 4, errorCode: 47, errorMsg: 'no such bucket' }, { at: 1 }),
        notification(1, { module: 0, errorLevel: 2, errorCode: 999, errorMsg: '' }, { at: 2 }),
        notification(2, { module: 1, warnCode: 31 }, { at: 3 }),
      ),
    );
    expect(problems.map(({ code }) => code)).toEqual([
      'AGORA_ERROR_47',
      'AGORA_ERROR_999',
      'AGORA_WARNING_31',
    ]);
    expect(problems[0]?.message).toContain('The upload of recorded files failed.');
    expect(problems[0]?.message).toContain('no such bucket');
  });

  it.each<[number, Record<string, unknown>, string]>([
    [1, { module: 0, errorLevel: 2, errorCode: 999 }, 'Agora reported error 999 of module 0 (RECORDER).'],
    [1, { module: 1, errorLevel: 2 }, 'Agora reported an error of module 1 (UPLOADER) without a code.'],
    [1, { errorCode: 'x' }, 'Agora reported an error without a code.'],
    [2, { module: 6, warnCode: 7 }, 'Agora reported warning 7 of module 6 (WEB_RECORDER).'],
    [2, {}, 'Agora reported a warning without a code.'],
  ])('describes event %i with %j', (type, details, message) => {
    const unknown = notification(type, details, { at: 2 });
    expect(recordingOf(begun(unknown)).problems[0]?.message).toBe(message);
  });

  it('neither counts nor shows a screenshot whose name no storage can hold, as it is not listed', () => {
    const named = (fileName: string, at: number) => notification(45, { fileName }, { at });
    const { individual } = recordingOf(begun(named('a.jpg', 1), named(`${'x'.repeat(3_000)}.jpg`, 2)));
    expect(individual).toEqual({ latestSnapshot: 'a.jpg', snapshotCount: 1 });
  });

  it('counts what came, what came late and what is missing', () => {
    const { delivery } = recordingOf(
      begun(
        notification(40, {}, { sequence: 1 }),
        notification(42, {}, { sequence: 4 }),
        notification(43, {}, { sequence: 2 }),
        deadline('SILENT'),
      ),
    );
    expect(delivery).toMatchObject({ received: 3, outOfOrder: 1, missingCount: 2 });
    expect(delivery.missing.map(({ from, to }) => [from, to])).toEqual([
      [3, 3],
      [0, 0],
    ]);
  });
});
