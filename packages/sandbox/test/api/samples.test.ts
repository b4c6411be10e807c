import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CALLS_PER_SECOND } from '../../src/api/rate-limit.js';
import {
  INDIVIDUAL,
  recordEach,
  recordPage,
  serviceIn,
  stopAndHear,
  stopAndWait,
  webPage,
} from '../support/modes.js';
import {
  type Arrival,
  type Client,
  type Json,
  type Notice,
  openWithReceiver,
  type Recording,
  type Reply,
  sample,
  type startReceiver,
} from '../support/sandbox.js';

const names = readdirSync(new URL('../../../../test/samples/', import.meta.url)).map((name) =>
  name.replace(/\.json$/, ''),
);

type Receiver = Awaited<ReturnType<typeof startReceiver>>;

const HLS_AND_MP4 = { recordingFileConfig: { avFileType: ['hls', 'mp4'] } };
const SNAPSHOTS = { ...INDIVIDUAL, snapshotConfig: { captureInterval: 5, fileType: ['jpg'] } };

/**
 * Names and JSON types of everything in a value. Of a list, the different forms of its entries: how many there are is
 * not a matter of form. No key is optional anywhere.
 */
function formOf(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.map((entry) => JSON.stringify(formOf(entry))))].sort();
  if (typeof value === 'object' && value !== null) {
    const sorted = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
    return Object.fromEntries(sorted.map(([key, inner]) => [key, formOf(inner)]));
  }
  return value === null ? 'null' : typeof value;
}

/** A composite recording that runs, with its first files uploaded. */
async function running(sandbox: Client, clientRequest: Json = {}): Promise<Recording> {
  const recording = await sandbox.record('lesson-4711', '901001', clientRequest);
  await sandbox.step(10_000);
  return recording;
}

async function runningEach(sandbox: Client, clientRequest?: Json): Promise<Recording> {
  const recording = await recordEach(sandbox, clientRequest);
  await sandbox.step(10_000);
  return recording;
}

async function runningPage(sandbox: Client, clientRequest?: Json): Promise<Recording> {
  const recording = await recordPage(sandbox, clientRequest);
  await sandbox.step(10_000);
  return recording;
}

async function acquired(sandbox: Client) {
  const where = { cname: 'lesson-4711', uid: '901001' };
  const { body } = await sandbox.acquire(where.cname, where.uid);
  return { ...where, resourceId: String(body.resourceId) };
}

/** Has the sandbox answer the next call as ordered. */
async function ordered(sandbox: Client, operation: string, status: number, body: Json): Promise<void> {
  expect((await sandbox.control('POST', '/faults', { operation, status, body })).status).toBe(201);
}

/** Where no behaviour leads to the answer, it is had by order. */
const startAs = (status: number, body: Json) => async (sandbox: Client) => {
  await ordered(sandbox, 'start', status, body);
  return sandbox.start(await acquired(sandbox));
};
const acquireAs = (status: number, body: Json) => async (sandbox: Client) => {
  await ordered(sandbox, 'acquire', status, body);
  return sandbox.acquire('lesson-4711', '901001');
};

