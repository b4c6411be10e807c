import { describe, expect, it } from 'vitest';
import { openSandbox, type Recording, type Reply } from '../support/sandbox.js';

type Opened = Awaited<ReturnType<typeof openSandbox>>;

function answer(reply: Reply): unknown[] {
  return [reply.status, reply.body];
}

const WHERE = { cname: 'lesson-4711', uid: '901001' };

async function acquired() {
  const sandbox = await openSandbox();
  const { resourceId } = (await sandbox.acquire(WHERE.cname, WHERE.uid)).body;
  return { sandbox, where: { ...WHERE, resourceId: String(resourceId) } };
}

describe('The API gateway refuses', () => {
  it('calls without or with wrong credentials', async () => {
    const { agora, base } = await openSandbox();
    const without = await fetch(`${(await openSandbox()).url}/v1/ncs/ip`);
    expect([without.status, await without.json()]).toEqual([401, { message: 'Unauthorized' }]);
    expect(without.headers.get('x-request-id')).toBeTruthy();
    const authorization = `Basic ${btoa('other:pair')}`;
    const wrong = await agora('POST', `${base}/acquire`, WHERE, { authorization });
    expect(answer(wrong)).toEqual([401, { message: 'Invalid authentication credentials' }]);
  });

  it('paths and methods it does not have', async () => {
    const { agora, base } = await openSandbox();
    const noRoute = [404, { message: 'no Route matched with those values' }];
    expect(answer(await agora('POST', `${base}/aquire`, WHERE))).toEqual(noRoute);
    expect(answer(await agora('GET', `${base}/acquire`))).toEqual(noRoute);
    expect(answer(await agora('GET', '/v2/anything'))).toEqual(noRoute);
  });

  it('another App ID', async () => {
    const { agora } = await openSandbox();
    const reply = await agora('POST', '/v1/apps/ffff/cloud_recording/acquire', WHERE);
    expect(answer(reply)).toEqual([400, { message: 'appid is invalid' }]);
  });

  it('more than ten calls in any second', async () => {
    const { agora, control } = await openSandbox({ callsPerSecond: undefined });
    const replies = await Promise.all(Array.from({ length: 14 }, () => agora('GET', '/v1/ncs/ip')));
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(10);
    const refused = replies.filter((reply) => reply.status === 429);
    expect(refused).toHaveLength(4);
    expect(refused[0]?.body).toEqual({ message: 'API rate limit exceeded' });
    const calls = (await control('GET', '/calls')).body;
    expect([calls.total, calls.peakPerSecond]).toEqual([14, 14]);
    await new Promise((resolve) => setTimeout(resolve, 1_010));
    expect((await agora('GET', '/v1/ncs/ip')).status).toBe(200);
  });
});

describe('Acquire refuses', () => {
  it.each([
    ['a channel name that is not a string', { cname: 4711 }, 'cname'],
    ['an empty name of a page recording', { cname: '', clientRequest: { scene: 1 } }, 'cname'],
    ['uid 0', { uid: '0' }, 'uid'],
    ['a uid of 2^32', { uid: '4294967296' }, 'uid'],
    ['a uid that is a number', { uid: 901001 }, 'uid'],
    ['a uid that is a name', { uid: 'anna' }, 'uid'],
    ['an expiry of 721 hours', { clientRequest: { resourceExpiredHour: 721 } }, 'resourceExpiredHour'],
    ['an unknown region', { clientRequest: { region: 'MARS' } }, 'region'],
    ['an unknown scene', { clientRequest: { scene: 9 } }, 'scene'],
  ])('%s', async (_what, change, field) => {
    const { agora, base } = await openSandbox();
    const reply = await agora('POST', `${base}/acquire`, { ...WHERE, clientRequest: {}, ...change });
    expect(answer(reply)).toEqual([400, { code: 2, reason: `Acquire: invalid ${field} value` }]);
  });

  it.each([
    ['a channel name of 64 bytes', 'c'.repeat(64)],
    ['a channel name with other characters', 'lessön'],
    ['an empty channel name', ''],
  ])('%s', async (_what, cname) => {
    const { acquire } = await openSandbox();
    const reply = await acquire(cname, '1');
    expect(answer(reply)).toEqual([400, { code: 401, reason: 'invalid_channel_name' }]);
  });

  it('a body that is not JSON', async () => {
    const { agora, base } = await openSandbox();
    const reply = await agora('POST', `${base}/acquire`, 'cname=lesson');
    expect([reply.status, reply.body.code]).toEqual([400, 2]);
  });
});

