import {
  DEFAULT_RESOURCE_EXPIRED_HOURS,
  FAILOVER_MS,
} from '@agora-recording-gateway/agora/tables/operations';
import { sizeOf } from '../by-name.js';
import { type CallReason } from '../call-reason.js';
import { RANK } from '../fold/evidence.js';
import { type Deadline } from '../observation.js';
import { isFinal, phaseOf } from '../view/phase.js';
import { type SequenceGap, unreportedGap } from '../fold/sequence.js';
import { isStartedHere, provenRank, type RecordingState, resourceIdOf } from '../state.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Queries that confirm a start, after Agora accepted it: the first after 5 s, then backing off, within 90 s. */
export const CONFIRMATION_DELAYS_MS = [5, 10, 20, 35, 55, 80].map((seconds) => seconds * SECOND);

/** Files are named after the first slice: 15 s after the start, in individual mode 60 s. */
export const FILE_NAMES_DELAY_MS = { mix: 15 * SECOND, web: 15 * SECOND, individual: 60 * SECOND };

/** A start that no evidence confirms for this long counts as failed. */
export const START_CONFIRMATION_TIMEOUT_MS = 90 * SECOND;

/** Query interval of a start that is still STARTING after that. */
export const STARTING_INTERVAL_MS = 30 * SECOND;

/** Query interval of a start that counts as failed: it may still turn out to run. */
export const FAILED_START_INTERVAL_MS = 10 * MINUTE;

/** Query interval of a running recording; Agora recommends about two minutes. */
export const HEARTBEAT_MS = 2 * MINUTE;

/** A gap is reported once it has been open for this long: mere reordering closes it before. */
export const GAP_REPORT_DELAY_MS = 5 * SECOND;

/** A gap, or an overdue progress report, causes at most one query in this time. */
export const GAP_QUERY_INTERVAL_MS = 30 * SECOND;

/** Event 33 comes about once a minute; after one and a half minutes it is overdue. */
export const PROGRESS_TIMEOUT_MS = 90 * SECOND;

/** Query interval while Agora answers 404; Agora recommends retries after 5, 10 and 15 s. */
export const NOT_FOUND_INTERVAL_MS = 15 * SECOND;

/** Files are normally uploaded within 20 minutes of the end; after 30 minutes without a report the end is inferred. */
export const END_REPORT_TIMEOUT_MS = 30 * MINUTE;

/** A recording that cannot be queried counts as lost this long after it was first seen. */
export const SILENCE_TIMEOUT_MS = 72 * HOUR;

/** The same after its last progress event, once one has come. */
export const SILENCE_AFTER_PROGRESS_TIMEOUT_MS = 15 * MINUTE;

/** Age at which temporary credentials of the storage are renewed. */
export const RENEWAL_INTERVAL_MS = 50 * MINUTE;

/** They are renewed at least this long before they expire. */
export const RENEWAL_MARGIN_MS = 10 * MINUTE;

/** Retry delay after a failed renewal. */
export const RENEWAL_RETRY_DELAY_MS = 5 * MINUTE;

/** The storage is asked whether the files are there this long after Agora reported that all are uploaded. */
export const FILE_CHECK_DELAY_MS = MINUTE;

/** The same after the end, where Agora did not report it: files may take this long. */
export const UNREPORTED_FILE_CHECK_DELAY_MS = 24 * HOUR;

/** What the gateway does next about a recording on its own, and when (gateway time, Unix milliseconds). */
export type Step =
  | { at: number; action: 'query'; reason: CallReason }
  /** Send fresh credentials of the storage. */
  | { at: number; action: 'renew' }
  | { at: number; action: 'deadline'; deadline: Deadline }
  /** Ask the storage whether the files are there. */
  | { at: number; action: 'check-files' }
  /** Report notifications that have been missing for long enough. */
  | { at: number; action: 'gap'; gap: SequenceGap };

/** From then on Agora answers no more calls for the recording; null if it was started elsewhere or never accepted. */
export function expiresAt(state: RecordingState): number | null {
  const taken = state.sid === null ? null : state.attemptedAt;
  const since = state.acceptedAt ?? state.proofs[RANK.RECORDING]?.at ?? taken;
  if (state.start === null || since === null) return null;
  return since + (state.start.resourceExpiredHour || DEFAULT_RESOURCE_EXPIRED_HOURS) * HOUR;
}

/** Whether Agora answers no more calls for it at a time. */
export function isExpired(state: RecordingState, at: number): boolean {
  const expiry = expiresAt(state);
  return expiry !== null && at >= expiry;
}

type QueryStep = Extract<Step, { action: 'query' }>;

function query(at: number, reason: CallReason): QueryStep {
  return { at, action: 'query', reason };
}

function deadline(at: number, name: Deadline): Step {
  return { at, action: 'deadline', deadline: name };
}

