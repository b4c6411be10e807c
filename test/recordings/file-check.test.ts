import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextStep } from '../../src/recordings/policy/next-step.js';
import { recordingOf, visiblePart } from '../../src/recordings/view/recording.js';
import { type RecordingState } from '../../src/recordings/state.js';
import {
  attempt,
  blank,
  filesChecked,
  foldAll,
  HOUR,
  notification,
  SECOND,
  startFacts,
  started,
  T0,
} from './observations.js';

const { storage } = startFacts();
const CHECKING = { storage: storage === null ? null : { ...storage, checkFiles: true } };

const files = { fileList: [{ fileName: 'a.m3u8', trackType: 'audio_and_video', uid: '0' }], status: 0 };
const uploaded = (at: number, details: object = files) => notification(31, { ...details }, { at });
const exited = notification(11, { exitStatus: 0 }, { at: 100 });
const begin = attempt({ facts: CHECKING });

/** Seconds after T0 at which the files are checked; null if they are not. */
function checkedAt(state: RecordingState): number | null {
  const step = nextStep(state, T0 + 1_000 * HOUR);
  return step?.action === 'check-files' ? (step.at - T0) / SECOND : null;
}

describe('The files of a recording are checked in the storage', () => {
  it('a minute after Agora reported that all are uploaded', () => {
    expect(checkedAt(foldAll([begin, started(), exited, uploaded(200)]))).toBe(260);
  });

  it('a day after the end, where Agora did not report it', () => {
    const backedUp = notification(32, files, { at: 120 });
    expect(checkedAt(foldAll([begin, started(), exited, backedUp]))).toBe(100 + 24 * 3_600);
  });

  it('once, and again if the upload is reported after it', () => {
    const backedUp = notification(32, files, { at: 120 });
    const state = foldAll([begin, started(), exited, backedUp, filesChecked({}, { at: 90_000 })]);
    expect(checkedAt(state)).toBeNull();
    const late = foldAll([uploaded(100_000)], state);
    expect(checkedAt(late)).toBe(100_060);
    expect(checkedAt(foldAll([filesChecked({}, { at: 100_060 })], late))).toBeNull();
  });

  it.each([
    ['was started with a profile that does not ask for it', [attempt(), started(), exited, uploaded(200)]],
    ['runs', [begin, started(), notification(40, {}, { at: 3 })]],
    ['has no files', [begin, started(), exited, uploaded(200, { fileList: [], status: 0 })]],
    ['failed', [begin, started(), notification(11, { exitStatus: 1 }, { at: 100 })]],
  ])('never while it %s', (_what, observations) => {
    expect(checkedAt(foldAll(observations))).toBeNull();
  });
});

describe('A check of the files', () => {
  const completed = [begin, started(), exited, uploaded(200)];
  const problems = (check: Parameters<typeof filesChecked>[0]) =>
    recordingOf(foldAll([...completed, filesChecked(check, { at: 260 })])).problems;

  it('is a problem for each file that is not there, and for those beyond the named ones together', () => {
    const found = problems({ missing: ['a.m3u8'], denied: ['b.mp4'], absent: 9 });
    expect(found.map(({ code, name }) => [code, name])).toEqual([
      ['FILE_NOT_FOUND_IN_STORAGE', 'FILE_NOT_FOUND_IN_STORAGE:a.m3u8'],
      ['FILE_NOT_FOUND_IN_STORAGE', 'FILE_NOT_FOUND_IN_STORAGE:b.mp4'],
      ['FILE_NOT_FOUND_IN_STORAGE', 'FILE_NOT_FOUND_IN_STORAGE:'],
    ]);
    expect(found[0]?.message).toMatch(/^Bucket files, asked at .* does not have a\.m3u8, .*Check whether/);
    expect(found[1]?.message).toContain('refuses b.mp4');
    expect(found[2]?.message).toContain('lacks 7 more files');
  });

  it('leads to a problem only if a file is not there, or if the check was not made, with the reason', () => {
    expect(problems({})).toEqual([]);
    const notMade = { reason: 'STORAGE_UNREACHABLE', message: 'The storage cannot be reached.' };
    expect(problems({ files: 0, notMade })).toMatchObject([
      { code: 'FILE_CHECK_FAILED', message: expect.stringContaining(notMade.message) as string },
    ]);
  });

  it('is what the latest one found, in whatever order they arrive, and changes nothing else', () => {
    const checks = [
      filesChecked({ missing: ['a.m3u8'], absent: 1 }, { at: 260 }),
      filesChecked({}, { at: 90_000 }),
    ];
    const all = [...completed, ...checks];
    const expected = visiblePart(foldAll(all));
    expect(expected.fileCheck).toMatchObject({ absent: 0, checkedAt: T0 + 90_000 * SECOND });
    expect(expected).toEqual({ ...visiblePart(foldAll(completed)), fileCheck: expected.fileCheck });
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        expect(visiblePart(foldAll(order, blank()))).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});
