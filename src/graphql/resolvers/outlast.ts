import { StoreUnavailableError } from '../../store/errors.js';

/** While the store cannot be read, a subscription tries again so often. Real milliseconds. */
const TRY_AGAIN_MS = 500;

/** Reads for a subscription that runs: it outlasts an outage of the store, since it knows where to go on. */
export async function outlast<T>(ended: AbortSignal, read: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof StoreUnavailableError) || ended.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
    }
  }
}