/** Of two steps that are due at the same time, the one named first. */
function earliest<Kind extends Step>(...steps: (Kind | null)[]): Kind | null {
  return steps
    .filter((step) => step !== null)
    .reduce<Kind | null>((first, step) => (first === null || step.at < first.at ? step : first), null);
}

/** A recording that cannot be queried ends by silence alone; later evidence restarts the count. */
function untilSilent(state: RecordingState, notBefore: number): Step {
  const { lastProgressAt, missedUntil, firstSeenAt } = state;
  const evidenceAt = state.evidenceAt ?? 0;
  const patience = lastProgressAt === null ? SILENCE_TIMEOUT_MS : SILENCE_AFTER_PROGRESS_TIMEOUT_MS;
  const at = Math.max(
    (lastProgressAt ?? firstSeenAt) + patience,
    notBefore,
    // Silence during an outage means nothing.
    (missedUntil ?? -Infinity) + SILENCE_AFTER_PROGRESS_TIMEOUT_MS,
  );
  return deadline(evidenceAt > at ? evidenceAt + patience : at, 'SILENT');
}

/** When a start that began at the given time counts as failed; each sign that overturns this restarts the count. */
function unconfirmedAt(state: RecordingState, since: number): number {
  const at =
    Math.max(since, state.inferences.START_UNCONFIRMED ?? 0, state.missedUntil ?? 0) +
    START_CONFIRMATION_TIMEOUT_MS;
  return state.evidenceAt !== null && state.evidenceAt > at
    ? state.evidenceAt + START_CONFIRMATION_TIMEOUT_MS
    : at;
}

function lastQueriedAt(state: RecordingState): number {
  return state.bookkeeping.lastQueryAt ?? state.acceptedAt ?? state.attemptedAt ?? state.firstSeenAt;
}

/** When the next query of a recording is due that may be queried, and why. */
function nextQuery(state: RecordingState): QueryStep {
  const { lastQueryAt, notFound, gapReportedAt, fatalErrorAt } = state.bookkeeping;
  const since = state.acceptedAt ?? state.attemptedAt ?? state.firstSeenAt;
  if (notFound !== null)
    return query(Math.max(notFound.last, lastQueryAt ?? 0) + NOT_FOUND_INTERVAL_MS, 'NOT_FOUND');
  const urgent = fatalErrorAt !== null && fatalErrorAt > (lastQueryAt ?? 0) ? fatalErrorAt : Infinity;
  if (provenRank(state) === RANK.STARTING || lastQueryAt === null) {
    const offset = CONFIRMATION_DELAYS_MS.find((wait) => lastQueryAt === null || since + wait > lastQueryAt);
    const confirmation =
      offset === undefined ? (lastQueryAt ?? since) + STARTING_INTERVAL_MS : since + offset;
    return urgent < confirmation ? query(urgent, 'FATAL_ERROR') : query(confirmation, 'CONFIRMATION');
  }
  const namesAt = since + FILE_NAMES_DELAY_MS[state.start?.mode ?? 'mix'];
  const names = lastQueryAt < namesAt ? namesAt : Infinity;
  const stopTriedAt = Math.max(state.stopInDoubtAt ?? 0, state.stopNotFoundAt ?? 0);
  const stopInDoubt = stopTriedAt > lastQueryAt ? lastQueryAt : Infinity;
  const gap =
    gapReportedAt !== null && gapReportedAt > lastQueryAt ? lastQueryAt + GAP_QUERY_INTERVAL_MS : Infinity;
  const overdueAt = (state.lastProgressAt ?? 0) + PROGRESS_TIMEOUT_MS;
  const overdue =
    lastQueryAt < overdueAt ? Math.max(overdueAt, lastQueryAt + GAP_QUERY_INTERVAL_MS) : Infinity;
  const heartbeat = query(lastQueryAt + HEARTBEAT_MS, 'HEARTBEAT');
  return (
    earliest(
      heartbeat,
      query(names, 'FILE_NAMES'),
      query(urgent, 'FATAL_ERROR'),
      query(gap, 'GAP'),
      query(stopInDoubt, 'STOP_IN_DOUBT'),
      query(overdue, 'PROGRESS_OVERDUE'),
    ) ?? heartbeat
  );
}

/** When the storage's credentials are renewed: only temporary ones that come from a profile, which has fresh ones. */
function nextRenewal(state: RecordingState): Step | null {
  const { start, credentials, renewalFailedAt, acceptedAt } = state;
  const { profile, expireAt } = credentials?.value ?? start?.storage ?? { profile: null, expireAt: null };
  if (profile === null || expireAt === null) return null;
  const since = credentials?.stamp[1] ?? acceptedAt ?? state.firstSeenAt;
  const again = renewalFailedAt === null ? 0 : renewalFailedAt + RENEWAL_RETRY_DELAY_MS;
  const dueAt = Math.min(since + RENEWAL_INTERVAL_MS, Math.max(expireAt - RENEWAL_MARGIN_MS, since + MINUTE));
  return { at: Math.max(dueAt, again), action: 'renew' };
}

