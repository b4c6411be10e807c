import { describe, expect, it } from 'vitest';
import {
  expectLike,
  expectNoticeLike,
  PAGE,
  recordPage,
  serverResponse,
  serviceIn,
  stopAndHear,
  stopAndWait,
  webPage,
} from '../support/modes.js';
import { type Json, openWithReceiver, sample } from '../support/sandbox.js';

const MODE = 'web';
const HLS_AND_MP4 = { recordingFileConfig: { avFileType: ['hls', 'mp4'] } };
const HOUR = 3_600_000;

describe('A web page recording', () => {
  it('works from acquire to stop in the format of the samples', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const recording = await recordPage(sandbox, { ...webPage(), ...HLS_AND_MP4 });
    await sandbox.step(1_000);
    const starting = await sandbox.query(recording, MODE);
    expect(serverResponse(starting)).toEqual({
      status: 2,
      extensionServiceState: [
        { serviceName: 'web_recorder_service', payload: { state: 'init', onhold: false, fileList: [] } },
      ],
    });
    await sandbox.step(2_000);
    expect(serverResponse(await sandbox.query(recording, MODE)).status).toBe(4);
    await sandbox.step(60_000);
    const inProgress = await sandbox.query(recording, MODE);
    expectLike(inProgress, 'query-web-filename');
    const { fileList, ...rest } = serviceIn(inProgress, 'web_recorder_service') ?? {};
    expect(rest).toEqual({ state: 'inProgress', onhold: false });
    const stem = `sandbox/${recording.sid}_board-page-88`;
    expect((fileList as Json[]).map((file) => file.filename)).toEqual([`${stem}.m3u8`, `${stem}_0.mp4`]);

    const stopped = await stopAndWait(sandbox, recording, MODE);
    expectLike(stopped, 'stop-web');
    expect(serviceIn(stopped, 'upload_service')).toEqual({ uploadingStatus: 'uploaded' });
    expect(serviceIn(stopped, 'web_recorder_service')).toEqual({ state: 'exit', onhold: false, fileList });

    await receiver.next(11);
    await expect.poll(() => receiver.types()).toEqual([70, 30, 4, 3, 33, 71, 33, 31, 11]);
    expectNoticeLike(receiver.ofType(70)[0], '70-web-started');
    expectNoticeLike(receiver.ofType(71)[0], '71-web-stopped-ok');
    expectNoticeLike(receiver.ofType(31)[0], '31-uploaded-web-no-files');
    expect(receiver.ofType(71)[0]?.payload.details).toMatchObject({ code: 0, message: 'ok', fileList });
    expect(receiver.ofType(11)[0]?.payload.details.exitStatus).toBe(0);
    expect((await sandbox.query(recording, MODE)).status).toBe(404);
  });

  it('begins a new MP4 file after maxVideoDuration, not counting pauses', async () => {
    const { sandbox } = await openWithReceiver();
    const recording = await recordPage(sandbox, { ...webPage({ maxVideoDuration: 30 }), ...HLS_AND_MP4 });
    const hold = async (onhold: boolean) => {
      const reply = await sandbox.update(recording, { webRecordingConfig: { onhold } }, MODE);
      expectLike(reply, 'update-ok');
    };
    await sandbox.step(2_000 + HOUR / 4);
    await hold(true);
    await sandbox.step(HOUR);
    expect(await sandbox.truth(recording.sid)).toMatchObject({ onhold: true, phase: 'recording' });
    const held = serviceIn(await sandbox.query(recording, MODE), 'web_recorder_service');
    expect(held).toMatchObject({ onhold: true, state: 'inProgress' });
    expect(held?.fileList).toHaveLength(2);
    await hold(false);
    await sandbox.step(HOUR / 4 - 10_000);
    expect((await sandbox.truth(recording.sid)).files).toHaveLength(2);
    await sandbox.step(20_000);
    expect((await sandbox.truth(recording.sid)).files).toHaveLength(3);
  });

  it('records nothing while it is paused from the start', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const recording = await recordPage(sandbox, webPage({ onhold: true }));
    await sandbox.step(60_000);
    const held = await sandbox.query(recording, MODE);
    expect(serverResponse(held).status).toBe(4);
    expect(serviceIn(held, 'web_recorder_service')).toEqual({
      ...{ state: 'inProgress', onhold: true, fileList: [] },
    });
    const resume = sample('request-update-web-onhold').clientRequest;
    expectLike(await sandbox.update(recording, resume, MODE), 'update-ok');
    await sandbox.step(5_000);
    expect(serverResponse(await sandbox.query(recording, MODE)).status).toBe(5);
    await receiver.next(3);
    await expect.poll(() => receiver.types()).toEqual([70, 30, 4, 3]);
  });

  it('can end without files', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const recording = await recordPage(sandbox, webPage({ onhold: true }));
    await sandbox.step(5_000);
    const reply = await stopAndWait(sandbox, recording, MODE);
    expect([reply.status, reply.body.code]).toEqual([206, 435]);
    await receiver.next(11);
    await expect.poll(() => receiver.types()).toEqual([70, 30, 71, 11]);
    expect(receiver.ofType(71)[0]?.payload.details).toMatchObject({ code: 0, fileList: [] });
  });

  it('ends after maxRecordingHour, and is never idle', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    await sandbox.control('PUT', '/channels/board-page-88', { publishers: [] });
    const recording = await recordPage(sandbox, webPage({ maxRecordingHour: 1 }));
    await sandbox.step(HOUR);
    expect((await sandbox.query(recording, MODE)).status).toBe(200);
    await sandbox.step(10_000);
    await receiver.next(11);
    expect(receiver.ofType(71)[0]?.payload.details).toMatchObject({ code: 1, message: 'max_recording_hour' });
    // By sequence: they may arrive out of order.
    const latest = (type: number) =>
      Math.max(...receiver.ofType(type).map(({ payload }) => payload.sequence ?? -1));
    const numbers = [71, 33, 31, 11].map(latest);
    expect(numbers).toEqual(numbers.toSorted((left, right) => left - right));
    expect(await sandbox.truth(recording.sid)).toMatchObject({ phase: 'ended', exitStatus: 0, stopCode: 1 });
  });

  it('accepts any name of up to 1024 bytes, and its file names have dashes for special characters', async () => {
    const { sandbox } = await openWithReceiver();
    const cname = `Tafel 88/ä?${'x'.repeat(1_000)}`;
    const { sid } = await recordPage(sandbox, webPage(), cname);
    await sandbox.step(10_000);
    const { files } = await sandbox.truth(sid);
    expect(files).toMatchObject([{ filename: `sandbox/${sid}_Tafel-88---${'x'.repeat(1_000)}.m3u8` }]);
    expect((await sandbox.acquire('x'.repeat(1_025), '1', { scene: 1 })).body.code).toBe(2);
  });

  it('moves to another server on request', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const recording = await recordPage(sandbox);
    await sandbox.step(10_000);
    await sandbox.control('POST', `/recordings/${recording.sid}/failover`);
    expect((await sandbox.query(recording, MODE)).status).toBe(404);
    await sandbox.step(11_000);
    expect((await sandbox.query(recording, MODE)).status).toBe(200);
    await expect.poll(() => receiver.ofType(70)).toHaveLength(2);
    const { newUid } = (await receiver.next(12)).payload.details;
    await stopAndHear(sandbox, receiver, recording, MODE);
    const { uid, details } = (await receiver.next(71)).payload;
    expect(uid).toBe(String(newUid));
    expect((details.fileList as Json[])[1]?.filename).toMatch(/\/bak0_/);
  });

  it('reports files in the backup cloud', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const recording = await recordPage(sandbox);
    await sandbox.step(10_000);
    await sandbox.control('PUT', `/recordings/${recording.sid}`, { backup: true });
    const stopped = await stopAndWait(sandbox, recording, MODE);
    expect(serviceIn(stopped, 'upload_service')).toEqual({ uploadingStatus: 'backuped' });
    expect((await receiver.next(32)).payload.details).toEqual({ msgName: 'backuped', status: 0 });
  });

  it('loses the files of its stop by a query', async () => {
    const { sandbox } = await openWithReceiver();
    const recording = await recordPage(sandbox);
    await sandbox.step(10_000);
    const stopping = sandbox.stop(recording, {}, MODE);
    await expect.poll(async () => (await sandbox.truth(recording.sid)).phase).toBe('stopping');
    await sandbox.query(recording, MODE);
    await sandbox.step(3_000);
    const reply = await stopping;
    expect(reply.status).toBe(206);
    expect(serverResponse(reply).extensionServiceState).toEqual([
      { serviceName: 'upload_service', payload: { uploadingStatus: 'unknown' } },
    ]);
  });
});

