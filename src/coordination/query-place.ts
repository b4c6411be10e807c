import { OPERATIONS } from '@agora-recording-gateway/agora/tables/operations';
import { type Lease, type Leases } from '../store/coordination/leases.js';
import { NoTurnError } from '../agora-calls/budget.js';
import { STOP_WAITS_FOR_QUERY_MS } from './exclusion.js';

/** How often a query in flight looks whether another gateway wants to stop its recording. Real milliseconds. */
const LOOK_EVERY_MS = 1_000;

/** A stop is under way or was taken: the query was not sent. */
export class GaveWayError extends NoTurnError {}

/** Where stops on other gateways see a query in flight. */
export interface QueryPlace {
  /** Ends the call when a stop on another gateway has waited for three seconds. */
  signal: AbortSignal;
  /** Right before the query is sent. Rejects with GaveWayError while any gateway stops the recording. */
  enter(): Promise<void>;
  leave(): Promise<void>;
}

/**
 * A query first makes itself seen and then looks for a stop, and a stop does the same the other way round: so at least one
 * of two that begin at once sees the other.
 */
export function createQueryPlace(leases: Leases, recordingId: string): QueryPlace {
  const controller = new AbortController();
  let lease: Lease | null = null;
  let timer: NodeJS.Timeout | null = null;
  let seen = 0;

  function look(): void {
    timer = setTimeout(() => {
      leases.isHeld(recordingId, 'stop').then(
        (isHeld) => {
          seen = isHeld ? seen + LOOK_EVERY_MS : 0;
          if (seen >= STOP_WAITS_FOR_QUERY_MS) controller.abort();
          else if (timer !== null) look();
        },
        // While the store cannot be used no other gateway sees this query either; its own deadline ends it.
        () => undefined,
      );
    }, LOOK_EVERY_MS);
  }

  return {
    signal: controller.signal,
    async enter() {
      const callMs = OPERATIONS.query.timeoutMs;
      if (lease === null) lease = await leases.join(recordingId, 'query', callMs);
      else if (!(await leases.confirm(lease, callMs))) lease = null;
      if (lease === null || (await leases.isHeld(recordingId, 'stop'))) throw new GaveWayError();
      if (timer === null) look();
    },
    async leave() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      if (lease !== null) await leases.release(lease);
    },
  };
}
