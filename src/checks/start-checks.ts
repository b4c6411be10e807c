import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';
import { type CheckResult } from './check-result.js';

/** Between two rounds while something fails, and while nothing does. Real milliseconds. */
const FAILING_INTERVAL_MS = 60_000;
const PASSING_INTERVAL_MS = 15 * 60_000;

export interface CheckParts {
  /** One round; rejects if it could not be made, and when the signal aborts. */
  check: (signal: AbortSignal) => Promise<CheckResult[]>;
  log: Log;
  metrics: Metrics;
}

export interface Checks {
  /** Checks now: the settings have changed. */
  run(): void;
  close(): Promise<void>;
}

/** Checks the settings against the outside in the background, for as long as the gateway runs. */
export function startChecks({ check, log, metrics }: CheckParts): Checks {
  const reported = new Map<string, CheckResult['outcome']>();
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  const closing = new AbortController();

  /** One log line for each change, and none for what is right from the start. */
  function report({ kind, name, outcome, detail }: CheckResult): void {
    const key = `${kind} ${name}`;
    const before = reported.get(key) ?? 'ok';
    reported.set(key, outcome);
    if (outcome === before) return;
    if (outcome === 'ok') log.info({ check: kind, name }, 'check passes again');
    else log.warn({ check: kind, name, outcome, detail }, 'check does not pass');
  }

  function show(results: readonly CheckResult[]): void {
    metrics.checks.reset();
    for (const { kind, name, outcome } of results) {
      if (outcome !== 'unknown') metrics.checks.set({ check: kind, name }, outcome === 'ok' ? 1 : 0);
    }
  }

  async function round(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    let passes = false;
    try {
      const results = await check(closing.signal);
      show(results);
      results.forEach(report);
      passes = results.every(({ outcome }) => outcome === 'ok');
    } catch (error) {
      log.debug({ error }, 'could not check the settings; will retry');
    }
    if (closing.signal.aborted) return;
    timer = setTimeout(next, passes ? PASSING_INTERVAL_MS : FAILING_INTERVAL_MS);
  }

  function next(): void {
    running = (running ?? Promise.resolve()).then(round);
  }

  next();
  return {
    run: next,
    async close() {
      closing.abort();
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}
