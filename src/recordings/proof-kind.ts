import { type ProofKind } from './fold/evidence.js';
import { type Proof } from './state.js';

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
