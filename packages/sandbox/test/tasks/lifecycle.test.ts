import { describe, expect, it } from 'vitest';
import {
  expectLike,
  expectNoticeLike,
  INDIVIDUAL,
  PAGE,
  recordEach,
  recordPage,
  RTMP_URL,
  serverResponse,
  serviceIn,
  stopAndHear,
  stopAndWait,
  webPage,
} from '../support/modes.js';
import { type Client, type Json, openWithReceiver, type Recording } from '../support/sandbox.js';

const HLS_AND_MP4 = { recordingFileConfig: { avFileType: ['hls', 'mp4'] } };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const MODES: [string, (client: Client, storageConfig?: Json) => Promise<Recording>][] = [
  ['mix', (client, storageConfig) => client.record('a', '1', storageConfig && { storageConfig })],
  [
    'individual',
    (client, storageConfig) => recordEach(client, { ...INDIVIDUAL, ...(storageConfig && { storageConfig }) }),
  ],
  [
    'web',
    (client, storageConfig) => recordPage(client, { ...webPage(), ...(storageConfig && { storageConfig }) }),
  ],
];

async function statusOf(client: Client, recording: Recording, mode: string): Promise<unknown> {
  const reply = await client.query(recording, mode);
  return reply.status === 200 ? serverResponse(reply).status : reply.status;
}

function names(files: unknown): string[] {
  return (files as { fileName?: string; filename?: string }[]).map(
    ({ fileName, filename }) => fileName ?? filename ?? '',
  );
}

describe.each(MODES)('A task in mode %s', (mode, begin) => {
  it('passes every status from 0 to 8, and ends with 404', async () => {
    const { sandbox } = await openWithReceiver();
    const recording = await begin(sandbox);
    const seen = [await statusOf(sandbox, recording, mode)];
    for (const stepMs of [500, 500, 700, 500, 5_000]) {
      await sandbox.step(stepMs);
      seen.push(await statusOf(sandbox, recording, mode));
    }
    await sandbox.stop(recording, { async_stop: true }, mode);
    seen.push(await statusOf(sandbox, recording, mode));
    for (const stepMs of [600, 1_500, 2_000]) {
      await sandbox.step(stepMs);
      seen.push(await statusOf(sandbox, recording, mode));
    }
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 404]);
  });

  it('passes status 20 if a check fails after the reply, and ends with 404', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const recording = await begin(sandbox, { ...sandbox.info.storage, bucket: 'no-such-bucket' });
    await sandbox.step(1_600);
    expect(await statusOf(sandbox, recording, mode)).toBe(20);
    expect((await sandbox.stop(recording, {}, mode)).body.code).toBe(49);
    await sandbox.step(1_000);
    expect(await statusOf(sandbox, recording, mode)).toBe(404);
    await receiver.next(11);
    await expect.poll(() => receiver.types()).toEqual([1, 11]);
  });

  it('reports progress every minute, including during the upload after its end', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const recording = await begin(sandbox);
    await sandbox.step(2 * MINUTE + 10_000);
    await sandbox.control('PUT', `/recordings/${recording.sid}`, { uploadMs: 3 * MINUTE });
    await sandbox.stop(recording, { async_stop: true }, mode);
    await sandbox.step(4 * MINUTE);
    await receiver.next(11);
    await expect.poll(() => receiver.ofType(33)).toHaveLength(6);
    const progress = receiver.ofType(33).map(({ payload }) => Number(payload.details.progress));
    expect(progress.sort((left, right) => left - right)).toEqual([5_000, 6_666, 7_500, 8_000, 8_333, 10_000]);
    expect(receiver.types().slice(-3)).toEqual([33, 31, 11]);
  });

  it('fails with its upload on request, and the stop returns an unknown status', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const recording = await begin(sandbox);
    await sandbox.step(10_000);
    await sandbox.control('PUT', `/recordings/${recording.sid}`, { uploadFails: true });
    const stopping = sandbox.stop(recording, {}, mode);
    await expect.poll(async () => (await sandbox.truth(recording.sid)).phase).toBe('stopping');
    await sandbox.step(2_100);
    const reply = await stopping;
    expect([reply.status, reply.body.code]).toEqual([200, undefined]);
    expect(JSON.stringify(reply.body)).toContain('"uploadingStatus":"unknown"');
    expect(await statusOf(sandbox, recording, mode)).toBe(404);
    expect(await sandbox.truth(recording.sid)).toMatchObject({ status: 20 });
    await sandbox.step(1_000);
    await receiver.next(11);
    expect(receiver.types().slice(-2)).toEqual([1, 11]);
    expect(receiver.ofType(1)[0]?.payload.details).toMatchObject({ module: 1, errorCode: 47, errorLevel: 5 });
    expect(receiver.ofType(11)[0]?.payload.details.exitStatus).toBe(1);
    expect(receiver.ofType(31)).toEqual([]);
  });

  it('has playlists that the backup cloud forwards later with different names', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const recording = await begin(sandbox);
    await sandbox.step(10_000);
    await sandbox.control('PUT', `/recordings/${recording.sid}`, { backup: true });
    await stopAndWait(sandbox, recording, mode);
    await receiver.next(32);
    expect(receiver.ofType(2)[0]?.payload.details).toMatchObject({ module: 1, warnCode: 32 });
    const forwarded = async () =>
      ((await sandbox.truth(recording.sid)).upload as { forwarded: string[] }).forwarded;
    expect(await forwarded()).toEqual([]);
    await sandbox.step(3 * MINUTE);
    const playlist = names((await sandbox.truth(recording.sid)).files)[0] ?? '';
    expect((await forwarded())[0]).toMatch(new RegExp(`^${playlist.replace(/\.m3u8$/, '')}_\\d+_0\\.m3u8$`));
  });

  it('crashes on request, once', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const recording = await begin(sandbox);
    await sandbox.step(10_000);
    const crash = () => sandbox.control('POST', `/recordings/${recording.sid}/trouble`, { kind: 'crash' });
    expect((await crash()).status).toBe(201);
    expect((await crash()).status).toBe(409);
    expect((await sandbox.stop(recording, {}, mode)).body.code).toBe(49);
    await sandbox.step(5_000);
    await receiver.next(11);
    expect(receiver.ofType(11)[0]?.payload.details.exitStatus).toBe(1);
    expect(await sandbox.truth(recording.sid)).toMatchObject({ phase: 'ended', status: 20, exitStatus: 1 });
    if (mode === 'web') {
      expect(receiver.ofType(71)[0]?.payload.details).toMatchObject({ code: 6, message: 'recorder_error' });
    } else {
      expect(receiver.ofType(1)[0]?.payload.details).toMatchObject({ module: 0, errorLevel: 5 });
      expect(receiver.ofType(31)).toEqual([]);
    }
  });

  it('crashes on request before it has begun', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const recording = await begin(sandbox);
    await sandbox.step(1_000);
    await sandbox.control('POST', `/recordings/${recording.sid}/trouble`, { kind: 'crash' });
    await sandbox.step(5_000);
    await receiver.next(11);
    expect(receiver.types()).toEqual(mode === 'web' ? [71, 11] : [1, 11]);
    const code = mode === 'web' ? { code: 3, message: 'start_engine_failed' } : { module: 2, errorCode: 52 };
    expect(receiver.ofType(mode === 'web' ? 71 : 1)[0]?.payload.details).toMatchObject(code);
  });
});

