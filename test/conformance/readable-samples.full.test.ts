import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type RecordingConfigInput,
  RefreshRecordingDocument,
  StartRecordingDocument,
  StopRecordingDocument,
} from '@agora-recording-gateway/client';
import { run } from '../support/documents.js';
import { request } from '../support/graphql-client.js';
import { openStage, type Stage } from '../support/stage.js';

/** Every property of every sample reply of query and stop is read through GraphQL, after the sandbox has sent it. */

type Json = Record<string, unknown>;

interface Sample {
  call: 'query' | 'stop';
  mode: 'mix' | 'individual' | 'web';
  httpStatus: number;
  body: Json & { cname: string; uid: string; serverResponse: Json };
}

const folder = new URL('../samples/', import.meta.url);
const SAMPLES = readdirSync(folder)
  .map((file) => [file, JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Sample] as const)
  .filter(([, { call, body }]) => (call === 'query' || call === 'stop') && body.serverResponse !== undefined);

const CONFIG: Record<Sample['mode'], RecordingConfigInput> = {
  mix: { composite: {} },
  individual: { individual: { subscribeUidGroup: 'UIDS_1_TO_2' } },
  web: {
    web: {
      ...{ url: 'https://acme.example/board', audioProfile: 'MUSIC_STANDARD' },
      ...{ videoWidth: 1280, videoHeight: 720, maxRecordingHour: 1 },
    },
  },
};

const FILE = 'fileName trackType uid mixedAllUsers playable startedAt';
const FILE_LIST = `fileList { __typename ... on PlaylistFile { fileName } ... on RecordedFileSet { files { ${FILE} } } }`;
const EVERYTHING = `query ($id: ID) { recording(by: { id: $id }) {
  channel uid sid resourceId serviceStatusCode recordingSince upload { state } ${FILE_LIST} web { paused }
  extensionServices { __typename
    ... on UploadServiceState { uploadState }
    ... on WebRecorderState { paused state ${FILE_LIST} } } } }`;

const time = (value: unknown) => new Date(value as number).toISOString();
const UPLOADS: Json = { uploaded: 'UPLOADED', backuped: 'BACKED_UP' };
const PAGE_STATES: Json = { inProgress: 'IN_PROGRESS', exit: 'EXIT' };
const SERVICES: Json = { upload_service: 'UploadServiceState', web_recorder_service: 'WebRecorderState' };

/** Where GraphQL has a property, by its name in Agora's reply. */
type Places = Record<string, (value: unknown, among: Json) => Json>;

const IN_FILE: Places = {
  fileName: (fileName) => ({ fileName }),
  filename: (fileName) => ({ fileName }),
  trackType: (value) => ({ trackType: String(value).toUpperCase() }),
  uid: (uid) => ({ uid }),
  mixedAllUser: (mixedAllUsers) => ({ mixedAllUsers }),
  isPlayable: (playable) => ({ playable }),
  sliceStartTime: (value) => ({ startedAt: time(value) }),
};

const containing = (expected: Json) => expect.objectContaining(expected) as unknown;

const fileList = (list: unknown): Json => ({
  fileList: containing(
    Array.isArray(list)
      ? {
          __typename: 'RecordedFileSet',
          files: list.map((file) => containing(placed(file as Json, IN_FILE))),
        }
      : { __typename: 'PlaylistFile', fileName: list },
  ),
});

const IN_PAYLOAD: Places = {
  uploadingStatus: (value) => ({ uploadState: UPLOADS[String(value)] }),
  state: (value) => ({ state: PAGE_STATES[String(value)] }),
  onhold: (paused) => ({ paused }),
  fileList,
};

const IN_RESPONSE: Places = {
  status: (serviceStatusCode) => ({ serviceStatusCode }),
  // The type of the list says its form.
  fileListMode: (_, { fileList: list }) => fileList(list),
  fileList,
  sliceStartTime: (value) => ({ recordingSince: time(value) }),
  // An unknown status does not change the state of the upload, which the gateway knows from elsewhere.
  uploadingStatus: (value) => (value === 'unknown' ? {} : { upload: { state: UPLOADS[String(value)] } }),
  extensionServiceState: (services) => ({
    extensionServices: expect.arrayContaining(
      (services as { serviceName: string; payload: Json }[]).map(({ serviceName, payload }) =>
        containing({ __typename: SERVICES[serviceName], ...placed(payload, IN_PAYLOAD) }),
      ),
    ) as unknown,
  }),
};

/** What GraphQL must show of these properties. One without a place fails the test. */
function placed(properties: Json, places: Places): Json {
  return Object.assign(
    {},
    ...Object.entries(properties).map(([name, value]) => {
      const place = places[name];
      if (place === undefined) throw new Error(`GraphQL has no field for ${name}.`);
      return place(value, properties);
    }),
  ) as Json;
}

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  // The gateway learns nothing except from the reply.
  await stage.sandbox.control('PUT', '/notifications', { loss: 1 });
});

afterAll(async () => {
  await stage.close();
});

describe('Each property of a sample reply is read through GraphQL', () => {
  it.each(SAMPLES)('%s', async (file, { call, mode, httpStatus, body }) => {
    const channel = file.replace('.json', '');
    const input = { channel, uid: body.uid, config: CONFIG[mode] };
    const started = (await run(stage.gateway.url, StartRecordingDocument, { input })).startRecording;
    expect(started.userErrors).toEqual([]);
    const { id } = started.recording!;
    const { sid, resourceId } = (await stage.tasks(channel))[0] as unknown as Json;
    const identity = { cname: channel, uid: body.uid, sid, resourceId };
    const reply = { status: httpStatus, body: { ...body, ...identity } };
    await stage.sandbox.control('POST', '/faults', {
      ...{ operation: call, cname: channel, times: 100, ...reply },
    });
    const { userErrors } =
      call === 'query'
        ? (await run(stage.gateway.url, RefreshRecordingDocument, { input: { recordingId: id } }))
            .refreshRecording
        : (
            await run(stage.gateway.url, StopRecordingDocument, {
              input: { recordingId: id, waitSeconds: 20 },
            })
          ).stopRecording;
    expect(userErrors).toEqual([]);
    const { recording } = await request<{ recording: Json }>(stage.gateway.url, EVERYTHING, { id });
    expect(recording).toMatchObject({
      ...{ channel, uid: body.uid, sid, resourceId },
      ...placed(body.serverResponse, IN_RESPONSE),
    });
  });
});
