import { describe, expect, it } from 'vitest';
import { type Observation } from '../../src/recordings/observation.js';
import { recordingOf } from '../../src/recordings/view/recording.js';
import { begun, notification, queried, stopped } from './observations.js';

const FILES = [{ fileName: 'a.m3u8' }, { fileName: 'b.m3u8' }];
const NO_LIST = { fileListMode: 'json', fileList: [], uploadingStatus: 'backuped' };

function shown(...observations: Observation[]) {
  const { phase, endReason, explanation, problems, fileList } = recordingOf(begun(...observations));
  return { phase, endReason, explanation, problems: problems.map(({ code }) => code), fileList };
}

describe('A recording that ended and whose last report names no file', () => {
  it('has the problem NO_FILES, and its explanation says what happens to files in the backup storage', () => {
    const { explanation, ...seen } = shown(queried(5, { at: 20 }), stopped(NO_LIST, { at: 100 }));
    expect(seen).toMatchObject({
      ...{ phase: 'COMPLETED', endReason: 'STOP_REQUESTED', problems: ['NO_FILES'] },
    });
    expect(explanation).toContain('notification 31 reports when');
  });

  it('has no such problem, and keeps its list, if a query named files before', () => {
    const seen = shown(
      queried(5, { at: 20, response: { fileListMode: 'json', fileList: FILES } }),
      stopped(NO_LIST, { at: 100 }),
      notification(31, { status: 0, fileList: [] }, { at: 120 }),
    );
    expect(seen).toMatchObject({ phase: 'COMPLETED', endReason: 'STOP_REQUESTED', problems: [] });
    expect(seen.fileList).toMatchObject({ kind: 'files', files: { length: 2 } });
  });

  it('has the problem NO_FILES if the list is left out of notification 31', () => {
    const report = notification(31, { msgName: 'uploaded', fileUrl: 'a.m3u8' }, { at: 105 });
    expect(shown(queried(5, { at: 20 }), report)).toMatchObject({
      ...{ phase: 'COMPLETED', endReason: 'UNKNOWN', problems: ['NO_FILES'] },
    });
  });
});
