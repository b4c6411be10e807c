import { describe, expect, it } from 'vitest';
import {
  ASSUMPTION_NAMES,
  ASSUMPTIONS,
  type AssumptionName,
} from '@agora-recording-gateway/agora/assumptions';
import { INDIVIDUAL, recordEach, recordPage, RTMP_URL, serverResponse, webPage } from './modes-support.js';
import { type Json, openSandbox, openWithReceiver, type Recording, type Reply } from './support.js';

type Opened = Awaited<ReturnType<typeof openWithReceiver>>;
type Look = (opened: Opened) => Promise<unknown>;

const MP4 = { recordingFileConfig: { avFileType: ['hls', 'mp4'] } };

async function running({ sandbox }: Opened, clientRequest: Json = {}): Promise<Recording> {
  const recording = await sandbox.record('lesson', '9', clientRequest);
  await sandbox.step(10_000);
  return recording;
}

async function page({ sandbox }: Opened, rtmpUrls?: string[]): Promise<Recording> {
  const recording = await recordPage(sandbox, webPage({}, rtmpUrls));
  await sandbox.step(10_000);
  return recording;
}

/** Stops, lets the upload take its time, and gives the reply. */
async function stopped(
  { sandbox }: Opened,
  recording: Recording,
  mode = 'mix',
  stepMs = 3_000,
): Promise<Reply> {
  const reply = sandbox.stop(recording, {}, mode);
  await expect.poll(async () => (await sandbox.truth(recording.sid)).phase).toBe('stopping');
  await sandbox.step(stepMs);
  return reply;
}

const detail =
  (eventType: number, name: string): Look =>
  async (opened) => {
    const recording = await running(opened);
    await opened.sandbox.stop(recording, { async_stop: true });
    await opened.sandbox.step(5_000);
    return (await opened.receiver.next(eventType)).payload.details[name];
  };

const fileOf = (reply: Reply) => (serverResponse(reply).fileList as Json[])[0];

/** Which user's video is taken in where a list spelt so leaves out user 2. */
const without =
  (name: string): Look =>
  async ({ sandbox }) => {
    const publishers = ['1', '2'].map((uid) => ({ uid, audio: false, video: true }));
    await sandbox.control('PUT', '/channels/lesson', { publishers });
    const recordingConfig = { channelType: 1, subscribeAudioUids: ['#allstream#'], [name]: ['2'] };
    const { sid } = await sandbox.record('lesson', '9', { recordingConfig });
    await sandbox.step(5_000);
    return Object.keys((await sandbox.truth(sid)).streams as Json);
  };

async function failOver(opened: Opened): Promise<Recording> {
  const recording = await running(opened);
  await opened.sandbox.control('POST', `/recordings/${recording.sid}/failover`);
  await opened.sandbox.step(11_000);
  return recording;
}

async function again({ sandbox }: Opened): Promise<Reply> {
  const recording = await sandbox.record();
  return sandbox.start(recording);
}

