/** Events that are kept; of a longer life the earliest are let go. */
export const MAX_EVENTS = 2_000;

/** The latest events of a recording, in the order in which the gateway learned of them. */
export interface EventList<Event> {
  events: readonly Event[];
  /** The cursor of the earliest, before which there are more; null if there are none, or if no more are kept. */
  before: string | null;
  /** Whether there are earlier ones than may be kept. */
  isFull: boolean;
}

export const NO_EVENTS: EventList<never> = { events: [], before: null, isFull: false };

/** What is known after an event has come, which may have come before. */
export function withNext<Event extends { id: string }>(
  list: EventList<Event>,
  event: Event,
): EventList<Event> {
  if (list.events.some(({ id }) => id === event.id)) return list;
  const events = [...list.events, event];
  if (events.length <= MAX_EVENTS) return { ...list, events };
  return { events: events.slice(-MAX_EVENTS), before: null, isFull: true };
}

/** What is known after the page before it was read. */
export function withEarlier<Event extends { id: string }>(
  list: EventList<Event>,
  page: readonly Event[],
  before: string | null,
): EventList<Event> {
  const known = new Set(list.events.map(({ id }) => id));
  const events = [...page.filter(({ id }) => !known.has(id)), ...list.events];
  if (events.length < MAX_EVENTS) return { events, before, isFull: false };
  return { events: events.slice(-MAX_EVENTS), before: null, isFull: before !== null };
}
