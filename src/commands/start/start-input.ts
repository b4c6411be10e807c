import {
  type COMPOSITE_PARAMETERS,
  type INDIVIDUAL_PARAMETERS,
  type SNAPSHOT_PARAMETERS,
  type STREAM_PARAMETERS,
  type SUBSCRIPTION_PARAMETERS,
} from '@agora-recording-gateway/agora/parameters/channel';
import {
  type LAYOUT_PARAMETERS,
  type TRANSCODING_PARAMETERS,
} from '@agora-recording-gateway/agora/parameters/layout';
import { type InputOf } from '@agora-recording-gateway/agora/parameters/parameter';
import {
  type RESOURCE_PARAMETERS,
  type START_PARAMETERS,
} from '@agora-recording-gateway/agora/parameters/resource';
import {
  type PUSH_OUTPUT_PARAMETERS,
  type WEB_PARAMETERS,
} from '@agora-recording-gateway/agora/parameters/web';
import { type MetadataEntry } from '../../recordings/metadata.js';
import { type StorageConfigInput } from './storage.js';

/** The inputs of acquire, start and updateLayout: the parameters of the tables, and what only this gateway has. */

export type LayoutInput = InputOf<typeof LAYOUT_PARAMETERS>;
export type TranscodingConfigInput = InputOf<typeof TRANSCODING_PARAMETERS>;
export type SubscriptionInput = InputOf<typeof SUBSCRIPTION_PARAMETERS>;
export type StreamConfigInput = InputOf<typeof STREAM_PARAMETERS>;
export type PushOutputInput = InputOf<typeof PUSH_OUTPUT_PARAMETERS>;
export type WebConfigInput = InputOf<typeof WEB_PARAMETERS>;
export type SnapshotConfigInput = InputOf<typeof SNAPSHOT_PARAMETERS>;

export type CompositeConfigInput = InputOf<typeof COMPOSITE_PARAMETERS> & {
  transcodingConfig?: TranscodingConfigInput | null;
};

export type IndividualConfigInput = InputOf<typeof INDIVIDUAL_PARAMETERS> & {
  snapshotConfig?: SnapshotConfigInput | null;
};

export interface RecordingConfigInput {
  individual?: IndividualConfigInput | null;
  composite?: CompositeConfigInput | null;
  web?: WebConfigInput | null;
}

/** What acquire is asked with. */
export type ResourceInput = InputOf<typeof RESOURCE_PARAMETERS>;

/** Which recording, where its files go, and what is recorded: the same for acquire as for start. */
export interface PlaceInput extends ResourceInput, InputOf<typeof START_PARAMETERS> {
  appId?: string | null;
  channel: string;
  uid: string;
  storage?: string | null;
  storageConfig?: StorageConfigInput | null;
}

export interface StartInput extends PlaceInput {
  idempotencyKey?: string | null;
  metadata?: MetadataEntry[] | null;
  resourceId?: string | null;
  config: RecordingConfigInput;
}

/** The input of a start that is sent again, or whose resource was acquired before. */
export interface RepeatableStart extends StartInput {
  /** When the gateway made the token that was sent first, Unix seconds: the same one is made again. Null if it made none. */
  tokenIssuedAt?: number | null;
}

export interface AcquireInput extends PlaceInput {
  scene?: number | null;
  config?: RecordingConfigInput | null;
}
