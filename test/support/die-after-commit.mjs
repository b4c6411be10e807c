/**
 * Loaded before the gateway (node --import): kills the process with SIGKILL once it has committed an observation that
 * says "last words". DIE_AT sets the moment: `stored`, before subscribers and the sender are notified; `published`, after
 * the subscribers have been notified and before the sender is answered.
 */
import { register } from 'node:module';

const hooks = `
export async function load(url, context, next) {
  const loaded = await next(url, context);
  if (!url.endsWith('/dist/store/thread/engine.js')) return loaded;
  const source = String(loaded.source);
  const committed = 'await recordBatch(database, observations, recording);';
  const published = 'onCommit();\\n            return recorded;';
  if (!source.includes(committed) || !source.includes(published)) throw new Error('The commit is not where it was.');
  const die = "if (JSON.stringify(observations).includes('last words')) { await new Promise((resolve) => setTimeout(resolve, WAIT)); process.kill(process.pid, 'SIGKILL'); await new Promise(() => undefined); }";
  return {
    ...loaded,
    source: process.env.DIE_AT === 'stored'
      ? source.replace(committed, committed + die.replace('WAIT', '0'))
      : source.replace(published, 'onCommit();' + die.replace('WAIT', '500') + ' return recorded;'),
  };
}`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);
