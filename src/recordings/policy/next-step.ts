import {
  DEFAULT_RESOURCE_EXPIRED_HOURS,
  FAILOVER_MS,
} from '@agora-recording-gateway/agora/tables/operations';
import { RANK } from '../fold/evidence.js';
import { type Deadline } from '../observation.js';
import { isFinal, phaseOf } from '../view/phase.js';
import { type SequenceGap, untoldGap } from '../fold/sequence.js';
import { isStartedHere, provenRank, type RecordingState, resourceIdOf } from '../state.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** When a fresh start is asked, after Agora took it (agora-facts.md, section 4: 5 s, then backing off, within 90 s). */
const CONFIRMATIONS_MS = [5, 10, 20, 35, 55, 80].map((seconds) => seconds * SECOND);

/** File names are there after the first slice: 15 s after the start, in individual mode 60 s (facts, section 4). */
const FILE_NAMES_AFTER_MS = { mix: 15 * SECOND, web: 15 * SECOND, individual: 60 * SECOND };

/** A start that no evidence confirms for so long is taken as failed. */
export const START_CONFIRMED_WITHIN_MS = 90 * SECOND;

/** How often a start that goes on starting is asked after that. */
const WHILE_STARTING_MS = 30 * SECOND;

/** How often a start that was taken as failed is asked all the same. */
const DOUBTFUL_EVERY_MS = 10 * MINUTE;

/** How often a running recording is asked (agora-facts.md, section 4: "query about every 2 min"). */
export const HEARTBEAT_MS = 2 * MINUTE;

/** A gap is told once it has stood for so long: notifications that overtake each other make none. */
export const GAP_STANDS_MS = 5 * SECOND;

/** A gap asks for one query, at most one in this time; so does a report of progress that is overdue. */
const AFTER_GAP_MS = 30 * SECOND;

/** Event 33 comes about once a minute (agora-facts.md, section 2); half as long again, and it is overdue. */
const PROGRESS_OVERDUE_MS = 90 * SECOND;

/** Between queries while a 404 stays open (agora-facts.md, section 4: "404: retry 5, 10, 15 s"). */
const WHILE_NOT_FOUND_MS = 15 * SECOND;

/** Files are up within 20 minutes of the end as a rule; half an hour without a word, and the end is inferred. */
const END_HEARD_WITHIN_MS = 30 * MINUTE;

/** A recording that cannot be asked: so long after first sight, or after its last progress event once one came. */
const SILENT_AFTER_FIRST_SIGHT_MS = 72 * HOUR;
const SILENT_AFTER_PROGRESS_MS = 15 * MINUTE;

/** How long temporary credentials of the storage serve before the gateway sends fresh ones. */
export const RENEW_AFTER_MS = 50 * MINUTE;

/** They are renewed so long before they expire at the latest. */
const RENEW_BEFORE_END_MS = 10 * MINUTE;

/** After a renewal that failed it is tried again. */
const RENEW_AGAIN_MS = 5 * MINUTE;

/** What the gateway does next about a recording on its own, and when (gateway time, Unix milliseconds). */
export type Step =
  | { at: number; action: 'query' }
  /** Send fresh credentials of the storage. */
  | { at: number; action: 'renew' }
  | { at: number; action: 'deadline'; deadline: Deadline }
  /** Report notifications that have been missing for long enough. */
  | { at: number; action: 'gap'; gap: SequenceGap };

/** After this Agora answers no more calls for the recording; null if it was started elsewhere or never taken. */
export function expiresAt(state: RecordingState): number | null {
  const taken = state.sid === null ? null : state.attemptedAt;
  const since = state.acceptedAt ?? state.proofs[RANK.RECORDING]?.at ?? taken;
  if (state.start === null || since === null) return null;
  return since + (state.start.resourceExpiredHour || DEFAULT_RESOURCE_EXPIRED_HOURS) * HOUR;
}

function query(at: number): Step {
  return { at, action: 'query' };
}

function deadline(at: number, name: Deadline): Step {
  return { at, action: 'deadline', deadline: name };
}

/** Of two steps that are due at the same time, the one named first. */
function earliest(...steps: (Step | null)[]): Step | null {
  return steps
    .filter((step) => step !== null)
    .reduce<Step | null>((first, step) => (first === null || step.at < first.at ? step : first), null);
}

/** Those that cannot be asked end by silence alone, counted anew from evidence that came after it. */
function watchSilence(state: RecordingState, notBefore: number): Step {
  const { progressAt, deafUntil, firstSeenAt } = state;
  const evidenceAt = state.evidenceAt ?? 0;
  const patience = progressAt === null ? SILENT_AFTER_FIRST_SIGHT_MS : SILENT_AFTER_PROGRESS_MS;
  const at = Math.max(
    (progressAt ?? firstSeenAt) + patience,
    notBefore,
    // While nobody listened, silence meant nothing.
    (deafUntil ?? -Infinity) + SILENT_AFTER_PROGRESS_MS,
  );
  return deadline(evidenceAt > at ? evidenceAt + patience : at, 'SILENT');
}

/** When a start that began at the given moment counts as failed; anew after each sign that overturned that. */
function unconfirmedAt(state: RecordingState, since: number): number {
  const at =
    Math.max(since, state.inferences.START_UNCONFIRMED ?? 0, state.deafUntil ?? 0) +
    START_CONFIRMED_WITHIN_MS;
  return state.evidenceAt !== null && state.evidenceAt > at
    ? state.evidenceAt + START_CONFIRMED_WITHIN_MS
    : at;
}