describe('A page', () => {
  it('that is never ready is reloaded once, and then ends the recording', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const url = `${PAGE}/never-ready`;
    const { sid } = await recordPage(sandbox, webPage({ url, readyTimeout: 20 }));
    await sandbox.step(25_000);
    expect(await sandbox.truth(sid)).toMatchObject({ pageReady: false, reloads: 1, files: [] });
    await sandbox.step(25_000);
    await receiver.next(11);
    await expect.poll(() => receiver.types()).toEqual([70, 30, 73, 71, 11]);
    expectNoticeLike(receiver.ofType(73)[0], '73-web-reload');
    expect(receiver.ofType(71)[0]?.payload.details).toMatchObject({ code: 4, message: 'page_load_timeout' });
    const [started, reloaded, stopped] = [70, 73, 71].map(
      (type) => receiver.ofType(type)[0]?.payload.sendts ?? 0,
    );
    expect(Number(reloaded) - Number(started)).toBe(20_000);
    expect(Number(stopped) - Number(reloaded)).toBe(20_000);
    expect(receiver.ofType(11)[0]?.payload.details.exitStatus).toBe(1);
    expect(await sandbox.truth(sid)).toMatchObject({ status: 20, phase: 'ended' });
  });

  it('that is never ready is recorded if no readyTimeout is set', async () => {
    const { sandbox } = await openWithReceiver();
    const recording = await recordPage(sandbox, webPage({ url: `${PAGE}/never-ready` }));
    await sandbox.step(HOUR);
    expect(serverResponse(await sandbox.query(recording, MODE)).status).toBe(5);
  });

  it('that exceeds the recorder ends the recording, whose files are uploaded', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    await recordPage(sandbox, webPage({ url: `${PAGE}/heavy` }));
    await sandbox.step(20_000);
    await receiver.next(11);
    await expect.poll(() => receiver.types()).toEqual([70, 30, 4, 3, 72, 71, 33, 31, 11]);
    expectNoticeLike(receiver.ofType(72)[0], '72-web-capability-limit');
    expect(receiver.ofType(72)[0]?.payload.details.limitType).toBe('resolution');
    const { code, fileList } = receiver.ofType(71)[0]?.payload.details ?? {};
    expect(code).toBe(2);
    expect(fileList).toHaveLength(1);
    expect(receiver.ofType(11)[0]?.payload.details.exitStatus).toBe(1);
  });
});
