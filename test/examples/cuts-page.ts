import {
  createGatewayClient,
  liveList,
  type LiveListStatus,
  recordingEvents,
  type RecordingFilter,
} from '@agora-recording-gateway/client';

interface ShownList {
  filter: RecordingFilter;
  status: LiveListStatus;
  hasMore: boolean;
  error: string | null;
  /** The id, phase and version of each recording. */
  rows: string[];
}

/** What the page shows and has seen at one moment. */
export interface CutsPageState {
  lists: ShownList[];
  /** The ids of all events, as they came. */
  events: string[];
  /** Why the events ended; null while they are followed. */
  failure: string | null;
}

declare global {
  var cutsPage: { state(): CutsPageState; loadMore(): void };
  /** A new token; given by the test. */
  function newToken(): Promise<string>;
}

const FILTERS: RecordingFilter[] = [{}, { phases: ['RECORDING'] }];

let current: Promise<string> | null = null;
const client = createGatewayClient({
  url: '/graphql',
  token: ({ renew }) => (current = renew || current === null ? globalThis.newToken() : current),
});
const lists = FILTERS.map((filter) => ({ filter, list: liveList(client, { filter, pageSize: 10 }) }));
const events: string[] = [];
let failure: string | null = null;

async function followEvents(): Promise<void> {
  for await (const { node } of recordingEvents(client)) events.push(node.id);
}

followEvents().catch((error: unknown) => (failure = String(error)));

globalThis.cutsPage = {
  state: () => ({
    events,
    failure,
    lists: lists.map(({ filter, list }) => {
      const { status, hasMore, error, recordings } = list.getSnapshot();
      return {
        ...{ filter, status, hasMore, error: error === null ? null : error.message },
        rows: recordings.map(({ id, phase, version }) => `${id} ${phase} ${version}`),
      };
    }),
  }),
  loadMore() {
    for (const { list } of lists) void list.loadMore();
  },
};