/** The next query, renewal or deadline; null once the recording has provably ended, or if only new evidence can change anything. */
function nextOwnStep(state: RecordingState, now: number): Step | null {
  const rank = provenRank(state);
  if (rank === RANK.ENDED) return null;
  const { phase, inferred } = phaseOf(state);
  const failedStart = inferred && phase === 'FAILED' && rank === RANK.STARTING;
  if (isFinal(phase) && !failedStart) return null;
  if (resourceIdOf(state) === null) return failedStart ? null : untilSilent(state, 0);
  if (state.sid === null) {
    if (failedStart) return null;
    // It is proven to run, but without a sid it cannot be queried: only a notification can report more.
    if (rank > RANK.STARTING) return untilSilent(state, 0);
    return deadline(unconfirmedAt(state, state.triedAt ?? state.firstSeenAt), 'START_UNCONFIRMED');
  }
  if (state.stopTakenAt !== null) {
    const heard = Math.max(
      state.stopTakenAt,
      state.evidenceAt ?? 0,
      state.lastProgressAt ?? 0,
      state.missedUntil ?? 0,
    );
    return deadline(heard + END_REPORT_TIMEOUT_MS, 'END_UNCONFIRMED');
  }
  const expiry = expiresAt(state);
  const next = failedStart
    ? query(lastQueriedAt(state) + FAILED_START_INTERVAL_MS, 'CONFIRMATION')
    : nextQuery(state);
  if (expiry !== null && Math.max(next.at, now) >= expiry)
    return failedStart ? null : untilSilent(state, expiry);
  const { notFound } = state.bookkeeping;
  const since = state.acceptedAt ?? state.attemptedAt ?? state.firstSeenAt;
  // Of two steps that are due at once the deadline comes first: it changes which query is next.
  return earliest<Step>(
    rank === RANK.STARTING && !failedStart
      ? deadline(unconfirmedAt(state, since), 'START_UNCONFIRMED')
      : null,
    rank > RANK.STARTING && notFound !== null && notFound.last - notFound.first >= FAILOVER_MS
      ? deadline(notFound.last, 'NOT_FOUND')
      : null,
    nextRenewal(state),
    next,
  );
}

/** When the files are checked in the storage: once, and again only if Agora reports later that it has uploaded all. */
function nextFileCheck(state: RecordingState): Step | null {
  if (state.start?.storage?.checkFiles !== true || sizeOf(state.files) === 0) return null;
  const { phase, endedAt } = phaseOf(state);
  if (phase !== 'COMPLETED') return null;
  const { upload, fileCheck, evidenceAt, firstSeenAt } = state;
  const at =
    upload?.value === 'UPLOADED'
      ? upload.stamp[1] + FILE_CHECK_DELAY_MS
      : (endedAt ?? evidenceAt ?? firstSeenAt) + UNREPORTED_FILE_CHECK_DELAY_MS;
  return fileCheck !== undefined && fileCheck.stamp[1] >= at ? null : { at, action: 'check-files' };
}

/** The report of the gap that has been open longest; also for a recording that has ended, whose log is still read. */
function nextGapReport(state: RecordingState): Step | null {
  const unreported = unreportedGap(state.bookkeeping.sequences, isStartedHere(state));
  return unreported === null
    ? null
    : { at: unreported.since + GAP_REPORT_DELAY_MS, action: 'gap', gap: unreported.gap };
}

/**
 * What the gateway does next about a recording on its own, and when; the time may have passed already. Null if nothing
 * is left to do. The watch acts on it, the database schedules the watch by it, and the explanation announces it, so the
 * three cannot disagree. `now` (gateway time) decides whether Agora can still be asked. No query follows a stop that Agora
 * has taken.
 */
export function nextStep(state: RecordingState, now: number): Step | null {
  const gap = nextGapReport(state);
  const own = nextOwnStep(state, now);
  // A query that keeps failing stays due; it must not keep a gap from being reported.
  if (gap !== null && gap.at <= now) return gap;
  return earliest<Step>(gap, own, nextFileCheck(state));
}

/** When the next step is due, as decided by the latest observation; null if nothing is left to do. */
export function nextStepAt(state: RecordingState): number | null {
  return nextStep(state, state.bookkeeping.observedAt)?.at ?? null;
}

/**
 * The next step as the watch will take it, at the time for which it is scheduled: a query that could not be sent is put off,
 * while the state stays what it is.
 */
export function scheduledStep(state: RecordingState, watchAt: number | null): Step | null {
  if (watchAt === null) return null;
  const step = nextStep(state, watchAt);
  return step === null ? null : { ...step, at: Math.max(step.at, watchAt) };
}
