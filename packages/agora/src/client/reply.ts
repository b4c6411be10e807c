import { type AgoraFileList, readFileList } from '../webhook/file-list.js';
import { withDocumentedNames } from '../webhook/property-names.js';
import {
  type JsonObject,
  readList,
  readBoolean,
  readInteger,
  readObject,
  readString,
  readText,
  readTime,
} from '../webhook/read.js';

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

function readUploadingStatus(value: unknown): UploadingStatus | null {
  const text = readText(value);
  if (text === null) return null;
  return text === 'uploaded' || text === 'backuped' ? text : 'unknown';
}

/** The service that a state without its name is of, by what only that one has; null if nothing shows it. */
function serviceOf(payload: JsonObject): string | null {
  if ('outputs' in payload) return 'rtmp_publish_service';
  if ('videoInfo' in payload) return 'aliyun_vod_service';
  if ('uploadingStatus' in payload) return 'upload_service';
  return 'fileList' in payload || 'onhold' in payload ? 'web_recorder_service' : null;
}

function readExtensionService(value: unknown): ExtensionService | null {
  const service = readObject(value);
  if (service === null) return null;
  // A stop example of the newer reference spells it playload (docs/agora/status-and-files.md, Extension services).
  const payload: JsonObject = readObject(service.payload) ?? readObject(service.playload) ?? {};
  const serviceName = readText(service.serviceName) ?? serviceOf(payload);
  if (serviceName === null) return null;
  const outputs = readList(payload.outputs).flatMap((output) => {
    const rtmpUrl = readText(readObject(output)?.rtmpUrl);
    return rtmpUrl === null ? [] : [{ rtmpUrl, status: readText(readObject(output)?.status) }];
  });
  return {
    serviceName,
    state: readText(payload.state),
    onhold: readBoolean(payload.onhold),
    fileList: readFileList(payload.fileList),
    uploadingStatus: readUploadingStatus(payload.uploadingStatus),
    outputs,
    videoInfo: readList(payload.videoInfo).map((video) => ({
      fileName: readText(readObject(video)?.fileName),
      videoId: readText(readObject(video)?.videoId),
    })),
  };
}

function readSubServiceStatus(value: unknown): Record<string, string> | null {
  const object = readObject(value);
  if (object === null) return null;
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, state]) => {
      const text = readText(state);
      return text === null ? [] : [[name, text]];
    }),
  );
}

/** Reads a reply's body. A body that is not a JSON object gives a reply whose fields are all null. */
export function normaliseReply(text: string): Reply {
  let body: JsonObject = {};
  try {
    body = readObject(withDocumentedNames(JSON.parse(text))) ?? {};
  } catch {
    // A proxy's page or an empty body says nothing about the recording; the HTTP status speaks for it.
  }
  const server = readObject(body.serverResponse) ?? {};
  const services = readList(server.extensionServiceState)
    .map(readExtensionService)
    .filter((service) => service !== null);
  const service = (name: string) => services.find((candidate) => candidate.serviceName === name);
  return {
    code: readInteger(body.code),
    reason:
      readText(body.reason) ??
      readText(body.message) ??
      readText(body.msg) ??
      readText(readObject(server.payload)?.message),
    cname: readText(body.cname),
    uid: readString(body.uid),
    resourceId: readText(body.resourceId),
    sid: readText(body.sid),
    status: readInteger(server.status),
    fileListMode: readText(server.fileListMode),
    fileList:
      readFileList(server.fileList) ??
      service('web_recorder_service')?.fileList ??
      // Failed stops carry the playlist under this name (docs/agora/errors.md, Bodies).
      readFileList(server.fileListStr),
    uploadingStatus:
      readUploadingStatus(server.uploadingStatus) ?? service('upload_service')?.uploadingStatus ?? null,
    sliceStartTime: readTime(server.sliceStartTime),
    subServiceStatus: readSubServiceStatus(server.subServiceStatus),
    extensionServices: services,
  };
}
