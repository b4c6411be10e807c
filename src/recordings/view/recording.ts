import { type AgoraFile, type AgoraFileList } from '@agora-recording-gateway/agora/webhook/file-list';
import { type ExtensionService } from '@agora-recording-gateway/agora/client/reply';
import {
  serviceStatusName,
  type ServiceStatusName,
} from '@agora-recording-gateway/agora/tables/service-status';
import { entriesOf, valueOf, valuesByName } from '../by-name.js';
import { type ObservationSource, type RecordingSettings, type StorageLocation } from '../observation.js';
import { explain } from './explanation.js';
import { phaseOf, type PhaseView, type RecordingEndReason, type RecordingPhase } from './phase.js';
import { type SequenceGap, sequenceGaps } from '../fold/sequence.js';
import { isStartedHere, type Problem, type RecordingState, resourceIdOf } from '../state.js';
import { expiresAt } from '../policy/next-step.js';

export type RecordingMode = 'INDIVIDUAL' | 'COMPOSITE' | 'WEB' | 'UNKNOWN';

export const MODE_NAMES = { individual: 'INDIVIDUAL', mix: 'COMPOSITE', web: 'WEB' } as const;

export type UploadState = 'NOT_STARTED' | 'IN_PROGRESS' | 'UPLOADED' | 'BACKED_UP' | 'FAILED' | 'UNKNOWN';

export interface StreamState {
  uid: string;
  audio: boolean | null;
  video: boolean | null;
}

/** A recording as it is known now, in the domain's words. Times are Unix milliseconds. */
export interface Recording {
  id: string;
  appId: string;
  channel: string;
  uid: string;
  currentRecorderUid: string | null;
  sid: string | null;
  resourceId: string | null;
  mode: RecordingMode;
  phase: RecordingPhase;
  phaseInferred: boolean;
  endReason: RecordingEndReason | null;
  endReasonCertain: boolean | null;
  serviceStatus: ServiceStatusName | null;
  serviceStatusCode: number | null;
  subServiceStatus: Record<string, string> | null;
  version: number;
  startedAt: number;
  endedAt: number | null;
  expiresAt: number | null;
  fileList: AgoraFileList | null;
  files: AgoraFile[];
  upload: { state: UploadState; progress: number | null };
  streams: StreamState[];
  settings: RecordingSettings | null;
  storage: StorageLocation | null;
  individual: { latestSnapshot: string | null; snapshotCount: number } | null;
  web: WebState | null;
  extensionServices: ExtensionService[];
  problems: Problem[];
  delivery: {
    received: number;
    duplicates: number;
    conflicts: number;
    outOfOrder: number;
    missing: SequenceGap[];
    missingCount: number;
    jumps: number;
  };
  explanation: string;
  observedAt: number;
  observedBy: ObservationSource;
}

export interface WebState {
  url: string | null;
  paused: boolean;
  /** init, inProgress or exit, as Agora last said. */
  recorderState: string | null;
  outputs: { address: string; status: string | null }[];
}

function modeOf(state: RecordingState): RecordingMode {
  if (state.start !== null) return MODE_NAMES[state.start.mode];
  if (state.isWeb) return 'WEB';
  return state.snapshot === null ? 'UNKNOWN' : 'INDIVIDUAL';
}

function webOf(state: RecordingState): WebState {
  const started = state.start?.settings?.web;
  return {
    url: started?.url ?? null,
    paused: state.paused?.value ?? started?.paused ?? false,
    recorderState: valueOf(state.services, 'web_recorder_service')?.value.state ?? null,
    outputs: (state.outputs?.value ?? started?.outputs ?? []).map((address) => ({
      address,
      status: valueOf(state.pushes, address)?.value ?? null,
    })),
  };
}

/** As started and since updated. */
function settingsOf(state: RecordingState): RecordingSettings | null {
  const started = state.start?.settings ?? null;
  if (started === null) return null;
  const { transcoding } = started;
  return {
    ...started,
    ...state.subscription?.value,
    transcoding: transcoding === null ? null : { ...transcoding, ...state.layout?.value },
  };
}

