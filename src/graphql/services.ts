import { type Commands } from '../commands/commands.js';
import { type Feed } from '../feed/feed.js';
import { type Clock } from '../recordings/clock.js';
import { type Store } from '../store/store.js';

/** What the resolvers work with. */
export interface Services {
  store: Store;
  commands: Commands;
  feed: Feed;
  clock: Clock;
  /** Resolves when a subscription may read a page of the log, or has ended. */
  pageTurn: (ended: AbortSignal) => Promise<void>;
}
