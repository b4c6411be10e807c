import { type Mode } from '../tables/operations.js';

/** Bodies of the REST operations as Agora defines them (rest-api-reference.md, "Schemas"). */

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

export interface LayoutRegion {
  uid?: string;
  x_axis: number;
  y_axis: number;
  width: number;
  height: number;
  alpha?: number;
  render_mode?: number;
}

export interface UserBackground {
  uid: string;
  image_url: string;
  render_mode?: number;
}

/** clientRequest of updateLayout, and a part of transcodingConfig. */
export interface Layout {
  maxResolutionUid?: string;
  mixedVideoLayout?: number;
  backgroundColor?: string;
  backgroundImage?: string;
  defaultUserBackgroundImage?: string;
  layoutConfig?: LayoutRegion[];
  backgroundConfig?: UserBackground[];
}

export interface TranscodingConfig extends Layout {
  width?: number;
  height?: number;
  fps?: number;
  bitrate?: number;
}

export interface RecordingConfig {
  channelType: number;
  decryptionMode?: number;
  secret?: string;
  salt?: string;
  maxIdleTime?: number;
  streamTypes?: number;
  videoStreamType?: number;
  audioProfile?: number;
  subscribeAudioUids?: string[];
  unsubscribeAudioUids?: string[];
  subscribeVideoUids?: string[];
  unsubscribeVideoUids?: string[];
  subscribeUidGroup?: number;
  streamMode?: string;
  transcodingConfig?: TranscodingConfig;
}

/** serviceParam of web_recorder_service (use-case 1) and rtmp_publish_service (use-case 2). */
export interface WebRecorderParameters {
  url: string;
  audioProfile: number;
  videoWidth: number;
  videoHeight: number;
  maxRecordingHour: number;
  videoBitrate?: number;
  videoFps?: number;
  mobile?: boolean;
  maxVideoDuration?: number;
  onhold?: boolean;
  readyTimeout?: number;
}

export interface PushOutput {
  rtmpUrl: string;
}

export type ExtensionServiceRequest =
  | { serviceName: 'web_recorder_service'; serviceParam: WebRecorderParameters }
  | { serviceName: 'rtmp_publish_service'; serviceParam: { outputs: PushOutput[] } };

/** clientRequest of start, and startParameter of acquire, which must be consistent with it. */
export interface StartParameters {
  token?: string;
  storageConfig: StorageConfig;
  recordingConfig?: RecordingConfig;
  recordingFileConfig?: { avFileType: string[] };
  snapshotConfig?: { captureInterval?: number; fileType: string[] };
  extensionServiceConfig?: { extensionServices: ExtensionServiceRequest[] };
}

export interface AcquireBody {
  cname: string;
  uid: string;
  clientRequest: {
    scene: number;
    resourceExpiredHour?: number;
    region?: string;
    excludeResourceIds?: string[];
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
 * The names of the lists of users who are not wanted, and how guides and clients of Agora spell them. Which of the two is
 * honoured is not known, and what is not known is passed over: so both go out (agora-facts.md, section 5, row 18).
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