/** What leads to each reply among the samples. */
const REPLIES: Record<string, (sandbox: Client) => Promise<Reply>> = {
  'acquire-ok': (sandbox) => sandbox.acquire('lesson-4711', '901001'),
  'start-ok': async (sandbox) => sandbox.start(await acquired(sandbox)),
  'query-starting': async (sandbox) => {
    const recording = await sandbox.record();
    await sandbox.step(1_000);
    return sandbox.query(recording);
  },
  'query-mix-hls': async (sandbox) => sandbox.query(await running(sandbox)),
  'query-mix-hls-mp4': async (sandbox) => sandbox.query(await running(sandbox, HLS_AND_MP4)),
  'query-individual-json': async (sandbox) => sandbox.query(await runningEach(sandbox), 'individual'),
  'query-individual-snapshot-only': async (sandbox) =>
    sandbox.query(await runningEach(sandbox, SNAPSHOTS), 'individual'),
  'query-web-filename': async (sandbox) => sandbox.query(await runningPage(sandbox), 'web'),
  'update-ok': async (sandbox) => {
    const audioUidList = { subscribeAudioUids: ['#allstream#'] };
    return sandbox.update(await running(sandbox), { streamSubscribe: { audioUidList } });
  },
  'updatelayout-ok': async (sandbox) => sandbox.updateLayout(await running(sandbox), { mixedVideoLayout: 1 }),
  'stop-mix-hls': async (sandbox) => stopAndWait(sandbox, await running(sandbox), 'mix'),
  'stop-mix-hls-mp4-backuped': async (sandbox) => {
    const recording = await running(sandbox, HLS_AND_MP4);
    await sandbox.control('PUT', `/recordings/${recording.sid}`, { backup: true });
    return stopAndWait(sandbox, recording, 'mix');
  },
  'stop-individual-snapshot': async (sandbox) =>
    stopAndWait(sandbox, await runningEach(sandbox, SNAPSHOTS), 'individual'),
  'stop-web': async (sandbox) => stopAndWait(sandbox, await runningPage(sandbox), 'web'),
  'ncs-ip-ok': (sandbox) => sandbox.agora('GET', '/v1/ncs/ip'),
  'error-acquire-400-code400': acquireAs(400, { code: 400, reason: 'invalid_appid' }),
  'error-acquire-500-code501': acquireAs(500, { code: 501, reason: 'no_worker_manager_available' }),
  'error-gateway-401': (sandbox) =>
    sandbox.agora('GET', '/v1/ncs/ip', undefined, { authorization: 'Basic d3Jvbmc6d3Jvbmc=' }),
  'error-gateway-429': async (sandbox) => {
    const calls = Array.from({ length: 2 * CALLS_PER_SECOND }, () => sandbox.agora('GET', '/v1/ncs/ip'));
    return (await Promise.all(calls)).find(({ status }) => status !== 200)!;
  },
  'error-query-404-worker': async (sandbox) =>
    sandbox.query({ ...(await running(sandbox)), sid: '0'.repeat(32) }),
  'error-start-201-code7': async (sandbox) => sandbox.start(await sandbox.record()),
  'error-start-206-code65': startAs(206, { code: 65, reason: 'request not completed' }),
  'error-start-400-code2': async (sandbox) =>
    sandbox.start(await acquired(sandbox), { recordingConfig: { channelType: 0, maxIdleTime: 1 } }),
  'error-start-400-code53': async (sandbox) => {
    await running(sandbox);
    return sandbox.start(await acquired(sandbox));
  },
  'error-start-500-code502': startAs(500, { code: 502, reason: 'Failed to allocate worker' }),
  'error-start-500-code62': startAs(500, { code: 62, reason: 'request timeout' }),
  'error-stop-200-code50-sync-timeout': async (sandbox) => {
    await sandbox.control('PUT', '/assumptions', { lateStopIsPartial: false });
    const recording = await running(sandbox);
    await sandbox.control('PUT', `/recordings/${recording.sid}`, { uploadMs: 60_000 });
    const stopping = sandbox.stop(recording);
    await expect.poll(async () => (await sandbox.truth(recording.sid)).phase).toBe('stopping');
    await sandbox.step(21_000);
    return stopping;
  },
  'error-stop-400-code49': async (sandbox) => {
    const recording = await running(sandbox);
    await sandbox.stop(recording, { async_stop: true });
    return sandbox.stop(recording);
  },
};

type Telling = (sandbox: Client, receiver: Receiver) => Promise<Notice>;

/** A composite recording from start to end, of which one event is wanted. */
const ofLife =
  (eventType: number, clientRequest: Json = {}): Telling =>
  async (sandbox, receiver) => {
    const recording = await running(sandbox, clientRequest);
    await sandbox.step(60_000);
    await stopAndHear(sandbox, receiver, recording, 'mix');
    return receiver.next(eventType);
  };

/** Where nothing in the life of a recording leads to an event, it is had by order. */
const byOrder =
  (eventType: number, details: Json = {}): Telling =>
  async (sandbox, receiver) => {
    const { sid } = await sandbox.record();
    await sandbox.control('POST', `/recordings/${sid}/notifications`, { eventType, details });
    return receiver.next(eventType);
  };

/** A page recording that is left to itself, of which one event is wanted. */
const ofPage =
  (eventType: number, serviceParam: Json = {}): Telling =>
  async (sandbox, receiver) => {
    await recordPage(sandbox, webPage(serviceParam));
    await sandbox.step(60_000);
    return receiver.next(eventType);
  };

const endedPage =
  (eventType: number): Telling =>
  async (sandbox, receiver) => {
    await stopAndHear(sandbox, receiver, await runningPage(sandbox), 'web');
    return receiver.next(eventType);
  };

