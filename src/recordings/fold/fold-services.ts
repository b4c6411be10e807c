import { type ExtensionService } from '@agora-recording-gateway/agora/client/reply';
import { bounded, valueOf, withValue } from '../by-name.js';
import { type RecordingState } from '../state.js';
import { latest, type Stamp } from './register.js';

const MAX_SERVICES = 16;
const MAX_PUSHES = 50;

/** The latest status of a push of the page to another address. */
export function withPush(
  state: RecordingState,
  address: string,
  status: string | null,
  stamp: Stamp,
): RecordingState {
  if (status === null) return state;
  const pushes = withValue(state.pushes, address, latest(valueOf(state.pushes, address), status, stamp));
  return { ...state, pushes: bounded(pushes, MAX_PUSHES) };
}

/** The latest state of one extension service, and what follows from it. */
export function withService(state: RecordingState, service: ExtensionService, stamp: Stamp): RecordingState {
  const { serviceName, onhold, outputs } = service;
  const held = valueOf(state.services, serviceName);
  const services = withValue(state.services, serviceName, latest(held, service, stamp));
  let next: RecordingState = { ...state, services: bounded(services, MAX_SERVICES) };
  if (serviceName === 'web_recorder_service') next = { ...next, isWeb: true };
  if (onhold !== null) next = { ...next, paused: latest(next.paused, onhold, stamp) };
  if (serviceName === 'rtmp_publish_service') {
    const addresses = outputs.map(({ rtmpUrl }) => rtmpUrl);
    next = { ...next, outputs: latest(next.outputs, addresses, stamp) };
    for (const { rtmpUrl, status } of outputs) next = withPush(next, rtmpUrl, status, stamp);
  }
  return next;
}
