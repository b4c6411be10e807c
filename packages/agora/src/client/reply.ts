import { type AssumptionName } from '../assumptions.js';
import { type AgoraFileList, readFileList, readFileName } from '../webhook/file-list.js';
import { type JsonObject, Reader, readObject } from '../webhook/read.js';

export type UploadingStatus = 'uploaded' | 'backuped' | 'unknown';

/** One entry of extensionServiceState, whichever service it is of. */
export interface ExtensionService {
  serviceName: string;
  state: string | null;
  onhold: boolean | null;
  fileList: AgoraFileList | null;
  uploadingStatus: UploadingStatus | null;
  /** Push targets; the address comes without its stream key, since replies are redacted before they are read. */
  outputs: { rtmpUrl: string; status: string | null }[];
  /** Videos of ApsaraVideo for VoD by playlist. */
  videoInfo: { fileName: string | null; videoId: string | null }[];
}

/** A reply of the REST API in one form, whatever its operation, mode, age and HTTP status. Absent is null. */
export interface Reply {
  code: number | null;
  reason: string | null;
  cname: string | null;
  uid: string | null;
  resourceId: string | null;
  sid: string | null;
  status: number | null;
  fileListMode: string | null;
  fileList: AgoraFileList | null;
  uploadingStatus: UploadingStatus | null;
  /** Start of the recording, Unix milliseconds. */
  sliceStartTime: number | null;
  /** States of submodules by name, as older pages list them. */
  subServiceStatus: Record<string, string> | null;
  extensionServices: ExtensionService[];
}

const UPLOADING_STATES: readonly unknown[] = ['uploaded', 'backuped', 'unknown'];

function readUploadingStatus(value: unknown, reader: Reader): UploadingStatus | null {
  const text = reader.text(value);
  if (text === null) return null;
  if (!UPLOADING_STATES.includes(text)) reader.contradict('uploadIsCalledUnknown');
  return text === 'uploaded' || text === 'backuped' ? text : 'unknown';
}

/** The service that a state without its name is of, by what only that one has; null if nothing shows it. */
function serviceOf(payload: JsonObject): string | null {
  if ('outputs' in payload) return 'rtmp_publish_service';
  if ('videoInfo' in payload) return 'aliyun_vod_service';
  if ('uploadingStatus' in payload) return 'upload_service';
  return 'fileList' in payload || 'onhold' in payload ? 'web_recorder_service' : null;
}

/** A stop example of the newer reference spells it playload (docs/agora/status-and-files.md, Extension services). */
function servicePayload(service: JsonObject, reader: Reader): JsonObject {
  const payload = reader.object(service.payload);
  if (payload !== null) return payload;
  const misspelt = reader.object(service.playload);
  if (misspelt !== null) reader.contradict('webStopSaysPayload');
  return misspelt ?? {};
}

function serviceName(service: JsonObject, payload: JsonObject, reader: Reader): string | null {
  const name = reader.text(service.serviceName);
  if (name === null) reader.contradict('servicesHaveNames');
  return name ?? serviceOf(payload);
}

function readExtensionService(value: unknown, reader: Reader): ExtensionService | null {
  const service = readObject(value);
  if (service === null) return null;
  const payload = servicePayload(service, reader);
  const name = serviceName(service, payload, reader);
  if (name === null) return null;
  const outputs = reader.list(payload.outputs).flatMap((output) => {
    const rtmpUrl = reader.text(readObject(output)?.rtmpUrl);
    return rtmpUrl === null ? [] : [{ rtmpUrl, status: reader.text(readObject(output)?.status) }];
  });
  return {
    serviceName: name,
    state: reader.text(payload.state),
    onhold: reader.boolean(payload.onhold),
    fileList: readFileList(payload.fileList, reader, 'filename'),
    uploadingStatus: readUploadingStatus(payload.uploadingStatus, reader),
    outputs,
    videoInfo: reader.list(payload.videoInfo).map((video) => ({
      fileName: readFileName(readObject(video) ?? {}, reader),
      videoId: reader.text(readObject(video)?.videoId),
    })),
  };
}

function readSubServiceStatus(value: unknown, reader: Reader): Record<string, string> | null {
  const object = reader.object(value);
  if (object === null) return null;
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, state]) => {
      const text = reader.text(state);
      return text === null ? [] : [[name, text]];
    }),
  );
}

/** What only Agora says of a recording, in the body of its reply. */
const SERVER_FACTS = ['status', 'fileList', 'fileListStr', 'uploadingStatus', 'extensionServiceState'];

/** What the server says of the recording: in serverResponse, or next to the names of the recording. */
function serverResponse(body: JsonObject, reader: Reader): JsonObject {
  const response = reader.object(body.serverResponse);
  if (response !== null) return response;
  const isBeside = body.sid !== undefined && SERVER_FACTS.some((name) => name in body);
  if (isBeside) reader.contradict('factsHaveDocumentedPlaces');
  return isBeside ? body : {};
}

/** The first that is not null. */
function first<T>(values: readonly (T | null)[]): T | null {
  return values.find((value) => value !== null) ?? null;
}

/**
 * Reads a reply's body, and which assumptions its form contradicts. A body that is not a JSON object gives a reply whose
 * fields are all null.
 */
export function readReply(text: string): { reply: Reply; contradicted: AssumptionName[] } {
  const reader = new Reader();
  let body: JsonObject = {};
  try {
    body = readObject(reader.named(JSON.parse(text))) ?? {};
  } catch {
    // A proxy's page or an empty body says nothing about the recording; the HTTP status speaks for it.
  }
  return { reply: replyIn(body, reader), contradicted: reader.contradicted };
}

function replyIn(body: JsonObject, reader: Reader): Reply {
  const server = serverResponse(body, reader);
  const services = reader
    .list(server.extensionServiceState)
    .map((service) => readExtensionService(service, reader))
    .filter((service) => service !== null);
  const fileList = readFileList(server.fileList, reader);
  if (server.fileListMode === 'json' && fileList?.kind === 'playlist') reader.contradict('fileListIsArray');
  return {
    code: reader.integer(body.code),
    reason:
      reader.text(body.reason) ??
      reader.text(body.message) ??
      reader.text(body.msg) ??
      reader.text(readObject(server.payload)?.message),
    cname: reader.text(body.cname),
    uid: reader.uid(body.uid),
    resourceId: reader.id(body.resourceId),
    sid: reader.id(body.sid),
    status: reader.integer(server.status),
    fileListMode: reader.text(server.fileListMode),
    fileList: first([
      fileList,
      ...services.map((service) => service.fileList),
      // Failed stops carry the playlist under this name (docs/agora/errors.md, Bodies).
      readFileList(server.fileListStr, reader),
    ]),
    uploadingStatus: first([
      readUploadingStatus(server.uploadingStatus, reader),
      ...services.map((service) => service.uploadingStatus),
    ]),
    sliceStartTime: reader.time(server.sliceStartTime, 'sliceStartTimeIsMilliseconds'),
    subServiceStatus: readSubServiceStatus(server.subServiceStatus, reader),
    extensionServices: services,
  };
}
