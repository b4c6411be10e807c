import { RANK } from '../fold/evidence.js';
import { moment } from './moment.js';
import { whyNotFound } from './not-found.js';
import { type PhaseView } from './phase.js';
import { provenRank, type RecordingState } from '../state.js';
import { nextStep, type Step } from '../policy/next-step.js';

const SOURCES = {
  COMMAND: 'a call of a user',
  NOTIFICATION: "Agora's message",
  POLL: "the gateway's query",
  CLOCK: "the gateway's clock",
} as const;

const EXPECTATIONS = {
  START_UNCONFIRMED: 'If nothing confirms the start until then, it counts as failed',
  NOT_FOUND: 'If Agora still does not know it then, it counts as gone',
  END_UNCONFIRMED: 'If no word of its files comes until then, it counts as completed',
  SILENT: 'If nothing is heard of it until then, it counts as lost',
} as const;

function announce(step: Step | null): string {
  switch (step?.action) {
    case undefined:
      return 'No more queries are scheduled; late notifications are still accepted.';
    case 'query':
      return `The next query is due at ${moment(step.at)}.`;
    case 'renew':
      return `The storage's credentials are renewed at ${moment(step.at)}.`;
    case 'gap':
      return `Notifications ${step.gap.from} to ${step.gap.to} of recorder ${step.gap.recorderUid} have not arrived; they are reported as missing at ${moment(step.at)}.`;
    case 'deadline':
      return `${EXPECTATIONS[step.deadline]} (${moment(step.at)}).`;
  }
}

/** Why a recording is in its phase, what the latest evidence is, and what is expected next and by when. */
export function explain(state: RecordingState, phase: PhaseView): string {
  const proof = state.proofs[provenRank(state)];
  const sentences: string[] = [];
  if (state.startRefused && state.sid === null) {
    sentences.push('Agora refused the start, since another recording is in its place.');
  } else if (phase.inferred) {
    sentences.push(`${phase.phase} is inferred from silence; later evidence may overturn it.`);
    if (proof !== undefined) sentences.push(`The last proof was ${proof.says} at ${moment(proof.at)}.`);
  } else if (proof !== undefined) {
    sentences.push(
      `${phase.phase} since ${moment(proof.at)}: ${SOURCES[proof.source]} proves it (${proof.says}).`,
    );
  } else {
    sentences.push(`${phase.phase}: nothing proves more yet.`);
  }
  if (state.start !== null && state.sid === null && provenRank(state) === RANK.STARTING) {
    sentences.push('Agora has not said whether it took the start.');
  }
  const { notFound } = state.bookkeeping;
  if (notFound !== null && provenRank(state) < RANK.STOPPING) {
    sentences.push(
      `Agora did not find it when last asked (${moment(notFound.last)}). ${whyNotFound(state, notFound.last).says}`,
    );
  }
  sentences.push(announce(nextStep(state, state.bookkeeping.observedAt)));
  return sentences.join(' ');
}
