import * as z from 'zod';
import { emptyState, type RecordingState, STATE_VERSION } from '../../recordings/state.js';
import { jsonColumn } from '../stored-json.js';

const EMPTY = Object.entries(emptyState({ id: '', appId: '', channel: '', uid: '', firstSeenAt: 0 })) as [
  string,
  unknown,
][];

/**
 * Whether a value has what every state has. What is inside its parts is not checked, since states are read all the time: the
 * version says how they were written, and each can be folded again from its log.
 */
function isState(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return EMPTY.every(([name, empty]) => {
    const own: unknown = Reflect.get(value, name);
    return own !== undefined && (empty === null || (own !== null && typeof own === typeof empty));
  });
}

/** The states of recordings. One that cannot be read is folded again from its log (refold.ts). */
export const STATES = jsonColumn<RecordingState>(
  { table: 'recordings', column: 'state' },
  { version: STATE_VERSION, property: 'stateVersion', schema: z.custom<RecordingState>(isState) },
);
