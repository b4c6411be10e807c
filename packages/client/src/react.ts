import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { type GatewayClient } from './client.js';
import { type RecordingBy } from './generated/graphql.js';
import { type LiveList, liveList, type LiveListOptions, type LiveListSnapshot } from './live-list.js';
import { type RecordingStatus, watchRecording } from './watch.js';

const GatewayContext = createContext<GatewayClient | null>(null);

/** Gives the client to the hooks below it: `<GatewayProvider value={client}>`. */
export const GatewayProvider = GatewayContext.Provider;

/** The client of the nearest GatewayProvider. */
export function useGateway(): GatewayClient {
  const client = useContext(GatewayContext);
  if (client === null) throw new Error('Put a GatewayProvider around the component.');
  return client;
}

const LOADING: LiveListSnapshot = {
  status: 'loading',
  recordings: [],
  hasMore: false,
  isLoadingMore: false,
  error: null,
};

/** A live list of recordings, and what loads its next page. The list is another one when the filter is. */
export function useLiveList(
  options: Pick<LiveListOptions, 'filter' | 'pageSize' | 'maxRows'> = {},
): LiveListSnapshot & { loadMore: () => void } {
  const client = useGateway();
  const key = JSON.stringify(options);
  const [list, setList] = useState<LiveList | null>(null);
  useEffect(() => {
    const opened = liveList(client, JSON.parse(key) as LiveListOptions);
    setList(opened);
    return () => opened.close();
  }, [client, key]);
  const snapshot = useSyncExternalStore(
    useMemo(() => (listener: () => void) => list?.subscribe(listener) ?? (() => undefined), [list]),
    () => list?.getSnapshot() ?? LOADING,
    () => LOADING,
  );
  const loadMore = useMemo(() => () => void list?.loadMore(), [list]);
  return { ...snapshot, loadMore };
}

/** One recording, live. `recording` is null until it is there; `error` says why it will not come. */
export function useRecording(by: RecordingBy): {
  recording: RecordingStatus | null;
  isInterrupted: boolean;
  error: Error | null;
} {
  const client = useGateway();
  const key = JSON.stringify(by);
  const [state, setState] = useState<{ key: string; recording: RecordingStatus | null; error: Error | null }>(
    {
      key,
      recording: null,
      error: null,
    },
  );
  const [isInterrupted, setInterrupted] = useState(false);
  useEffect(() => {
    const closing = new AbortController();
    const { signal } = closing;
    const watch = async () => {
      const options = { signal, onInterruption: (error: Error | null) => setInterrupted(error !== null) };
      try {
        for await (const recording of watchRecording(client, JSON.parse(key) as RecordingBy, options)) {
          setState({ key, recording, error: null });
        }
      } catch (error) {
        if (!signal.aborted) setState({ key, recording: null, error: error as Error });
      }
    };
    void watch();
    return () => closing.abort();
  }, [client, key]);
  const { recording, error } = state.key === key ? state : { recording: null, error: null };
  return { recording, isInterrupted, error };
}