/** What can be seen of each claim: first where it holds, then where it is false. */
const SEEN: Record<AssumptionName, [look: Look, holds: unknown, isFalse: unknown]> = {
  consoleCheckIsOfTestWebhook: [
    async ({ sandbox, receiver }) => {
      await sandbox.control('PUT', '/notifications', { events: [40] });
      await sandbox.control('POST', '/notifications/check', {});
      return (await receiver.next(40)).payload.cname;
    },
    'test_webhook',
    'another_test',
  ],
  sequenceCountsAllEvents: [
    async (opened) => {
      await opened.sandbox.control('PUT', '/notifications', { events: [3, 40] });
      await running(opened);
      return (await opened.receiver.next(3)).payload.sequence;
    },
    6,
    1,
  ],
  sequenceBeginsAnewAfterFailover: [
    async (opened) => {
      await failOver(opened);
      await expect.poll(() => opened.receiver.ofType(42)).toHaveLength(2);
      const [, second] = opened.receiver
        .ofType(40)
        .sort((left, right) => left.payload.sendts - right.payload.sendts);
      return second?.payload.sequence;
    },
    0,
    8,
  ],
  redundantCopyHasOtherNoticeId: [
    async (opened) => {
      await opened.sandbox.control('PUT', '/notifications', { redundant: 1 });
      await running(opened);
      await expect.poll(() => opened.receiver.ofType(40)).toHaveLength(2);
      return new Set(opened.receiver.ofType(40).map(({ noticeId }) => noticeId)).size;
    },
    2,
    1,
  ],
  noEventThirteen: [
    async (opened) => {
      await running(opened);
      await opened.receiver.next(3);
      return opened.receiver.types();
    },
    [40, 30, 42, 43, 44, 4, 3],
    [40, 13, 30, 42, 43, 44, 4, 3],
  ],
  sessionExitSaysExitStatus: [
    async (opened) => [
      await detail(11, 'exitStatus')(opened),
      opened.receiver.ofType(11)[0]?.payload.details.leaveStatus,
    ],
    [0, undefined],
    [undefined, 0],
  ],
  leaveCodeIsBitmask: [detail(41, 'leaveCode'), 16, 8],
  eventStatusIsNumber: [
    async (opened) => [
      await detail(31, 'status')(opened),
      ...[30, 40].map((type) => opened.receiver.ofType(type)[0]?.payload.details.status),
    ],
    [0, 0, 0],
    ['0', '0', '0'],
  ],
  sliceStartSaysMixedAllUserAsBoolean: [detail(42, 'mixedAllUser'), true, 'true'],
  webUploadedHasNoFileList: [
    async (opened) => {
      await stopped(opened, await page(opened), 'web');
      return Object.keys((await opened.receiver.next(31)).payload.details).sort();
    },
    ['msgName', 'status'],
    ['fileList', 'msgName', 'status'],
  ],
  pushStatusIsWord: [
    async (opened) => {
      await page(opened, [RTMP_URL]);
      await expect.poll(() => opened.receiver.ofType(100)).toHaveLength(2);
      return opened.receiver
        .ofType(100)
        .map(({ payload }) => payload.details.status)
        .sort();
    },
    ['connecting', 'publishing'],
    [0, 1],
  ],
  sliceStartTimeIsMilliseconds: [
    async (opened) => {
      const recording = await running(opened, MP4);
      const reply = await opened.sandbox.query(recording);
      await stopped(opened, recording);
      const uploaded = (await opened.receiver.next(31)).payload.details.fileList as Json[];
      return [fileOf(reply), uploaded[0]].map((file) => Number(file?.sliceStartTime) > 1e11);
    },
    [true, true],
    [false, false],
  ],
  webFilesSayFilename: [
    async (opened) => {
      const reply = await stopped(opened, await page(opened), 'web');
      const [, recorder] = serverResponse(reply).extensionServiceState as { payload: { fileList: Json[] } }[];
      const told = (await opened.receiver.next(71)).payload.details.fileList as Json[];
      return [recorder?.payload.fileList[0], told[0]].map((file) => Object.keys(file ?? {})[0]);
    },
    ['filename', 'filename'],
    ['fileName', 'fileName'],
  ],
  fileListIsArray: [
    async (opened) => {
      const { fileListMode, fileList } = serverResponse(
        await opened.sandbox.query(await running(opened, MP4)),
      );
      return [fileListMode, typeof fileList === 'string' ? 'text' : 'array'];
    },
    ['json', 'array'],
    ['json', 'text'],
  ],
  individualAnswersJson: [
    async ({ sandbox }) => {
      const recording = await recordEach(sandbox, INDIVIDUAL);
      await sandbox.step(10_000);
      const { fileListMode, fileList } = serverResponse(await sandbox.query(recording, 'individual'));
      return [fileListMode, typeof fileList === 'string' ? 'name' : 'array'];
    },
    ['json', 'array'],
    ['string', 'name'],
  ],
  alreadyStartedLacksSid: [async (opened) => 'sid' in (await again(opened)).body, false, true],
  successHasNoCode: [
    async (opened) => (await opened.sandbox.query(await running(opened))).body.code,
    undefined,
    200,
  ],
  namesAgree: [
    async (opened) => {
      const recording = await running(opened);
      const { body } = await opened.sandbox.query(recording);
      return [body.sid === recording.sid, body.cname];
    },
    [true, 'lesson'],
    [false, 'another-channel'],
  ],
  repliesNameChannelAndUid: [
    async (opened) => {
      const { body } = await opened.sandbox.query(await running(opened));
      return [body.cname, body.uid];
    },
    ['lesson', '9'],
    [undefined, undefined],
  ],
  notFoundSaysReason: [
    async (opened) => {
      const recording = await failOverBegun(opened);
      const { status, body } = await opened.sandbox.query(recording);
      return [status, body.code, body.reason, body.serverResponse];
    },
    [404, 404, 'failed to find worker', undefined],
    [404, 404, undefined, { payload: { message: 'failed to find worker' } }],
  ],
  rateLimitedNamesNoWait: [
    async ({ sandbox }) => {
      await sandbox.control('POST', '/faults', { operation: 'acquire', reply: 'rate-limited' });
      return (await sandbox.acquire('a', '1')).headers.get('retry-after');
    },
    null,
    '1',
  ],
  webStopSaysPayload: [
    async (opened) => {
      const reply = await stopped(opened, await page(opened), 'web');
      const services = serverResponse(reply).extensionServiceState as Json[];
      return services.map((service) => Object.keys(service));
    },
    [
      ['serviceName', 'payload'],
      ['serviceName', 'payload'],
    ],
    [
      ['serviceName', 'playload'],
      ['serviceName', 'playload'],
    ],
  ],
  uploadIsCalledUnknown: [
    async (opened) => {
      const recording = await running(opened);
      await opened.sandbox.control('PUT', `/recordings/${recording.sid}`, { uploadFails: true });
      return serverResponse(await stopped(opened, recording)).uploadingStatus;
    },
    'unknown',
    'unknow',
  ],
  lateStopIsOk: [
    async (opened) => {
      const recording = await running(opened);
      await opened.sandbox.control('PUT', `/recordings/${recording.sid}`, { uploadMs: 60_000 });
      const { status, body } = await stopped(opened, recording, 'mix', 21_000);
      return [status, body.code];
    },
    [200, 50],
    [206, 50],
  ],
  secondStopIsInvalid: [
    async (opened) => {
      const recording = await running(opened);
      await opened.sandbox.stop(recording, { async_stop: true });
      const { status, body } = await opened.sandbox.stop(recording);
      return [status, body.code];
    },
    [400, 49],
    [404, 404],
  ],
  queryWhileEndingTellsStatus: [
    async (opened) => {
      const recording = await running(opened);
      await opened.sandbox.stop(recording, { async_stop: true });
      const { status, body } = await opened.sandbox.query(recording);
      return [status, body.code];
    },
    [200, undefined],
    [400, 501],
  ],
  expiryEndsOnlyCalls: [
    async ({ sandbox, receiver }) => {
      const phases: unknown[] = [];
      const where = { cname: 'a', uid: '1' };
      for (const [mode, scene, clientRequest] of [
        ['mix', 0, {}],
        ['web', 1, webPage({ maxRecordingHour: 2 })],
      ] as const) {
        const acquired = await sandbox.acquire(mode, where.uid, { scene, resourceExpiredHour: 1 });
        const resource = { cname: mode, uid: where.uid, resourceId: String(acquired.body.resourceId) };
        const { sid } = (await sandbox.start(resource, clientRequest, mode)).body;
        await sandbox.step(3_610_000);
        phases.push((await sandbox.truth(String(sid))).phase);
      }
      return [phases, receiver.ofType(11).length];
    },
    [['recording', 'recording'], 0],
    [['ended', 'ended'], expect.any(Number)],
  ],
  unsubscribeIsHonoured: [without('unsubscribeVideoUids'), ['1'], []],
  unSubscribeIsHonoured: [without('unSubscribeVideoUids'), ['1'], []],
};

