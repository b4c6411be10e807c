import { type Observation, type ObservationContent } from '../observation.js';
import { type Bookkeeping, isStartedHere, type RecordingState } from '../state.js';
import { snapshotNameOf } from '../snapshot-name.js';
import { isNotFound } from './evidence.js';
import { FATAL } from './fold-notification.js';
import { greatest, smallest } from './register.js';
import { markReported, noteSequence } from './sequence.js';

function withNotification(before: Bookkeeping, observation: Observation, fromZero: boolean): Bookkeeping {
  const { content, receivedAt } = observation;
  if (content.kind !== 'notification') return before;
  const { sequence, uid, details } = content.notification;
  const next = { ...before, notifications: before.notifications + 1 };
  if (sequence !== null) {
    const noted = noteSequence(next.sequences, uid, sequence, fromZero, receivedAt);
    next.sequences = noted.streams;
    if (noted.late) next.outOfOrder += 1;
  }
  if (snapshotNameOf(content) !== null) next.snapshots += 1;
  if (details.type === 'CLOUD_RECORDING_ERROR' && details.errorLevel === FATAL)
    next.fatalErrorAt = receivedAt;
  return next;
}

/** Answers 404 count since the last evidence of life, which may arrive late. */
function withNotFound(before: Bookkeeping, observation: Observation, evidenceAt: number | null): Bookkeeping {
  const { occurredAt } = observation;
  let { notFound } = before;
  if (isNotFound(observation) && (evidenceAt === null || occurredAt > evidenceAt)) {
    notFound = {
      first: smallest(notFound?.first ?? null, occurredAt),
      last: greatest(notFound?.last ?? null, occurredAt),
    };
  }
  if (notFound !== null && evidenceAt !== null && evidenceAt >= notFound.first) {
    const { last } = notFound;
    notFound = last > evidenceAt ? { first: last, last } : null;
  }
  return { ...before, notFound };
}

/** An outage, a check of the files, a change of metadata and a mutation say nothing about what Agora does. */
const NOT_OF_AGORA: readonly ObservationContent['kind'][] = ['outage', 'file-check', 'metadata', 'mutation'];

/** The bookkeeping after an observation that has been folded into the rest of the state. */
export function foldBookkeeping(state: RecordingState, observation: Observation): Bookkeeping {
  const { content, occurredAt, receivedAt, source } = observation;
  const held = state.bookkeeping;
  const fromZero = isStartedHere(state);
  if (NOT_OF_AGORA.includes(content.kind)) return held;
  if (content.kind === 'gap') {
    const sequences = markReported(held.sequences, content.gap, fromZero, receivedAt);
    if (content.asksForQuery === false) return { ...held, sequences };
    return { ...held, sequences, gapReportedAt: greatest(held.gapReportedAt, receivedAt) };
  }
  let next = withNotification({ ...held, observedAt: receivedAt, observedBy: source }, observation, fromZero);
  if (content.kind === 'reply' && content.operation === 'query') {
    next = { ...next, lastQueryAt: greatest(next.lastQueryAt, occurredAt) };
  }
  return withNotFound(next, observation, state.evidenceAt);
}
