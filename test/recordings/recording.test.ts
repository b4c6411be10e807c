import { describe, expect, it } from 'vitest';
import { type Observation } from '../../src/recordings/observation.js';
import { recordingOf, visiblePart } from '../../src/recordings/view/recording.js';
import {
  attempt,
  begun,
  deadline,
  foldAll,
  HOUR,
  notification,
  queried,
  reply,
  stopped,
  T0,
} from './observations.js';

function upload(...observations: Observation[]): [string, number | null] {
  const { state, progress } = recordingOf(begun(...observations)).upload;
  return [state, progress];
}

const running = notification(40, {}, { at: 1 });

describe('the upload of a recording', () => {
  it('has not begun before anything was uploaded', () => {
    expect(upload()).toEqual(['NOT_STARTED', null]);
    expect(upload(running)).toEqual(['NOT_STARTED', null]);
  });

  it('is in progress from the first file list, progress event or the end of the recording on', () => {
    expect(upload(running, notification(33, { progress: 2_500 }, { at: 60 }))).toEqual(['IN_PROGRESS', 0.25]);
    expect(upload(running, notification(4, { fileList: 'a.m3u8' }, { at: 9 }))).toEqual([
      'IN_PROGRESS',
      null,
    ]);
    expect(upload(running, notification(41, {}, { at: 99 }))).toEqual(['IN_PROGRESS', null]);
  });

  it('never goes back, whatever the order of its progress reports', () => {
    const [early, late] = [3_000, 6_000].map((progress, index) =>
      notification(33, { progress }, { at: 60 * (index + 1) }),
    ) as [Observation, Observation];
    expect(upload(running, late, early)).toEqual(['IN_PROGRESS', 0.6]);
    expect(upload(running, notification(33, { progress: 12_000 }))).toEqual(['IN_PROGRESS', 1]);
  });

  it('is done when all files are where they belong, and backed up while Agora still forwards some', () => {
    const uploaded = notification(31, {}, { at: 200 });
    const backedUp = notification(32, {}, { at: 100 });
    expect(upload(running, uploaded)).toEqual(['UPLOADED', 1]);
    expect(upload(running, backedUp)).toEqual(['BACKED_UP', 1]);
    expect(upload(running, uploaded, backedUp)).toEqual(['UPLOADED', 1]);
    expect(upload(running, stopped({ uploadingStatus: 'backuped' }, { at: 90 }))).toEqual(['BACKED_UP', 1]);
    expect(upload(running, stopped({ uploadingStatus: 'unknown' }, { at: 90 }))[0]).toBe('NOT_STARTED');
  });

  it('does not happen when nothing was recorded', () => {
    expect(upload(reply('stop', 206, { code: 435 }, { at: 90 }))).toEqual(['NOT_STARTED', null]);
  });

  it('has failed when the recording has, unless the files are proven there', () => {
    const failed = queried(20, { at: 90 });
    expect(upload(running, failed)[0]).toBe('FAILED');
    expect(upload(running, failed, notification(31))).toEqual(['UPLOADED', 1]);
  });

  it('is unknown when the recording ended without a word of its files', () => {
    expect(upload(running, notification(11, { exitStatus: 0 }, { at: 90 }))[0]).toBe('UNKNOWN');
    expect(upload(running, deadline('NOT_FOUND', { at: 190 }))[0]).toBe('UNKNOWN');
  });
});

describe('a recording', () => {
  it('that was started here shows what it was started with', () => {
    const recording = recordingOf(foldAll([attempt({ facts: { resourceExpiredHour: 5 } })]));
    expect(recording).toMatchObject({ mode: 'COMPOSITE', resourceId: 'resource-1', sid: null });
    expect(recording.settings?.maxIdleTime).toBe(30);
    expect(recording.storage?.bucket).toBe('files');
    expect(recording.expiresAt).toBeNull();
  });

  it('expires as long after its start was taken as its resource said', () => {
    expect(recordingOf(begun()).expiresAt).toBe(T0 + 24 * HOUR);
  });

  it('that was started elsewhere has no settings, no known mode, and never expires', () => {
    const recording = recordingOf(foldAll([running]));
    expect(recording).toMatchObject({ mode: 'UNKNOWN', settings: null, storage: null, expiresAt: null });
  });

  it("names Agora's status, and an undocumented one as UNKNOWN", () => {
    expect(recordingOf(begun(queried(5, { at: 9 }))).serviceStatus).toBe('IN_PROGRESS');
    expect(recordingOf(begun(queried(11, { at: 9 })))).toMatchObject({
      serviceStatus: 'UNKNOWN',
      serviceStatusCode: 11,
      phase: 'STARTING',
    });
  });

  it('shows more than bookkeeping only where its observations differ', () => {
    const once = begun(running);
    const twice = begun(running, running);
    expect(visiblePart(twice)).toEqual(visiblePart(once));
    expect(recordingOf(twice).delivery).not.toEqual(recordingOf(once).delivery);
  });
});

describe('the file list of an individual recording', () => {
  const individual = attempt({ facts: { mode: 'individual' } });
  const audio = notification(4, { fileList: 'a_audio.m3u8' }, { at: 9 });
  const video = notification(4, { fileList: 'a_video.m3u8' }, { at: 10 });

  it('is the playlist while one is known, and all playlists as soon as several are, whatever their order', () => {
    expect(recordingOf(foldAll([individual, audio])).fileList).toEqual({
      kind: 'playlist',
      fileName: 'a_audio.m3u8',
    });
    for (const events of [
      [audio, video],
      [video, audio],
    ]) {
      const list = recordingOf(foldAll([individual, ...events])).fileList;
      expect(list).toMatchObject({
        kind: 'files',
        files: [{ fileName: 'a_audio.m3u8' }, { fileName: 'a_video.m3u8' }],
      });
    }
  });
});

describe('the time since which the recorder writes', () => {
  it('is what a query reports first, in any order, and unknown before', () => {
    expect(recordingOf(begun()).recordingSince).toBeNull();
    const [first, later] = [T0 + 3_000, T0 + 90_000].map((sliceStartTime, index) =>
      queried(5, { at: 10 + index, response: { sliceStartTime } }),
    ) as [Observation, Observation];
    expect(recordingOf(begun(first, later)).recordingSince).toBe(T0 + 3_000);
    expect(recordingOf(begun(later, first)).recordingSince).toBe(T0 + 3_000);
  });
});
