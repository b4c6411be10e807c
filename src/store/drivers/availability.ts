import { type StoreUnavailableError } from '../errors.js';

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
  /** Each is called once for each time that the database is lost. */
  onUnavailable: (error: StoreUnavailableError) => void;
  onAvailable: () => void;
}

/**
 * A database may still answer reads while it cannot write, for example when the disk is full. So only a write ends an
 * outage, and the probe makes one: while the gateway is not ready, no client may come to make one.
 */
export function createAvailability({ probe, onUnavailable, onAvailable }: AvailabilityParts): Availability {
  let available = true;
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
          available = true;
          onAvailable();
        },
        // The outage has already been reported.
        probeLater,
      );
    }, PROBE_INTERVAL_MS);
  }

  return {
    failed(error) {
      if (isLost || closed) return;
      isLost = error.isLasting;
      if (available || isLost) onUnavailable(error);
      if (available && !isLost) probeLater();
      available = false;
    },
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await probing;
    },
  };
}
