import { bounded, valueOf, withValue } from '../by-name.js';
import { type Observation } from '../observation.js';
import { type StoredProblemCode } from '../problems.js';
import { type RecordingState } from '../state.js';

/** Problems that one recording keeps; the earliest ones stay. */
export const MAX_PROBLEMS = 100;

/** Adds a problem of this observation. */
export function withProblem(
  state: RecordingState,
  { id, occurredAt, hash }: Observation,
  code: StoredProblemCode,
  message: string,
): RecordingState {
  const key = `${String(occurredAt).padStart(16, '0')}:${hash}`;
  const problems = withValue(state.problems, key, { code, message, occurredAt, observationId: id });
  return { ...state, problems: bounded(problems, MAX_PROBLEMS) };
}

/**
 * Adds a problem that may repeat for as long as its cause lasts: one entry for each message, with its earliest time. Its
 * key sorts after all dated ones, so repetitions never displace another problem.
 */
export function withRepeatedProblem(
  state: RecordingState,
  { id, occurredAt }: Observation,
  code: StoredProblemCode,
  message: string,
): RecordingState {
  const key = `repeated:${code}:${message}`;
  const held = valueOf(state.problems, key);
  // Of two of the same time the id decides, so that the order of arrival cannot.
  const isFirst =
    held === undefined ||
    occurredAt < held.occurredAt ||
    (occurredAt === held.occurredAt && id < (held.observationId ?? ''));
  if (!isFirst) return state;
  const problems = withValue(state.problems, key, { code, message, occurredAt, observationId: id });
  return { ...state, problems: bounded(problems, MAX_PROBLEMS) };
}
