import { StoreSlowError, StoreUnavailableError } from '../../store/errors.js';

/** While the store cannot be read, a subscription tries again so often. Real milliseconds. */
const TRY_AGAIN_MS = 500;

/** A read that took too long is tried so often: what it looks for may be too much for the store on any day. */
const MOST_SLOW = 3;

/** Reads for a subscription that runs: it outlasts an outage of the store, since it knows where to go on. */
export async function outlast<T>(ended: AbortSignal, read: () => Promise<T>): Promise<T> {
  for (let slow = 0; ;) {
    try {
      return await read();
    } catch (error) {
      if (error instanceof StoreSlowError) slow += 1;
      else if (!(error instanceof StoreUnavailableError)) throw error;
      if (ended.aborted || slow === MOST_SLOW) throw error;
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
    }
  }
}
