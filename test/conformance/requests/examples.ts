import { GROUPS } from '../request-properties/rows.js';
import { type Json } from '../request-properties/row.js';
import { whole, withStorage } from '../request-properties/whole.js';
import { CLIENT_EXAMPLES } from './client-examples.js';
import { type Call, type Example, type Mode, REFERENCE, STORAGE } from './example.js';
import { REFERENCE_EXAMPLES } from './reference-examples.js';

const CALLS = {
  acquireResource: 'acquire',
  startRecording: 'start',
  updateRecording: 'update',
  updateLayout: 'updateLayout',
  stopRecording: 'stop',
} as const satisfies Record<string, Call>;

function modeOf(input: Json, running: string | undefined): Mode {
  const config = (input.config ?? {}) as Json;
  if (running === 'web' || 'web' in config) return 'web';
  return 'individual' in config ? 'individual' : 'mix';
}

/** Requests that together have every documented property. */
export const EVERY_PROPERTY: readonly Example[] = GROUPS.map((group) => {
  const { channel: _channel, uid: _uid, ...input } = whole(group, 'input');
  const { clientRequest = {} } = withStorage(whole(group, 'body'), STORAGE) as { clientRequest?: Json };
  return {
    name: `every property: ${group.name}`,
    place: REFERENCE,
    call: CALLS[group.mutation],
    mode: modeOf(input, group.running),
    clientRequest,
    input,
  };
});

/** The requests of all examples. */
export const EXAMPLES: readonly Example[] = [...REFERENCE_EXAMPLES, ...CLIENT_EXAMPLES, ...EVERY_PROPERTY];
