import {
  type COMPOSITE_PARAMETERS,
  type FILE_PARAMETERS,
  type INDIVIDUAL_PARAMETERS,
  type SNAPSHOT_PARAMETERS,
} from '../parameters/channel.js';
import { type LAYOUT_PARAMETERS, type TRANSCODING_PARAMETERS } from '../parameters/layout.js';
import { type RESOURCE_PARAMETERS } from '../parameters/resource.js';
import { type PUSH_OUTPUT_PARAMETERS, type WEB_PARAMETERS } from '../parameters/web.js';
import { type WireOf } from '../parameters/wire.js';
import { type Mode } from '../tables/operations.js';

/**
 * Bodies of the REST operations as Agora defines them (docs/agora/starting-and-stopping.md). The parts that callers set are
 * typed by the tables of parameters.
 */

export interface StorageConfig {
  vendor: number;
  region: number;
  bucket: string;
  accessKey: string;
  secretKey: string;
  stsToken?: string;
  /** Unix seconds. */
  stsExpiration?: number;
  fileNamePrefix?: string[];
  extensionParams?: { sse?: string; tag?: string; endpoint?: string };
}

/** clientRequest of updateLayout, and a part of transcodingConfig. */
export type Layout = WireOf<typeof LAYOUT_PARAMETERS, ''>;

export type TranscodingConfig = WireOf<typeof TRANSCODING_PARAMETERS, ''>;

export type RecordingConfig = WireOf<typeof COMPOSITE_PARAMETERS, 'recordingConfig'> &
  WireOf<typeof INDIVIDUAL_PARAMETERS, 'recordingConfig'> & { transcodingConfig?: TranscodingConfig };

/** serviceParam of web_recorder_service and of rtmp_publish_service. */
export type WebRecorderParameters = WireOf<typeof WEB_PARAMETERS, 'web_recorder_service'>;
export type PushParameters = WireOf<typeof WEB_PARAMETERS, 'rtmp_publish_service'>;

export type PushOutput = WireOf<typeof PUSH_OUTPUT_PARAMETERS, ''>;

export type ExtensionServiceRequest =
  | { serviceName: 'web_recorder_service'; serviceParam: WebRecorderParameters }
  | { serviceName: 'rtmp_publish_service'; serviceParam: PushParameters };

/** clientRequest of start, and startParameter of acquire, which must be consistent with it. */
export interface StartParameters {
  token?: string;
  storageConfig: StorageConfig;
  recordingConfig?: RecordingConfig;
  recordingFileConfig?: WireOf<typeof FILE_PARAMETERS, 'recordingFileConfig'>;
  snapshotConfig?: WireOf<typeof SNAPSHOT_PARAMETERS, 'snapshotConfig'> & { fileType: string[] };
  extensionServiceConfig?: { extensionServices: ExtensionServiceRequest[] };
}

export interface AcquireBody {
  cname: string;
  uid: string;
  clientRequest: WireOf<typeof RESOURCE_PARAMETERS, ''> & {
    scene: number;
    startParameter?: Partial<StartParameters>;
  };
}

export interface StartBody {
  cname: string;
  uid: string;
  clientRequest: StartParameters;
}

export interface UidLists {
  audioUidList?: { subscribeAudioUids?: string[]; unsubscribeAudioUids?: string[] };
  videoUidList?: { subscribeVideoUids?: string[]; unsubscribeVideoUids?: string[] };
}

export interface UpdateBody {
  cname: string;
  uid: string;
  clientRequest: {
    streamSubscribe?: UidLists;
    webRecordingConfig?: { onhold: boolean };
    rtmpPublishConfig?: { outputs: PushOutput[] };
    storageConfig?: StorageConfig;
  };
}

export interface UpdateLayoutBody {
  cname: string;
  uid: string;
  clientRequest: Layout;
}

export interface StopBody {
  cname: string;
  uid: string;
  clientRequest: { async_stop: boolean };
}

/** One call, with everything that its path and body need. */
export type AgoraRequest =
  | { operation: 'ncsIp' }
  | { operation: 'acquire'; appId: string; body: AcquireBody }
  | { operation: 'start'; appId: string; resourceId: string; mode: Mode; body: StartBody }
  | { operation: 'query'; appId: string; resourceId: string; sid: string; mode: Mode }
  | { operation: 'update'; appId: string; resourceId: string; sid: string; mode: Mode; body: UpdateBody }
  | {
      operation: 'updateLayout';
      appId: string;
      resourceId: string;
      sid: string;
      mode: Mode;
      body: UpdateLayoutBody;
    }
  | { operation: 'stop'; appId: string; resourceId: string; sid: string; mode: Mode; body: StopBody };

/**
 * The names of the lists of excluded users, and how guides and clients of Agora spell them. It is not known which of the
 * two Agora honours, and it ignores unknown names: so both are sent (docs/agora/starting-and-stopping.md).
 */
const OTHER_SPELLINGS: readonly (readonly [string, string])[] = [
  ['unsubscribeAudioUids', 'unSubscribeAudioUids'],
  ['unsubscribeVideoUids', 'unSubscribeVideoUids'],
];

function withOtherSpellings(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const object = value as Record<string, unknown>;
  const others = OTHER_SPELLINGS.filter(([name]) => object[name] !== undefined);
  return { ...object, ...Object.fromEntries(others.map(([name, other]) => [other, object[name]])) };
}

/** The body of a request as it is sent. */
export function requestText(body: object): string {
  return JSON.stringify(body, (_name, value: unknown) => withOtherSpellings(value));
}

/** The path of a request below Agora's base address. */
export function requestPath(request: AgoraRequest): string {
  if (request.operation === 'ncsIp') return 'v1/ncs/ip';
  const base = `v1/apps/${encodeURIComponent(request.appId)}/cloud_recording`;
  if (request.operation === 'acquire') return `${base}/acquire`;
  const resource = `${base}/resourceid/${encodeURIComponent(request.resourceId)}`;
  if (request.operation === 'start') return `${resource}/mode/${request.mode}/start`;
  return `${resource}/sid/${encodeURIComponent(request.sid)}/mode/${request.mode}/${request.operation}`;
}
