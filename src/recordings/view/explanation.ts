import { RANK } from '../fold/evidence.js';
import { moment } from './moment.js';
import { whyNotFound } from './not-found.js';
import { type PhaseView } from './phase.js';
import { provenRank, type RecordingState } from '../state.js';
import { nextWatch } from '../policy/watch-policy.js';

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
  const next = nextWatch(state);
  if (next === null) sentences.push('Nothing more is asked; what Agora still sends is taken in.');
  else if (next.action === 'renew')
    sentences.push(`The storage's credentials are renewed at ${moment(next.at)}.`);
  else if (next.action === 'query') sentences.push(`It is queried next at ${moment(next.at)}.`);
  else sentences.push(`${EXPECTATIONS[next.deadline]} (${moment(next.at)}).`);
  return sentences.join(' ');
}
