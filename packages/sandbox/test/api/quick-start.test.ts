import { describe, expect, it } from 'vitest';
import { expectLike, expectNoticeLike, serverResponse, stopAndWait } from '../support/modes.js';
import {
  type Client,
  type Json,
  openSandbox,
  openWithReceiver,
  type Recording,
  sample,
} from '../support/sandbox.js';

const HLS_AND_MP4 = { recordingFileConfig: { avFileType: ['hls', 'mp4'] } };

describe('The quick start', () => {
  it('works from acquire to stop as documented', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const acquired = await sandbox.acquire('lesson-4711', '901001');
    expectLike(acquired, 'acquire-ok');
    expect(acquired.body.resourceId).toMatch(/^[A-Za-z0-9_-]{256}$/);
    expect(acquired.headers.get('x-request-id')).toBeTruthy();

    const where = { cname: 'lesson-4711', uid: '901001', resourceId: String(acquired.body.resourceId) };
    const started = await sandbox.start(where);
    expectLike(started, 'start-ok');
    expect(started.body.sid).toMatch(/^[0-9a-f]{32}$/);
    const recording = { ...where, sid: String(started.body.sid) };

    await sandbox.step(1_000);
    const starting = await sandbox.query(recording);
    expectLike(starting, 'query-starting');
    expect(serverResponse(starting).status).toBe(2);

    await sandbox.step(1_100);
    expect(serverResponse(await sandbox.query(recording))).toEqual({ status: 4 });

    await sandbox.step(5_000);
    const inProgress = await sandbox.query(recording);
    expectLike(inProgress, 'query-mix-hls');
    expect(serverResponse(inProgress)).toMatchObject({
      status: 5,
      fileListMode: 'string',
      fileList: `sandbox/${recording.sid}_lesson-4711.m3u8`,
    });

    expectLike(
      await sandbox.update(recording, {
        streamSubscribe: { audioUidList: { subscribeAudioUids: ['#allstream#'] } },
      }),
      'update-ok',
    );
    const layout = sample('request-updatelayout-custom').clientRequest;
    expectLike(await sandbox.updateLayout(recording, layout), 'updatelayout-ok');

    const stopping = sandbox.stop(recording);
    await sandbox.control('PUT', '/clock', { speed: 100 });
    const stopped = await stopping;
    expectLike(stopped, 'stop-mix-hls');
    expect(serverResponse(stopped).uploadingStatus).toBe('uploaded');

    await receiver.next(11);
    const gone = await sandbox.query(recording);
    expect([gone.status, gone.body]).toEqual([404, { code: 404, reason: 'failed to find worker' }]);
    expect(receiver.types()).toEqual([40, 30, 42, 43, 44, 4, 3, 44, 41, 33, 31, 11]);
  });

  it('sends every event in the format of the samples', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const recording = await sandbox.record('lesson-4711', '901001', HLS_AND_MP4);
    await sandbox.step(120_000);
    await sandbox.control('PUT', '/channels/lesson-4711', {
      publishers: [{ uid: '71', audio: true, video: false }],
    });
    await sandbox.step(1_000);
    await sandbox.stop(recording, { async_stop: true });
    await sandbox.step(4_000);
    await receiver.next(11);
    const samples: Record<number, string> = {
      ...{ 3: '3-status-update', 4: '4-file-infos', 11: '11-session-exit', 30: '30-uploader-started' },
      ...{ 31: '31-uploaded-mix-mp4', 33: '33-progress', 40: '40-recorder-started', 41: '41-leave-no-users' },
      ...{ 42: '42-slice-start', 43: '43-audio-state', 44: '44-video-state-lost' },
    };
    for (const [eventType, name] of Object.entries(samples)) {
      expectNoticeLike(receiver.ofType(Number(eventType))[0], name);
    }
    const sequences = receiver.arrivals.map(({ notice }) => notice.payload.sequence);
    expect(sequences.sort((left, right) => left - right)).toEqual(sequences.map((_, index) => index));
    expect(receiver.ofType(41)[0]?.payload.details.leaveCode).toBe(16);
    const progress = receiver.ofType(33).map((notice) => Number(notice.payload.details.progress));
    expect(Math.max(...progress)).toBe(10_000);
  });

  it('lists MP4 files with the playlist, a new one every two hours', async () => {
    const { sandbox } = await openWithReceiver();
    const recording = await sandbox.record('lesson-4711', '901001', HLS_AND_MP4);
    await sandbox.step(10_000);
    const early = await sandbox.query(recording);
    expectLike(early, 'query-mix-hls-mp4');
    await sandbox.step(2 * 3_600_000);
    const late = serverResponse(await sandbox.query(recording));
    const stem = `sandbox/${recording.sid}_lesson-4711`;
    expect((late.fileList as { fileName: string }[]).map((file) => file.fileName)).toEqual([
      `${stem}_0.mp4`,
      `${stem}_1.mp4`,
      `${stem}.m3u8`,
    ]);
    await sandbox.control('PUT', '/assumptions', { sliceStartTimeIsMilliseconds: false });
    const inSeconds = serverResponse(await sandbox.query(recording));
    expect((inSeconds.fileList as { sliceStartTime: number }[])[0]?.sliceStartTime).toBeLessThan(1e11);
    expect(inSeconds.sliceStartTime).toBeGreaterThan(1e11);
  });

  it('accepts the request of the samples', async () => {
    const { sandbox } = await openWithReceiver();
    const request = sample('request-start-mix-hls-mp4');
    const recording = await sandbox.record(
      String(request.cname),
      String(request.uid),
      request.clientRequest as Record<string, unknown>,
    );
    await sandbox.step(10_000);
    expect(serverResponse(await sandbox.query(recording)).status).toBe(5);
  });

  it('returns the addresses that notifications come from', async () => {
    const { sandbox } = await openWithReceiver();
    const reply = await sandbox.agora('GET', '/v1/ncs/ip');
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({ data: { service: { hosts: [{ primaryIP: '127.0.0.1' }] } } });
  });
});

