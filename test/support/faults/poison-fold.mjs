/**
 * Loaded before the gateway (node --import): its fold then throws on whatever says "poison", as a bug in it would on
 * something that Agora sends.
 */
import { register } from 'node:module';

const hooks = `
export async function load(url, context, next) {
  const loaded = await next(url, context);
  if (!url.endsWith('/build/recordings/fold/fold.js')) return loaded;
  const head = 'export function fold(state, observation) {';
  const source = String(loaded.source);
  if (!source.includes(head)) throw new Error('The fold is not where it was.');
  const poisoned = head + " if (JSON.stringify(observation.content).includes('poison')) throw new Error('poisoned');";
  return { ...loaded, source: source.replace(head, poisoned) };
}`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);
