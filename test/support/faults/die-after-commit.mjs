/**
 * Loaded before the gateway (node --import): kills the process with SIGKILL once it has committed an observation that
 * says "last words". DIE_AT sets the moment: `stored`, before subscribers and the sender are notified; `published`, after
 * the subscribers have been notified and before the sender is answered.
 */
import { register } from 'node:module';

const hooks = `
export async function load(url, context, next) {
  const loaded = await next(url, context);
  const isStored = process.env.DIE_AT === 'stored';
  if (!url.endsWith(isStored ? '/build/store/thread/engine.js' : '/build/store/store.js')) return loaded;
  const source = String(loaded.source);
  const commit = isStored ? 'const committed = await recordBatch(database, observations, recording);' : 'announce();\\n        return recorded;';
  if (!source.includes(commit)) throw new Error('The commit is not where it was.');
  const die = "if (JSON.stringify(observations).includes('last words')) { await new Promise((resolve) => setTimeout(resolve, WAIT)); process.kill(process.pid, 'SIGKILL'); await new Promise(() => undefined); }";
  return {
    ...loaded,
    source: isStored
      ? source.replace(commit, commit + die.replace('WAIT', '0'))
      : source.replace(commit, 'announce();' + die.replace('WAIT', '500') + ' return recorded;'),
  };
}`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);
