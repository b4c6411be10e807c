import { useLiveList } from '@agora-recording-gateway/client/react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useAddress } from '../shell/address';
import { useNow } from '../shell/text';
import { filterOf } from './filter';
import { Filters } from './filters';
import { useProblemCounts } from './problem-counts';
import { Row } from './row';

const PAGE_SIZE = 100;

/** Recordings that are held; those after them are loaded again when the list is scrolled there. */
const MAX_ROWS = 10_000;

/** Heights of a row, pixels: on a line, and as a card on a narrow screen. */
const LINE_HEIGHT = 44;
const CARD_HEIGHT = 96;

/** Rows that are kept above and below the view. */
const OVERSCAN = 8;

const COLUMNS = ['Phase', 'Channel and uid', 'Since', 'Mode', 'Upload', 'Problems', 'Metadata'];

const narrow = matchMedia('(max-width: 700px)');

function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      narrow.addEventListener('change', listener);
      return () => narrow.removeEventListener('change', listener);
    },
    () => narrow.matches,
  );
}

function Status({ list, isFiltered }: { list: ReturnType<typeof useLiveList>; isFiltered: boolean }) {
  const { status, error, recordings } = list;
  if (status === 'interrupted')
    return <p className="notice warning">The connection is lost. The list may be old; it is tried again.</p>;
  if (status === 'failed') return <p className="notice error">{error?.message}</p>;
  if (status === 'loading') return <p className="notice">Loading recordings…</p>;
  if (recordings.length === 0 && isFiltered)
    return <p className="notice">No recording matches these filters.</p>;
  if (recordings.length === 0) return <p className="notice">Nothing has been recorded yet.</p>;
  return null;
}

/** The live list: what the gateway has, as it changes. */
export function Recordings() {
  const address = useAddress();
  const search = address.toString();
  const filter = filterOf(address);
  const list = useLiveList({ filter, pageSize: PAGE_SIZE, maxRows: MAX_ROWS });
  const { recordings, hasMore, loadMore, isLoadingMore, status } = list;
  const openId = address.get('recording');
  const isNarrow = useIsNarrow();
  const now = useNow();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: recordings.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isNarrow ? CARD_HEIGHT : LINE_HEIGHT),
    getItemKey: (index) => recordings[index]?.id ?? index,
    overscan: OVERSCAN,
  });
  useEffect(() => rows.measure(), [rows, isNarrow]);
  const inView = rows.getVirtualItems();
  const problems = useProblemCounts(inView.flatMap(({ index }) => recordings[index] ?? []));
  const last = inView.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isLoadingMore && last >= recordings.length - OVERSCAN * 2) loadMore();
  }, [hasMore, isLoadingMore, last, recordings.length, loadMore]);

  return (
    <section className="list" aria-label="Recordings" data-status={status} aria-busy={status === 'loading'}>
      <Filters />
      <div role="status">
        <Status list={list} isFiltered={Object.keys(filter).length > 0} />
      </div>
      <div
        className="scroller"
        ref={scroller}
        role="table"
        aria-label="Recordings"
        aria-rowcount={hasMore ? -1 : recordings.length + 1}
        tabIndex={0}
      >
        <div className="head" role="row" aria-rowindex={1}>
          {COLUMNS.map((column) => (
            <span key={column} role="columnheader">
              {column}
            </span>
          ))}
        </div>
        <div className="rows" role="rowgroup" style={{ height: rows.getTotalSize() }}>
          {inView.map(({ key, index, start, size }) => {
            const recording = recordings[index];
            if (recording === undefined) return null;
            return (
              <Row
                key={key}
                recording={recording}
                index={index}
                problems={problems.get(recording.id) ?? 0}
                now={now}
                isOpen={recording.id === openId}
                search={search}
                top={start}
                height={size}
              />
            );
          })}
        </div>
      </div>
    </section>
  );
}