/** What leads to each notification among the samples. */
const NOTIFICATIONS: Record<string, Telling> = {
  'notify-1-error-upload': async (sandbox, receiver) => {
    await sandbox.record('lesson-4711', '901001', {
      storageConfig: { ...sandbox.info.storage, bucket: 'no-such-bucket' },
    });
    await sandbox.step(5_000);
    return receiver.next(1);
  },
  'notify-2-warning': byOrder(2, { module: 1, warnCode: 31 }),
  'notify-3-status-update': ofLife(3),
  'notify-4-file-infos': ofLife(4),
  'notify-11-session-exit': ofLife(11),
  'notify-13-ha-registered': byOrder(13),
  'notify-30-uploader-started': ofLife(30),
  'notify-31-uploaded-individual': async (sandbox, receiver) => {
    await stopAndHear(sandbox, receiver, await runningEach(sandbox), 'individual');
    return receiver.next(31);
  },
  'notify-31-uploaded-mix-mp4': ofLife(31, HLS_AND_MP4),
  'notify-31-uploaded-web-no-files': endedPage(31),
  'notify-32-backuped': async (sandbox, receiver) => {
    const recording = await running(sandbox);
    await sandbox.control('PUT', `/recordings/${recording.sid}`, { backup: true });
    await stopAndHear(sandbox, receiver, recording, 'mix');
    return receiver.next(32);
  },
  'notify-33-progress': ofLife(33),
  'notify-34-sts-expired': byOrder(34),
  'notify-40-recorder-started': ofLife(40),
  'notify-40-retry-of-same-notice': async (sandbox, receiver) => {
    await sandbox.record();
    await sandbox.step(2_050);
    await expect.poll(() => receiver.ofType(40)).toHaveLength(2);
    const [first, again] = receiver.ofType(40);
    expect({ ...again, notifyMs: 0 }).toEqual({ ...first, notifyMs: 0 });
    return again!;
  },
  'notify-41-leave-no-users': async (sandbox, receiver) => {
    const { cname } = await running(sandbox);
    await sandbox.control('PUT', `/channels/${cname}`, { publishers: [] });
    await sandbox.step(40_000);
    return receiver.next(41);
  },
  'notify-42-slice-start': ofLife(42),
  'notify-43-audio-state': ofLife(43),
  'notify-44-video-state-lost': async (sandbox, receiver) => {
    const { cname } = await running(sandbox);
    const publishers = [{ uid: '71', audio: true, video: false }];
    await sandbox.control('PUT', `/channels/${cname}`, { publishers });
    await sandbox.step(100);
    await expect.poll(() => receiver.ofType(44)).toHaveLength(2);
    return receiver.ofType(44).find((notice) => notice.payload.details.state === 1)!;
  },
  'notify-60-vod-started': byOrder(60, { aliVodInfo: { videoId: '6f1c' } }),
  'notify-61-vod-triggered': byOrder(61),
  'notify-70-web-started': ofPage(70),
  'notify-71-web-stopped-ok': endedPage(71),
  'notify-72-web-capability-limit': ofPage(72, { url: 'https://boards.acme.example/heavy' }),
  'notify-73-web-reload': ofPage(73, { url: 'https://acme.example/never-ready', readyTimeout: 5 }),
  'notify-80-transcoder-started': byOrder(80),
  'notify-90-download-failed': byOrder(90, { vendor: 1, region: 7, bucket: 'acme', fileName: 'a.ts;b.ts' }),
};

describe('Replies of the sandbox have the format of the samples', () => {
  it('have a scenario for each sample', () => {
    const replies = names.filter((name) => !/^(notify-|request-|signature-)/.test(name));
    expect(Object.keys(REPLIES).sort()).toEqual(replies.sort());
  });

  it.each(Object.entries(REPLIES))('%s', async (name, scenario) => {
    const { sandbox } = await openWithReceiver({ callsPerSecond: CALLS_PER_SECOND });
    const reply = await scenario(sandbox);
    const expected = sample(name) as { httpStatus: number; body: Json };
    expect(reply.status).toBe(expected.httpStatus);
    expect(formOf(reply.body)).toEqual(formOf(expected.body));
    const { code, reason, message } = expected.body;
    expect([reply.body.code, reply.body.reason, reply.body.message]).toEqual([code, reason, message]);
  });

  it('name the service of each payload in web mode as the samples do', async () => {
    const { sandbox } = await openWithReceiver();
    const reply = await REPLIES['stop-web']!(sandbox);
    expect(serviceIn(reply, 'upload_service')).toHaveProperty('uploadingStatus');
    expect(serviceIn(reply, 'web_recorder_service')).toHaveProperty('fileList');
  });
});

describe('Notifications of the sandbox have the format of the samples', () => {
  it('have a scenario for each sample', () => {
    const notifications = names.filter((name) => name.startsWith('notify-'));
    expect(Object.keys(NOTIFICATIONS).sort()).toEqual(notifications.sort());
  });

  it.each(Object.entries(NOTIFICATIONS))('%s', async (name, scenario) => {
    const failsFirst = (_arrival: Arrival, index: number) => (index === 0 ? 500 : 200);
    const { sandbox, receiver } = await openWithReceiver({}, name.includes('retry') ? failsFirst : undefined);
    const notice = await scenario(sandbox, receiver);
    const expected = sample(name) as unknown as Notice;
    expect(formOf(notice)).toEqual(formOf(expected));
    expect(notice.eventType).toBe(expected.eventType);
    expect(notice.payload.serviceType).toBe(expected.payload.serviceType);
    expect(notice.payload.details.msgName).toBe(expected.payload.details.msgName);
  });
});
