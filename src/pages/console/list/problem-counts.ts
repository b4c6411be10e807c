import { type RecordingStatus } from '@agora-recording-gateway/client';
import { useGateway } from '@agora-recording-gateway/client/react';
import { useEffect, useRef, useState } from 'react';
import { ConsoleProblemsDocument } from '../generated/graphql';

/** Rows that come into view or change within this time are asked for together. Milliseconds. */
const COLLECT_MS = 400;

/** Rows of one request; the gateway takes up to 100 ids. */
const MAX_IDS = 50;

/** Counts that are kept; with more all are forgotten and read again. */
const MAX_KEPT = 5_000;

/** Problems of the recordings in view, by id; read again when a recording has changed. */
export function useProblemCounts(inView: readonly RecordingStatus[]): ReadonlyMap<string, number> {
  const client = useGateway();
  const [counts, setCounts] = useState<ReadonlyMap<string, number>>(new Map());
  /** The version for which each was asked. */
  const asked = useRef(new Map<string, number>());
  const key = inView.map(({ id, version }) => `${id}:${version}`).join();
  const latest = useRef(inView);
  latest.current = inView;

  useEffect(() => {
    const closing = new AbortController();
    const timer = setTimeout(() => {
      if (asked.current.size > MAX_KEPT) asked.current.clear();
      const due = latest.current
        .filter(({ id, version }) => asked.current.get(id) !== version)
        .slice(0, MAX_IDS);
      if (due.length === 0) return;
      const ids = due.map(({ id }) => id);
      client.request(ConsoleProblemsDocument, { ids }, { signal: closing.signal }).then(
        ({ nodes }) => {
          for (const { id, version } of due) asked.current.set(id, version);
          setCounts((known) => {
            const next = new Map(known.size > MAX_KEPT ? [] : known);
            for (const node of nodes) {
              if (node !== null && 'problems' in node) next.set(node.id, node.problems.totalCount.count);
            }
            return next;
          });
        },
        // What is missing is asked for again with the next change.
        () => undefined,
      );
    }, COLLECT_MS);
    return () => {
      clearTimeout(timer);
      closing.abort();
    };
  }, [client, key]);
  return counts;
}
