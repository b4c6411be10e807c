import { describe, expect, it } from 'vitest';
import { expectLike, recordPage, RTMP_URL, serviceIn, webPage } from '../support/modes.js';
import { type Json, openWithReceiver, type Recording, sample } from '../support/sandbox.js';

const MODE = 'web';
const OTHER_URL = 'rtmps://other.acme.example/app/key89';

async function push(serviceParam: Json = {}, rtmpUrl = RTMP_URL) {
  const { sandbox, receiver } = await openWithReceiver();
  const recording = await recordPage(sandbox, webPage(serviceParam, [rtmpUrl]));
  return {
    ...{ sandbox, receiver, recording },
    outputs: async () => serviceIn(await sandbox.query(recording, MODE), 'rtmp_publish_service')?.outputs,
    /** Waits for as many changes as are expected, in their order. */
    changes: async (count: number) => {
      await expect.poll(() => receiver.ofType(100)).toHaveLength(count);
      return receiver
        .ofType(100)
        .sort((left, right) => left.payload.sequence - right.payload.sequence)
        .map(({ payload: { details } }) => [details.rtmpUrl, details.status]);
    },
    update: (clientRequest: Json, where: Recording = recording) => sandbox.update(where, clientRequest, MODE),
  };
}

describe('A push to a CDN', () => {
  it('connects, then publishes, and reports both', async () => {
    const { sandbox, receiver, outputs, changes } = await push();
    await sandbox.step(2_500);
    expect(await outputs()).toEqual([{ rtmpUrl: RTMP_URL, status: 'connecting' }]);
    await sandbox.step(1_000);
    expect(await outputs()).toEqual([{ rtmpUrl: RTMP_URL, status: 'publishing' }]);
    expect(await changes(2)).toEqual([
      [RTMP_URL, 'connecting'],
      [RTMP_URL, 'publishing'],
    ]);
    expect(receiver.ofType(100)[0]?.payload).toMatchObject({
      serviceType: 6,
      details: { msgName: 'rtmp_publish_status' },
    });
  });

  it('is disconnected if the address is unreachable, and the recording continues', async () => {
    const unreachable = 'rtmp://unreachable.acme.example/app/key';
    const { sandbox, recording, outputs, changes, update } = await push({}, unreachable);
    await sandbox.step(10_000);
    expect(await outputs()).toEqual([{ rtmpUrl: unreachable, status: 'disconnected' }]);
    expect((await changes(2)).map(([, status]) => status)).toEqual(['connecting', 'disconnected']);
    expect(await sandbox.truth(recording.sid)).toMatchObject({ phase: 'recording', status: 5 });
    const rtmpPublishConfig = { outputs: [{ rtmpUrl: RTMP_URL }] };
    expectLike(await update({ rtmpPublishConfig }), 'update-ok');
    await sandbox.step(2_000);
    expect(await outputs()).toEqual([{ rtmpUrl: RTMP_URL, status: 'publishing' }]);
  });

  it('pauses with the recording', async () => {
    const { sandbox, outputs, changes, update } = await push();
    await sandbox.step(5_000);
    await update({ webRecordingConfig: { onhold: true } });
    expect(await outputs()).toEqual([{ rtmpUrl: RTMP_URL, status: 'onhold' }]);
    await update({ webRecordingConfig: { onhold: true } });
    await update({ webRecordingConfig: {} });
    expect(await outputs()).toEqual([{ rtmpUrl: RTMP_URL, status: 'publishing' }]);
    expect((await changes(4)).map(([, status]) => status)).toEqual([
      ...['connecting', 'publishing', 'onhold', 'publishing'],
    ]);
  });

  it('is paused from the start if the recording is', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const request = sample('request-start-web-rtmp').clientRequest as Json;
    const { sid } = await recordPage(sandbox, request);
    await sandbox.step(5_000);
    expect(await sandbox.truth(sid)).toMatchObject({ onhold: true, outputs: [{ status: 'onhold' }] });
    expect(receiver.ofType(4)).toEqual([]);
  });

  it('changes to other outputs without interrupting one that stays', async () => {
    const { sandbox, outputs, changes, update } = await push();
    await sandbox.step(5_000);
    await update({ rtmpPublishConfig: { outputs: [{ rtmpUrl: RTMP_URL }] } });
    expect(await outputs()).toEqual([{ rtmpUrl: RTMP_URL, status: 'publishing' }]);
    await update({ rtmpPublishConfig: { outputs: [{ rtmpUrl: OTHER_URL }] } });
    expect(await outputs()).toEqual([{ rtmpUrl: OTHER_URL, status: 'connecting' }]);
    await sandbox.step(2_000);
    expect((await changes(4)).slice(2)).toEqual([
      [OTHER_URL, 'connecting'],
      [OTHER_URL, 'publishing'],
    ]);
    await update({ rtmpPublishConfig: { outputs: [] } });
    expect(await outputs()).toEqual([]);
  });

  it('cannot be changed if there is none, to more than one output, or to other protocols', async () => {
    const { sandbox, update } = await push();
    const reason = async (outputs: string[], where?: Recording) => {
      const rtmpPublishConfig = { outputs: outputs.map((rtmpUrl) => ({ rtmpUrl })) };
      return (await update({ rtmpPublishConfig }, where)).body.reason;
    };
    const field = 'rtmpPublishConfig.outputs';
    expect(await reason([RTMP_URL, OTHER_URL])).toBe(`Update: invalid ${field} value`);
    expect(await reason([PAGE_URL])).toBe(`Update: invalid ${field}.0.rtmpUrl value`);
    const silent = await recordPage(sandbox, webPage(), 'silent-page');
    expect(await reason([RTMP_URL], silent)).toBe('Update: invalid rtmpPublishConfig value');
  });

  it('shows stream keys in replies of the REST API only', async () => {
    const { sandbox, recording, update } = await push();
    await update({ rtmpPublishConfig: { outputs: [{ rtmpUrl: RTMP_URL }] } });
    expect(JSON.stringify((await sandbox.query(recording, MODE)).body)).toContain('key88-canary');
    for (const path of ['/calls', '/recordings', `/recordings/${recording.sid}`]) {
      const text = JSON.stringify((await sandbox.control('GET', path)).body);
      expect(text, path).toContain('rtmp://live.acme.example/');
      expect(text, path).not.toContain('key88-canary');
    }
  });
});

const PAGE_URL = 'https://live.acme.example/app/key';
