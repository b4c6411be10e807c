import { expect } from 'vitest';
import {
  type Client,
  type Json,
  type Notice,
  type Recording,
  type Reply,
  sample,
  shapeOf,
  type startReceiver,
} from './sandbox.js';

/** What start needs in individual mode. */
export const INDIVIDUAL = { recordingConfig: { channelType: 1, subscribeUidGroup: 1 } };

export const PAGE = 'https://boards.acme.example/p/88';

export const RTMP_URL = 'rtmp://live.acme.example/app/key88-canary';

/** extensionServiceConfig with a web recorder, and with a push service where outputs are given. */
export function webPage(serviceParam: Json = {}, rtmpUrls?: string[]): Json {
  const recorder = { url: PAGE, audioProfile: 0, videoWidth: 1280, videoHeight: 720, maxRecordingHour: 3 };
  const outputs = rtmpUrls?.map((rtmpUrl) => ({ rtmpUrl }));
  return {
    extensionServiceConfig: {
      extensionServices: [
        { serviceName: 'web_recorder_service', serviceParam: { ...recorder, ...serviceParam } },
        ...(outputs === undefined
          ? []
          : [{ serviceName: 'rtmp_publish_service', serviceParam: { outputs } }]),
      ],
    },
  };
}

async function begin(
  client: Client,
  mode: string,
  where: { cname: string; uid: string },
  scene: number,
  clientRequest: Json,
): Promise<Recording> {
  const acquired = await client.acquire(where.cname, where.uid, { scene });
  const resourceId = String(acquired.body.resourceId);
  const started = await client.start({ ...where, resourceId }, clientRequest, mode);
  if (started.status !== 200) throw new Error(`start: ${JSON.stringify(started.body)}`);
  return { ...where, resourceId, sid: String(started.body.sid) };
}

/** Acquires and starts in individual mode. */
export function recordEach(
  client: Client,
  clientRequest: Json = INDIVIDUAL,
  cname = 'panel-302',
): Promise<Recording> {
  return begin(client, 'individual', { cname, uid: '901003' }, 0, clientRequest);
}

/** Acquires and starts in web mode. */
export function recordPage(
  client: Client,
  clientRequest: Json = webPage(),
  cname = 'board-page-88',
): Promise<Recording> {
  return begin(client, 'web', { cname, uid: '901002' }, 1, clientRequest);
}

export function serverResponse(reply: Reply): Json {
  return reply.body.serverResponse as Json;
}

/** The payload of one extension service in a reply. */
export function serviceIn(reply: Reply, serviceName: string): Json | undefined {
  const services = serverResponse(reply).extensionServiceState as { serviceName: string; payload: Json }[];
  return services.find((service) => service.serviceName === serviceName)?.payload;
}

/** Checks a reply against a sample: status, and the names and kinds of everything in its body. */
export function expectLike(reply: Reply, name: string): void {
  const expected = sample(name);
  expect(reply.status).toBe(expected.httpStatus);
  expect(shapeOf(reply.body)).toEqual(shapeOf(expected.body));
}

/** Checks that a notification has the form of a sample. */
export function expectNoticeLike(notice: Notice | undefined, name: string): void {
  const expected = sample(`notify-${name}`) as unknown as Notice;
  expect(shapeOf(notice), name).toEqual(shapeOf(expected));
  expect(notice?.payload.serviceType, name).toBe(expected.payload.serviceType);
  expect(notice?.payload.details.msgName, name).toBe(expected.payload.details.msgName);
}

/** Stops, and lets the upload end. */
export async function stopAndWait(client: Client, recording: Recording, mode: string): Promise<Reply> {
  const stopping = client.stop(recording, {}, mode);
  await expect.poll(async () => (await client.truth(recording.sid)).phase).toBe('stopping');
  await client.step(5_000);
  return stopping;
}

/** Stops without an answer to wait for, and waits for the end. */
export async function stopAndHear(
  client: Client,
  receiver: Awaited<ReturnType<typeof startReceiver>>,
  recording: Recording,
  mode: string,
): Promise<void> {
  await client.stop(recording, { async_stop: true }, mode);
  await client.step(5_000);
  await receiver.next(11);
}
