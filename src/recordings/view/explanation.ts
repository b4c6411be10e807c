import { RANK } from '../fold/evidence.js';
import { compareStamps, type Register } from '../fold/register.js';
import { type Deadline, type ObservationSource } from '../observation.js';
import { isExpired, scheduledStep, type Step } from '../policy/next-step.js';
import { isStartedHere, provenRank, type RecordingState } from '../state.js';
import { END_REASONS, errorOf, isLasting } from './end-reason.js';
import { formatTime } from './format-time.js';
import { maxIdleSeconds } from './idle.js';
import { whyNotFound } from './not-found.js';
import { isFinal, phaseOf, type PhaseView } from './phase.js';

const SOURCES: Readonly<Record<ObservationSource, string>> = {
  COMMAND: "a caller's call",
  NOTIFICATION: "Agora's notification",
  POLL: "the gateway's query",
  CLOCK: "the gateway's clock",
};

/** What is missing when a deadline passes. */
const EXPECTATIONS: Readonly<Record<Deadline, string>> = {
  START_UNCONFIRMED: 'If nothing confirms the start by then',
  NOT_FOUND: 'If Agora still does not know it by then',
  END_UNCONFIRMED: 'If no file report arrives by then',
  SILENT: 'If nothing is received about it by then',
};

/** The phase that a deadline leads to if it passes at a time. */
function phaseAfter(state: RecordingState, name: Deadline, at: number): string {
  const { phase } = phaseOf({ ...state, inferences: { ...state.inferences, [name]: at } });
  return phase.toLowerCase();
}

const FORWARDING =
  'Agora holds files that it could not upload in its backup storage and forwards them to the storage; notification 31 reports ' +
  'when all have arrived.';

function announce(state: RecordingState, step: Step | null): string {
  switch (step?.action) {
    case undefined:
      return 'No more queries are scheduled; late notifications are still accepted.';
    case 'query':
      return `The next query is due at ${formatTime(step.at)}.`;
    case 'renew':
      return `The storage's credentials are renewed at ${formatTime(step.at)}.`;
    case 'check-files':
      return `The storage is asked whether the files are there at ${formatTime(step.at)}.`;
    case 'gap':
      return `Notifications ${step.gap.from} to ${step.gap.to} of recorder ${step.gap.recorderUid} have not arrived; they are reported as missing at ${formatTime(step.at)}.`;
    case 'deadline': {
      const { deadline, at } = step;
      return `${EXPECTATIONS[deadline]} (${formatTime(at)}), it counts as ${phaseAfter(state, deadline, at)}.`;
    }
  }
}

/** The phase, and what it rests on. */
function headline(state: RecordingState, { phase, inferred }: PhaseView): string {
  const proof = state.proofs[provenRank(state)];
  if (state.startRefused && state.sid === null) {
    return `${phase}: Agora refused the start, because another recording runs with the same channel and uid.`;
  }
  if (inferred) {
    const last =
      proof === undefined ? '' : ` The last proof was ${proof.description} at ${formatTime(proof.at)}.`;
    return `${phase} is inferred from silence; later evidence may change it.${last}`;
  }
  if (proof === undefined) return `${phase}: nothing proves more yet.`;
  return `${phase} since ${formatTime(proof.at)}: ${SOURCES[proof.source]} proves it (${proof.description}).`;
}

function reason(state: RecordingState, { endReason, endReasonCertain }: PhaseView): string | null {
  if (endReason === null) return null;
  const limit = endReason === 'IDLE' ? ` (${maxIdleSeconds(state)} s)` : '';
  const certainty = endReasonCertain === true ? '' : ' (uncertain)';
  return `End reason ${endReason}${certainty}: ${END_REASONS[endReason]}${limit}.`;
}

/** The last fatal error, unless the recorder recovered from it and the recording did not fail. */
function fatalError(state: RecordingState, { phase }: PhaseView): Register<string> | null {
  if (state.fatalError === null) return null;
  return phase === 'FAILED' || isLasting(state, state.fatalError.stamp[1]) ? state.fatalError : null;
}

/** The error that shows the end reason and the last fatal one, which may be the same, unless `said` names them. */
function errors(state: RecordingState, phase: PhaseView, said: string): string[] {
  const fatal = fatalError(state, phase);
  const shown = phase.endReason === null ? null : errorOf(state, phase.endReason);
  const isSame = fatal !== null && shown !== null && compareStamps(fatal.stamp, shown.stamp) === 0;
  return [
    isSame || shown === null ? null : { kind: 'an error', error: shown },
    fatal === null ? null : { kind: 'a fatal error', error: fatal },
  ]
    .filter((each) => each !== null)
    .filter(({ error: { value } }) => !said.includes(value))
    .map(
      ({ kind, error: { value, stamp } }) => `Agora reported ${kind} at ${formatTime(stamp[1])}: ${value}`,
    );
}

/** Why the latest query found nothing, while no end is proven. */
function notFound(state: RecordingState): string | null {
  const { notFound: last } = state.bookkeeping;
  if (last === null || provenRank(state) >= RANK.STOPPING) return null;
  const { description } = whyNotFound(state, last.last);
  return `Agora did not find it when last asked (${formatTime(last.last)}). ${description}`;
}

/** What follows from its sid not being known. */
function withoutSid(state: RecordingState): string | null {
  if (!isStartedHere(state) || state.sid !== null || state.startRefused) return null;
  if (provenRank(state) === RANK.STARTING) {
    return state.acceptedAt === null
      ? 'Agora has not said whether it accepted the start.'
      : `Agora accepted the start at ${formatTime(state.acceptedAt)}, but did not name its sid.`;
  }
  if (provenRank(state) >= RANK.STOPPING) return null;
  return 'Its sid is not known, so Agora cannot be asked about it: only its notifications can show more.';
}

/** The latest stop, if Agora has not taken it and nothing was learned since. */
function stopInDoubt(state: RecordingState, { phase }: PhaseView): string | null {
  const { stopInDoubtAt, stopNotFoundAt, bookkeeping } = state;
  const triedAt = Math.max(stopInDoubtAt ?? -Infinity, stopNotFoundAt ?? -Infinity);
  if (provenRank(state) >= RANK.STOPPING || triedAt <= (bookkeeping.lastQueryAt ?? -Infinity)) return null;
  const answer = triedAt === stopInDoubtAt ? 'Agora did not confirm it' : 'Agora did not find the recording';
  // Once it has ended or expired, no query would be sent anyway.
  const effect =
    isFinal(phase) || isExpired(state, triedAt) ? '' : ' While the stop is repeated, no query is sent.';
  return `A stop was sent at ${formatTime(triedAt)}: ${answer}.${effect}`;
}

/**
 * Why a recording is in its phase, what the latest evidence is, and what is expected next and by when. Every sentence is
 * true whenever it is read: times are absolute, and the next step is the one that the gateway takes, when it is scheduled.
 */
export function explain(state: RecordingState, phase: PhaseView, watchAt: number | null): string {
  const missing = notFound(state);
  const sentences = [
    headline(state, phase),
    reason(state, phase),
    ...errors(state, phase, missing ?? ''),
    withoutSid(state),
    missing,
    state.upload?.value === 'BACKED_UP' ? FORWARDING : null,
    stopInDoubt(state, phase),
    announce(state, scheduledStep(state, watchAt)),
  ];
  return sentences.filter((sentence) => sentence !== null).join(' ');
}
