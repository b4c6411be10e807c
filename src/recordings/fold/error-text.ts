import {
  eventError,
  eventWarning,
  MODULES,
  nameOf,
} from '@agora-recording-gateway/agora/tables/event-details';
import { type NotificationDetails } from '@agora-recording-gateway/agora/webhook/notification';
import { sentence } from './sentence.js';

type DetailsOf<T extends NotificationDetails['type']> = Extract<NotificationDetails, { type: T }>;

/** Agora's own text in a problem, at most this many characters. */
const MAX_REASON_LENGTH = 500;

/** What a code says that no table explains, or that there is none. */
function unexplained(what: 'error' | 'warning', module: number | null, code: number | null): string {
  const place = module === null ? '' : ` of module ${module} (${nameOf(MODULES, module)})`;
  if (code !== null) return `Agora reported ${what} ${code}${place}.`;
  return `Agora reported ${what === 'error' ? 'an error' : 'a warning'}${place} without a code.`;
}

/** Event 1 in words: what it means, what to do, and Agora's own text. */
export function describeError({ module, errorCode, errorMsg }: DetailsOf<'CLOUD_RECORDING_ERROR'>): string {
  const meaning = eventError(module, errorCode)?.description ?? unexplained('error', module, errorCode);
  return errorMsg === null
    ? meaning
    : sentence(`${meaning} Agora says: ${errorMsg.slice(0, MAX_REASON_LENGTH)}`);
}

/** Event 2 in words. */
export function describeWarning({ module, warnCode }: DetailsOf<'CLOUD_RECORDING_WARNING'>): string {
  return eventWarning(module, warnCode)?.description ?? unexplained('warning', module, warnCode);
}