describe('A mistake that the quick start lists', () => {
  const PLACE = { cname: 'lesson-4711', uid: '901001' };

  async function acquired(sandbox: Client) {
    const { body } = await sandbox.acquire(PLACE.cname, PLACE.uid);
    return { ...PLACE, resourceId: String(body.resourceId) };
  }

  it('start with the same resource id again: 201 and code 7, and only one recording', async () => {
    const sandbox = await openSandbox();
    const where = await acquired(sandbox);
    expect((await sandbox.start(where)).status).toBe(200);
    const again = await sandbox.start(where);
    expectLike(again, 'error-start-201-code7');
    expect(again.body.code).toBe(7);
    expect((await sandbox.control('GET', '/recordings')).body.recordings).toHaveLength(1);
  });

  it('acquire and start again with the same parameters: 400 and code 53', async () => {
    const sandbox = await openSandbox();
    const first = await acquired(sandbox);
    expect((await sandbox.start(first)).status).toBe(200);
    const second = await acquired(sandbox);
    expect(second.resourceId).not.toBe(first.resourceId);
    const conflict = await sandbox.start(second);
    expectLike(conflict, 'error-start-400-code53');
    expect(conflict.body.code).toBe(53);
    expect((await sandbox.control('GET', '/recordings')).body.recordings).toHaveLength(1);
  });

  describe('query after the recording has stopped: 404 and code 404', () => {
    async function expectGone(sandbox: Client, recording: Recording) {
      const gone = await sandbox.query(recording);
      expectLike(gone, 'error-query-404-worker');
      expect(gone.body.code).toBe(404);
    }

    it('because stop was called', async () => {
      const sandbox = await openSandbox();
      const recording = await sandbox.record();
      await sandbox.step(10_000);
      const stopped = await stopAndWait(sandbox, recording, 'mix');
      expect(stopped.status).toBe(200);
      await expectGone(sandbox, recording);
    });

    it('because the channel was idle for 30 seconds', async () => {
      const sandbox = await openSandbox();
      const recording = await sandbox.record();
      await sandbox.step(10_000);
      await sandbox.control('PUT', `/channels/${recording.cname}`, { publishers: [] });
      await sandbox.step(29_000);
      expect((await sandbox.query(recording)).status).toBe(200);
      await sandbox.step(10_000);
      await expectGone(sandbox, recording);
    });

    it.each([
      ['transcodingConfig', { recordingConfig: { channelType: 0, transcodingConfig: { width: 4_000 } } }],
      ['storageConfig', { storageConfig: { bucket: 'no-such-bucket' } }],
    ])('because %s was found to be wrong after the reply to start', async (_what, wrong: Json) => {
      const sandbox = await openSandbox();
      const storageConfig = { ...sandbox.info.storage, ...(wrong.storageConfig as Json | undefined) };
      const recording = await sandbox.record('lesson-4711', '901001', { ...wrong, storageConfig });
      await sandbox.step(1_000);
      expect((await sandbox.query(recording)).status).toBe(200);
      await sandbox.step(3_000);
      await expectGone(sandbox, recording);
    });
  });

  it('query together with stop: the reply to stop is 206 without fileList', async () => {
    const sandbox = await openSandbox();
    const recording = await sandbox.record();
    await sandbox.step(10_000);
    const stopping = sandbox.stop(recording);
    await expect.poll(async () => (await sandbox.truth(recording.sid)).phase).toBe('stopping');
    expect((await sandbox.query(recording)).status).toBe(200);
    await sandbox.step(5_000);
    const stopped = await stopping;
    expect(stopped.status).toBe(206);
    expect(serverResponse(stopped)).not.toHaveProperty('fileList');
  });
});
