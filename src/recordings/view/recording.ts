import {
  COMPOSITE_PARAMETERS,
  INDIVIDUAL_PARAMETERS,
} from '@agora-recording-gateway/agora/parameters/channel';
import { completed } from '@agora-recording-gateway/agora/parameters/facts';
import { TRANSCODING_PARAMETERS } from '@agora-recording-gateway/agora/parameters/layout';
import { PAGE_PARAMETERS } from '@agora-recording-gateway/agora/parameters/web';
import { type AgoraFile, type AgoraFileList } from '@agora-recording-gateway/agora/webhook/file-list';
import { type ExtensionService } from '@agora-recording-gateway/agora/client/reply';
import {
  serviceStatusName,
  type ServiceStatusName,
} from '@agora-recording-gateway/agora/tables/service-status';
import { entriesByName, valuesByName } from '../by-name.js';
import { type MetadataEntry } from '../metadata.js';
import { type ObservationSource, type RecordingSettings, type StorageLocation } from '../observation.js';
import { explain } from './explanation.js';
import { type DatedFileCheck, fileCheckOf, problemsInStorage } from './file-check.js';
import { type RecordingEndReason } from './end-reason.js';
import { missingFiles } from './missing-files.js';
import { phaseOf, type PhaseView, type RecordingPhase } from './phase.js';
import { type PhaseEvidence, phaseEvidence, phaseSince, recordedFrom } from './phase-evidence.js';
import {
  servicesOf,
  serviceStatusOf,
  type StreamState,
  streamsOf,
  subServiceStatusOf,
  webOf,
  type WebState,
} from './running-state.js';
import { uploadOf, type UploadState } from './upload.js';
import { type SequenceGap, sequenceGaps } from '../fold/sequence.js';
import { changedAtOf, isStartedHere, type Problem, type RecordingState, resourceIdOf } from '../state.js';
import { expiresAt, nextStepAt } from '../policy/next-step.js';

export type RecordingMode = 'INDIVIDUAL' | 'COMPOSITE' | 'WEB' | 'UNKNOWN';

export const MODE_NAMES = { individual: 'INDIVIDUAL', mix: 'COMPOSITE', web: 'WEB' } as const;

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
  /** Null while it is paused. */
  phaseSince: number | null;
  evidence: PhaseEvidence | null;
  endReason: RecordingEndReason | null;
  endReasonCertain: boolean | null;
  serviceStatus: ServiceStatusName | null;
  serviceStatusCode: number | null;
  subServiceStatus: Record<string, string> | null;
  version: number;
  startedAt: number;
  /** Null until a query has reported it. */
  recordingSince: number | null;
  /** The same, or else when it was first seen to run. */
  recordedFrom: number | null;
  endedAt: number | null;
  expiresAt: number | null;
  fileList: AgoraFileList | null;
  files: AgoraFile[];
  /** Null until the storage was asked about them. */
  fileCheck: DatedFileCheck | null;
  upload: { state: UploadState; progress: number | null };
  streams: StreamState[];
  startedBy: string | null;
  /** In the order of the keys. */
  metadata: MetadataEntry[];
  settings: RecordingSettings | null;
  storage: StorageLocation | null;
  individual: { latestSnapshot: string | null; snapshotCount: number } | null;
  web: WebState | null;
  extensionServices: ExtensionService[];
  problems: NamedProblem[];
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
  /** When the latest visible change was received. */
  changedAt: number;
  /** When the gateway next learns or concludes something by itself; null if nothing is planned. */
  nextObservationAt: number | null;
  observedAt: number;
  observedBy: ObservationSource;
}

/** A problem with its name within the recording, which stays. */
export interface NamedProblem extends Problem {
  name: string;
}

function byTime(left: Problem, right: Problem): number {
  return left.occurredAt - right.occurredAt;
}

function modeOf(state: RecordingState): RecordingMode {
  if (state.start !== null) return MODE_NAMES[state.start.mode];
  if (state.isWeb) return 'WEB';
  return state.snapshot === null ? 'UNKNOWN' : 'INDIVIDUAL';
}

const ALL_CHANNEL_PARAMETERS = { ...COMPOSITE_PARAMETERS, ...INDIVIDUAL_PARAMETERS };

