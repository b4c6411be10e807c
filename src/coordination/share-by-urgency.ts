/** How a shared call announces that it may be sent, and learns that it is superseded. */
export interface SharedCall {
  /** Aborted when another caller's call is sent first. */
  signal: AbortSignal;
  /** To be called when the call may be sent. Throws if another caller's was sent in the same moment. */
  claim: () => void;
}

/** Callers that want the same thing at the same time: one of their calls is sent. */
interface Group<Outcome> {
  /** The most urgent that waits; 0 is the most urgent of all. */
  urgency: number;
  /** The calls that have not been sent, with their urgencies. */
  waiting: Map<AbortController, number>;
  sent: boolean;
  settled: Promise<Outcome>;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
}

/**
 * Lets all who ask for the same key at the same time share one call. A more urgent caller queues separately; whichever may
 * be sent first makes the call for all, and the others are aborted. If all fail, the last error is shared.
 */
export function shareByUrgency<Options, Outcome>(
  call: (key: string, options: Options, shared: SharedCall) => Promise<Outcome>,
  urgencyOf: (options: Options) => number,
): (key: string, options: Options) => Promise<Outcome> {
  const groups = new Map<string, Group<Outcome>>();

  function open(key: string): Group<Outcome> {
    const { promise, resolve, reject } = withResolvers<Outcome>();
    const group: Group<Outcome> = {
      urgency: Infinity,
      waiting: new Map(),
      sent: false,
      settled: promise,
      resolve,
      reject,
    };
    groups.set(key, group);
    return group;
  }

  function contend(key: string, options: Options, group: Group<Outcome>): void {
    const controller = new AbortController();
    group.urgency = urgencyOf(options);
    group.waiting.set(controller, group.urgency);
    const abortOthers = () => {
      for (const other of group.waiting.keys()) if (other !== controller) other.abort();
    };
    const claim = () => {
      controller.signal.throwIfAborted();
      group.sent = true;
      abortOthers();
    };
    const close = () => {
      if (groups.get(key) === group) groups.delete(key);
    };
    call(key, options, { signal: controller.signal, claim }).then(
      (outcome) => {
        if (controller.signal.aborted) return;
        close();
        abortOthers();
        group.resolve(outcome);
      },
      (error: unknown) => {
        group.waiting.delete(controller);
        if (controller.signal.aborted) return;
        if (group.waiting.size > 0) {
          group.urgency = Math.min(...group.waiting.values());
          return;
        }
        close();
        group.reject(error);
      },
    );
  }

  return async (key, options) => {
    const group = groups.get(key) ?? open(key);
    if (!group.sent && urgencyOf(options) < group.urgency) contend(key, options, group);
    return await group.settled;
  };
}

/** Promise.withResolvers, which Node 20 lacks. */
function withResolvers<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((fulfil, fail) => {
    resolve = fulfil;
    reject = fail;
  });
  return { promise, resolve, reject };
}
