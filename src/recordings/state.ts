import { type AgoraFile, type AgoraFileList } from '@agora-recording-gateway/agora/webhook/file-list';
import { type ExtensionService } from '@agora-recording-gateway/agora/client/reply';
import { byName, type ByName } from './by-name.js';
import { type EndSign } from './fold/end-signs.js';
import { type ProofKind, type Rank, RANK } from './fold/evidence.js';
import { type Mode } from '@agora-recording-gateway/agora/tables/operations';
import {
  type CredentialsFacts,
  type Deadline,
  type FileCheck,
  type LayoutSettings,
  type ObservationSource,
  type StartFacts,
  type SubscriptionLists,
} from './observation.js';
import { type MetadataEntry } from './metadata.js';
import { type StoredProblemCode } from './problems.js';
import { type Register } from './fold/register.js';
import { type SequenceStreams } from './fold/sequence.js';

/** The earliest proof of a rank. */
export interface Proof {
  at: number;
  hash: string;
  source: ObservationSource;
  /** Absent where an earlier release stored it; proofKind then reads it from the description. */
  kind?: ProofKind;
  /** In a few words, for the explanation. */
  description: string;
}

/** Something that went wrong, with what to do about it. */
export interface Problem {
  code: StoredProblemCode;
  message: string;
  occurredAt: number;
  /** The observation that showed it; absent where an earlier release stored it, or where none did. */
  observationId?: string;
}

export interface StreamRegisters {
  audio: Register<boolean> | null;
  video: Register<boolean> | null;
}

/** Bookkeeping of arrival: depends on the order and number of arrivals, and decides no other field of the recording. */
export interface Bookkeeping {
  /** Grows by one with every visible change. */
  version: number;
  /** When the observation of that change was received; absent until the next change of what an earlier release stored. */
  changedAt?: number;
  observedAt: number;
  observedBy: ObservationSource;
  notifications: number;
  duplicates: number;
  conflicts: number;
  outOfOrder: number;
  snapshots: number;
  sequences: SequenceStreams;
  /** When the latest answered query was sent. */
  lastQueryAt: number | null;
  /** When queries and stops were answered with 404 since the last evidence of life. */
  notFound: { first: number; last: number } | null;
  /** When a gap was reported that asks for a query, and when a fatal error came: query soon. */
  gapReportedAt: number | null;
  fatalErrorAt: number | null;
}

/** A channel that a notification named, and when. */
export interface NamedChannel {
  channel: string;
  at: number;
}

/** The fold of a recording's observations, as it is stored: registers, sets and extremes, so that order cannot matter. */
export interface RecordingState {
  /** STATE_VERSION of the code that wrote it. */
  stateVersion: number;
  id: string;
  appId: string;
  channel: string;
  uid: string;
  /** Of our own attempt, otherwise of the latest adoption; null for a recording that was started elsewhere. */
  start: StartFacts | null;
  adoption: Register<StartFacts> | null;
  /** Channel and uid that the earliest notification names; after a fail-over they name another uid. */
  origin: Register<{ channel: string; uid: string }> | null;
  /**
   * Of the channels that notifications name, the first and the last in the order of their characters, each with its earliest
   * time: two that differ show that one is another recording's. Absent until one is named.
   */
  namedChannels?: { least: NamedChannel; greatest: NamedChannel };
  sid: Register<string> | null;
  /** Of the start that Agora accepted, otherwise of the one that was sent. */
  resourceId: Register<string> | null;
  /** Agora refused our start. A recording seen with its channel and uid was started elsewhere. */
  startRefused: boolean;
  /** The name of the caller who started it; absent where callers are not authenticated, and if it was started elsewhere. */
  startedBy?: string;
  /** As given at the start, or as changed last; absent until there is any. */
  metadata?: Register<MetadataEntry[]>;
  /** When the start was first sent. */
  attemptedAt: number | null;
  /** When the start was last sent. */
  triedAt: number | null;
  /** When the start that Agora accepted was sent. */
  acceptedAt: number | null;
  firstSeenAt: number;
  /** The earliest proof of each rank, by its number. */
  proofs: Partial<Record<Rank, Proof>>;
  /** Whether an end was proven as a fault. */
  failed: boolean;
  /** When each sign was last seen. */
  endSigns: Partial<Record<EndSign, number>>;
  /** The latest error of event 1 that gave each sign, with what it means and what to do; absent until there is one. */
  signErrors?: Partial<Record<EndSign, Register<string>>>;
  /** The latest fatal error of event 1, with what it means and what to do. */
  fatalError: Register<string> | null;
  /** Time of the latest evidence for any phase: an inference made before it is void. */
  evidenceAt: number | null;
  /** When the recorder was last seen running; events that may follow its end do not count. */
  runningAt: number | null;
  /** When a query last found the recorder ready, but without a file. */
  readyAt: number | null;
  /** When a stream, or a file made of one, was last seen. */
  mediaAt: number | null;
  /** When upload progress was last reported. */
  lastProgressAt: number | null;
  /** When the gateway began to listen again after an outage: silence before it means nothing. */
  missedUntil: number | null;
  inferences: Partial<Record<Deadline, number>>;
  /** When the first stop that Agora accepted was sent. */
  stopTakenAt: number | null;
  /** When a stop was last sent that Agora may have accepted. */
  stopInDoubtAt: number | null;
  /** When a stop was last answered with 404. */
  stopNotFoundAt: number | null;
  endedAt: { left: number | null; exited: number | null; stopped: number | null };
  serviceStatus: Register<number> | null;
  subServiceStatus: Register<Record<string, string>> | null;
  recorderUid: Register<string> | null;
  paused: Register<boolean> | null;
  /** Whether something was seen that only a page recording does. */
  isWeb: boolean;
  /** The latest state of each extension service, by its name. */
  services: ByName<Register<ExtensionService>>;
  /** Push addresses without their keys, from the latest query or update. */
  outputs: Register<string[]> | null;
  /** The last reported status of each push, by its address. */
  pushes: ByName<Register<string>>;
  subscription: Register<SubscriptionLists> | null;
  layout: Register<LayoutSettings> | null;
  /** From the latest accepted update of the storage's credentials. */
  credentials: Register<CredentialsFacts> | null;
  /** When such an update last failed. */
  renewalFailedAt: number | null;
  /** The latest screenshot. */
  snapshot: Register<string> | null;
  fileList: Register<AgoraFileList> | null;
  files: ByName<Register<AgoraFile>>;
  /** The latest check of its files in the storage; absent until there is one. */
  fileCheck?: Register<FileCheck>;
  /** When the recorder wrote its first slice, as query says; absent until it does. Unix milliseconds. */
  recordingSince?: number;
  upload: Register<'UPLOADED' | 'BACKED_UP'> | null;
  progress: number | null;
  /** By the user's uid. */
  streams: ByName<StreamRegisters>;
  problems: ByName<Problem>;
  bookkeeping: Bookkeeping;
}

