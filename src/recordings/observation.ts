import {
  COMPOSITE_PARAMETERS,
  INDIVIDUAL_PARAMETERS,
  type SNAPSHOT_PARAMETERS,
  type SUBSCRIPTION_PARAMETERS,
} from '@agora-recording-gateway/agora/parameters/channel';
import { type FactsOf, noFacts, type NullableFactsOf } from '@agora-recording-gateway/agora/parameters/facts';
import {
  type LAYOUT_PARAMETERS,
  type TRANSCODING_PARAMETERS,
} from '@agora-recording-gateway/agora/parameters/layout';
import { type PAGE_PARAMETERS } from '@agora-recording-gateway/agora/parameters/web';
import { type Notification } from '@agora-recording-gateway/agora/webhook/notification';
import { type NamedRecording } from '@agora-recording-gateway/agora/client/named-recording';
import { type Reply } from '@agora-recording-gateway/agora/client/reply';
import { type Mode, type Operation } from '@agora-recording-gateway/agora/tables/operations';
import { type Mutation } from './audit.js';
import { type CallReason } from './call-reason.js';
import { type SequenceGap } from './fold/sequence.js';
import { type MetadataEntry } from './metadata.js';

/** Where an observation comes from: a call made for a user, a notification, a query of the watch, or the gateway's clock. */
export type ObservationSource = 'COMMAND' | 'NOTIFICATION' | 'POLL' | 'CLOCK';

/** What a recording was started with, without secrets; null for what its mode does not have. */
export interface RecordingSettings
  extends NullableFactsOf<typeof COMPOSITE_PARAMETERS>, NullableFactsOf<typeof INDIVIDUAL_PARAMETERS> {
  snapshot: FactsOf<typeof SNAPSHOT_PARAMETERS> | null;
  transcoding: TranscodingSettings | null;
  web: WebSettings | null;
}

export const NO_SETTINGS: RecordingSettings = {
  ...noFacts(COMPOSITE_PARAMETERS),
  ...noFacts(INDIVIDUAL_PARAMETERS),
  snapshot: null,
  transcoding: null,
  web: null,
};

/** Of a web page recording. What every mode has is in RecordingSettings. */
export interface WebSettings extends Omit<FactsOf<typeof PAGE_PARAMETERS>, 'outputs'> {
  /** Push addresses without their stream keys. */
  outputs: string[];
}

/** What an update or updateLayout changed, without secrets; absent for what it left unchanged. */
export interface UpdateFacts {
  subscription?: SubscriptionLists;
  paused?: boolean;
  outputs?: string[];
  layout?: LayoutSettings;
  credentials?: CredentialsFacts;
}

/** The credentials that Agora uploads with. Temporary ones are renewed while the recording runs. */
export interface CredentialsFacts {
  /** The storage profile that they come from; null if they came with the request. */
  profile: string | null;
  /** When they expire, Unix milliseconds; null if they do not. */
  expireAt: number | null;
}

export type SubscriptionLists = FactsOf<typeof SUBSCRIPTION_PARAMETERS>;

/** The canvas, which cannot change after the start, and its layout. */
export type TranscodingSettings = FactsOf<typeof TRANSCODING_PARAMETERS>;

/** The layout; each updateLayout replaces all of it. */
export type LayoutSettings = FactsOf<typeof LAYOUT_PARAMETERS>;

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
  /** Whether the storage is asked, once the recording has completed, if its files are there; absent: it is not. */
  checkFiles?: boolean;
}

/** What the storage said when it was asked whether the files of a recording are there. */
export interface FileCheck {
  /** Files that it was asked about. */
  files: number;
  /** Names of files that it does not have, the first ones by name. */
  missing: string[];
  /** Names of files that it refuses to show, the first ones by name, while it shows others. */
  denied: string[];
  /** Files that are missing or denied, those without a name here too. */
  absent: number;
  /** Why nothing is known although it was asked again and again; null otherwise. */
  notMade: { reason: string; message: string } | null;
}

