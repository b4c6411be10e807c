import { type Registry } from 'prom-client';
import { within } from '../within.js';
import { observeCounters, observeGauges, observeLabelledGauges } from './metrics.js';

/** What the store does not answer in this time is NaN: the other metrics matter most while it stalls. Real milliseconds. */
const STORE_READ_MS = 2_000;

/** Bounds of the running gateway that are read when metrics are asked for. */
export interface RuntimeReadings {
  /** How many recordings are in each phase that is not an end, where there are any. */
  runningRecordings: () => Promise<{ phase: string; count: number }[]>;
  runningPhases: readonly string[];
  /** How many leases this gateway holds, by operation. */
  heldLeases: () => ReadonlyMap<string, number>;
  leasedOperations: readonly string[];
  storeThreadLag: () => Promise<{ p99: number; max: number }>;
  observationsWaiting: () => number;
  readsWaiting: () => number;
  pagesWaiting: () => number;
  eventsWaiting: () => number;
  callsWaiting: () => number;
  callsPerSecond: () => number;
  permitsLeft: () => number;
  readModel: () => { recordings: number; bytes: number; hits: number; misses: number; evictions: number };
  operationMemory: () => { documentBytes: number; pageBytes: number };
}

/** Null if the store cannot be read, or not in time. */
async function readStore<Value>(read: () => Promise<Value>): Promise<Value | null> {
  return await within(
    read().catch(() => null),
    STORE_READ_MS,
  );
}

/** One reading for all who ask while it is under way. */
function together<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let running: Promise<Value> | null = null;
  return () => (running ??= read().finally(() => (running = null)));
}

export function observeRuntime(registry: Registry, readings: RuntimeReadings): void {
  const threadLag = together(() => readStore(readings.storeThreadLag));
  observeCounters(registry, {
    gateway_read_model_hits_total: () => readings.readModel().hits,
    gateway_read_model_misses_total: () => readings.readModel().misses,
    gateway_read_model_evictions_total: () => readings.readModel().evictions,
  });
  observeLabelledGauges(registry, {
    async gateway_recordings() {
      const found = await readStore(readings.runningRecordings);
      const counts = new Map(found?.map(({ phase, count }) => [phase, count]));
      return Object.fromEntries(
        readings.runningPhases.map((phase) => [phase, found === null ? NaN : (counts.get(phase) ?? 0)]),
      );
    },
    gateway_leases() {
      const held = readings.heldLeases();
      return Object.fromEntries(readings.leasedOperations.map((each) => [each, held.get(each) ?? 0]));
    },
  });
  observeGauges(registry, {
    gateway_store_thread_lag_p99_seconds: async () => (await threadLag())?.p99 ?? NaN,
    gateway_store_thread_lag_max_seconds: async () => (await threadLag())?.max ?? NaN,
    gateway_store_waiting: readings.observationsWaiting,
    gateway_store_reads_waiting: readings.readsWaiting,
    gateway_subscription_pages_waiting: readings.pagesWaiting,
    gateway_subscription_events_waiting: readings.eventsWaiting,
    gateway_turns_waiting: readings.callsWaiting,
    gateway_calls_per_second: readings.callsPerSecond,
    gateway_permits_left: readings.permitsLeft,
    gateway_read_model_recordings: () => readings.readModel().recordings,
    gateway_read_model_bytes: () => readings.readModel().bytes,
    gateway_graphql_cached_document_bytes: () => readings.operationMemory().documentBytes,
    gateway_graphql_held_bytes: () => readings.operationMemory().pageBytes,
  });
}
