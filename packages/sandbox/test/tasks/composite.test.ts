import { describe, expect, it } from 'vitest';
import { openWithReceiver } from '../support/sandbox.js';

const NO_PUBLISHERS = { publishers: [] };

describe('A composite recording', () => {
  it('leaves when the channel was idle for maxIdleTime, and reports it', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const recording = await sandbox.record('lesson', '9', {
      recordingConfig: { channelType: 1, maxIdleTime: 60 },
    });
    await sandbox.step(10_000);
    await sandbox.control('PUT', '/channels/lesson', NO_PUBLISHERS);
    await sandbox.step(59_000);
    expect((await sandbox.query(recording)).status).toBe(200);
    await sandbox.step(10_000);
    expect((await sandbox.query(recording)).status).toBe(404);
    await receiver.next(11);
    expect(receiver.types()).toEqual([40, 30, 42, 43, 44, 4, 3, 43, 44, 33, 41, 33, 31, 11]);
    expect(receiver.ofType(41)[0]?.payload.details.leaveCode).toBe(4);
    expect(receiver.ofType(11)[0]?.payload.details.exitStatus).toBe(0);
  });

  it('stays when a user returns in time', async () => {
    const { sandbox } = await openWithReceiver();
    const recording = await sandbox.record('lesson');
    await sandbox.step(10_000);
    await sandbox.control('PUT', '/channels/lesson', NO_PUBLISHERS);
    await sandbox.step(20_000);
    await sandbox.control('PUT', '/channels/lesson', {
      publishers: [{ uid: '5', audio: true, video: false }],
    });
    await sandbox.step(3_600_000);
    expect((await sandbox.query(recording)).status).toBe(200);
  });

  it('leaves without files if no user ever published', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    await sandbox.control('PUT', '/channels/empty', NO_PUBLISHERS);
    const { sid } = await sandbox.record('empty');
    await sandbox.step(60_000);
    await receiver.next(11);
    expect(receiver.types()).toEqual([40, 30, 41, 11]);
    expect(await sandbox.truth(sid)).toMatchObject({ phase: 'ended', files: [], exitStatus: 0 });
  });

  it('begins its first slice with the first stream', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    await sandbox.control('PUT', '/channels/late', NO_PUBLISHERS);
    const recording = await sandbox.record('late');
    await sandbox.step(10_000);
    expect((await sandbox.query(recording)).body.serverResponse).toEqual({ status: 4 });
    await sandbox.control('PUT', '/channels/late', { publishers: [{ uid: '5', audio: true, video: false }] });
    await sandbox.step(10_000);
    await receiver.next(3);
    expect(receiver.types()).toEqual([40, 30, 42, 43, 4, 3]);
    expect(receiver.ofType(43)[0]?.payload.details).toMatchObject({ streamUid: '5', state: 0 });
  });

  it('reports the streams that it records, and no others', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const publishers = [1, 2].map((uid) => ({ uid: String(uid), audio: true, video: true }));
    await sandbox.control('PUT', '/channels/lesson', { publishers });
    const lists = { subscribeAudioUids: ['#allstream#'], unSubscribeVideoUids: ['2'] };
    const recording = await sandbox.record('lesson', '9', { recordingConfig: { channelType: 1, ...lists } });
    await sandbox.step(10_000);
    await receiver.next(3);
    const video = () =>
      receiver.ofType(44).map(({ payload: { details } }) => [details.streamUid, details.state]);
    expect(receiver.ofType(43)).toHaveLength(2);
    expect(video()).toEqual([['1', 0]]);
    await sandbox.update(recording, {
      streamSubscribe: {
        audioUidList: { subscribeAudioUids: ['#allstream#'] },
        videoUidList: { subscribeVideoUids: ['2'] },
      },
    });
    await sandbox.step(100);
    await receiver.next(44);
    await expect.poll(video).toHaveLength(3);
    expect(video().slice(1)).toEqual(
      expect.arrayContaining([
        ['1', 1],
        ['2', 0],
      ]),
    );
  });

  it.each([
    ['a bucket that is not there', { bucket: 'no-such-bucket' }, { module: 1, errorCode: 32 }],
    ['a wrong key', { secretKey: 'wrong' }, { module: 1, errorCode: 32 }],
  ])('is accepted with %s, and fails after the reply', async (_what, change, error) => {
    const { sandbox, receiver } = await openWithReceiver();
    const storageConfig = { ...sandbox.info.storage, ...change };
    const recording = await sandbox.record('lesson', '9', { storageConfig });
    await sandbox.step(3_000);
    expect((await sandbox.query(recording)).status).toBe(404);
    await receiver.next(11);
    expect(receiver.types()).toEqual([1, 11]);
    expect(receiver.ofType(1)[0]?.payload.details).toMatchObject({ errorLevel: 5, ...error });
    expect(receiver.ofType(11)[0]?.payload.details.exitStatus).toBe(1);
  });

  it('is accepted with an invalid layout, and fails after the reply', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const transcodingConfig = { width: 4000, height: 4000 };
    await sandbox.record('lesson', '9', { recordingConfig: { channelType: 0, transcodingConfig } });
    await sandbox.step(3_000);
    await receiver.next(11);
    expect(receiver.ofType(1)[0]?.payload.details.errorMsg).toContain('transcodingConfig.width');
  });

  it('moves to another server on request: 404 in the meantime, then a new uid that counts from 0', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const recording = await sandbox.record('lesson', '9');
    await sandbox.step(10_000);
    expect((await sandbox.control('POST', `/recordings/${recording.sid}/failover`)).status).toBe(201);
    expect((await sandbox.query(recording)).status).toBe(404);
    await sandbox.step(11_000);
    expect((await sandbox.query(recording)).status).toBe(200);
    const { newUid } = (await receiver.next(12)).payload.details;
    expect(newUid).toBeTypeOf('number');
    const ofNew = () =>
      receiver.arrivals.map(({ notice }) => notice).filter((notice) => notice.payload.uid === String(newUid));
    await expect
      .poll(() =>
        ofNew()
          .map((notice) => notice.payload.sequence)
          .sort(),
      )
      .toEqual([0, 1, 2, 3]);
    expect(receiver.ofType(12)[0]?.payload.uid).toBe('9');
    await sandbox.stop(recording, { async_stop: true });
    await sandbox.step(4_000);
    expect((await receiver.next(11)).payload.uid).toBe(String(newUid));
  });
});

