/**
 * Async generators queue `return()` behind the `next()` that is waiting, so a subscription that is ended while nothing
 * happens would never end. These pass it straight on.
 */

/**
 * A generator whose `return()` first raises the signal, on which it must end its waits. Rejects if it cannot be opened, so that
 * a subscription which cannot begin is an error and not an event.
 */
export async function endable<T>(
  open: (ended: AbortSignal) => Promise<AsyncGenerator<T>>,
): Promise<AsyncIterableIterator<T>> {
  const controller = new AbortController();
  const items = await open(controller.signal);
  const iterator: AsyncIterableIterator<T> = {
    next: () => items.next(),
    async return() {
      controller.abort();
      await items.return(undefined);
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

export interface MapOptions<U> {
  /** What to give for an error of the source, which then has ended. */
  onError?: (error: unknown) => U;
  /** Called once, however it ends. */
  onEnd?: () => void;
}

/** Each item of a source, made into something else. */
export function mapEach<T, U>(
  source: Iterator<T> | AsyncIterator<T>,
  map: (item: T) => U | Promise<U>,
  { onError, onEnd }: MapOptions<U> = {},
): AsyncIterableIterator<U> {
  let ended = false;
  const end = () => {
    if (!ended) onEnd?.();
    ended = true;
  };
  const done = { done: true, value: undefined } as const;
  return {
    async next() {
      if (ended) return done;
      try {
        const item = await source.next();
        if (item.done !== true) return { done: false, value: await map(item.value) };
        end();
        return done;
      } catch (error) {
        if (ended) return done;
        end();
        if (onError === undefined) throw error;
        return { done: false, value: onError(error) };
      }
    },
    async return() {
      end();
      await source.return?.();
      return done;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
