import { describe, expect, it, vi } from 'vitest';
import {
  ASSUMPTION_NAMES,
  ASSUMPTIONS,
  type AssumptionName,
} from '@agora-recording-gateway/agora/assumptions';
import { INDIVIDUAL, recordEach, recordPage, RTMP_URL, serverResponse, webPage } from '../support/modes.js';
import {
  type Json,
  openSandbox,
  openWithReceiver,
  type Recording,
  type Reply,
  temporaryFile,
} from '../support/sandbox.js';

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

/** Stops, steps over the upload, and returns the reply. */
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

/** The users whose video is recorded if a list with this name excludes user 2. */
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

const SUBSCRIBE = { streamSubscribe: { audioUidList: { subscribeAudioUids: ['#allstream#'] } } };

/** A running recording in each mode, with its clientRequest of start. */
async function runningInEveryMode(opened: Opened): Promise<[string, Recording, Json][]> {
  const { sandbox } = opened;
  const recordings: [string, Recording, Json][] = [
    ['mix', await running(opened), {}],
    ['individual', await recordEach(sandbox, INDIVIDUAL), INDIVIDUAL],
    ['web', await recordPage(sandbox, webPage()), webPage()],
  ];
  await sandbox.step(10_000);
  return recordings;
}

async function startStatus(
  sandbox: Opened['sandbox'],
  cname: string,
  mode: string,
  clientRequest: Json,
): Promise<number> {
  const acquired = await sandbox.acquire(cname, '9', { scene: mode === 'web' ? 1 : 0 });
  const where = { cname, uid: '9', resourceId: String(acquired.body.resourceId) };
  return (await sandbox.start(where, clientRequest, mode)).status;
}

const lateStop: Look = async (opened) => {
  const outcomes: unknown[] = [];
  for (const [mode, recording] of await runningInEveryMode(opened)) {
    await opened.sandbox.control('PUT', `/recordings/${recording.sid}`, { uploadMs: 60_000 });
    const { status, body } = await stopped(opened, recording, mode, 21_000);
    outcomes.push([status, body.code]);
  }
  return outcomes;
};

/** The same in each of the three modes. */
const thrice = (outcome: unknown): unknown[] => Array.from({ length: 3 }, () => outcome);