describe('A token', () => {
  it.each([
    ['expired', 109],
    ['wrong', 110],
  ])('that is %s is accepted, and ends the task when the recorder joins', async (token, errorCode) => {
    const { sandbox, receiver } = await openWithReceiver();
    const mix = await sandbox.record('a', '1', { token });
    const each = await recordEach(sandbox, { ...INDIVIDUAL, token });
    await sandbox.step(3_000);
    expect(await statusOf(sandbox, mix, 'mix')).toBe(404);
    expect(await statusOf(sandbox, each, 'individual')).toBe(404);
    await expect.poll(() => receiver.ofType(11)).toHaveLength(2);
    expect(receiver.ofType(1).map(({ payload }) => payload.details.errorCode)).toEqual([
      errorCode,
      errorCode,
    ]);
  });
});

describe('A failover', () => {
  it('stops all reports, and the other server has its own files and sequence numbers', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const recording = await sandbox.record('lesson', '9', HLS_AND_MP4);
    await sandbox.step(3_000 + 2 * HOUR + 10_000);
    const numbers = async () => (await sandbox.truth(recording.sid)).sequences;
    const before = await numbers();
    const { nowMs } = (await sandbox.control('GET', '/clock')).body;
    await sandbox.control('POST', `/recordings/${recording.sid}/failover`, { durationMs: 80_000 });
    await sandbox.step(79_000);
    expect(await numbers()).toEqual(before);
    await sandbox.step(10_000);
    await expect.poll(() => receiver.ofType(42)).toHaveLength(2);
    const { startUtcMs, discontinueUtcMs } = receiver.ofType(42)[1]?.payload.details ?? {};
    expect(Number(startUtcMs) - Number(discontinueUtcMs)).toBe(80_000);
    expect(Number(discontinueUtcMs)).toBeGreaterThanOrEqual(Number(nowMs));
    const stem = `${recording.sid}_lesson`;
    expect(names((await sandbox.truth(recording.sid)).files)).toEqual(
      [
        [`${stem}_0.mp4`, `${stem}_1.mp4`, `${stem}.m3u8`],
        [`bak0_${stem}_0.mp4`, `bak0_${stem}.m3u8`],
      ].flatMap((list) => list.map((name) => `sandbox/${name}`)),
    );
    await sandbox.control('POST', `/recordings/${recording.sid}/failover`);
    await sandbox.step(11_000);
    expect(names((await sandbox.truth(recording.sid)).files).at(-1)).toBe(`sandbox/bak1_${stem}.m3u8`);
  });

  it('restarts the idle timeout', async () => {
    const { sandbox } = await openWithReceiver();
    const recording = await sandbox.record('lesson', '9', {
      recordingConfig: { channelType: 1, maxIdleTime: 60 },
    });
    await sandbox.step(10_000);
    await sandbox.control('PUT', '/channels/lesson', { publishers: [] });
    await sandbox.step(55_000);
    await sandbox.control('POST', `/recordings/${recording.sid}/failover`);
    await sandbox.step(60_000);
    expect(await statusOf(sandbox, recording, 'mix')).toBe(5);
    await sandbox.step(20_000);
    expect(await statusOf(sandbox, recording, 'mix')).toBe(404);
  });

  it('reopens a page with new MP4 files', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const recording = await recordPage(sandbox, { ...webPage({}, [RTMP_URL]), ...HLS_AND_MP4 });
    await sandbox.step(10_000);
    await sandbox.control('POST', `/recordings/${recording.sid}/failover`);
    await sandbox.step(11_000);
    const stem = `${recording.sid}_board-page-88`;
    expect(names((await sandbox.truth(recording.sid)).files)).toEqual(
      [`${stem}.m3u8`, `${stem}_0.mp4`, `bak0_${stem}.m3u8`, `bak0_${stem}_0.mp4`].map(
        (name) => `sandbox/${name}`,
      ),
    );
    await sandbox.step(2_000);
    const push = serviceIn(await sandbox.query(recording, 'web'), 'rtmp_publish_service');
    expect(push).toEqual({ state: 'inProgress', outputs: [{ rtmpUrl: RTMP_URL, status: 'publishing' }] });
    await stopAndHear(sandbox, receiver, recording, 'web');
  });
});