describe('A stop', () => {
  it('is answered at once if it is asynchronous', async () => {
    const { sandbox } = await openWithReceiver();
    const recording = await sandbox.record();
    await sandbox.step(10_000);
    const reply = await sandbox.stop(recording, { async_stop: true });
    expect([reply.status, reply.body]).toEqual([200, { ...recording, serverResponse: {} }]);
  });

  it('leads through statuses 6, 7 and 8 to 404 if it is asynchronous, and a second one is refused', async () => {
    const { sandbox } = await openWithReceiver();
    const recording = await sandbox.record();
    await sandbox.step(10_000);
    await sandbox.stop(recording, { async_stop: true });
    const statuses = [];
    for (const stepMs of [100, 500, 1_500]) {
      await sandbox.step(stepMs);
      statuses.push(((await sandbox.query(recording)).body.serverResponse as { status: number }).status);
    }
    expect(statuses).toEqual([6, 7, 8]);
    const second = await sandbox.stop(recording);
    expect([second.status, second.body]).toEqual([400, { code: 49, reason: 'invalid operation' }]);
    await sandbox.step(2_000);
    expect((await sandbox.stop(recording)).status).toBe(404);
  });

  it('is answered with 206 and code 435 if nothing was recorded', async () => {
    const { sandbox, receiver } = await openWithReceiver({ speed: 20 });
    await sandbox.control('PUT', '/channels/empty', NO_PUBLISHERS);
    const reply = await sandbox.stop(await sandbox.record('empty'));
    expect([reply.status, reply.body]).toEqual([206, { code: 435, reason: 'no recorded data' }]);
    await receiver.next(11);
    expect(receiver.types()).toEqual([41, 11]);
  });

  it('loses its files by a query that arrives while it waits', async () => {
    const { sandbox } = await openWithReceiver();
    const recording = await sandbox.record();
    await sandbox.step(10_000);
    const stopping = sandbox.stop(recording);
    await expect.poll(async () => (await sandbox.truth(recording.sid)).phase).toBe('stopping');
    await sandbox.query(recording);
    await sandbox.step(3_000);
    const reply = await stopping;
    expect(reply.status).toBe(206);
    expect(reply.body.serverResponse).toEqual({ uploadingStatus: 'unknown' });
  });

  it('loses its files by a query that is still in flight', async () => {
    const { sandbox } = await openWithReceiver();
    const recording = await sandbox.record();
    await sandbox.step(10_000);
    await sandbox.control('POST', '/faults', { operation: 'query', delayMs: 500 });
    const querying = sandbox.query(recording);
    await expect.poll(async () => (await sandbox.control('GET', '/faults')).body.faults).toEqual([]);
    const stopping = sandbox.stop(recording);
    await expect.poll(async () => (await sandbox.truth(recording.sid)).phase).toBe('stopping');
    await sandbox.step(3_000);
    expect((await stopping).status).toBe(206);
    expect((await querying).status).toBe(200);
  });

  it('is answered with 206 and code 50 if the upload takes more than 20 seconds, and events report its end', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const recording = await sandbox.record();
    await sandbox.step(10_000);
    await sandbox.control('PUT', `/recordings/${recording.sid}`, { uploadMs: 60_000 });
    const stopping = sandbox.stop(recording);
    await expect.poll(async () => (await sandbox.truth(recording.sid)).phase).toBe('stopping');
    await sandbox.step(21_000);
    const reply = await stopping;
    expect([reply.status, reply.body]).toEqual([
      206,
      { ...recording, code: 50, serverResponse: { uploadingStatus: 'unknown' } },
    ]);
    expect(receiver.ofType(31)).toEqual([]);
    await sandbox.step(41_000);
    await receiver.next(31);
    await receiver.next(11);
  });

  it('reports files in the backup cloud', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const recording = await sandbox.record();
    await sandbox.step(10_000);
    await sandbox.control('PUT', `/recordings/${recording.sid}`, { backup: true });
    const stopping = sandbox.stop(recording);
    await expect.poll(async () => (await sandbox.truth(recording.sid)).phase).toBe('stopping');
    await sandbox.step(4_000);
    expect((await stopping).body.serverResponse).toMatchObject({ uploadingStatus: 'backuped' });
    await receiver.next(32);
    expect(receiver.ofType(31)).toEqual([]);
  });

  it('can precede the start of the recorder', async () => {
    const { sandbox, receiver } = await openWithReceiver({ speed: 50 });
    const reply = await sandbox.stop(await sandbox.record());
    expect(reply.status).toBe(206);
    await receiver.next(11);
  });
});
