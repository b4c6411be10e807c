import { type Notification } from '@agora-recording-gateway/agora/webhook/notification';
import { type Reply } from '@agora-recording-gateway/agora/client/reply';
import { type Mode, type Operation } from '@agora-recording-gateway/agora/tables/operations';
import { type SequenceGap } from './fold/sequence.js';

/** What told us: a call made for a user, a notification, a query of the watch, or the gateway's own clock. */
export type ObservationSource = 'COMMAND' | 'NOTIFICATION' | 'POLL' | 'CLOCK';

/** What a recording was started with, without secrets; null where its mode has no such setting. Times in seconds. */
export interface RecordingSettings {
  channelType: number | null;
  streamTypes: number | null;
  videoStreamType: number | null;
  audioProfile: number | null;
  maxIdleTime: number | null;
  avFileType: string[] | null;
  decryptionMode: number | null;
  subscribeAudioUids: string[] | null;
  unsubscribeAudioUids: string[] | null;
  subscribeVideoUids: string[] | null;
  unsubscribeVideoUids: string[] | null;
  subscribeUidGroup: number | null;
  streamMode: string | null;
  snapshot: { captureInterval: number } | null;
  transcoding: TranscodingSettings | null;
  web: WebSettings | null;
}

export const NO_SETTINGS: RecordingSettings = {
  channelType: null,
  streamTypes: null,
  videoStreamType: null,
  audioProfile: null,
  maxIdleTime: null,
  avFileType: null,
  decryptionMode: null,
  subscribeAudioUids: null,
  unsubscribeAudioUids: null,
  subscribeVideoUids: null,
  unsubscribeVideoUids: null,
  subscribeUidGroup: null,
  streamMode: null,
  snapshot: null,
  transcoding: null,
  web: null,
};

export interface WebSettings {
  url: string;
  videoWidth: number;
  videoHeight: number;
  maxRecordingHour: number;
  videoBitrate: number;
  videoFps: number;
  mobile: boolean;
  maxVideoDuration: number;
  /** Whether it was started on hold. */
  paused: boolean;
  readyTimeout: number;
  /** Push addresses without their stream keys. */
  outputs: string[];
}

/** What an update or updateLayout changed, without secrets; absent where it left a thing as it was. */
export interface UpdateFacts {
  subscription?: SubscriptionLists;
  paused?: boolean;
  outputs?: string[];
  layout?: LayoutSettings;
  credentials?: CredentialsFacts;
}

/** Which credentials Agora uploads with; they are renewed while the recording runs where they are temporary. */
export interface CredentialsFacts {
  /** The storage profile that they come from; null where they came with the request. */
  profile: string | null;
  /** When they expire, Unix milliseconds; null where they do not. */
  expireAt: number | null;
}

export interface SubscriptionLists {
  subscribeAudioUids: string[] | null;
  unsubscribeAudioUids: string[] | null;
  subscribeVideoUids: string[] | null;
  unsubscribeVideoUids: string[] | null;
}

/** The canvas, which stays as it was started, and how it is laid out. */
export interface TranscodingSettings extends LayoutSettings {
  width: number;
  height: number;
  fps: number;
  bitrate: number;
}

/** Each updateLayout replaces all of it. */
export interface LayoutSettings {
  mixedVideoLayout: number;
  backgroundColor: string;
  backgroundImage: string | null;
  defaultUserBackgroundImage: string | null;
  maxResolutionUid: string | null;
  layoutConfig: LayoutRegionSettings[];
  backgroundConfig: UserBackgroundSettings[];
}

export interface UserBackgroundSettings {
  uid: string;
  imageUrl: string;
  renderMode: number;
}

export interface LayoutRegionSettings {
  uid: string | null;
  x: number;
  y: number;
  width: number;
  height: number;
  alpha: number;
  renderMode: number;
}

/** Where the files go, without the keys. */
export interface StorageLocation extends CredentialsFacts {
  vendor: number;
  region: number;
  bucket: string;
  fileNamePrefix: string[];
  /** Server-side encryption, kms or aes256. */
  sse: string | null;
  tag: string | null;
  endpoint: string | null;
}

/** What calls for a recording need, from having started it or from those who did. */
export interface StartFacts {
  channel: string;
  uid: string;
  mode: Mode;
  resourceId: string;
  /** Hours after the start during which Agora answers calls for it. */
  resourceExpiredHour: number;
  /** Null where it was started elsewhere, and adopted. */
  settings: RecordingSettings | null;
  storage: StorageLocation | null;
}

/** The deadlines that the gateway's own clock can pass; what each infers stands in phase.ts. */
export type Deadline =
  /** A start was not confirmed as running. */
  | 'START_UNCONFIRMED'
  /** Agora has not known the recording for longer than a fail-over takes. */
  | 'NOT_FOUND'
  /** A stop was taken, and no word of the end followed. */
  | 'END_UNCONFIRMED'
  /** A recording that cannot be queried has not been heard of for too long. */
  | 'SILENT';

export type ObservationContent =
  | { kind: 'notification'; notification: Notification }
  /** A start that is about to be sent: written down first, so that no start is ever unknown. */
  | { kind: 'attempt'; operation: 'start'; facts: StartFacts }
  /** A recording that was started elsewhere is to be controlled from here. */
  | { kind: 'adoption'; sid: string; facts: StartFacts }
  | {
      kind: 'reply';
      operation: Operation;
      httpStatus: number;
      /** Agora's X-Request-Id. */
      requestId: string | null;
      reply: Reply;
      /** With start: the resource it was sent with, and whether it settles a start that was in doubt. */
      start?: { resourceId: string; again: boolean };
      /** With update and updateLayout: what it asked for. */
      update?: UpdateFacts;
    }
  /** No answer came; if it was not even sent, Agora cannot have acted. */
  | { kind: 'no-reply'; operation: Operation; sent: boolean; message: string; update?: UpdateFacts }
  | { kind: 'deadline'; deadline: Deadline }
  /**
   * Notifications have been missing for longer than mere reordering explains. Proves no phase. `asksForQuery` is false
   * where most recordings of the project have gaps, so that a gap does not mean that notifications were lost; absent: true.
   */
  | { kind: 'gap'; gap: SequenceGap; asksForQuery?: boolean }
  /** No gateway ran between the two times, Unix milliseconds: what was sent meanwhile may be lost. */
  | { kind: 'outage'; from: number; to: number };

/** One thing seen of one recording. Append-only: a recording is a function of the set of its observations. */
export interface Observation {
  /** Of the event that front ends see. */
  id: string;
  appId: string;
  /** Null for a notification until the store has found which recording it belongs to. */
  recordingId: string | null;
  source: ObservationSource;
  /** When it happened, Unix milliseconds: Agora's sendts; for a call the moment we asked. */
  occurredAt: number;
  /** When we learned of it, Unix milliseconds. */
  receivedAt: number;
  content: ObservationContent;
  /** The JSON text as received, but for secrets; null where nothing was received. */
  raw: string | null;
  /** Of what it says, made at the door: equal for equal content, and the last resort of every order. */
  hash: string;
}