/** The form of a stored state. Increase it when required fields are added or renamed: earlier states are then folded again from their logs. */
export const STATE_VERSION = 2;

/** The state of a recording before its first observation. */
export function emptyState(identity: {
  id: string;
  appId: string;
  channel: string;
  uid: string;
  firstSeenAt: number;
}): RecordingState {
  return {
    ...identity,
    stateVersion: STATE_VERSION,
    start: null,
    adoption: null,
    origin: null,
    sid: null,
    resourceId: null,
    startRefused: false,
    attemptedAt: null,
    triedAt: null,
    acceptedAt: null,
    proofs: {},
    failed: false,
    endSigns: {},
    fatalError: null,
    evidenceAt: null,
    runningAt: null,
    readyAt: null,
    mediaAt: null,
    lastProgressAt: null,
    missedUntil: null,
    inferences: {},
    stopTakenAt: null,
    stopInDoubtAt: null,
    stopNotFoundAt: null,
    endedAt: { left: null, exited: null, stopped: null },
    serviceStatus: null,
    subServiceStatus: null,
    recorderUid: null,
    paused: null,
    isWeb: false,
    services: byName(),
    outputs: null,
    pushes: byName(),
    subscription: null,
    layout: null,
    credentials: null,
    renewalFailedAt: null,
    snapshot: null,
    fileList: null,
    files: byName(),
    upload: null,
    progress: null,
    streams: byName(),
    problems: byName(),
    bookkeeping: {
      version: 0,
      observedAt: identity.firstSeenAt,
      observedBy: 'NOTIFICATION',
      notifications: 0,
      duplicates: 0,
      conflicts: 0,
      outOfOrder: 0,
      snapshots: 0,
      sequences: byName(),
      lastQueryAt: null,
      notFound: null,
      gapReportedAt: null,
      fatalErrorAt: null,
    },
  };
}

/** What calls for the recording need; null while it cannot be controlled. */
export function controlOf(state: RecordingState): { sid: string; resourceId: string; mode: Mode } | null {
  const { sid, start } = state;
  const resourceId = resourceIdOf(state);
  return sid === null || resourceId === null || start === null
    ? null
    : { sid: sid.value, resourceId, mode: start.mode };
}

/** Whether its start was sent from here; its notifications are then counted from 0. */
export function isStartedHere(state: RecordingState): boolean {
  return state.attemptedAt !== null;
}

/** The resource id, or null for a recording that was started elsewhere. */
export function resourceIdOf(state: RecordingState): string | null {
  const elsewhere = state.startRefused && state.adoption === null;
  return elsewhere ? null : (state.resourceId?.value ?? null);
}

/** The highest rank that is proven; a recording known from observations that prove nothing is starting. */
export function provenRank(state: RecordingState): Rank {
  const ranks = [RANK.ENDED, RANK.UPLOADING, RANK.STOPPING, RANK.RECORDING];
  return ranks.find((rank) => state.proofs[rank] !== undefined) ?? RANK.STARTING;
}

/** When the latest visible change was received, Unix milliseconds. */
export function changedAtOf({ bookkeeping: { changedAt, observedAt } }: RecordingState): number {
  return changedAt ?? observedAt;
}