/** What can be observed of each claim: if it holds, and if it is false. */
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
      const sent = (await opened.receiver.next(71)).payload.details.fileList as Json[];
      return [recorder?.payload.fileList[0], sent[0]].map((file) => Object.keys(file ?? {})[0]);
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
  alreadyStartedLacksSid: [
    async (opened) => Object.keys((await again(opened)).body),
    ['code', 'reason'],
    ['code', 'reason', 'sid'],
  ],
  alreadyStartedSaysReason: [
    async (opened) => {
      const { body } = await again(opened);
      return { ...body, ...('resourceId' in body ? { resourceId: typeof body.resourceId } : {}) };
    },
    { code: 7, reason: 'already started' },
    { resourceId: 'string', sid: '', code: 7 },
  ],
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
  queryHasNoSubServiceStatus: [
    async (opened) => {
      const { sandbox } = opened;
      const web = await page(opened);
      const replies = [
        await sandbox.query(await running(opened)),
        await sandbox.query(await recordEach(sandbox, INDIVIDUAL), 'individual'),
        await sandbox.query(web, 'web'),
      ];
      return replies.map((reply) => serverResponse(reply).subServiceStatus);
    },
    [undefined, undefined, undefined],
    [{ recordingService: 'serviceInProgress' }, { recordingService: 'serviceIdle' }, undefined],
  ],
  lateStopIsPartial: [lateStop, thrice([206, 50]), thrice([200, 50])],
  lateStopSaysCode: [lateStop, thrice([206, 50]), thrice([206, undefined])],
  answeredStopEndsTask: [
    async (opened) => {
      const { sandbox } = opened;
      const outcomes: unknown[] = [];
      for (const [mode, recording, request] of await runningInEveryMode(opened)) {
        const stopping = sandbox.stop(recording, {}, mode);
        await expect.poll(async () => (await sandbox.truth(recording.sid)).phase).toBe('stopping');
        await sandbox.step(2_100);
        expect((await stopping).status).toBe(200);
        const update = mode === 'web' ? { webRecordingConfig: {} } : SUBSCRIBE;
        const acquired = await sandbox.acquire(recording.cname, recording.uid, {
          scene: mode === 'web' ? 1 : 0,
        });
        const next = { ...recording, resourceId: String(acquired.body.resourceId) };
        const replies = [
          await sandbox.query(recording, mode),
          await sandbox.update(recording, update, mode),
          ...(mode === 'mix' ? [await sandbox.updateLayout(recording)] : []),
          await sandbox.stop(recording, {}, mode),
          await sandbox.start(next, request, mode),
        ];
        outcomes.push(replies.map(({ status, body }) => [status, body.code]));
      }
      return outcomes;
    },
    [
      [...Array.from({ length: 4 }, () => [404, 404]), [200, undefined]],
      [...Array.from({ length: 3 }, () => [404, 404]), [200, undefined]],
      [...Array.from({ length: 3 }, () => [404, 404]), [200, undefined]],
    ],
    [
      [...Array.from({ length: 3 }, () => [200, undefined]), [400, 49], [400, 53]],
      [...Array.from({ length: 2 }, () => [200, undefined]), [400, 49], [400, 53]],
      [...Array.from({ length: 2 }, () => [200, undefined]), [400, 49], [400, 53]],
    ],
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
  statusUpdateFollowsStatus: [
    async (opened) => {
      const { sandbox, receiver } = opened;
      const recordings = await runningInEveryMode(opened);
      for (const [mode, recording, request] of recordings) {
        expect((await sandbox.start(recording, request, mode)).status).toBe(201);
        await sandbox.stop(recording, { async_stop: true }, mode);
        expect((await sandbox.stop(recording, {}, mode)).status).toBe(400);
      }
      await sandbox.step(5_000);
      await expect.poll(() => receiver.ofType(11)).toHaveLength(recordings.length);
      return recordings.map(([, { sid }]) =>
        receiver
          .ofType(3)
          .filter(({ payload }) => payload.sid === sid)
          .map(({ payload }) => payload.details.status)
          .sort(),
      );
    },
    thrice([5]),
    thrice([5, 6]),
  ],
  contentTypeIsRequired: [
    async ({ sandbox }) => {
      const outcomes: unknown[] = [];
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'Application/JSON; charset=x']) {
        const body = { cname: 'a', uid: '1' };
        const reply = await sandbox.agora('POST', `${sandbox.base}/acquire`, body, { 'content-type': type });
        outcomes.push([reply.status, reply.body.code]);
      }
      return outcomes;
    },
    [
      [400, 8],
      [400, 8],
      [200, undefined],
    ],
    [
      [200, undefined],
      [200, undefined],
      [200, undefined],
    ],
  ],
  otherModesPropertiesAreIgnored: [
    async ({ sandbox }) => {
      const screenshots = { fileType: ['jpg'] };
      const transcoding = { ...INDIVIDUAL.recordingConfig, audioProfile: 1, transcodingConfig: { fps: 5 } };
      const attempts: [string, Json][] = [
        ['mix', { snapshotConfig: screenshots }],
        ['mix', webPage()],
        ['individual', { recordingConfig: transcoding }],
        ['individual', { ...INDIVIDUAL, ...webPage() }],
        ['web', { ...webPage(), token: '007' }],
        ['web', { ...webPage(), token: '' }],
        ['web', { ...webPage(), recordingConfig: { channelType: 9 } }],
        ['web', { ...webPage(), snapshotConfig: screenshots }],
      ];
      return Promise.all(
        attempts.map(async ([mode, request], index) =>
          startStatus(sandbox, `lesson ${index}`, mode, request),
        ),
      );
    },
    Array.from({ length: 8 }, () => 200),
    Array.from({ length: 8 }, () => 400),
  ],
  subscribeUidGroupIsOptional: [
    async ({ sandbox }) => [
      await startStatus(sandbox, 'a', 'individual', { recordingConfig: { channelType: 1 } }),
      await startStatus(sandbox, 'b', 'individual', {}),
      await startStatus(sandbox, 'c', 'individual', INDIVIDUAL),
    ],
    [200, 200, 200],
    [400, 400, 200],
  ],
  channelTypeIsOptional: [
    async ({ sandbox }) => [
      await startStatus(sandbox, 'a', 'mix', { recordingConfig: {} }),
      await startStatus(sandbox, 'b', 'individual', { recordingConfig: { subscribeUidGroup: 0 } }),
      await startStatus(sandbox, 'c', 'mix', {}),
    ],
    [200, 200, 200],
    [400, 400, 200],
  ],
  individualMakesNoMp4: [
    async ({ sandbox }) => {
      const acquired = await sandbox.acquire('lesson', '9');
      const where = { cname: 'lesson', uid: '9', resourceId: String(acquired.body.resourceId) };
      const reply = await sandbox.start(where, { ...INDIVIDUAL, ...MP4 }, 'individual');
      if (reply.status !== 200) return reply.status;
      await sandbox.step(10_000);
      const recording = { ...where, sid: String(reply.body.sid) };
      const files = serverResponse(await sandbox.query(recording, 'individual')).fileList as Json[];
      return files.map(({ fileName }) => String(fileName).replace(/^.*__uid_e_/, ''));
    },
    400,
    ['audio_0.mp4', 'audio.m3u8', 'video_0.mp4', 'video.m3u8'],
  ],
  mismatchSaysRequestHash: [
    async ({ sandbox }) => {
      const startParameter = { storageConfig: { ...sandbox.info.storage, bucket: 'another' } };
      const { resourceId } = (await sandbox.acquire('a', '1', { startParameter })).body;
      const reply = await sandbox.start({ cname: 'a', uid: '1', resourceId: String(resourceId) });
      return [reply.status, reply.body];
    },
    [400, { code: 2, reason: 'request_hash mismatch!' }],
    [400, { code: 2, reason: 'Start: invalid startParameter value' }],
  ],
  startRepeatsStartParameter: [
    async ({ sandbox }) => {
      const startParameter = { storageConfig: sandbox.info.storage };
      const { resourceId } = (await sandbox.acquire('a', '1', { startParameter })).body;
      const reply = await sandbox.start({ cname: 'a', uid: '1', resourceId: String(resourceId) });
      return [reply.status, reply.body.reason];
    },
    [200, undefined],
    [400, 'request_hash mismatch!'],
  ],
  namesHaveDocumentedCase: [
    async ({ sandbox }) => Object.keys((await sandbox.acquire('a', '1')).body).sort(),
    ['cname', 'resourceId', 'uid'],
    ['Cname', 'ResourceId', 'Uid'],
  ],
  valuesHaveDocumentedTypes: [
    async (opened) => serverResponse(await opened.sandbox.query(await running(opened))).status,
    5,
    '5',
  ],
  listsAreArrays: [
    async (opened) => {
      const reply = await opened.sandbox.query(await page(opened), 'web');
      return Array.isArray(serverResponse(reply).extensionServiceState);
    },
    true,
    false,
  ],
  servicesHaveNames: [
    async (opened) => {
      const reply = await opened.sandbox.query(await page(opened), 'web');
      return (serverResponse(reply).extensionServiceState as Json[]).map(({ serviceName }) => serviceName);
    },
    ['web_recorder_service'],
    [undefined],
  ],
  factsHaveDocumentedPlaces: [
    async (opened) => {
      await running(opened);
      const { raw } = await vi.waitUntil(() => opened.receiver.arrivals[0]);
      const { payload, ...outside } = JSON.parse(raw.toString()) as { payload: Json };
      return [Object.keys(outside).sort(), 'sid' in payload, 'sendts' in payload];
    },
    [['eventType', 'noticeId', 'notifyMs', 'productId'], true, true],
    [['eventMs', 'eventType', 'notificationId', 'notifyMs', 'sid'], false, false],
  ],
  productIsCloudRecording: [
    async (opened) => {
      await running(opened);
      const { raw } = await vi.waitUntil(() => opened.receiver.arrivals[0]);
      return (JSON.parse(raw.toString()) as Json).productId;
    },
    3,
    1,
  ],
  unsubscribeIsHonoured: [without('unsubscribeVideoUids'), ['1'], []],
  unSubscribeIsHonoured: [without('unSubscribeVideoUids'), ['1'], []],
};

