import { notSentInOutage } from '../coordination/lease-guard.js';
import { type RecordingState } from '../recordings/state.js';

export interface RecordingStates {
  /** The states of recordings, in the order of the ids; null for an unknown one. */
  states(ids: readonly string[]): Promise<(RecordingState | null)[]>;
}

/** The recording that a command is for, or null. Rejects with NotSentError while the store is unavailable. */
export async function findRecording(store: RecordingStates, id: string): Promise<RecordingState | null> {
  const [state] = await notSentInOutage(store.states([id]));
  return state ?? null;
}
