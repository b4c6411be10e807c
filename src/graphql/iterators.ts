/**
 * Async generators queue `return()` behind the `next()` that is waiting, so a subscription that is ended while nothing
 * happens would never end. These pass it straight on.
 */

/** A generator whose `return()` first raises the signal, on which it must end its waits. */
export function endable<T>(create: (ended: AbortSignal) => AsyncGenerator<T>): AsyncIterableIterator<T> {
  const controller = new AbortController();
  const items = create(controller.signal);
  return {
    next: () => items.next(),
    async return() {
      controller.abort();
      await items.return(undefined);
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

export interface MapOptions<U> {
  /** What to give for an error of the source, which then has ended. */
  onError?: (error: unknown) => U;
  /** Called once, however it ends. */
  onEnd?: () => void;
}

/** Each item of a source, made into something else. */
export function mapEach<T, U>(
  source: AsyncIterator<T>,
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
