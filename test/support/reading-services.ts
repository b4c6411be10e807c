import { type Commands } from '../../src/commands/commands.js';
import { type Feed } from '../../src/feed/feed.js';
import { type Services } from '../../src/graphql/services.js';
import { type MediaReads } from '../../src/media/media.js';
import { systemClock } from '../../src/process/clock.js';
import { type Store } from '../../src/store/store.js';

/** Services for operations that only read the store: nothing else is called. */
export function readingServices(store: Store): Services {
  return {
    store,
    clock: systemClock,
    commands: {} as Commands,
    feed: {} as Feed,
    media: { reads: () => ({}) as MediaReads },
    configuration: {
      appIds: [],
      defaultAppId: null,
      profiles: () => [],
      allowInlineStorage: false,
      isSandbox: true,
    },
    pageTurn: () => Promise.resolve(),
    status: () => Promise.reject(new Error('There is nothing to report.')),
  };
}
