import { describe, expect, it } from 'vitest';
import {
  expectLike,
  expectNoticeLike,
  INDIVIDUAL,
  recordEach,
  serverResponse,
  stopAndHear,
  stopAndWait,
} from '../support/modes.js';
import { type Json, openWithReceiver, sample } from '../support/sandbox.js';

const MODE = 'individual';

const both = (uid: string) => ({ uid, audio: true, video: true });
const talker = (uid: string) => ({ uid, audio: true, video: false });

async function openWith(...publishers: Json[]) {
  const opened = await openWithReceiver();
  await opened.sandbox.control('PUT', '/channels/panel-302', { publishers });
  return opened;
}

function names(fileList: unknown): string[] {
  return (fileList as { fileName: string }[]).map((file) => file.fileName.replace(/^.*__uid_s_/, ''));
}

describe('An individual recording', () => {
  it('has a playlist for each user and track', async () => {
    const { sandbox, receiver } = await openWith(both('71'), talker('72'));
    const recording = await recordEach(sandbox);
    await sandbox.step(4_000);
    expect(serverResponse(await sandbox.query(recording, MODE))).toEqual({ status: 4 });
    await sandbox.step(4_000);
    const reply = await sandbox.query(recording, MODE);
    expectLike(reply, 'query-individual-json');
    const { fileList, ...rest } = serverResponse(reply);
    expect(rest).toMatchObject({ status: 5, fileListMode: 'json' });
    const first = (fileList as Json[])[0];
    const stem = `sandbox/${recording.sid}_panel-302`;
    expect(first).toMatchObject({ trackType: 'audio', uid: '71', mixedAllUser: false, isPlayable: true });
    expect(first?.fileName).toBe(`${stem}__uid_s_71__uid_e_audio.m3u8`);
    expect(names(fileList)).toEqual(['71__uid_e_audio.m3u8', '71__uid_e_video.m3u8', '72__uid_e_audio.m3u8']);

    const stopped = await stopAndWait(sandbox, recording, MODE);
    expect(serverResponse(stopped)).toEqual({ fileListMode: 'json', fileList, uploadingStatus: 'uploaded' });
    expect((await receiver.next(31)).payload.details).toMatchObject({ fileList, status: 0 });
  });

  it('reports a slice for each track, and otherwise the events of a composite recording', async () => {
    const { sandbox, receiver } = await openWith(both('71'), talker('72'));
    const recording = await recordEach(sandbox);
    await sandbox.step(70_000);
    await stopAndHear(sandbox, receiver, recording, MODE);
    await expect
      .poll(() => receiver.types())
      .toEqual([40, 30, 42, 42, 42, 43, 44, 43, 4, 3, 33, 41, 33, 31, 11]);
    const slices = receiver.ofType(42).map(({ payload: { details } }) => details);
    expect(slices.map(({ streamUid, trackType }) => `${String(streamUid)} ${String(trackType)}`)).toEqual(
      expect.arrayContaining(['71 audio', '71 video', '72 audio']),
    );
    expectNoticeLike(receiver.ofType(42)[0], '42-slice-start');
    expect(slices[0]?.mixedAllUser).toBe(false);
    expectNoticeLike(receiver.ofType(3)[0], '3-status-update');
    expect(receiver.ofType(3)[0]?.payload.details.recordingMode).toBe(0);
    expect(receiver.ofType(4)[0]?.payload.details.fileList).toMatch(/__uid_s_71__uid_e_audio\.m3u8$/);
  });

  it('begins a playlist when a user joins, and continues it when the user returns', async () => {
    const { sandbox } = await openWith(talker('71'));
    const recording = await recordEach(sandbox);
    await sandbox.step(10_000);
    const list = async () => {
      await sandbox.step(1_000);
      return serverResponse(await sandbox.query(recording, MODE)).fileList as Json[];
    };
    for (const publishers of [[talker('71'), talker('72')], [talker('71')], [both('71'), talker('72')]]) {
      await sandbox.control('PUT', '/channels/panel-302', { publishers });
      await list();
    }
    const files = await list();
    expect(names(files)).toEqual(['71__uid_e_audio.m3u8', '71__uid_e_video.m3u8', '72__uid_e_audio.m3u8']);
    expect(Number(files[1]?.sliceStartTime)).toBeGreaterThan(Number(files[2]?.sliceStartTime));
  });

  it('reports its upload in the format of the samples', async () => {
    const { sandbox, receiver } = await openWith(talker('71'), talker('72'));
    const recording = await recordEach(sandbox);
    await sandbox.step(10_000);
    await stopAndHear(sandbox, receiver, recording, MODE);
    expectNoticeLike(await receiver.next(31), '31-uploaded-individual');
  });

  it('merges both tracks of a user in streamMode standard', async () => {
    const { sandbox } = await openWith(both('71'), talker('72'));
    const recordingConfig = { ...INDIVIDUAL.recordingConfig, streamMode: 'standard' };
    const recording = await recordEach(sandbox, { recordingConfig });
    await sandbox.step(10_000);
    const { fileList } = serverResponse(await sandbox.query(recording, MODE));
    expect(names(fileList)).toEqual([
      '71__uid_e_audio.m3u8',
      '71__uid_e_video.m3u8',
      '71__uid_e_audio_and_video.m3u8',
      '72__uid_e_audio.m3u8',
    ]);
  });

  it('records the streams that update subscribes to', async () => {
    const { sandbox } = await openWith(talker('71'), talker('72'));
    const recordingConfig = { ...INDIVIDUAL.recordingConfig, subscribeAudioUids: ['71'] };
    const recording = await recordEach(sandbox, { recordingConfig });
    await sandbox.step(10_000);
    const reply = await sandbox.update(
      recording,
      { streamSubscribe: { audioUidList: { subscribeAudioUids: ['72'] } } },
      MODE,
    );
    expectLike(reply, 'update-ok');
    const { fileList } = serverResponse(await sandbox.query(recording, MODE));
    expect(names(fileList)).toEqual(['71__uid_e_audio.m3u8', '72__uid_e_audio.m3u8']);
    expect((await sandbox.truth(recording.sid)).streams).toEqual({ '72': { audio: true, video: false } });
  });

  it('records more than 17 users if its group is larger', async () => {
    const users = Array.from({ length: 40 }, (_, index) => talker(String(index + 1)));
    const { sandbox } = await openWith(...users);
    const recordingConfig = { channelType: 1, subscribeUidGroup: 4 };
    const { sid } = await recordEach(sandbox, { recordingConfig });
    await sandbox.step(10_000);
    expect((await sandbox.truth(sid)).files).toHaveLength(32);
  });

  it('leaves an idle channel', async () => {
    const { sandbox, receiver } = await openWith();
    const recording = await recordEach(sandbox);
    await sandbox.step(40_000);
    await receiver.next(11);
    await expect.poll(() => receiver.types()).toEqual([40, 30, 41, 11]);
    expect((await sandbox.query(recording, MODE)).status).toBe(404);
  });

  it('has separate playlists after a failover', async () => {
    const { sandbox, receiver } = await openWith(talker('71'));
    const { sid } = await recordEach(sandbox);
    await sandbox.step(10_000);
    await sandbox.control('POST', `/recordings/${sid}/failover`);
    await sandbox.step(11_000);
    await receiver.next(12);
    const { files } = await sandbox.truth(sid);
    expect((files as { fileName: string }[]).map((file) => file.fileName)).toEqual([
      `sandbox/${sid}_panel-302__uid_s_71__uid_e_audio.m3u8`,
      `sandbox/bak0_${sid}_panel-302__uid_s_71__uid_e_audio.m3u8`,
    ]);
    await expect.poll(() => receiver.ofType(42)).toHaveLength(2);
  });
});

