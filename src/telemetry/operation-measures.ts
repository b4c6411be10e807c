import { type Metrics } from './metrics.js';

/** Names of GraphQL operations that are distinguished. Clients choose them, so later ones count as `(other)`. */
export const MAX_OPERATION_NAMES = 50;

/** A longer name counts as `(other)`. In characters. */
const MAX_NAME_LENGTH = 64;

/** Labels in place of a name. No name has parentheses. */
const ANONYMOUS = '(anonymous)';
const OTHER = '(other)';
const UNREAD = '(unread)';

export interface MeasuredOperation {
  /** Its name in the document; null if it has none, undefined if no operation could be read or chosen. */
  name: string | null | undefined;
  /** How it came: http, websocket or sse. */
  transport: string;
}

/** Counts GraphQL operations by name and transport. */
export interface OperationMeasures {
  /** A query or mutation has been executed, or a subscription has begun. `cost`: the values that its reply may hold. */
  executed(operation: MeasuredOperation, seconds: number, cost: number): void;
  /** The codes of errors that a client gets. */
  failed(operation: MeasuredOperation, codes: readonly string[]): void;
}

export function createOperationMeasures(metrics: Metrics): OperationMeasures {
  const names = new Set<string>();

  function labelsOf({ name, transport }: MeasuredOperation): { operation: string; transport: string } {
    if (name === undefined) return { operation: UNREAD, transport };
    if (name === null) return { operation: ANONYMOUS, transport };
    if (!names.has(name) && name.length <= MAX_NAME_LENGTH && names.size < MAX_OPERATION_NAMES)
      names.add(name);
    return { operation: names.has(name) ? name : OTHER, transport };
  }

  return {
    executed(operation, seconds, cost) {
      const labels = labelsOf(operation);
      metrics.graphqlSeconds.observe(labels, seconds);
      metrics.graphqlCost.inc(labels, cost);
    },
    failed(operation, codes) {
      if (codes.length === 0) return;
      const labels = labelsOf(operation);
      for (const code of codes) metrics.graphqlErrors.inc({ ...labels, code });
    },
  };
}