async function failOverBegun(opened: Opened): Promise<Recording> {
  const recording = await running(opened);
  await opened.sandbox.control('POST', `/recordings/${recording.sid}/failover`);
  return recording;
}

describe('an assumption', () => {
  const rows = ASSUMPTION_NAMES.map((name) => [ASSUMPTIONS[name].claim, name, SEEN[name]] as const);

  it.each(rows)('holds: %s', async (_claim, _name, [look, holds]) => {
    expect(await look(await openWithReceiver())).toEqual(holds);
  });

  it.each(rows)('does not hold: %s', async (_claim, name, [look, , isFalse]) => {
    const opened = await openWithReceiver();
    await opened.sandbox.control('PUT', '/assumptions', { [name]: false });
    expect(await look(opened)).toEqual(isFalse);
  });

  it('is shown and changed by name, and holds again when the sandbox starts afresh', async () => {
    const { control } = await openSandbox();
    const everyOne = Object.fromEntries(ASSUMPTION_NAMES.map((name) => [name, true]));
    expect((await control('GET', '/assumptions')).body).toEqual(everyOne);
    const changed = await control('PUT', '/assumptions', { noEventThirteen: false });
    expect(changed.body).toEqual({ ...everyOne, noEventThirteen: false });
    expect((await control('PUT', '/assumptions', { theMoonIsCheese: false })).status).toBe(400);
    await control('DELETE', '');
    expect((await control('GET', '/assumptions')).body).toEqual(everyOne);
  });
});
