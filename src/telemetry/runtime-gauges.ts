import { type Registry } from 'prom-client';
import { observeGauges } from './metrics.js';

/** Bounds of the running gateway that are read when metrics are asked for. */
export interface RuntimeReadings {
  activeRecordings: () => Promise<number>;
  observationsWaiting: () => number;
  readsWaiting: () => number;
  pagesWaiting: () => number;
  eventsWaiting: () => number;
  callsWaiting: () => number;
  callsPerSecond: () => number;
  operationMemory: () => { documentBytes: number; pageBytes: number };
}

export function observeRuntime(registry: Registry, readings: RuntimeReadings): void {
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
