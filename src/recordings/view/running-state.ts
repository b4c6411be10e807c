import { type ExtensionService } from '@agora-recording-gateway/agora/client/reply';
import { entriesOf, valueOf, valuesByName } from '../by-name.js';
import { RANK, rankOfStatus } from '../fold/evidence.js';
import { provenRank, type RecordingState } from '../state.js';
import { isFinal, type RecordingPhase } from './phase.js';

/**
 * What Agora last reported about a running recorder: its status, streams, services and pushes. After the end only what fits
 * an end is shown: a completed recording is not in progress, and receives and publishes nothing.
 */

export interface StreamState {
  uid: string;
  /** Whether it is received; null if nothing is known of it. */
  audio: boolean | null;
  video: boolean | null;
}

export interface WebState {
  url: string | null;
  paused: boolean;
  /** init, inProgress or exit, as Agora last reported. */
  recorderState: string | null;
  outputs: { address: string; status: string | null }[];
}

/** Words for the state of a service or submodule that has ended. */
const ENDED_STATES = [
  'exit',
  'serviceCompleted',
  'servicePartialCompleted',
  'serviceValidationFailed',
  'serviceAbnormal',
];

function shownState(state: string | null, phase: RecordingPhase): string | null {
  return isFinal(phase) && state !== null && !ENDED_STATES.includes(state) ? null : state;
}

/** Agora's service status, unless later evidence has outdated it. */
export function serviceStatusOf(state: RecordingState, phase: RecordingPhase): number | null {
  const status = state.serviceStatus?.value ?? null;
  const rank = status === null ? null : rankOfStatus(status);
  if (rank === null) return status;
  return rank >= (isFinal(phase) ? RANK.UPLOADING : provenRank(state)) ? status : null;
}

export function subServiceStatusOf(
  state: RecordingState,
  phase: RecordingPhase,
): Record<string, string> | null {
  const known = state.subServiceStatus?.value ?? null;
  if (known === null) return null;
  const shown = Object.entries(known).filter(([, word]) => shownState(word, phase) !== null);
  return shown.length === 0 ? null : Object.fromEntries(shown);
}

function byUid(left: StreamState, right: StreamState): number {
  return left.uid.length - right.uid.length || (left.uid < right.uid ? -1 : 1);
}

/** Each user's streams, by uid. */
export function streamsOf(state: RecordingState, phase: RecordingPhase): StreamState[] {
  const received = (value: boolean | undefined) => (value === undefined ? null : value && !isFinal(phase));
  return entriesOf(state.streams)
    .map(([uid, { audio, video }]) => ({ uid, audio: received(audio?.value), video: received(video?.value) }))
    .sort(byUid);
}

/** The state of a page recording. */
export function webOf(state: RecordingState, phase: RecordingPhase): WebState {
  const started = state.start?.settings?.web;
  return {
    url: started?.url ?? null,
    paused: !isFinal(phase) && (state.paused?.value ?? started?.paused ?? false),
    recorderState: shownState(valueOf(state.services, 'web_recorder_service')?.value.state ?? null, phase),
    outputs: (state.outputs?.value ?? started?.outputs ?? []).map((address) => ({
      address,
      status: isFinal(phase) ? null : (valueOf(state.pushes, address)?.value ?? null),
    })),
  };
}

/** The latest state of each extension service, by name. */
export function servicesOf(state: RecordingState, phase: RecordingPhase): ExtensionService[] {
  const services = valuesByName(state.services).map(({ value }) => value);
  if (!isFinal(phase)) return services;
  return services.map((service) => ({
    ...service,
    state: shownState(service.state, phase),
    // What has ended is not paused, even if nothing said so.
    onhold: service.onhold === null ? null : false,
    outputs: service.outputs.map(({ rtmpUrl }) => ({ rtmpUrl, status: null })),
  }));
}
