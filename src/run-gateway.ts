import { type Gateway, startGateway } from './compose.js';
import { type Account } from './process/account.js';
import { connect, type Connection } from './process/connect.js';
import { EXIT, type ExitCode, exitCodeOf } from './process/exit-codes.js';
import { explain } from './process/explain.js';
import { createLifecycle, type Lifecycle } from './process/lifecycle.js';
import { printProblems } from './process/print-problems.js';
import { createReload } from './process/reload.js';
import { logStartupWarnings, webhookPath } from './process/startup-warnings.js';
import { type Environment } from './settings/environment.js';
import { readSettings, type Settings } from './settings/settings.js';
import { SHUTDOWN } from './shutdown.js';
import { startTraceExport } from './telemetry/trace-export.js';
import { createLog, type Log } from './telemetry/log.js';

export interface ProcessParts {
  environment: Environment;
  /** Aborted when the process is asked to stop; the reason is the name of the signal. */
  stop: AbortSignal;
  /** Dispatches `hangup` when the settings are to be read again. */
  hangups: EventTarget;
}

/** Ends a process whose shutdown takes too long. */
function limitShutdown(stop: AbortSignal, log: Log): void {
  stop.addEventListener('abort', () => {
    log.info({ signal: stop.reason as string }, 'shutting down');
    const timer = setTimeout(() => {
      log.error({ limitMs: SHUTDOWN.processMs }, 'shutdown timed out with work in flight');
      process.exit(EXIT.failure);
    }, SHUTDOWN.processMs);
    timer.unref();
  });
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

function printAddresses({ url, metricsUrl }: Gateway, { account, sandboxUrl }: Connection): void {
  console.log(`Playground: ${url}/`);
  console.log(`Console:    ${url}/console`);
  console.log(`GraphQL:    ${url}/graphql (HTTP and WebSocket)`);
  for (const project of account.projects) {
    console.log(`Webhook:    ${url}${webhookPath(project, account.projects)}`);
  }
  if (metricsUrl !== `${url}/metrics`) console.log(`Metrics:    ${metricsUrl}`);
  if (sandboxUrl !== null) console.log(`Sandbox:    ${sandboxUrl}/sandbox`);
}

/** Starts everything, and serves until the process is asked to stop. */
async function serve(settings: Settings, log: Log, lifecycle: Lifecycle, parts: ProcessParts): Promise<void> {
  const { environment, stop, hangups } = parts;
  let isHangupPending = false;
  hangups.addEventListener('hangup', () => (isHangupPending = true));
  const traces = await startTraceExport(environment, log);
  if (traces !== null) lifecycle.add(() => traces.close());
  const connection = await connect({ settings, log, lifecycle, signal: stop });
  logStartupWarnings(settings, connection.account.projects, log);
  const gateway = await startGateway({ settings, connection, log, lifecycle, signal: stop });
  log.info({ url: gateway.url, metricsUrl: gateway.metricsUrl }, 'ready');
  const apply = (account: Account) => gateway.reload(account);
  const reload = createReload({ environment, settings, connection, apply, log });
  hangups.addEventListener('hangup', () => void reload());
  if (isHangupPending) void reload();
  printAddresses(gateway, connection);
  await untilAborted(stop);
}

/** The life of a gateway, from its settings to its exit code. */
export async function runGateway(parts: ProcessParts): Promise<ExitCode> {
  const { environment, stop } = parts;
  const read = readSettings(environment);
  if ('problems' in read) {
    printProblems(read.problems);
    return EXIT.settings;
  }
  const { settings } = read;
  const log = createLog(settings.logLevel);
  log.info({ node: process.version }, 'starting');
  limitShutdown(stop, log);
  const lifecycle = createLifecycle();
  let code: ExitCode = EXIT.ok;
  try {
    await serve(settings, log, lifecycle, parts);
  } catch (error) {
    // A start that is cut short by a signal fails, which is what was asked for.
    if (stop.aborted) log.debug({ error }, 'stopped during the start');
    else {
      console.error(`The gateway could not start: ${explain(error)}`);
      code = exitCodeOf(error);
    }
  }
  try {
    await lifecycle.close();
  } catch (error) {
    log.error({ error }, 'shutdown failed');
    code = EXIT.failure;
  }
  return code;
}
