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

export interface CompositeConfigInput {
  channelType?: number | null;
  streamTypes?: number | null;
  videoStreamType?: number | null;
  audioProfile?: number | null;
  maxIdleTime?: number | null;
  avFileType?: string[] | null;
  decryptionMode?: number | null;
  secret?: string | null;
  salt?: string | null;
  subscribeAudioUids?: string[] | null;
  unsubscribeAudioUids?: string[] | null;
  subscribeVideoUids?: string[] | null;
  unsubscribeVideoUids?: string[] | null;
  transcodingConfig?: TranscodingConfigInput | null;
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
    composite?: CompositeConfigInput | null;
    individual?: object | null;
    web?: object | null;
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
