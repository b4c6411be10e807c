/** The result of a mutation: it was done, it returned user errors, or it ended with a GraphQL error. */
export const MUTATION_RESULTS = ['OK', 'USER_ERROR', 'ERROR'] as const;

export type MutationResult = (typeof MUTATION_RESULTS)[number];

/** A mutation that a caller sent, as those who may see its recording can read it. */
export interface Mutation {
  /** Its field in the schema. */
  operation: string;
  /** The name of the caller; null where callers are not authenticated. */
  caller: string | null;
  /** Names the request in the log. */
  requestId: string;
  /** The input without secrets; null if it was larger than is kept. */
  input: unknown;
  result: MutationResult;
  /** The codes of its errors. */
  codes: string[];
}

/** An entry of the audit trail: a mutation, with what administrators alone can read. */
export interface AuditEntry extends Mutation {
  id: string;
  /** When it was sent, Unix milliseconds. */
  at: number;
  /** The IP address of the caller. */
  address: string;
  /** The recording that it is about, as far as the caller named one or made one. */
  recordingId: string | null;
  /** The App ID and channel that it is about; null if neither it nor its recording says so. */
  place: { appId: string; channel: string } | null;
}
