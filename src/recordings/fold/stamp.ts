import { type Observation } from '../observation.js';
import { type Stamp } from './register.js';

/** Where an observation stands in the total order of evidence; a greater `kind` comes before any time. */
export function stampOf({ content, occurredAt, hash }: Observation, kind = 0): Stamp {
  const notification = content.kind === 'notification' ? content.notification : null;
  return [kind, occurredAt, notification?.uid ?? '', notification?.sequence ?? -1, hash];
}

/** An observation cannot have happened after it was received: a clock of Agora's that runs ahead delays no deadline. */
export function knownAt({ occurredAt, receivedAt }: Observation): number {
  return Math.min(occurredAt, receivedAt);
}
