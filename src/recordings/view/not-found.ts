import { FAILOVER_MS } from '@agora-recording-gateway/agora/tables/operations';
import { valuesOf } from '../by-name.js';
import { RANK } from '../fold/evidence.js';
import { moment } from './moment.js';
import { phaseOf } from './phase.js';
import { type Problem, provenRank, type RecordingState } from '../state.js';
import { expiresAt, START_CONFIRMED_WITHIN_MS } from '../policy/next-step.js';

/**
 * Why Agora answers 404 for a recording. Agora itself never says (agora-facts.md, section 3, "404 after a good start").
 * - `EXPIRED`: it answers no more calls for the recording (resourceExpiredHour).
 * - `WRONG_PARAMETER`: a parameter, token or storage key was wrong; these are checked after the start was taken.
 * - `ENDED`: it has ended.
 * - `NEVER_KNOWN`: nothing ever told that Agora knew it.
 * - `NOT_YET`: its start was taken a moment ago.
 * - `MOVING`: it ran a moment ago, and may be moving to another server.
 */
export type NotFoundCause = 'EXPIRED' | 'WRONG_PARAMETER' | 'ENDED' | 'NEVER_KNOWN' | 'NOT_YET' | 'MOVING';

export interface NotFound {
  cause: NotFoundCause;
  /** The cause with its evidence, and what to do, in sentences. */
  says: string;
}

const CHECK_PARAMETERS =
  'Agora checks token, storage keys and some parameters only after it has taken a start: check them before the next one.';

function seconds(milliseconds: number): string {
  return `${Math.max(0, Math.round(milliseconds / 1000))} s`;
}

/** The latest error of Agora's (event 1), which tells of a wrong key or parameter. */
function latestError(state: RecordingState): Problem | null {
  const errors = valuesOf(state.problems).filter(({ code }) => code.startsWith('AGORA_ERROR_'));
  return errors.reduce<Problem | null>(
    (latest, error) => (latest === null || error.occurredAt > latest.occurredAt ? error : latest),
    null,
  );
}

/** The sign that a parameter or key was wrong, in words, or null. */
function wrongParameter(state: RecordingState): string | null {
  const ran = state.proofs[RANK.RECORDING] !== undefined;
  const error = latestError(state);
  if (error !== null && (!ran || state.endSigns.STORAGE_FAILED !== undefined)) {
    return `Agora told of an error at ${moment(error.occurredAt)}: ${error.message}`;
  }
  const { ABNORMAL_EXIT } = state.endSigns;
  if (ran || ABNORMAL_EXIT === undefined) return null;
  return `It exited abnormally at ${moment(ABNORMAL_EXIT)}, before it ran.`;
}

function ended(state: RecordingState): NotFound {
  const { endReason, endReasonCertain, endedAt } = phaseOf(state);
  const proof = state.proofs[provenRank(state)];
  const when = endedAt === null ? '' : ` at ${moment(endedAt)}`;
  const why = endReason === null ? '' : ` (${endReason}${endReasonCertain === true ? '' : ', uncertain'})`;
  const evidence = proof === undefined ? '' : ` The last proof was ${proof.says} at ${moment(proof.at)}.`;
  return { cause: 'ENDED', says: `It ended${when}${why}.${evidence}` };
}

/** Why Agora does not find the recording, as far as what was seen of it by the given moment tells. */
export function whyNotFound(state: RecordingState, at: number): NotFound {
  const expiry = expiresAt(state);
  if (expiry !== null && at >= expiry) {
    const says = `Agora answers calls for it until ${moment(expiry)} only (resourceExpiredHours).`;
    return { cause: 'EXPIRED', says };
  }
  const wrong = wrongParameter(state);
  if (wrong !== null) return { cause: 'WRONG_PARAMETER', says: `${wrong} ${CHECK_PARAMETERS}` };
  const rank = provenRank(state);
  if (rank >= RANK.STOPPING) return ended(state);
  if (rank === RANK.RECORDING) return whyGone(state, at);
  if (state.acceptedAt === null) {
    const says = 'Nothing ever told that Agora knew it: check sid, resource id, mode and App ID.';
    return { cause: 'NEVER_KNOWN', says };
  }
  const since = at - state.acceptedAt;
  if (since < START_CONFIRMED_WITHIN_MS) {
    const says =
      `Agora took its start ${seconds(since)} ago (${moment(state.acceptedAt)}), and has not got it running yet. Ask again in ` +
      'a few seconds.';
    return { cause: 'NOT_YET', says };
  }
  const says = `Agora took its start at ${moment(state.acceptedAt)}, and nothing has confirmed since that it ran. ${CHECK_PARAMETERS}`;
  return { cause: 'WRONG_PARAMETER', says };
}

/** Of one that ran, and whose end nobody told. */
function whyGone(state: RecordingState, at: number): NotFound {
  const first = state.bookkeeping.notFound?.first ?? at;
  const seen = state.evidenceAt === null ? '' : ` It was last seen at ${moment(state.evidenceAt)}.`;
  if (at - first < FAILOVER_MS) {
    const says =
      `It ran, and may be moving to another server, which takes up to ${seconds(FAILOVER_MS)}: ask again, until ` +
      `${moment(first + FAILOVER_MS)}.${seen}`;
    return { cause: 'MOVING', says };
  }
  const phase = phaseOf(state);
  const reason =
    phase.inferred && phase.endReason === 'IDLE'
      ? 'as a rule because nobody published for maxIdleTime, which fits what was seen'
      : 'and nothing told why';
  const says =
    `It ran, and Agora has not known it since ${moment(first)}, for longer than a move to another server takes: it has ended, ` +
    `${reason}.${seen}`;
  return { cause: 'ENDED', says };
}
