import { describe, expect, it } from 'vitest';
import { serverResponse } from '../support/modes.js';
import { type Json, openSandbox, openWithReceiver } from '../support/sandbox.js';

const UID = '901001';

const transcoding = (transcodingConfig: Json): Json => ({
  recordingConfig: { channelType: 0, transcodingConfig },
});

/** Starts in composite mode, and returns how far the recording has come once everything was checked. */
async function outcomeOf(clientRequest: Json, region?: string): Promise<unknown> {
  const sandbox = await openSandbox();
  const acquired = await sandbox.acquire('lesson', UID, region === undefined ? {} : { region });
  const where = { cname: 'lesson', uid: UID, resourceId: String(acquired.body.resourceId) };
  const { status, body } = await sandbox.start(where, clientRequest);
  if (status !== 200) return body.reason;
  await sandbox.step(10_000);
  return (await sandbox.truth(String(body.sid))).status;
}

const IN_PROGRESS = 5;
const EXITED_ABNORMALLY = 20;

describe('Requests of public clients', () => {
  it.each([
    ['a canvas that is wider than 1920 pixels, within the area', { width: 2512, height: 108 }],
    ['a canvas that is higher than 1920 pixels, within the area', { width: 8, height: 4000 }],
    ['a bitrate and a frame rate for which no document has a limit', { bitrate: 12_000, fps: 61 }],
    ['an empty maxResolutionUid', { mixedVideoLayout: 2, maxResolutionUid: '' }],
    [
      'everyone as the user of a region',
      {
        mixedVideoLayout: 3,
        layoutConfig: [{ uid: '#allstream#', x_axis: 0, y_axis: 0, width: 1, height: 1 }],
      },
    ],
  ])('are accepted with %s', async (_what, config) => {
    expect(await outcomeOf(transcoding(config))).toBe(IN_PROGRESS);
  });

  it('are accepted with an empty secret where nothing is encrypted', async () => {
    expect(await outcomeOf({ recordingConfig: { channelType: 0, decryptionMode: 0, secret: '' } })).toBe(
      IN_PROGRESS,
    );
  });

  it.each(['Basic', 'basic', 'BASIC', 'Basic '])(
    'are accepted with the authentication scheme %j',
    async (scheme) => {
      const { agora, info } = await openSandbox();
      const authorization = `${scheme} ${btoa(`${info.customerId}:${info.customerSecret}`)}`;
      expect((await agora('GET', '/v1/ncs/ip', undefined, { authorization })).status).toBe(200);
    },
  );

  it('end after the reply with a canvas over the area', async () => {
    expect(await outcomeOf(transcoding({ width: 1921, height: 1080 }))).toBe(EXITED_ABNORMALLY);
  });
});

describe('A storage', () => {
  const STORAGE = { bucket: 'acme', accessKey: 'access', secretKey: 'secret' };
  const temporary = (hours: number) => ({
    stsToken: 'token',
    stsExpiration: Math.floor(Date.now() / 1000) + hours * 3_600,
  });
  const stored = (storageConfig: Json): Json => ({ storageConfig: { ...STORAGE, ...storageConfig } });

  it.each([
    ['the region of acquire', { vendor: 1, region: 7 }, 'EU'],
    ['any region if acquire names none', { vendor: 1, region: 0 }, undefined],
    [
      'sse and tag together',
      { vendor: 1, region: 0, extensionParams: { sse: 'kms', tag: 'a=b' } },
      undefined,
    ],
    ['temporary credentials that are valid', { vendor: 1, region: 0, ...temporary(5) }, undefined],
    ['a tag alone at Alibaba Cloud', { vendor: 2, region: 3, extensionParams: { tag: 'a=b' } }, undefined],
  ])('is used in %s', async (_what, storage, region) => {
    expect(await outcomeOf(stored(storage), region)).toBe(IN_PROGRESS);
  });

  it.each([
    ['a region outside the region of acquire', { vendor: 1, region: 0 }, 'EU'],
    ['an unknown region', { vendor: 1, region: 99 }, undefined],
    ['an unknown sse', { vendor: 1, region: 0, extensionParams: { sse: 'zzz', tag: 'a=b' } }, undefined],
    ['sse without tag', { vendor: 1, region: 0, extensionParams: { sse: 'kms' } }, undefined],
    ['temporary credentials that have expired', { vendor: 1, region: 0, ...temporary(-1) }, undefined],
    ['tag without sse', { vendor: 1, region: 0, extensionParams: { tag: 'a=b' } }, undefined],
  ])('ends the recording after the reply with %s', async (_what, storage, region) => {
    expect(await outcomeOf(stored(storage), region)).toBe(EXITED_ABNORMALLY);
  });
});

describe('An upload to ApsaraVideo VoD', () => {
  const SERVICE = {
    serviceName: 'aliyun_vod_service',
    errorHandlePolicy: 'error_abort',
    serviceParam: {
      ...{ accessKey: 'access', secretKey: 'secret', regionId: 'cn-shanghai' },
      apiData: { videoData: { title: 'lesson' } },
    },
  };

  it('is accepted without a storage, shown by query, and notified by events 60 and 61', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const recording = await sandbox.record('lesson', UID, {
      storageConfig: undefined,
      extensionServiceConfig: { extensionServices: [SERVICE] },
    });
    await sandbox.step(10_000);
    const states = serverResponse(await sandbox.query(recording)).extensionServiceState as Json[];
    expect(states).toContainEqual(expect.objectContaining({ serviceName: 'aliyun_vod_service' }));
    const started = await receiver.next(60);
    expect(started.payload.details).toMatchObject({ aliVodInfo: { videoId: expect.any(String) as string } });
    await sandbox.stop(recording, { async_stop: true });
    await sandbox.step(10_000);
    expect((await receiver.next(61)).payload.serviceType).toBe(started.payload.serviceType);
  });

  it('is refused without a title', async () => {
    const { apiData: _, ...serviceParam } = SERVICE.serviceParam;
    const extensionServices = [{ ...SERVICE, serviceParam }];
    expect(await outcomeOf({ extensionServiceConfig: { extensionServices } })).toBe(
      'Start: invalid extensionServiceConfig.extensionServices.0.serviceParam.apiData value',
    );
  });
});
