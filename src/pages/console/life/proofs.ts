/** In which phase an event proves a recording to be, by the names of the schema. */
export interface Proofs {
  events: Readonly<Record<string, string>>;
  statuses: Readonly<Record<string, string>>;
}

/** The bundler makes them from the gateway's rules. */
declare const PHASE_PROOFS: Proofs;

export const PROOFS = PHASE_PROOFS;
