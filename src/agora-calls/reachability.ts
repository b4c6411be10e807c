import { type HostFault } from './hosts.js';

/** Failures in a row, of whichever hosts, from which on Agora counts as unreachable. */
const MAX_FAILURES_IN_A_ROW = 3;

/** Notices from the calls that are made whether Agora can be reached at any of its hosts. */
export interface Reachability {
  /** One attempt ended: how its host failed, or null if it was answered, with whatever status. */
  note(fault: HostFault | null): void;
}

export interface ReachabilityEvents {
  /** Agora cannot be reached; the first failure was at `since`, gateway time in Unix milliseconds. */
  onUnreachable(since: number): void;
  /** A host answered. */
  onReachable(): void;
}

export function createReachability(now: () => number, events: ReachabilityEvents): Reachability {
  let failures = 0;
  let since = 0;
  return {
    note(fault) {
      if (fault === null) {
        if (failures >= MAX_FAILURES_IN_A_ROW) events.onReachable();
        failures = 0;
        return;
      }
      if (failures === 0) since = now();
      failures += 1;
      if (failures === MAX_FAILURES_IN_A_ROW) events.onUnreachable(since);
    },
  };
}
