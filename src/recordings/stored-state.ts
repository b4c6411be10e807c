import { type ProofKind } from './fold/evidence.js';
import { type Proof, type RecordingState, STATE_VERSION } from './state.js';

/** Version 1, which carried no version number: its differences from the current form. */
interface StateBeforeVersions extends Omit<
  RecordingState,
  'stateVersion' | 'proofs' | 'bookkeeping' | 'missedUntil' | 'lastProgressAt'
> {
  proofs: Record<string, Omit<Proof, 'description'> & { says: string }>;
  progressAt: number | null;
  deafUntil: number | null;
  stopTriedAt: number | null;
  bookkeeping: Omit<RecordingState['bookkeeping'], 'gapReportedAt'> & { gapToldAt: number | null };
}

/**
 * A state of version 1 in today's form. What version 1 did not keep counts as not seen; later observations, or a rebuild
 * from the log, fill it in.
 */
function fromVersion1(before: StateBeforeVersions): RecordingState {
  const { progressAt, deafUntil, stopTriedAt, proofs, bookkeeping, ...same } = before;
  const { gapToldAt, ...kept } = bookkeeping;
  return {
    ...same,
    stateVersion: STATE_VERSION,
    proofs: Object.fromEntries(
      Object.entries(proofs).map(([rank, { says, ...proof }]) => [rank, { ...proof, description: says }]),
    ),
    fatalError: null,
    runningAt: null,
    readyAt: null,
    mediaAt: null,
    lastProgressAt: progressAt,
    missedUntil: deafUntil,
    stopInDoubtAt: stopTriedAt,
    stopNotFoundAt: null,
    bookkeeping: { ...kept, gapReportedAt: gapToldAt },
  };
}

/** Reads a state as it was stored, in the form of any version. Throws if a newer version wrote it. */
export function readState(text: string): RecordingState {
  const stored = JSON.parse(text) as { stateVersion?: number };
  if (stored.stateVersion === undefined) return fromVersion1(stored as StateBeforeVersions);
  if (stored.stateVersion === STATE_VERSION) return stored as RecordingState;
  throw new Error(
    `A recording was stored in form ${stored.stateVersion}, and this version reads up to ${STATE_VERSION}. Run the version that wrote it.`,
  );
}

/** How the descriptions of proofs began before their kind was stored. */
const KIND_BY_DESCRIPTION: readonly [beginning: string, kind: ProofKind][] = [
  ['notification ', 'NOTIFICATION'],
  ["query's ", 'QUERY_REPLY'],
  ["stop's ", 'STOP_REPLY'],
  ["start's ", 'START_REPLY'],
  ["Agora's refusal ", 'START_REPLY'],
  ['the start ', 'START_SENT'],
];

/** The kind of a proof, in whatever release it was stored; null if that release described it in other words. */
export function proofKind({ kind, description }: Proof): ProofKind | null {
  return kind ?? KIND_BY_DESCRIPTION.find(([beginning]) => description.startsWith(beginning))?.[1] ?? null;
}
