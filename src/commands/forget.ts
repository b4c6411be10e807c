import { notSentInOutage } from '../coordination/lease-guard.js';
import { type Clock } from '../recordings/clock.js';
import { type Store } from '../store/store.js';
import { findRecording } from './find-recording.js';
import { userError, type UserError, UNKNOWN_RECORDING } from './user-errors.js';

export interface ForgetResult {
  /** The recording that was removed; null if none was. */
  forgottenId: string | null;
  userErrors: UserError[];
}

export interface ForgetParts {
  store: Pick<Store, 'states' | 'forgetRecording'>;
  clock: Clock;
}

const NOT_ENDED = userError(
  'RECORDING_NOT_ENDED',
  'The recording runs, or the gateway still expects something of it: nextObservationAt says until when. Stop it, and try again.',
);

export function createForget({ store, clock }: ForgetParts) {
  /** Removes what the gateway knows of a recording that has ended. Rejects with NotSentError. */
  return async function forgetRecording(recordingId: string): Promise<ForgetResult> {
    const state = await findRecording(store, recordingId);
    if (state === null) return { forgottenId: null, userErrors: UNKNOWN_RECORDING.userErrors };
    const isRemoved = await notSentInOutage(store.forgetRecording(state.id, clock.now()));
    return isRemoved
      ? { forgottenId: state.id, userErrors: [] }
      : { forgottenId: null, userErrors: [NOT_ENDED] };
  };
}
