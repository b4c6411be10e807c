import { context, diag, DiagLogLevel, trace } from '@opentelemetry/api';
import { within } from '../within.js';
import { type Log } from './log.js';
import { createRepeatedLog } from './repeated-log.js';
import { switchTracing } from './tracing.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The values of OTEL_EXPORTER_OTLP_PROTOCOL that can be used. */
const PROTOCOLS = ['http/protobuf', 'http/json'] as const;

export type Protocol = (typeof PROTOCOLS)[number];

/** How long the end of the process waits until the last spans are sent. Real milliseconds. */
const CLOSE_TIMEOUT_MS = 3_000;

/** What is shown of an error of the exporter. In characters. */
const MAX_ERROR_LENGTH = 300;

export interface TraceExport {
  /** Sends what is left. */
  close(): Promise<void>;
}

/** Whether the environment asks for spans, and how they are sent; what is asked for and cannot be done is a `problem`. */
export function readTracing(environment: Environment): { protocol: Protocol } | { problem: string } | null {
  const read = (name: string) => environment[name]?.trim() ?? '';
  if (read('OTEL_SDK_DISABLED').toLowerCase() === 'true') return null;
  const exporter = read('OTEL_TRACES_EXPORTER');
  const hasAddress =
    read('OTEL_EXPORTER_OTLP_ENDPOINT') !== '' || read('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') !== '';
  if (exporter === 'none' || (exporter === '' && !hasAddress)) return null;
  if (exporter !== '' && exporter !== 'otlp') {
    return { problem: 'OTEL_TRACES_EXPORTER must be otlp or none' };
  }
  const names = ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'OTEL_EXPORTER_OTLP_PROTOCOL'];
  const [given = 'http/protobuf'] = names.map(read).filter((each) => each !== '');
  const protocol = PROTOCOLS.find((each) => each === given);
  if (protocol !== undefined) return { protocol };
  return { problem: `OTEL_EXPORTER_OTLP_PROTOCOL must be ${PROTOCOLS.join(' or ')}` };
}

/**
 * Sends spans by OTLP where the standard variables of OpenTelemetry ask for it; the SDK reads all of them that it knows. It is
 * loaded only then. A wrong variable does not keep the gateway from its work: it is logged, and nothing is sent.
 */
export async function startTraceExport(environment: Environment, log: Log): Promise<TraceExport | null> {
  const read = readTracing(environment);
  if (read === null) return null;
  if ('problem' in read) {
    log.warn({ problem: read.problem }, 'traces are not sent');
    return null;
  }
  const failures = createRepeatedLog((fields) => log.warn(fields, 'traces could not be sent'));
  // The exporter quotes replies of the collector, and nothing of what it sends.
  const note = (message: string) => failures.note('export', { reason: message.slice(0, MAX_ERROR_LENGTH) });
  const ignore = () => undefined;
  diag.setLogger(
    { error: note, warn: note, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const { registerTracer } = await import('./otlp.js');
  const provider = registerTracer(read.protocol);
  switchTracing(true);
  log.info({ protocol: read.protocol }, 'traces are sent');
  return {
    async close() {
      switchTracing(false);
      await within(
        provider.shutdown().catch((error: unknown) => note(String(error))),
        CLOSE_TIMEOUT_MS,
      );
      failures.close();
      trace.disable();
      context.disable();
      diag.disable();
    },
  };
}
