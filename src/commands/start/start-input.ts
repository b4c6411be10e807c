import { type StorageConfigInput } from './storage.js';

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

export interface UserBackgroundInput {
  uid: string;
  imageUrl: string;
  renderMode?: number | null;
}

export interface LayoutInput {
  maxResolutionUid?: string | null;
  mixedVideoLayout?: number | null;
  backgroundColor?: string | null;
  backgroundImage?: string | null;
  defaultUserBackgroundImage?: string | null;
  layoutConfig?: LayoutRegionInput[] | null;
  backgroundConfig?: UserBackgroundInput[] | null;
}

export interface TranscodingConfigInput extends LayoutInput {
  width?: number | null;
  height?: number | null;
  fps?: number | null;
  bitrate?: number | null;
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
  subscribeUidGroup?: number | null;
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

export interface RecordingConfigInput {
  individual?: IndividualConfigInput | null;
  composite?: CompositeConfigInput | null;
  web?: WebConfigInput | null;
}

/** What acquire is asked with. */
export interface ResourceInput {
  region?: string | null;
  resourceExpiredHours?: number | null;
  excludeResourceIds?: string[] | null;
}

/** Which recording, where its files go, and what is recorded: the same for acquire as for start. */
export interface PlaceInput extends ResourceInput {
  appId?: string | null;
  channel: string;
  uid: string;
  storage?: string | null;
  storageConfig?: StorageConfigInput | null;
  token?: string | null;
}

export interface StartInput extends PlaceInput {
  idempotencyKey?: string | null;
  resourceId?: string | null;
  config: RecordingConfigInput;
}

export interface AcquireInput extends PlaceInput {
  scene?: number | null;
  config?: RecordingConfigInput | null;
}