/** What calls for a recording need: known from its start here, or given when it was adopted. */
export interface StartFacts {
  channel: string;
  uid: string;
  mode: Mode;
  resourceId: string;
  /** Hours after the start during which Agora answers calls for it. */
  resourceExpiredHour: number;
  /** Null if it was started elsewhere and adopted. */
  settings: RecordingSettings | null;
  storage: StorageLocation | null;
}

/** The deadlines that the gateway's own clock can pass; view/infer-phase.ts has what each one implies. */
export type Deadline =
  /** A start was not confirmed as running. */
  | 'START_UNCONFIRMED'
  /** Agora has answered 404 for longer than a fail-over takes. */
  | 'NOT_FOUND'
  /** Agora accepted a stop, and no report of the end followed. */
  | 'END_UNCONFIRMED'
  /** Nothing has been received for too long about a recording that cannot be queried. */
  | 'SILENT';

/** Why a call was made, and when it was asked for, Unix milliseconds. Earlier releases kept none. */
export interface CallFacts {
  reason: CallReason;
  requestedAt: number;
}

export type ObservationContent =
  | { kind: 'notification'; notification: Notification }
  /** A start that is about to be sent: recorded first, so that every start is known after a crash. */
  | {
      kind: 'attempt';
      operation: 'start';
      facts: StartFacts;
      /** The name of the caller; absent where callers are not authenticated. */
      startedBy?: string;
      metadata?: MetadataEntry[];
    }
  /** A recording that was started elsewhere is controlled from here from now on. */
  | { kind: 'adoption'; sid: string; facts: StartFacts }
  | {
      kind: 'reply';
      operation: Operation;
      httpStatus: number;
      /** Agora's X-Request-Id. */
      requestId: string | null;
      reply: Reply;
      call?: CallFacts;
      /** With start: the resource it was sent with, and whether it repeats a start that was in doubt. */
      start?: { resourceId: string; again: boolean };
      /** With update and updateLayout: what it asked for. */
      update?: UpdateFacts;
      /** Channel or uid that the reply names, where they differ from those of the recording that its sid is of. */
      named?: NamedRecording;
    }
  /** No usable reply came. If it was not sent, Agora cannot have acted. */
  | {
      kind: 'no-reply';
      operation: Operation;
      sent: boolean;
      message: string;
      call?: CallFacts;
      update?: UpdateFacts;
      /** Set if a reply came that is about another recording than the one asked for. */
      named?: NamedRecording;
    }
  | { kind: 'deadline'; deadline: Deadline }
  /**
   * Notifications have been missing for longer than mere reordering explains. Proves no phase. `asksForQuery` is false
   * where most recordings of the project have gaps, so that a gap does not mean that notifications were lost; absent: true.
   */
  | { kind: 'gap'; gap: SequenceGap; asksForQuery?: boolean }
  /** No gateway ran between the two times, Unix milliseconds: notifications sent then may be lost. */
  | { kind: 'outage'; from: number; to: number }
  /** The storage was asked whether the files are there. Proves no phase. */
  | { kind: 'file-check'; check: FileCheck }
  /** The metadata was changed: all of it, as it is from then on. Proves no phase. `by`: the name of the caller. */
  | { kind: 'metadata'; metadata: MetadataEntry[]; by: string | null }
  /** A caller sent a mutation. Says nothing of the recording itself: what was done about it is seen in other observations. */
  | ({ kind: 'mutation' } & Mutation);

/** One thing seen of one recording. Append-only: a recording is a function of the set of its observations. */
export interface Observation {
  /** Of the event that front ends see. */
  id: string;
  appId: string;
  /** Null for a notification until the store has found its recording. */
  recordingId: string | null;
  source: ObservationSource;
  /** When it happened, Unix milliseconds: Agora's sendts; for a call, when it was sent. */
  occurredAt: number;
  /** When the gateway received it, Unix milliseconds. */
  receivedAt: number;
  content: ObservationContent;
  /** The JSON text as received, with secrets cut out; null if nothing was received. */
  raw: string | null;
  /** Hash of the content, made when it was received: equal for equal content, and the last tie-breaker of every order. */
  hash: string;
}
