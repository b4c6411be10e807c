#!/usr/bin/env node
import { createLog } from './log.js';
import { startSandbox } from './sandbox.js';
import { readSettings } from './settings.js';

/** EX_CONFIG of sysexits.h: the settings are wrong, and a restart will not help. */
const EXIT_SETTINGS = 78;
const EXIT_FAILURE = 1;

/** Describes in one sentence why the sandbox could not start. */
function explain(error: unknown): string {
  const { code, port } = (error ?? {}) as { code?: unknown; port?: unknown };
  if (code === 'EADDRINUSE') {
    return `Port ${String(port)} is in use. End the process that uses it, or set SANDBOX_PORT or SANDBOX_HTTPS_PORT to another port.`;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (/locked|busy/i.test(message)) {
    return 'The data file is in use by another sandbox. End that sandbox, or set SANDBOX_DATA to another file.';
  }
  return `The sandbox could not start: ${message}`;
}

const settings = readSettings(process.env);
if ('problems' in settings) {
  for (const problem of settings.problems) console.error(problem);
  process.exit(EXIT_SETTINGS);
}

try {
  const sandbox = await startSandbox({
    ...settings.options,
    log: createLog(settings.logLevel),
  });
  let closing = false;
  const close = () => {
    if (closing) return;
    closing = true;
    sandbox.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(EXIT_FAILURE);
      },
    );
  };
  process.on('SIGTERM', close);
  process.on('SIGINT', close);
  // The channel to the parent closes even if the parent crashes.
  process.on('disconnect', close);
  const addresses = [sandbox.url, ...(sandbox.httpsUrl === null ? [] : [sandbox.httpsUrl])].join(', ');
  console.log(`Agora sandbox: ${addresses} (control side: ${sandbox.url}/sandbox)`);
  process.send?.({ ready: true, url: sandbox.url });
} catch (error) {
  console.error(explain(error));
  process.exit(EXIT_FAILURE);
}
