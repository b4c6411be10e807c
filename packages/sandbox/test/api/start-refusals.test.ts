import { describe, expect, it } from 'vitest';
import { INDIVIDUAL, PAGE, recordEach, recordPage, RTMP_URL, webPage } from '../support/modes.js';
import { type Json, openSandbox, sample } from '../support/sandbox.js';

async function startWith(mode: string, scene: number, clientRequest: Json): Promise<unknown[]> {
  const sandbox = await openSandbox();
  const where = { cname: 'lesson-4711', uid: '901001' };
  const { resourceId } = (await sandbox.acquire(where.cname, where.uid, { scene })).body;
  const reply = await sandbox.start({ ...where, resourceId: String(resourceId) }, clientRequest, mode);
  return [reply.status, reply.body.reason];
}

const individual = (change: Json) => ({ recordingConfig: { ...INDIVIDUAL.recordingConfig, ...change } });
const snapshots = (change: Json = {}) => ({ snapshotConfig: { fileType: ['jpg'], ...change } });
const avFileType = (...types: string[]) => ({ recordingFileConfig: { avFileType: types } });

describe('Start in individual mode refuses', () => {
  it.each([
    ['an unknown group of users', individual({ subscribeUidGroup: 6 }), 'recordingConfig.subscribeUidGroup'],
    ['an unknown streamMode', individual({ streamMode: 'other' }), 'recordingConfig.streamMode'],
    [
      'lists that exclude each other',
      individual({ streamTypes: 0, subscribeVideoUids: ['1'] }),
      'recordingConfig.subscribeVideoUids',
    ],
    ['MP4 files', { ...INDIVIDUAL, ...avFileType('hls', 'mp4') }, 'recordingFileConfig.avFileType'],
    [
      'screenshots too often',
      { ...INDIVIDUAL, ...snapshots({ captureInterval: 4 }) },
      'snapshotConfig.captureInterval',
    ],
    [
      'screenshots too rarely',
      { ...INDIVIDUAL, ...snapshots({ captureInterval: 3_601 }) },
      'snapshotConfig.captureInterval',
    ],
    ['screenshots without a format', { ...INDIVIDUAL, snapshotConfig: {} }, 'snapshotConfig.fileType'],
    [
      'screenshots in another format',
      { ...INDIVIDUAL, ...snapshots({ fileType: ['png'] }) },
      'snapshotConfig.fileType.0',
    ],
    [
      'screenshots of audio',
      { ...individual({ streamTypes: 0 }), ...snapshots() },
      'recordingConfig.streamTypes',
    ],
    [
      'screenshots without a video list',
      { ...individual({ subscribeAudioUids: ['1'] }), ...snapshots() },
      'recordingConfig.subscribeVideoUids',
    ],
  ])('%s', async (_what, clientRequest, field) => {
    expect(await startWith('individual', 0, clientRequest)).toEqual([400, `Start: invalid ${field} value`]);
  });

  it('a resource that was acquired for web pages', async () => {
    expect(await startWith('individual', 1, INDIVIDUAL)).toEqual([400, 'Start: invalid scene value']);
  });

  it('streamMode original neither with audio alone nor with video, where it takes no effect', async () => {
    for (const streamTypes of [0, 1, 2]) {
      const request = individual({ streamMode: 'original', streamTypes });
      expect((await startWith('individual', 0, request))[0]).toBe(200);
    }
  });
});

const SERVICES = 'extensionServiceConfig.extensionServices';
const PARAM = `${SERVICES}.0.serviceParam`;
const services = (...extensionServices: Json[]) => ({ extensionServiceConfig: { extensionServices } });