/** As started, with the updates since then. */
function settingsOf(state: RecordingState): RecordingSettings | null {
  const { mode, settings } = state.start ?? {};
  if (mode === undefined || settings == null) return null;
  const { transcoding, web } = settings;
  return {
    ...completed(ALL_CHANNEL_PARAMETERS, settings, ({ modes }) => modes.includes(mode)),
    ...state.subscription?.value,
    transcoding:
      transcoding === null
        ? null
        : completed(TRANSCODING_PARAMETERS, { ...transcoding, ...state.layout?.value }),
    web: web === null ? null : completed(PAGE_PARAMETERS, web),
  };
}

/**
 * The file list of the latest evidence. Event 4 and some replies name one playlist of an individual recording, which has
 * several: then all that are known are listed.
 */
function fileListOf(state: RecordingState, mode: RecordingMode): AgoraFileList | null {
  const list = state.fileList?.value ?? null;
  const files = valuesByName(state.files).map(({ value }) => value);
  const isIncomplete = mode === 'INDIVIDUAL' && list !== null && list.kind !== 'files' && files.length > 1;
  return isIncomplete ? { kind: 'files', files } : list;
}

/** As started, with the credentials that are in force. */
function storageOf(state: RecordingState): StorageLocation | null {
  const started = state.start?.storage ?? null;
  return started === null ? null : { ...started, ...state.credentials?.value };
}

function problemsOf(state: RecordingState, phase: PhaseView): NamedProblem[] {
  const seen = entriesByName(state.problems).map(([name, problem]) => ({ ...problem, name }));
  return [...seen, ...namedElsewhere(state), ...missingFiles(state, phase), ...problemsInStorage(state)].sort(
    byTime,
  );
}

/** Other channels that notifications with this recording's sid named. */
function namedElsewhere({ channel, namedChannels }: RecordingState): NamedProblem[] {
  if (namedChannels === undefined) return [];
  const { least, greatest } = namedChannels;
  const others = least.channel === greatest.channel ? [least] : [least, greatest];
  const code = 'NOTIFICATION_NAMES_ANOTHER_CHANNEL';
  return others
    .filter((named) => named.channel !== channel)
    .map((named) => ({
      name: `${code}:${named.channel}`,
      code,
      message:
        `A notification with the sid of this recording named channel ${named.channel}. The sid decides, so it was taken for ` +
        'this recording. Check what is between Agora and the gateway.',
      occurredAt: named.at,
    }));
}

/**
 * Everything of a recording that its observations decide, without the bookkeeping of arrival: the version grows when this
 * changes. It is computed with each observation, so nothing that only readers need is in it.
 */
export function visiblePart(state: RecordingState): VisiblePart {
  return visibleIn(state, phaseOf(state));
}

export type VisiblePart = ReturnType<typeof visibleIn>;

function visibleIn(state: RecordingState, phase: PhaseView) {
  const mode = modeOf(state);
  const statusCode = serviceStatusOf(state, phase.phase);
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
    phaseSince: phaseSince(state, phase),
    endReason: phase.endReason,
    endReasonCertain: phase.endReasonCertain,
    serviceStatus: statusCode === null ? null : serviceStatusName(statusCode),
    serviceStatusCode: statusCode,
    subServiceStatus: subServiceStatusOf(state, phase.phase),
    startedAt: state.attemptedAt ?? state.firstSeenAt,
    recordingSince: state.recordingSince ?? null,
    endedAt: phase.endedAt,
    expiresAt: expiresAt(state),
    fileList: fileListOf(state, mode),
    files: valuesByName(state.files).map(({ value }) => value),
    fileCheck: fileCheckOf(state),
    upload: uploadOf(state, phase),
    streams: streamsOf(state, phase.phase),
    startedBy: state.startedBy ?? null,
    metadata: state.metadata?.value ?? [],
    settings: settingsOf(state),
    latestSnapshot: state.snapshot?.value ?? null,
    web: mode === 'WEB' ? webOf(state, phase.phase) : null,
    extensionServices: servicesOf(state, phase.phase),
    storage: storageOf(state),
    problems: problemsOf(state, phase),
  };
}

/**
 * The recording that a state describes. `watchAt` is when its next step is scheduled, which may be later than the state says;
 * null if none is.
 */
export function recordingOf(state: RecordingState, watchAt: number | null = nextStepAt(state)): Recording {
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
    explanation: explain(state, phase, watchAt),
    evidence: phaseEvidence(state, phase),
    recordedFrom: recordedFrom(state),
    changedAt: changedAtOf(state),
    nextObservationAt: watchAt,
    observedAt: state.bookkeeping.observedAt,
    observedBy: state.bookkeeping.observedBy,
  };
}
