import { type Secret } from '../agora/secret.js';

/** A place in the canvas, relative to its size. */
export interface LayoutRegionInput {
  uid?: string | null;
  x: number;
  y: number;
  width: number;
  height: number;
  alpha?: number | null;
  renderMode?: number | null;
}

export interface TranscodingConfigInput {
  width?: number | null;
  height?: number | null;
  fps?: number | null;
  bitrate?: number | null;
  maxResolutionUid?: string | null;
  mixedVideoLayout?: number | null;
  backgroundColor?: string | null;
  layoutConfig?: LayoutRegionInput[] | null;
}

export interface SubscriptionInput {
  subscribeAudioUids?: string[] | null;
  unsubscribeAudioUids?: string[] | null;
  subscribeVideoUids?: string[] | null;
  unsubscribeVideoUids?: string[] | null;
}

/** What composite and individual recordings share. */
export interface StreamConfigInput extends SubscriptionInput {
  channelType?: number | null;
  streamTypes?: number | null;
  videoStreamType?: number | null;
  maxIdleTime?: number | null;
  avFileType?: string[] | null;
  decryptionMode?: number | null;
  secret?: string | null;
  salt?: string | null;
}

export interface CompositeConfigInput extends StreamConfigInput {
  audioProfile?: number | null;
  transcodingConfig?: TranscodingConfigInput | null;
}

export interface SnapshotConfigInput {
  captureInterval?: number | null;
}

export interface IndividualConfigInput extends StreamConfigInput {
  subscribeUidGroup: number;
  streamMode?: string | null;
  snapshotConfig?: SnapshotConfigInput | null;
}

export interface PushOutputInput {
  rtmpUrl: string;
}

export interface WebConfigInput {
  url: string;
  audioProfile: number;
  videoWidth: number;
  videoHeight: number;
  maxRecordingHour: number;
  videoBitrate?: number | null;
  videoFps?: number | null;
  mobile?: boolean | null;
  maxVideoDuration?: number | null;
  paused?: boolean | null;
  readyTimeout?: number | null;
  avFileType?: string[] | null;
  outputs?: PushOutputInput[] | null;
}

export interface StartInput {
  appId?: string | null;
  channel: string;
  uid: string;
  storage?: string | null;
  token?: string | null;
  region?: string | null;
  resourceExpiredHours?: number | null;
  excludeResourceIds?: string[] | null;
  idempotencyKey?: string | null;
  config: {
    individual?: IndividualConfigInput | null;
    composite?: CompositeConfigInput | null;
    web?: WebConfigInput | null;
  };
}

/** A place for files with its keys, as the operator configured it. */
export interface StorageProfile {
  name: string;
  isDefault: boolean;
  vendor: number;
  region: number;
  bucket: string;
  accessKey: Secret;
  secretKey: Secret;
  fileNamePrefix: string[];
}
