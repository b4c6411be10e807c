import { StoreSlowError, StoreUnavailableError } from '../../store/errors.js';

/** Retry interval of a subscription while the store cannot be read. Real milliseconds. */
const TRY_AGAIN_MS = 500;

/** Attempts at a read that times out. It may simply be too large for the store, so the subscription then fails. */
const MAX_SLOW_READS = 3;

/** A read for a running subscription. It retries through an outage of the store, since it knows its position in the log. */
export async function outlast<T>(ended: AbortSignal, read: () => Promise<T>): Promise<T> {
  for (let slow = 0; ;) {
    try {
      return await read();
    } catch (error) {
      if (error instanceof StoreSlowError) slow += 1;
      else if (!(error instanceof StoreUnavailableError)) throw error;
      if (ended.aborted || slow === MAX_SLOW_READS) throw error;
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
    }
  }
}
