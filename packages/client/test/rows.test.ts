import { expect, it } from 'vitest';
import { applyChange } from '../src/apply-change.js';
import { type RecordingsQuery } from '../src/generated/graphql.js';
import { Rows } from '../src/rows.js';
import { type RecordingsChange, type RecordingStatus } from '../src/watch.js';

type Page = RecordingsQuery['recordings'];

/** A recording that was started `at` seconds after the first one. */
function recording(id: string, at: number, version = 1): RecordingStatus {
  return { id, version, startedAt: new Date(at * 1_000).toISOString() } as RecordingStatus;
}

function page(recordings: RecordingStatus[], hasNextPage: boolean): Page {
  const edges = recordings.map((node) => ({ node, cursor: `cursor of ${node.id}` }));
  return { edges, pageInfo: { hasNextPage, endCursor: edges.at(-1)?.cursor ?? null }, changeCursor: '' };
}

/** A page of a rare filter, which ends behind its last row. */
function shortPage(recordings: RecordingStatus[], endCursor: string): Page {
  const whole = page(recordings, true);
  return { ...whole, pageInfo: { ...whole.pageInfo, endCursor } };
}

function change(kind: RecordingsChange['kind'], of: RecordingStatus): RecordingsChange {
  const { id: recordingId } = of;
  return { kind, recordingId, recording: kind === 'REMOVED' ? null : of, cursor: '' };
}

const shown = (rows: Rows) => rows.recordings().map(({ id, version }) => `${id}${version}`);

it('A started recording is put in its place, and one behind the loaded pages is left to them', () => {
  const rows = new Rows(10);
  rows.replace(page([recording('c', 30), recording('a', 10)], true));
  expect(rows.apply(change('STARTED', recording('d', 40)))).toBe(true);
  expect(rows.apply(change('CHANGED', recording('b', 20)))).toBe(true);
  expect(rows.apply(change('STARTED', recording('old', 5)))).toBe(false);
  expect(shown(rows)).toEqual(['d1', 'c1', 'b1', 'a1']);
  expect(rows.endCursor).toBe('cursor of a');
});

it('A change that is older than what is shown changes nothing, however often it comes', () => {
  const rows = new Rows(10);
  rows.replace(page([recording('a', 10, 3)], false));
  expect(rows.apply(change('CHANGED', recording('a', 10, 2)))).toBe(false);
  expect(rows.apply(change('LEFT_FILTER', recording('a', 10, 2)))).toBe(false);
  expect(shown(rows)).toEqual(['a3']);
  expect(rows.apply(change('LEFT_FILTER', recording('a', 10, 4)))).toBe(true);
  expect(rows.apply(change('LEFT_FILTER', recording('a', 10, 4)))).toBe(false);
  expect(shown(rows)).toEqual([]);
});

it('What changes, leaves or is removed while a page is loaded is not undone by the page', () => {
  const rows = new Rows(10);
  rows.replace(page([recording('e', 50)], true));
  const generation = rows.beginLoading();
  rows.apply(change('CHANGED', recording('c', 30, 2)));
  rows.apply(change('LEFT_FILTER', recording('b', 20, 2)));
  rows.apply(change('REMOVED', recording('a', 10)));
  rows.endLoading(
    generation,
    page([recording('d', 40), recording('c', 30), recording('b', 20), recording('a', 10)], false),
  );
  expect(shown(rows)).toEqual(['e1', 'd1', 'c2']);
});

it('A page that was asked for before everything was read again is dropped', () => {
  const rows = new Rows(10);
  rows.replace(page([recording('b', 20)], true));
  const generation = rows.beginLoading();
  rows.replace(page([recording('c', 30)], true));
  rows.endLoading(generation, page([recording('a', 10)], false));
  expect(shown(rows)).toEqual(['c1']);
  expect(rows.hasMore).toBe(true);
});

it('Paging continues at the same place after the last recording of a page was removed', () => {
  const rows = new Rows(10);
  rows.replace(page([recording('b', 20), recording('a', 10)], true));
  rows.apply(change('REMOVED', recording('a', 10)));
  expect(rows.endCursor).toBe('cursor of a');
});

it('A list that grows too long lets its end go, from where it can be loaded again', () => {
  const rows = new Rows(3);
  rows.replace(page([recording('b', 20), recording('a', 10)], false));
  rows.apply(change('STARTED', recording('c', 30)));
  expect(rows.hasMore).toBe(false);
  rows.apply(change('STARTED', recording('d', 40)));
  expect(shown(rows)).toEqual(['d1', 'c1', 'b1']);
  expect([rows.hasMore, rows.endCursor]).toEqual([true, 'cursor of b']);
  rows.apply(change('STARTED', recording('e', 50)));
  expect(shown(rows)).toEqual(['e1', 'd1', 'c1']);
  expect([rows.hasMore, rows.endCursor]).toEqual([true, null]);
});

it('Paging continues where a page ended that found fewer than were asked for, or none', () => {
  const rows = new Rows(10);
  rows.replace(shortPage([], 'looked up to here'));
  expect([rows.hasMore, rows.endCursor]).toEqual([true, 'looked up to here']);
  rows.append(shortPage([recording('b', 20)], 'looked further'));
  expect(rows.endCursor).toBe('looked further');
  rows.append(page([recording('a', 10)], true));
  expect(rows.endCursor).toBe('cursor of a');
});

it('A recording that enters the filter at a place that a short page has passed is shown', () => {
  const rows = new Rows(10);
  rows.replace(shortPage([recording('b', 20)], 'looked up to here'));
  expect(rows.apply(change('CHANGED', recording('a', 10)))).toBe(true);
  expect(shown(rows)).toEqual(['b1', 'a1']);
  rows.append(page([recording('c', 5)], false));
  expect(shown(rows)).toEqual(['b1', 'a1', 'c1']);
});

it('A page of a cache is another page after a change that concerns it, and the same one after any other', () => {
  const first = page([recording('c', 30), recording('a', 10)], true);
  const ids = ({ edges }: Page) => edges.map(({ node, cursor }) => `${node.id}${node.version} ${cursor}`);
  expect(applyChange(first, change('CHANGED', recording('a', 10)))).toBe(first);
  expect(applyChange(first, change('STARTED', recording('old', 5)))).toBe(first);
  const started = applyChange(first, change('STARTED', recording('b', 20)));
  expect(ids(started)).toEqual(['c1 cursor of c', 'b1 ', 'a1 cursor of a']);
  const changed = applyChange(started, change('CHANGED', recording('b', 20, 2)));
  expect(ids(changed)).toEqual(['c1 cursor of c', 'b2 ', 'a1 cursor of a']);
  const removed = applyChange(changed, change('REMOVED', recording('a', 10)));
  expect(ids(removed)).toEqual(['c1 cursor of c', 'b2 cursor of a']);
  expect(ids(applyChange(removed, change('LEFT_FILTER', recording('c', 30, 2))))).toEqual(['b2 cursor of a']);
  expect(removed.pageInfo).toEqual(first.pageInfo);
});
