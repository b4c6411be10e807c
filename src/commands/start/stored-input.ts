import * as z from 'zod';
import { type StoredAttempt } from '../../store/starts/attempts.js';
import { jsonColumn, type ReportUnreadable } from '../../store/stored-json.js';
import { type RepeatableStart } from './start-input.js';

function isInput(value: unknown): boolean {
  const place = z.object({
    channel: z.string(),
    uid: z.string(),
    config: z.looseObject({}),
    tokenIssuedAt: z.exactOptional(z.nullable(z.number())),
  });
  return place.safeParse(value).success;
}

/** The inputs of starts. The rules of every start check the values again before it is sent. */
export const INPUTS = jsonColumn<RepeatableStart>(
  { table: 'start_attempts', column: 'input' },
  { version: 1, schema: z.custom<RepeatableStart>(isInput) },
);

/** The input of a start, from which it can be sent again; null where secrets came with it, and if it cannot be read. */
export function storedInput(
  { recordingId, input }: StoredAttempt,
  report: ReportUnreadable,
): RepeatableStart | null {
  return input === null ? null : INPUTS.readIfPossible(input, recordingId, report);
}
