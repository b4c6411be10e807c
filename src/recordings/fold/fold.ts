import { type Observation, type ObservationContent } from '../observation.js';
import { isStartedHere, type Proof, type RecordingState } from '../state.js';
import { foldBookkeeping } from './bookkeeping.js';
import { endSignsOf } from './end-signs.js';
import { evidenceOf, showsMedia, showsReadyOnly, showsRunning, uploadEndOf } from './evidence.js';
import { foldNotification } from './fold-notification.js';
import { foldNoReply, foldReply } from './fold-reply.js';
import { greatest, latest, smallest } from './register.js';
import { knownAt, stampOf } from './stamp.js';

/** A proof is kept if it is the earliest of its rank; the hash decides between two of the same time. */
function withEvidence(state: RecordingState, observation: Observation): RecordingState {
  const evidence = evidenceOf(observation);
  if (evidence === null) return state;
  const { hash, source } = observation;
  const at = knownAt(observation);
  const held = state.proofs[evidence.rank];
  const { kind, description } = evidence;
  const offered: Proof = { at, hash, source, kind, description };
  const earlier =
    held === undefined || offered.at < held.at || (offered.at === held.at && offered.hash < held.hash);
  return {
    ...state,
    proofs: earlier ? { ...state.proofs, [evidence.rank]: offered } : state.proofs,
    failed: state.failed || evidence.failed,
    evidenceAt: greatest(state.evidenceAt, at),
    runningAt: showsRunning(observation) ? greatest(state.runningAt, at) : state.runningAt,
    readyAt: showsReadyOnly(observation) ? greatest(state.readyAt, at) : state.readyAt,
    mediaAt: showsMedia(observation) ? greatest(state.mediaAt, at) : state.mediaAt,
  };
}

function withEndSigns(state: RecordingState, observation: Observation): RecordingState {
  const signs = endSignsOf(observation);
  if (signs.length === 0) return state;
  const endSigns = { ...state.endSigns };
  for (const sign of signs) endSigns[sign] = greatest(endSigns[sign] ?? null, observation.occurredAt);
  return { ...state, endSigns };
}

function withUploadEnd(state: RecordingState, observation: Observation): RecordingState {
  const end = uploadEndOf(observation);
  return end === null ? state : { ...state, upload: latest(state.upload, end, stampOf(observation)) };
}

function foldContent(state: RecordingState, observation: Observation): RecordingState {
  const { content, occurredAt } = observation;
  switch (content.kind) {
    case 'gap':
    case 'mutation':
      return state;
    case 'outage':
      return { ...state, missedUntil: greatest(state.missedUntil, content.to) };
    case 'attempt':
      return {
        ...state,
        channel: content.facts.channel,
        uid: content.facts.uid,
        start: content.facts,
        resourceId: latest(state.resourceId, content.facts.resourceId, stampOf(observation)),
        attemptedAt: smallest(state.attemptedAt, occurredAt),
        triedAt: greatest(state.triedAt, occurredAt),
        ...(content.startedBy === undefined ? {} : { startedBy: content.startedBy }),
        ...(content.metadata === undefined
          ? {}
          : { metadata: latest(state.metadata, content.metadata, stampOf(observation)) }),
      };
    case 'file-check':
      return { ...state, fileCheck: latest(state.fileCheck, content.check, stampOf(observation)) };
    case 'metadata':
      // Whatever the clocks of two gateways say, a change follows what the start was given.
      return { ...state, metadata: latest(state.metadata, content.metadata, stampOf(observation, 1)) };
    case 'adoption': {
      const adoption = latest(state.adoption, content.facts, stampOf(observation));
      // After a fail-over notifications name another uid; calls need the uid of the start.
      const { channel, uid } = isStartedHere(state) ? state : adoption.value;
      return {
        ...state,
        channel,
        uid,
        adoption,
        start: isStartedHere(state) ? state.start : adoption.value,
        sid: latest(state.sid, content.sid, stampOf(observation)),
        resourceId: latest(state.resourceId, content.facts.resourceId, stampOf(observation)),
      };
    }
    case 'notification':
      return foldNotification(state, observation);
    case 'reply':
      return foldReply(state, observation);
    case 'no-reply':
      return foldNoReply(state, observation);
    case 'deadline':
      return {
        ...state,
        inferences: {
          ...state.inferences,
          [content.deadline]: greatest(state.inferences[content.deadline] ?? null, occurredAt),
        },
      };
  }
}

/** Observations that are not of the recording itself: they do not date its first sight. */
const UNDATED: readonly ObservationContent['kind'][] = [
  'gap',
  'outage',
  'file-check',
  'metadata',
  'mutation',
];

function withFirstSight(state: RecordingState, { content, occurredAt }: Observation): RecordingState {
  if (UNDATED.includes(content.kind)) return state;
  return { ...state, firstSeenAt: Math.min(state.firstSeenAt, occurredAt) };
}

/**
 * Takes one observation into a recording. Outside `bookkeeping` the result depends only on the set of observations
 * taken, never on their order; taking the same one twice changes nothing there.
 */
export function fold(state: RecordingState, observation: Observation): RecordingState {
  let next = foldContent(withFirstSight(state, observation), observation);
  next = withEvidence(next, observation);
  next = withEndSigns(next, observation);
  next = withUploadEnd(next, observation);
  return { ...next, bookkeeping: foldBookkeeping(next, observation) };
}