describe('A page', () => {
  it('that cannot be reached ends the task', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    await recordPage(sandbox, webPage({ url: `${PAGE}/unreachable` }));
    await sandbox.step(10_000);
    await receiver.next(11);
    expect(receiver.types()).toEqual([70, 30, 71, 11]);
    expect(receiver.ofType(71)[0]?.payload.details).toMatchObject({ code: 5, message: 'access_url_failed' });
    expect(receiver.ofType(11)[0]?.payload.details.exitStatus).toBe(1);
  });

  it('reloads or exceeds its limits on request', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const { sid } = await recordPage(sandbox);
    await sandbox.step(10_000);
    await sandbox.control('POST', `/recordings/${sid}/trouble`, { kind: 'reload' });
    expect((await receiver.next(73)).payload.details.reason).toBe('audio_silence');
    expect(await sandbox.truth(sid)).toMatchObject({ phase: 'recording', reloads: 1 });
    const limit = { kind: 'capability-limit', limitType: 'WebGL' };
    await sandbox.control('POST', `/recordings/${sid}/trouble`, limit);
    expectNoticeLike(await receiver.next(72), '72-web-capability-limit');
    expect(receiver.ofType(72)[0]?.payload.details.limitType).toBe('WebGL');
    await sandbox.step(5_000);
    expect((await receiver.next(71)).payload.details.code).toBe(2);
  });

  it('has kinds of trouble that other modes do not have', async () => {
    const { sandbox } = await openWithReceiver();
    const { sid } = await sandbox.record();
    await sandbox.step(5_000);
    for (const kind of ['reload', 'capability-limit']) {
      expect((await sandbox.control('POST', `/recordings/${sid}/trouble`, { kind })).status).toBe(409);
    }
    expect((await sandbox.control('POST', `/recordings/${sid}/trouble`, { kind: 'rain' })).status).toBe(400);
  });
});

describe('Two tasks', () => {
  it('cannot share a channel and a uid, whatever their modes', async () => {
    const { sandbox } = await openWithReceiver();
    await sandbox.record('panel-302', '901003');
    await expect(recordEach(sandbox)).rejects.toThrow('task conflict');
    const other = await sandbox.record('panel-302', '901004');
    expectLike(await sandbox.query(other), 'query-starting');
    await sandbox.record('panel-303', '901003');
  });
});