/** As started, with the credentials that are in force. */
function storageOf(state: RecordingState): StorageLocation | null {
  const started = state.start?.storage ?? null;
  return started === null ? null : { ...started, ...state.credentials?.value };
}

/** `progress` of event 33 runs from 0 to 10,000. */
const FULL_PROGRESS = 10_000;

function uploadOf(state: RecordingState, phase: PhaseView): Recording['upload'] {
  const progress = state.progress === null ? null : Math.min(1, Math.max(0, state.progress / FULL_PROGRESS));
  if (state.upload !== null) return { state: state.upload.value, progress: 1 };
  if (phase.endReason === 'NOTHING_RECORDED') return { state: 'NOT_STARTED', progress: null };
  if (phase.phase === 'FAILED' || phase.endReason === 'STORAGE_FAILED') return { state: 'FAILED', progress };
  if (phase.phase === 'COMPLETED' || phase.phase === 'LOST') return { state: 'UNKNOWN', progress };
  const begun = progress !== null || state.fileList !== null || phase.phase === 'UPLOADING';
  return { state: begun ? 'IN_PROGRESS' : 'NOT_STARTED', progress };
}

function byUid(left: StreamState, right: StreamState): number {
  return left.uid.length - right.uid.length || (left.uid < right.uid ? -1 : 1);
}

/**
 * Everything of a recording that its observations decide, without the bookkeeping of arrival: the version grows when this
 * changes. It is worked out with each observation, so nothing that only readers want is in it.
 */
export function visiblePart(state: RecordingState) {
  return visibleIn(state, phaseOf(state));
}

function visibleIn(state: RecordingState, phase: PhaseView) {
  const mode = modeOf(state);
  const statusCode = state.serviceStatus?.value ?? null;
  return {
    id: state.id,
    appId: state.appId,
    channel: state.channel,
    uid: state.uid,
    currentRecorderUid: state.recorderUid?.value ?? null,
    sid: state.sid?.value ?? null,
    resourceId: resourceIdOf(state),
    mode,
    phase: phase.phase,
    phaseInferred: phase.inferred,
    endReason: phase.endReason,
    endReasonCertain: phase.endReasonCertain,
    serviceStatus: statusCode === null ? null : serviceStatusName(statusCode),
    serviceStatusCode: statusCode,
    subServiceStatus: state.subServiceStatus?.value ?? null,
    startedAt: state.attemptedAt ?? state.firstSeenAt,
    endedAt: phase.endedAt,
    expiresAt: expiresAt(state),
    fileList: state.fileList?.value ?? null,
    files: valuesByName(state.files).map(({ value }) => value),
    upload: uploadOf(state, phase),
    streams: entriesOf(state.streams)
      .map(([uid, { audio, video }]) => ({ uid, audio: audio?.value ?? null, video: video?.value ?? null }))
      .sort(byUid),
    settings: settingsOf(state),
    latestSnapshot: state.snapshot?.value ?? null,
    web: mode === 'WEB' ? webOf(state) : null,
    extensionServices: valuesByName(state.services).map(({ value }) => value),
    storage: storageOf(state),
    problems: valuesByName(state.problems),
  };
}

/** The recording that a state tells of. */
export function recordingOf(state: RecordingState): Recording {
  const phase = phaseOf(state);
  const { latestSnapshot, ...visible } = visibleIn(state, phase);
  const { gaps, missing, jumps } = sequenceGaps(state.bookkeeping.sequences, isStartedHere(state));
  const takesSnapshots = visible.mode === 'INDIVIDUAL' || latestSnapshot !== null;
  return {
    ...visible,
    individual: takesSnapshots ? { latestSnapshot, snapshotCount: state.bookkeeping.snapshots } : null,
    version: state.bookkeeping.version,
    delivery: {
      received: state.bookkeeping.notifications,
      duplicates: state.bookkeeping.duplicates,
      conflicts: state.bookkeeping.conflicts,
      outOfOrder: state.bookkeeping.outOfOrder,
      missing: gaps,
      missingCount: missing,
      jumps,
    },
    explanation: explain(state, phase),
    observedAt: state.bookkeeping.observedAt,
    observedBy: state.bookkeeping.observedBy,
  };
}
