import { type StoreUnavailableError, type UnavailableKind } from '../errors.js';

/** Probe interval during an outage. Real milliseconds. */
const PROBE_INTERVAL_MS = 1_000;

/** Whether the database can be used, as the operations on it and, once one has failed, the probes show. */
export interface Availability {
  /** An operation failed for the database. */
  failed(error: StoreUnavailableError): void;
  close(): Promise<void>;
}

export interface AvailabilityParts {
  /** Writes something, durably; rejects while that cannot be done. */
  probe: () => Promise<void>;
  /** Called when the database is lost, and during an outage whenever the kind of its fault changes. */
  onUnavailable: (error: StoreUnavailableError) => void;
  /** Called once for each time that the database was lost. */
  onAvailable: () => void;
}

/**
 * A database may still answer reads while it cannot write, for example when the disk is full. So only a write ends an
 * outage, and the probe makes one: while the gateway is not ready, no client may come to make one.
 */
export function createAvailability({ probe, onUnavailable, onAvailable }: AvailabilityParts): Availability {
  /** The kind of fault that an outage has; null while the database can be used. */
  let fault: UnavailableKind | null = null;
  let closed = false;
  /** No probe can prove that it can be used again. */
  let isLost = false;
  let timer: NodeJS.Timeout | null = null;
  let probing: Promise<void> | null = null;

  function probeLater(): void {
    if (closed || isLost) return;
    timer = setTimeout(() => {
      probing = probe().then(
        () => {
          if (isLost) return;
          fault = null;
          onAvailable();
        },
        // What failed has already been reported.
        probeLater,
      );
    }, PROBE_INTERVAL_MS);
  }

  return {
    failed(error) {
      if (isLost || closed) return;
      isLost = error.isLasting;
      const before = fault;
      fault = error.kind;
      if (before !== fault) onUnavailable(error);
      if (before === null && !isLost) probeLater();
    },
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await probing;
    },
  };
}