async function failOverBegun(opened: Opened): Promise<Recording> {
  const recording = await running(opened);
  await opened.sandbox.control('POST', `/recordings/${recording.sid}/failover`);
  return recording;
}

describe('The assumption', () => {
  const rows = ASSUMPTION_NAMES.map((name) => [ASSUMPTIONS[name].claim, name, SEEN[name]] as const);

  it.each(rows)('that holds can be observed: %s', async (_claim, _name, [look, holds]) => {
    expect(await look(await openWithReceiver())).toEqual(holds);
  });

  it.each(rows)('that is run false can be observed: %s', async (_claim, name, [look, , isFalse]) => {
    const opened = await openWithReceiver();
    await opened.sandbox.control('PUT', '/assumptions', { [name]: false });
    expect(await look(opened)).toEqual(isFalse);
  });

  it('is shown and changed by name, and holds again after a reset', async () => {
    const { control } = await openSandbox();
    const everyOne = Object.fromEntries(ASSUMPTION_NAMES.map((name) => [name, true]));
    expect((await control('GET', '/assumptions')).body).toEqual(everyOne);
    const changed = await control('PUT', '/assumptions', { noEventThirteen: false });
    expect(changed.body).toEqual({ ...everyOne, noEventThirteen: false });
    expect((await control('PUT', '/assumptions', { theMoonIsCheese: false })).status).toBe(400);
    await control('DELETE', '');
    expect((await control('GET', '/assumptions')).body).toEqual(everyOne);
  });

  it('that is false by default is false again after a reset, and can be changed until then', async () => {
    const dataFile = temporaryFile();
    const falseAssumptions = ['noEventThirteen', 'listsAreArrays'];
    const sandbox = await openSandbox({ dataFile, falseAssumptions });
    const { control } = sandbox;
    const seen = async () => {
      const { noEventThirteen, listsAreArrays, namesAgree } = (await control('GET', '/assumptions')).body;
      return [noEventThirteen, listsAreArrays, namesAgree];
    };
    expect(await seen()).toEqual([false, false, true]);
    await control('PUT', '/assumptions', { listsAreArrays: true, namesAgree: false });
    expect(await seen()).toEqual([false, true, false]);
    await control('DELETE', '');
    expect(await seen()).toEqual([false, false, true]);
    await sandbox.close();
    const next = await openSandbox({ dataFile });
    expect((await next.control('GET', '/assumptions')).body.noEventThirteen).toBe(true);
  });

  it('must be known by name to be false by default', async () => {
    await expect(openSandbox({ falseAssumptions: ['theMoonIsCheese'] })).rejects.toThrow(/theMoonIsCheese/);
  });
});
