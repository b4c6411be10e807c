import { type Registry } from 'prom-client';
import { observeCounters, observeGauges } from './metrics.js';

/** Bounds of the running gateway that are read when metrics are asked for. */
export interface RuntimeReadings {
  activeRecordings: () => Promise<number>;
  observationsWaiting: () => number;
  readsWaiting: () => number;
  pagesWaiting: () => number;
  eventsWaiting: () => number;
  callsWaiting: () => number;
  callsPerSecond: () => number;
  readModel: () => { bytes: number; hits: number; misses: number; evictions: number };
  operationMemory: () => { documentBytes: number; pageBytes: number };
}

export function observeRuntime(registry: Registry, readings: RuntimeReadings): void {
  observeCounters(registry, {
    gateway_read_model_hits_total: {
      help: 'Recordings that readers found in the read model.',
      read: () => readings.readModel().hits,
    },
    gateway_read_model_misses_total: {
      help: 'Recordings that were read from the database for readers.',
      read: () => readings.readModel().misses,
    },
    gateway_read_model_evictions_total: {
      help: 'Recordings that the read model dropped for lack of space.',
      read: () => readings.readModel().evictions,
    },
  });
  observeGauges(registry, {
    gateway_active_recordings: {
      help: 'Recordings that have not ended.',
      // The other metrics matter most while the store cannot be read.
      read: () => readings.activeRecordings().catch(() => NaN),
    },
    gateway_store_waiting: {
      help: 'Observations waiting to be written.',
      read: readings.observationsWaiting,
    },
    gateway_store_reads_waiting: {
      help: 'Long reads for queries and subscriptions waiting for their turn in the store.',
      read: readings.readsWaiting,
    },
    gateway_subscription_pages_waiting: {
      help: 'Subscriptions waiting to read a page of the log.',
      read: readings.pagesWaiting,
    },
    gateway_subscription_events_waiting: {
      help: 'Events for subscriptions waiting to be made into messages.',
      read: readings.eventsWaiting,
    },
    gateway_turns_waiting: { help: 'Calls waiting to be sent to Agora.', read: readings.callsWaiting },
    gateway_calls_per_second: {
      help: 'Calls per second that the gateway allows itself; fewer after a 429.',
      read: readings.callsPerSecond,
    },
    gateway_read_model_bytes: {
      help: 'Estimated memory of the recordings that are kept for readers.',
      read: () => readings.readModel().bytes,
    },
    gateway_graphql_cached_document_bytes: {
      help: 'Estimated memory of the GraphQL documents that are kept parsed and validated.',
      read: () => readings.operationMemory().documentBytes,
    },
    gateway_graphql_held_bytes: {
      help: 'Stored text that running GraphQL operations have read in pages and hold.',
      read: () => readings.operationMemory().pageBytes,
    },
  });
}
