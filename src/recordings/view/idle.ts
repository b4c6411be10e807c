import { DEFAULT_MAX_IDLE_SECONDS } from '@agora-recording-gateway/agora/tables/operations';
import { sizeOf, valuesOf } from '../by-name.js';
import { RANK } from '../fold/evidence.js';
import { greatest } from '../fold/register.js';
import { type RecordingState } from '../state.js';

/** How long the recorder stays without a stream, seconds. */
export function maxIdleSeconds(state: RecordingState): number {
  return state.start?.settings?.maxIdleTime ?? DEFAULT_MAX_IDLE_SECONDS;
}

/** When the last stream ended by the stream events; null while one is received, or if no such event came. */
function streamsEndedAt(state: RecordingState): number | null {
  let since: number | null = null;
  for (const { audio, video } of valuesOf(state.streams)) {
    for (const register of [audio, video]) {
      if (register === null) continue;
      if (register.value) return null;
      since = greatest(since, register.stamp[1]);
    }
  }
  return since;
}

/** Since when the recorder has received nothing, as far as is known; null if it received something or nothing shows it. */
function idleSince(state: RecordingState): number | null {
  // A page recording joins no channel, so it is never idle.
  if (state.start?.mode === 'web' || state.isWeb) return null;
  if (sizeOf(state.streams) > 0) return streamsEndedAt(state);
  // Without stream events: a query found the recorder ready, and nothing it could have made was ever seen.
  if (state.readyAt === null || state.mediaAt !== null || sizeOf(state.files) > 0) return null;
  return state.acceptedAt ?? state.proofs[RANK.RECORDING]?.at ?? null;
}

/** When the recorder must have left because it received nothing for maxIdleTime; null unless that was by the given time. */
export function idleEndBy(state: RecordingState, at: number): number | null {
  const since = idleSince(state);
  const end = since === null ? null : since + maxIdleSeconds(state) * 1_000;
  return end !== null && end <= at ? end : null;
}
