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
    gateway_read_model_hits_total: () => readings.readModel().hits,
    gateway_read_model_misses_total: () => readings.readModel().misses,
    gateway_read_model_evictions_total: () => readings.readModel().evictions,
  });
  observeGauges(registry, {
    // The other metrics matter most while the store cannot be read.
    gateway_active_recordings: () => readings.activeRecordings().catch(() => NaN),
    gateway_store_waiting: readings.observationsWaiting,
    gateway_store_reads_waiting: readings.readsWaiting,
    gateway_subscription_pages_waiting: readings.pagesWaiting,
    gateway_subscription_events_waiting: readings.eventsWaiting,
    gateway_turns_waiting: readings.callsWaiting,
    gateway_calls_per_second: readings.callsPerSecond,
    gateway_read_model_bytes: () => readings.readModel().bytes,
    gateway_graphql_cached_document_bytes: () => readings.operationMemory().documentBytes,
    gateway_graphql_held_bytes: () => readings.operationMemory().pageBytes,
  });
}
