/**
 * The process of the gateway. Signals are handled before anything else is loaded, so that one that arrives during the start
 * ends the process in order. Further signals to stop change nothing, and SIGHUP never ends the process.
 */
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort('SIGTERM'));
process.on('SIGINT', () => stop.abort('SIGINT'));
const hangups = new EventTarget();
process.on('SIGHUP', () => hangups.dispatchEvent(new Event('hangup')));

const { runGateway } = await import('./run-gateway.js');
process.exit(await runGateway({ environment: process.env, stop: stop.signal, hangups }));