describe('Start in web mode refuses', () => {
  it.each([
    ['no service', {}, 'extensionServiceConfig'],
    ['no recorder', services(), SERVICES],
    ['an unknown service', services({ serviceName: 'other' }), `${SERVICES}.0.serviceName`],
    ['no url', webPage({ url: undefined }), `${PARAM}.url`],
    ['an invalid url', webPage({ url: 'board' }), `${PARAM}.url`],
    ['no audio profile', webPage({ audioProfile: undefined }), `${PARAM}.audioProfile`],
    ['no width', webPage({ videoWidth: undefined }), `${PARAM}.videoWidth`],
    ['no height', webPage({ videoHeight: undefined }), `${PARAM}.videoHeight`],
    ['too large a picture', webPage({ videoWidth: 1921, videoHeight: 1080 }), `${PARAM}.videoWidth`],
    ['no maxRecordingHour', webPage({ maxRecordingHour: undefined }), `${PARAM}.maxRecordingHour`],
    ['too long a recording', webPage({ maxRecordingHour: 721 }), `${PARAM}.maxRecordingHour`],
    ['too few frames', webPage({ videoFps: 4 }), `${PARAM}.videoFps`],
    ['too short files', webPage({ maxVideoDuration: 29 }), `${PARAM}.maxVideoDuration`],
    ['half seconds', webPage({ readyTimeout: 1.5 }), `${PARAM}.readyTimeout`],
    ['negative seconds', webPage({ readyTimeout: -1 }), `${PARAM}.readyTimeout`],
    ['onhold as text', webPage({ onhold: 'true' }), `${PARAM}.onhold`],
    ['no CDN', webPage({}, []), `${SERVICES}.1.serviceParam.outputs`],
    ['another protocol than RTMP', webPage({}, [PAGE]), `${SERVICES}.1.serviceParam.outputs.0.rtmpUrl`],
    ['more than one CDN', webPage({}, [RTMP_URL, `${RTMP_URL}2`]), `${SERVICES}.1.serviceParam.outputs`],
    ['MP4 files alone', { ...webPage(), ...avFileType('mp4') }, 'recordingFileConfig.avFileType'],
  ])('%s', async (_what, clientRequest, field) => {
    expect(await startWith('web', 1, clientRequest)).toEqual([400, `Start: invalid ${field} value`]);
  });

  it('a resource that was acquired for channels', async () => {
    expect(await startWith('web', 0, webPage())).toEqual([400, 'Start: invalid scene value']);
  });

  it('only requests that are wrong in themselves: a wrong storage fails after the reply', async () => {
    const sandbox = await openSandbox();
    const storageConfig = { ...sandbox.info.storage, bucket: 'no-such-bucket' };
    const { sid } = await recordPage(sandbox, { ...webPage(), storageConfig });
    await sandbox.step(3_000);
    expect(await sandbox.truth(sid)).toMatchObject({ phase: 'ended', exitStatus: 1, status: 20 });
  });
});

describe('Update', () => {
  const subscribe = { streamSubscribe: { audioUidList: { subscribeAudioUids: ['1'] } } };
  const onhold = sample('request-update-web-onhold').clientRequest as Json;
  const push = { rtmpPublishConfig: { outputs: [{ rtmpUrl: RTMP_URL }] } };
  const sts = sample('request-update-sts').clientRequest as Json;

  it('accepts the properties of its mode, and storage credentials in every mode', async () => {
    const sandbox = await openSandbox();
    const mix = await sandbox.record();
    const each = await recordEach(sandbox);
    const web = await recordPage(sandbox);
    await sandbox.step(5_000);
    const reason = async (recording: typeof mix, mode: string, request: unknown) =>
      (await sandbox.update(recording, request, mode)).body.reason;
    for (const [recording, mode] of [
      [mix, 'mix'],
      [each, 'individual'],
    ] as const) {
      expect(await reason(recording, mode, onhold)).toBe('Update: invalid streamSubscribe value');
      expect(await reason(recording, mode, { ...push, ...subscribe })).toBeUndefined();
      expect(await reason(recording, mode, subscribe)).toBeUndefined();
    }
    expect(await reason(web, 'web', subscribe)).toBe('Update: invalid webRecordingConfig value');
    expect(await reason(web, 'web', { ...subscribe, ...onhold })).toBeUndefined();
    expect(await reason(web, 'web', {})).toBe('Update: invalid webRecordingConfig value');
    for (const [recording, mode] of [
      [mix, 'mix'],
      [each, 'individual'],
      [web, 'web'],
    ] as const) {
      expect(await reason(recording, mode, sts)).toBeUndefined();
    }
  });

  it('of the layout is refused except in composite mode', async () => {
    const sandbox = await openSandbox();
    const refused = { code: 2, reason: 'UpdateLayout: invalid mode value' };
    const each = await sandbox.updateLayout(await recordEach(sandbox), {}, 'individual');
    const web = await sandbox.updateLayout(await recordPage(sandbox), {}, 'web');
    expect([each.body, web.body]).toEqual([refused, refused]);
  });
});