describe('Screenshots', () => {
  const snapshotConfig = { captureInterval: 30, fileType: ['jpg'] };
  const video = { channelType: 1, streamTypes: 1, subscribeUidGroup: 1 };

  it('without a recording show every user with video, and replies have no files', async () => {
    const { sandbox, receiver } = await openWith(both('71'), both('72'), talker('73'));
    const request = sample('request-start-individual-snapshot-only').clientRequest as Json;
    const recording = await recordEach(sandbox, request);
    await sandbox.step(3_000 + 60_000);
    const reply = await sandbox.query(recording, MODE);
    expectLike(reply, 'query-individual-snapshot-only');
    expect(serverResponse(reply).status).toBe(5);
    await expect.poll(() => receiver.ofType(45)).toHaveLength(4);
    const stem = `acme/lesson4711/${recording.sid}_panel-302__uid_s_`;
    for (const { payload } of receiver.ofType(45)) {
      const uid = String(payload.details.fileName).slice(stem.length, stem.length + 2);
      const time = new Date(payload.sendts).toISOString().replaceAll(/[^0-9]/g, '');
      expect(['71', '72']).toContain(uid);
      expect(payload).toMatchObject({
        serviceType: 1,
        details: {
          msgName: 'recorder_snapshot_file',
          fileName: `${stem}${uid}__uid_e_video_${time}.jpg`,
        },
      });
    }
    expect(await sandbox.truth(recording.sid)).toMatchObject({ snapshots: 4, files: [], mode: MODE });

    expectLike(await stopAndWait(sandbox, recording, MODE), 'stop-individual-snapshot');
    await receiver.next(11);
    expect(receiver.ofType(42)).toEqual([]);
    expect(receiver.ofType(4)).toEqual([]);
    expect((await receiver.next(31)).payload.details.fileList).toEqual([]);
  });

  it('can accompany a recording, whose files only events name', async () => {
    const { sandbox, receiver } = await openWith(both('71'));
    const recordingFileConfig = { avFileType: ['hls'] };
    const recording = await recordEach(sandbox, {
      ...{ snapshotConfig, recordingFileConfig },
      recordingConfig: { ...video, streamTypes: 2 },
    });
    await sandbox.step(3_000 + 30_000);
    expectLike(await sandbox.query(recording, MODE), 'query-individual-snapshot-only');
    expect((await sandbox.truth(recording.sid)).files).toHaveLength(2);
    await stopAndHear(sandbox, receiver, recording, MODE);
    await expect.poll(() => receiver.types()).toEqual([40, 30, 42, 42, 43, 44, 4, 3, 45, 41, 33, 31, 11]);
    expect(receiver.ofType(31)[0]?.payload.details.fileList).toHaveLength(2);
  });

  it('are taken every ten seconds by default, while there is video', async () => {
    const { sandbox } = await openWith(both('71'));
    const { sid } = await recordEach(sandbox, {
      snapshotConfig: { fileType: ['jpg'] },
      recordingConfig: { ...video, maxIdleTime: 600 },
    });
    await sandbox.step(3_000 + 60_000);
    expect((await sandbox.truth(sid)).snapshots).toBe(6);
    await sandbox.control('PUT', '/channels/panel-302', { publishers: [talker('71')] });
    await sandbox.step(60_000);
    expect((await sandbox.truth(sid)).snapshots).toBe(6);
    await sandbox.control('PUT', '/channels/panel-302', { publishers: [both('71')] });
    await sandbox.step(60_000);
    expect((await sandbox.truth(sid)).snapshots).toBe(12);
  });
});
