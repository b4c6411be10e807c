import { type RecordingStatus } from '@agora-recording-gateway/client';
import { useGateway } from '@agora-recording-gateway/client/react';
import { useEffect, useRef, useState } from 'react';
import { ConsoleProblemsDocument } from '../generated/graphql';

/** Rows that come into view or change within this time are asked for together. Milliseconds. */
const COLLECT_MS = 500;

/** Rows of one request; the gateway takes up to 100 ids. */
const MAX_IDS = 50;

/** Counts that are kept; with more all are forgotten and read again. */
const MAX_KEPT = 5_000;

/** Problems of the recordings in view, by id; read again when a recording has changed, however often they change. */
export function useProblemCounts(inView: readonly RecordingStatus[]): ReadonlyMap<string, number> {
  const client = useGateway();
  const [counts, setCounts] = useState<ReadonlyMap<string, number>>(new Map());
  const latest = useRef(inView);
  latest.current = inView;
  const wanted = useRef<() => void>(() => undefined);

  useEffect(() => {
    const closing = new AbortController();
    const { signal } = closing;
    /** The version for which each was asked. */
    const asked = new Map<string, number>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      timer = undefined;
      if (asked.size > MAX_KEPT) asked.clear();
      const due = latest.current.filter(({ id, version }) => asked.get(id) !== version).slice(0, MAX_IDS);
      if (due.length === 0) return;
      const ids = due.map(({ id }) => id);
      const { nodes } = await client.request(ConsoleProblemsDocument, { ids }, { signal });
      for (const { id, version } of due) asked.set(id, version);
      setCounts((known) => {
        const next = new Map(known.size > MAX_KEPT ? [] : known);
        for (const node of nodes) {
          if (node !== null && 'problems' in node) next.set(node.id, node.problems.totalCount.count);
        }
        return next;
      });
    };
    wanted.current = () => {
      // What is missing is asked for again with the next change.
      timer ??= setTimeout(() => void read().catch(() => undefined), COLLECT_MS);
    };
    return () => {
      clearTimeout(timer);
      closing.abort();
    };
  }, [client]);

  const key = inView.map(({ id, version }) => `${id}:${version}`).join();
  useEffect(() => wanted.current(), [client, key]);
  return counts;
}