describe('Start refuses', () => {
  it.each([
    [
      'maxIdleTime out of range',
      { recordingConfig: { channelType: 0, maxIdleTime: 4 } },
      'recordingConfig.maxIdleTime',
    ],
    ['MP4 files alone', { recordingFileConfig: { avFileType: ['mp4'] } }, 'recordingFileConfig.avFileType'],
    ['no storage', { storageConfig: undefined }, 'storageConfig'],
    [
      'audio lists when only video is recorded',
      { recordingConfig: { channelType: 0, streamTypes: 1, subscribeAudioUids: ['1'] } },
      'recordingConfig.subscribeAudioUids',
    ],
    [
      'both kinds of list',
      { recordingConfig: { channelType: 0, subscribeVideoUids: ['1'], unSubscribeVideoUids: ['2'] } },
      'recordingConfig.unsubscribeVideoUids',
    ],
    [
      'encryption without a key',
      { recordingConfig: { channelType: 0, decryptionMode: 1 } },
      'recordingConfig.secret',
    ],
  ])('%s', async (_what, clientRequest, field) => {
    const { sandbox, where } = await acquired();
    const reply = await sandbox.start(where, clientRequest);
    expect(answer(reply)).toEqual([400, { code: 2, reason: `Start: invalid ${field} value` }]);
    expect((await sandbox.start(where)).status).toBe(200);
  });

  it('modes that Agora does not have', async () => {
    const { sandbox, where } = await acquired();
    const reply = await sandbox.start(where, {}, 'composite');
    expect(answer(reply)).toEqual([400, { code: 2, reason: 'Start: invalid mode value' }]);
  });

  it('a resource id that was never acquired', async () => {
    const { sandbox, where } = await acquired();
    const reply = await sandbox.start({ ...where, resourceId: 'x'.repeat(256) });
    expect([reply.status, reply.body.code]).toEqual([400, 1001]);
  });

  it('another channel or uid than was acquired', async () => {
    const { sandbox, where } = await acquired();
    for (const other of [{ cname: 'other' }, { uid: '5' }]) {
      const reply = await sandbox.start({ ...where, ...other });
      expect([reply.status, reply.body.code]).toEqual([400, 432]);
    }
  });

  it('a resource that is five minutes old', async () => {
    const { sandbox, where } = await acquired();
    await sandbox.step(5 * 60_000);
    const reply = await sandbox.start(where);
    expect([reply.status, reply.body.code]).toEqual([400, 433]);
  });

  it('parameters that differ from the startParameter of acquire', async () => {
    const { sandbox } = { sandbox: await openSandbox() };
    const startParameter = { storageConfig: { ...sandbox.info.storage, bucket: 'another' } };
    const { resourceId } = (await sandbox.acquire(WHERE.cname, WHERE.uid, { startParameter })).body;
    const reply = await sandbox.start({ ...WHERE, resourceId: String(resourceId) });
    expect(answer(reply)).toEqual([400, { code: 2, reason: 'request_hash mismatch!' }]);
  });

  it('the same resource again, with 201, in the three forms that the assumptions choose', async () => {
    const { sandbox, where } = await acquired();
    const { sid } = (await sandbox.start(where)).body;
    const body = { code: 7, reason: 'already started' };
    expect(answer(await sandbox.start(where))).toEqual([201, body]);
    await sandbox.control('PUT', '/assumptions', { alreadyStartedLacksSid: false });
    expect(answer(await sandbox.start(where))).toEqual([201, { ...body, sid }]);
    const empty = { alreadyStartedLacksSid: true, alreadyStartedSaysReason: false };
    await sandbox.control('PUT', '/assumptions', empty);
    const { resourceId } = where;
    expect(answer(await sandbox.start(where))).toEqual([201, { resourceId, sid: '', code: 7 }]);
  });

  it('a second task with the same channel and uid, until the first has ended', async () => {
    const { sandbox, where } = await acquired();
    const { sid } = (await sandbox.start(where)).body;
    const again = (await sandbox.acquire(WHERE.cname, WHERE.uid)).body;
    const second = { ...WHERE, resourceId: String(again.resourceId) };
    expect(answer(await sandbox.start(second))).toEqual([400, { code: 53, reason: 'task conflict' }]);
    await sandbox.stop({ ...where, sid: String(sid) }, { async_stop: true });
    await sandbox.step(5_000);
    expect((await sandbox.start(second)).status).toBe(200);
  });
});

