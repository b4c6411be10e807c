import { FAILOVER_MS } from '@agora-recording-gateway/agora/tables/operations';
import { valuesOf } from '../by-name.js';
import { RANK } from '../fold/evidence.js';
import { expiresAt, START_CONFIRMATION_TIMEOUT_MS } from '../policy/next-step.js';
import { provenRank, type RecordingState } from '../state.js';
import { END_REASONS } from './end-reason.js';
import { formatTime } from './format-time.js';
import { maxIdleSeconds } from './idle.js';
import { isFinal, phaseOf, type PhaseView } from './phase.js';

/**
 * Why Agora answers 404 for a recording; Agora itself never says.
 * - `EXPIRED`: it answers no more calls for the recording (resourceExpiredHour).
 * - `FAULT`: Agora reported an error, or nothing showed that it ran: token, storage and parameters are checked after the start was accepted.
 * - `ENDED`: it has ended.
 * - `NEVER_KNOWN`: nothing has shown that Agora knew it.
 * - `NOT_YET`: its start was accepted a moment ago.
 * - `MOVING`: it ran a moment ago, and may be moving to another server.
 */
export type NotFoundCause = 'EXPIRED' | 'FAULT' | 'ENDED' | 'NEVER_KNOWN' | 'NOT_YET' | 'MOVING';

export interface NotFound {
  cause: NotFoundCause;
  /** The cause with its evidence and what to do, in sentences that stay true: with absolute times. */
  description: string;
}

/** What keeps an accepted start from running, as far as it can have happened by the given time. */
function likelyCauses(state: RecordingState, at: number): string {
  const token = 'the token (expired, or not made for this App ID, channel and uid)';
  const storage = 'the storage (vendor, region, bucket or keys)';
  const parameter = 'a parameter such as transcodingConfig';
  const idle = `a channel in which no user published for maxIdleTime (${maxIdleSeconds(state)} s)`;
  const mayBeIdle = at >= (state.acceptedAt ?? Infinity) + maxIdleSeconds(state) * 1_000;
  const others =
    state.start?.mode === 'web'
      ? [storage, "the page's parameters"]
      : [token, storage, parameter, ...(mayBeIdle ? [idle] : [])];
  const list = `${others.slice(0, -1).join(', ')}, or ${others.at(-1)}`;
  return `Likely causes, which Agora finds only after it has accepted a start: ${list}.`;
}

/** The latest fatal error of event 1, otherwise the latest error; null if there is none. */
function latestError(state: RecordingState): { at: number; message: string } | null {
  if (state.fatalError !== null) {
    return { at: state.fatalError.stamp[1], message: state.fatalError.value };
  }
  let latest: { at: number; message: string } | null = null;
  for (const { code, occurredAt: at, message } of valuesOf(state.problems)) {
    if (code.startsWith('AGORA_ERROR_') && (latest === null || at > latest.at)) latest = { at, message };
  }
  return latest;
}

/** What went wrong before it ran, or with its storage, in words; null if nothing is known to have. */
function faultBefore(state: RecordingState): string | null {
  const ran = state.proofs[RANK.RECORDING] !== undefined;
  const error = latestError(state);
  if (error !== null && (!ran || state.endSigns.STORAGE_FAILED !== undefined)) {
    return `Agora reported an error at ${formatTime(error.at)}: ${error.message}`;
  }
  const { ABNORMAL_EXIT } = state.endSigns;
  if (ran || ABNORMAL_EXIT === undefined) return null;
  return `It exited abnormally at ${formatTime(ABNORMAL_EXIT)}, before it ran. ${likelyCauses(state, ABNORMAL_EXIT)}`;
}

/** One that is known to be ending or to have ended. */
function ending(state: RecordingState, { phase, endReason, endReasonCertain, endedAt }: PhaseView): NotFound {
  const proof = state.proofs[provenRank(state)];
  const verb = isFinal(phase) || phase === 'UPLOADING' ? 'It ended' : 'It is ending';
  const when = endedAt === null ? '' : ` at ${formatTime(endedAt)}`;
  const why = endReason === null ? '' : ` (${endReason}${endReasonCertain === true ? '' : ', uncertain'})`;
  const evidence =
    proof === undefined ? '' : ` The last proof was ${proof.description} at ${formatTime(proof.at)}.`;
  return { cause: 'ENDED', description: `${verb}${when}${why}.${evidence}` };
}

/** One that ran and of whose end nothing is known. */
function missing(state: RecordingState, phase: PhaseView, at: number): NotFound {
  const first = state.bookkeeping.notFound?.first ?? at;
  const seen = state.evidenceAt === null ? '' : ` It was last seen at ${formatTime(state.evidenceAt)}.`;
  if (isFinal(phase.phase)) {
    const reason = phase.endReason ?? 'UNKNOWN';
    const description =
      `It ran, and Agora has not known it since ${formatTime(first)}, for longer than a move to another server takes: it ` +
      `has ended. Its end reason is ${reason}: ${END_REASONS[reason]}.${seen}`;
    return { cause: 'ENDED', description };
  }
  if (at - first >= FAILOVER_MS) {
    const description =
      `It ran, and Agora has not known it since ${formatTime(first)}, for longer than a move to another server takes: it ` +
      `counts as ended unless it is found again.${seen}`;
    return { cause: 'ENDED', description };
  }
  const description =
    `It ran, and may be moving to another server, which takes up to ${FAILOVER_MS / 1_000} s: a 404 decides nothing until ` +
    `${formatTime(first + FAILOVER_MS)}.${seen}`;
  return { cause: 'MOVING', description };
}

/** One that is not proven to have run. */
function neverSeenRunning(state: RecordingState, phase: PhaseView, at: number): NotFound {
  const { acceptedAt } = state;
  if (acceptedAt === null) {
    const description = 'Nothing has shown that Agora knew it: check sid, resource id, mode and App ID.';
    return { cause: 'NEVER_KNOWN', description };
  }
  const accepted = `Agora accepted its start at ${formatTime(acceptedAt)}`;
  const deadline = acceptedAt + START_CONFIRMATION_TIMEOUT_MS;
  if (!isFinal(phase.phase) && at < deadline) {
    const description =
      `${accepted}, and it was not running yet at ${formatTime(at)}. A start takes up to ` +
      `${START_CONFIRMATION_TIMEOUT_MS / 1_000} s, until ${formatTime(deadline)}. ${likelyCauses(state, at)}`;
    return { cause: 'NOT_YET', description };
  }
  const description = `${accepted}, and nothing has confirmed since that it ran. ${likelyCauses(state, at)}`;
  return { cause: 'FAULT', description };
}

/** Why Agora does not find the recording, as far as what was seen of it by the given time shows. */
export function whyNotFound(state: RecordingState, at: number): NotFound {
  const expiry = expiresAt(state);
  if (expiry !== null && at >= expiry) {
    const description = `Agora answers calls for it only until ${formatTime(expiry)} (resourceExpiredHours).`;
    return { cause: 'EXPIRED', description };
  }
  const phase = phaseOf(state);
  const rank = provenRank(state);
  const endsWell = rank >= RANK.STOPPING && phase.phase !== 'FAILED';
  const wrong = endsWell ? null : faultBefore(state);
  if (wrong !== null) return { cause: 'FAULT', description: wrong };
  if (rank >= RANK.STOPPING) return ending(state, phase);
  return rank === RANK.RECORDING ? missing(state, phase, at) : neverSeenRunning(state, phase, at);
}