function lastAskedAt(state: RecordingState): number {
  return state.bookkeeping.lastQueryAt ?? state.acceptedAt ?? state.attemptedAt ?? state.firstSeenAt;
}

/** When the next query is due for a recording that may be asked. */
function nextQueryAt(state: RecordingState): number {
  const { lastQueryAt, notFound, gapToldAt, fatalErrorAt } = state.bookkeeping;
  const since = state.acceptedAt ?? state.attemptedAt ?? state.firstSeenAt;
  if (notFound !== null) return Math.max(notFound.last, lastQueryAt ?? 0) + WHILE_NOT_FOUND_MS;
  const urgent = fatalErrorAt !== null && fatalErrorAt > (lastQueryAt ?? 0) ? fatalErrorAt : Infinity;
  if (provenRank(state) === RANK.STARTING || lastQueryAt === null) {
    const offset = CONFIRMATIONS_MS.find((wait) => lastQueryAt === null || since + wait > lastQueryAt);
    const confirmation = offset === undefined ? (lastQueryAt ?? since) + WHILE_STARTING_MS : since + offset;
    return Math.min(confirmation, urgent);
  }
  const namesAt = since + FILE_NAMES_AFTER_MS[state.start?.mode ?? 'mix'];
  const names = lastQueryAt < namesAt ? namesAt : Infinity;
  const stopInDoubt = (state.stopTriedAt ?? 0) > lastQueryAt ? lastQueryAt : Infinity;
  const gap = gapToldAt !== null && gapToldAt > lastQueryAt ? lastQueryAt + AFTER_GAP_MS : Infinity;
  const overdueAt = (state.progressAt ?? 0) + PROGRESS_OVERDUE_MS;
  const overdue = lastQueryAt < overdueAt ? Math.max(overdueAt, lastQueryAt + AFTER_GAP_MS) : Infinity;
  return Math.min(lastQueryAt + HEARTBEAT_MS, names, urgent, gap, stopInDoubt, overdue);
}

/**
 * When the storage's credentials are to be renewed: where they are temporary and come from a profile, whose fresh ones
 * are ours to send.
 */
function nextRenewal(state: RecordingState): Step | null {
  const { start, credentials, renewalFailedAt, acceptedAt } = state;
  const { profile, expireAt } = credentials?.value ?? start?.storage ?? { profile: null, expireAt: null };
  if (profile === null || expireAt === null) return null;
  const since = credentials?.stamp[1] ?? acceptedAt ?? state.firstSeenAt;
  const again = renewalFailedAt === null ? 0 : renewalFailedAt + RENEW_AGAIN_MS;
  const dueAt = Math.min(since + RENEW_AFTER_MS, Math.max(expireAt - RENEW_BEFORE_END_MS, since + MINUTE));
  return { at: Math.max(dueAt, again), action: 'renew' };
}

/** The next query, renewal or deadline; null once the recording has provably ended, or if only new evidence can say more. */
function nextOwnStep(state: RecordingState, now: number): Step | null {
  const rank = provenRank(state);
  if (rank === RANK.ENDED) return null;
  const { phase, inferred } = phaseOf(state);
  const doubtful = inferred && phase === 'FAILED';
  if (isFinal(phase) && !doubtful) return null;
  if (resourceIdOf(state) === null) return doubtful ? null : watchSilence(state, 0);
  if (state.sid === null) {
    if (doubtful) return null;
    // It is proven to run, but without a sid it cannot be asked: only a notification can tell more.
    if (rank > RANK.STARTING) return watchSilence(state, 0);
    return deadline(unconfirmedAt(state, state.triedAt ?? state.firstSeenAt), 'START_UNCONFIRMED');
  }
  if (state.stopTakenAt !== null) {
    const heard = Math.max(
      state.stopTakenAt,
      state.evidenceAt ?? 0,
      state.progressAt ?? 0,
      state.deafUntil ?? 0,
    );
    return deadline(heard + END_HEARD_WITHIN_MS, 'END_UNCONFIRMED');
  }
  const expiry = expiresAt(state);
  const at = doubtful ? lastAskedAt(state) + DOUBTFUL_EVERY_MS : nextQueryAt(state);
  if (expiry !== null && Math.max(at, now) >= expiry) return doubtful ? null : watchSilence(state, expiry);
  const { notFound } = state.bookkeeping;
  const since = state.acceptedAt ?? state.attemptedAt ?? state.firstSeenAt;
  // Of two that are due at once the deadline comes first: it changes what is asked next.
  return earliest(
    rank === RANK.STARTING && !doubtful ? deadline(unconfirmedAt(state, since), 'START_UNCONFIRMED') : null,
    rank > RANK.STARTING && notFound !== null && notFound.last - notFound.first >= FAILOVER_MS
      ? deadline(notFound.last, 'NOT_FOUND')
      : null,
    nextRenewal(state),
    query(at),
  );
}

/** The report of the gap that has been open longest; also for a recording that has ended, whose log is still read. */
function nextGapReport(state: RecordingState): Step | null {
  const unreported = untoldGap(state.bookkeeping.sequences, isStartedHere(state));
  return unreported === null
    ? null
    : { at: unreported.since + GAP_STANDS_MS, action: 'gap', gap: unreported.gap };
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
  return earliest(gap, own);
}