describe('A code of the older list', () => {
  it.each([
    ['acquire', 1013, 401, (sandbox: Opened) => sandbox.acquire('lessön', '1')],
    [
      'query',
      1003,
      404,
      (sandbox: Opened, recording: Recording) => sandbox.query({ ...recording, sid: 'f' }),
    ],
    [
      ...(['updateLayout', 1028, 2] as const),
      (sandbox: Opened, recording: Recording) => sandbox.updateLayout(recording, { backgroundColor: 'red' }),
    ],
  ])(
    'of %s, %i, comes on request only: else the current table applies',
    async (operation, older, current, call) => {
      const sandbox = await openSandbox();
      const recording = await sandbox.record();
      expect((await call(sandbox, recording)).body.code).toBe(current);
      const body = { code: older, reason: 'as before' };
      await sandbox.control('POST', '/faults', { operation, status: 400, body });
      expect(answer(await call(sandbox, recording))).toEqual([400, body]);
      expect((await call(sandbox, recording)).body.code).toBe(current);
    },
  );
});

describe('Calls for a recording are refused', () => {
  it('when sid, resource id or mode are not its own', async () => {
    const sandbox = await openSandbox();
    const recording = await sandbox.record();
    const noWorker = [404, { code: 404, reason: 'failed to find worker' }];
    expect(answer(await sandbox.query({ ...recording, sid: 'f'.repeat(32) }))).toEqual(noWorker);
    expect(answer(await sandbox.query({ ...recording, resourceId: 'other' }))).toEqual(noWorker);
    expect(answer(await sandbox.query(recording, 'web'))).toEqual(noWorker);
    expect((await sandbox.stop({ ...recording, uid: '5' })).body.code).toBe(432);
  });

  it('when their parameters are wrong', async () => {
    const sandbox = await openSandbox();
    const recording = await sandbox.record();
    expect((await sandbox.update(recording, {})).body).toEqual({
      ...{ code: 2, reason: 'Update: invalid streamSubscribe value' },
    });
    const region = { x_axis: 0, y_axis: 0, width: 2, height: 1 };
    const layout = { mixedVideoLayout: 3, layoutConfig: [region] };
    expect((await sandbox.updateLayout(recording, layout)).body).toEqual({
      ...{ code: 2, reason: 'UpdateLayout: invalid layoutConfig.0.width value' },
    });
    expect((await sandbox.updateLayout(recording, {}, 'individual')).body.code).toBe(2);
    expect((await sandbox.stop(recording, { async_stop: 'yes' })).body).toEqual({
      ...{ code: 2, reason: 'Stop: invalid async_stop value' },
    });
  });

  it('after its resource has expired, although it continues', async () => {
    const sandbox = await openSandbox();
    const { resourceId } = (await sandbox.acquire('a', '1', { resourceExpiredHour: 1 })).body;
    const where = { cname: 'a', uid: '1', resourceId: String(resourceId) };
    const recording = { ...where, sid: String((await sandbox.start(where)).body.sid) };
    await sandbox.step(3_600_000 - 5_000);
    expect((await sandbox.query(recording)).status).toBe(200);
    await sandbox.step(10_000);
    for (const reply of [
      await sandbox.query(recording),
      await sandbox.update(recording, {}),
      await sandbox.updateLayout(recording, {}),
      await sandbox.stop(recording),
    ]) {
      expect(answer(reply)).toEqual([404, { code: 404, reason: 'failed to find worker' }]);
    }
    expect((await sandbox.truth(recording.sid)).phase).toBe('recording');
  });
});
