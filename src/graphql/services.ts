import { type Commands } from '../commands/commands.js';
import { type Choice } from '../commands/start/choose-storage.js';
import { type Feed } from '../feed/feed.js';
import { type Media } from '../media/media.js';
import { type Clock } from '../recordings/clock.js';
import { type Store } from '../store/store.js';

/** What the configuration offers to front ends. */
export interface Configuration extends Pick<Choice, 'appIds' | 'profiles' | 'allowInlineStorage'> {
  /** Whether a sandbox stands in for Agora. */
  isSandbox: boolean;
}

/** What the resolvers work with. */
export interface Services {
  store: Store;
  commands: Commands;
  feed: Feed;
  clock: Clock;
  configuration: Configuration;
  media: Media;
  /** Resolves when a subscription may read a page of the log, or has ended. */
  pageTurn: (ended: AbortSignal) => Promise<void>;
}
