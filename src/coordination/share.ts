import { NoTurnError, PRIORITIES, type Priority } from '../agora-calls/budget.js';

/** How a shared call tells that its turn has come, and is told that it is not needed any more. */
export interface SharedTurn {
  /** Aborted when another one of those who share had its turn first. */
  signal: AbortSignal;
  /** Throws NoTurnError if another one had its turn in the same moment: then nothing may be sent. */
  come: () => void;
}

/** Those who want one thing at the same time: one of them makes the call. */
interface Group<Outcome> {
  /** The most urgent that waits, as its place in PRIORITIES. */
  urgency: number;
  /** Those whose turn has not come, with their places in PRIORITIES. */
  waiting: Map<AbortController, number>;
  sent: boolean;
  settled: Promise<Outcome>;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
}

/**
 * Lets all who ask for one key at once share one call. Who asks more urgently than those who wait waits for a turn of its
 * own; whoever has its turn first makes the call, and the others leave the queue. The last failure is everybody's.
 */
export function shareByUrgency<Options extends { priority: Priority }, Outcome>(
  call: (key: string, options: Options, turn: SharedTurn) => Promise<Outcome>,
): (key: string, options: Options) => Promise<Outcome> {
  const groups = new Map<string, Group<Outcome>>();

  function open(key: string): Group<Outcome> {
    const { promise, resolve, reject } = promiseParts<Outcome>();
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
    group.urgency = PRIORITIES.indexOf(options.priority);
    group.waiting.set(controller, group.urgency);
    const dismissOthers = () => {
      for (const other of group.waiting.keys()) if (other !== controller) other.abort();
    };
    const come = () => {
      if (controller.signal.aborted) throw new NoTurnError();
      group.sent = true;
      dismissOthers();
    };
    const close = () => {
      if (groups.get(key) === group) groups.delete(key);
    };
    call(key, options, { signal: controller.signal, come }).then(
      (outcome) => {
        if (controller.signal.aborted) return;
        close();
        dismissOthers();
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
    if (!group.sent && PRIORITIES.indexOf(options.priority) < group.urgency) contend(key, options, group);
    return await group.settled;
  };
}

function promiseParts<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((fulfil, fail) => {
    resolve = fulfil;
    reject = fail;
  });
  return { promise, resolve, reject };
}
