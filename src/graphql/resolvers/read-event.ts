import { type Context } from '../context.js';
import { presentEvent, type PresentedEvent } from '../present/present-event.js';

/** An event by its id, or null. It counts with what the operation reads from the store. */
export async function readEvent(
  { services: { store }, reads }: Pick<Context, 'services' | 'reads'>,
  id: string,
): Promise<PresentedEvent | null> {
  const { event } = await reads.page(async () => {
    const found = await store.event(id);
    const bytes = found === null ? 0 : JSON.stringify(found.observation).length;
    return { event: found, bytes };
  });
  return event === null ? null : presentEvent(event);
}
