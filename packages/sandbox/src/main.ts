#!/usr/bin/env node
import { createLog } from './log.js';
import { startSandbox } from './sandbox.js';
import { readSettings } from './settings.js';

/** EX_CONFIG of sysexits.h: the settings are wrong, and a restart would not help. */
const EXIT_SETTINGS = 78;
const EXIT_FAILURE = 1;

/** Says in one sentence why the sandbox could not start. */
function explain(error: unknown, port: number | undefined): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use. End what uses it, or set SANDBOX_PORT to another port.`;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (/locked|busy/i.test(message)) {
    return 'The data file is in use by another sandbox. End that, or set SANDBOX_DATA to another file.';
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
  // A parent that dies without a word still closes this channel.
  process.on('disconnect', close);
  console.log(`Agora sandbox: ${sandbox.url} (control side: ${sandbox.url}/sandbox)`);
  process.send?.({ ready: true, url: sandbox.url });
} catch (error) {
  console.error(explain(error, settings.options.port));
  process.exit(EXIT_FAILURE);
}
