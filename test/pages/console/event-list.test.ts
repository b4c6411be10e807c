import { describe, expect, it } from 'vitest';
import {
  type EventList,
  MAX_EVENTS,
  NO_EVENTS,
  withEarlier,
  withNext,
} from '../../../src/pages/console/one/event-list.js';

const events = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => ({ id: String(from + index) }));

function listOf(from: number, to: number, before: string | null): EventList<{ id: string }> {
  return { events: events(from, to), before, isFull: false };
}

describe('The events of a recording in the console', () => {
  it('gain each event of the stream once, at the end', () => {
    const list = withNext(withNext(NO_EVENTS as EventList<{ id: string }>, { id: '1' }), { id: '2' });
    expect(list.events).toEqual([{ id: '1' }, { id: '2' }]);
    expect(withNext(list, { id: '1' })).toBe(list);
  });

  it('gain an earlier page at the front, without what they have', () => {
    const list = withEarlier(listOf(10, 12, 'ten'), events(7, 11), 'seven');
    expect(list).toEqual({ events: events(7, 12), before: 'seven', isFull: false });
  });

  it('let the earliest go when there are too many, and then lead to no earlier page', () => {
    const list = withNext(listOf(0, MAX_EVENTS, 'zero'), { id: String(MAX_EVENTS) });
    expect(list.events).toHaveLength(MAX_EVENTS);
    expect(list.events[0]).toEqual({ id: '1' });
    expect(list).toMatchObject({ before: null, isFull: true });
  });

  it('take no more of an earlier page than may be kept', () => {
    const list = withEarlier(listOf(50, MAX_EVENTS + 20, 'fifty'), events(0, 50), 'minus');
    expect(list.events).toHaveLength(MAX_EVENTS);
    expect(list.events[0]).toEqual({ id: '20' });
    expect(list).toMatchObject({ before: null, isFull: true });
  });
});
