import { type Commands } from '../commands/commands.js';
import { type Choice } from '../commands/start/choose-storage.js';
import { type Feed } from '../feed/feed.js';
import { type Media } from '../media/media.js';
import { type Clock } from '../recordings/clock.js';
import { type GatewayStatus } from '../telemetry/status.js';
import { type Store } from '../store/store.js';

/** What the configuration offers to front ends. */
export interface Configuration extends Pick<Choice, 'appIds' | 'profiles' | 'allowInlineStorage'> {
  /** The App ID of an input that names none. */
  defaultAppId: string | null;
  /** Whether a sandbox stands in for Agora. */
  isSandbox: boolean;
}

/** What resolvers read. For a caller who may not see everything, `access/scoped-store.ts` bounds each of them. */
export type ReadStore = Pick<
  Store,
  | 'recordings'
  | 'recordingIdBySid'
  | 'recordingPage'
  | 'recordingCount'
  | 'recordingCounts'
  | 'channelPage'
  | 'channelCount'
  | 'filePage'
  | 'fileCount'
  | 'problemPage'
  | 'problemCount'
  | 'auditPage'
  | 'unansweredQueries'
  | 'eventPage'
  | 'eventCount'
  | 'event'
  | 'snapshotNames'
  | 'knownSnapshots'
  | 'eventsAfter'
  | 'changesAfter'
  | 'head'
  | 'currentId'
  | 'resumeEvents'
  | 'resumeChanges'
  | 'eventCursor'
  | 'changeCursor'
> & { attempts: Pick<Store['attempts'], 'findByKey'> };

/** What mutations call. For a caller who may not do everything, `access/scoped-commands.ts` bounds each of them. */
export type CallerCommands = Pick<
  Commands,
  | 'acquireResource'
  | 'startRecording'
  | 'stopRecording'
  | 'updateRecording'
  | 'updateLayout'
  | 'updateMetadata'
  | 'refreshRecording'
  | 'adoptRecording'
  | 'forgetRecording'
  | 'notificationServers'
>;

/** What the resolvers work with. */
export interface Services {
  store: ReadStore;
  commands: CallerCommands;
  feed: Feed;
  clock: Clock;
  configuration: Configuration;
  media: Pick<Media, 'reads'>;
  status: () => Promise<GatewayStatus>;
  /** Resolves when a subscription may read a page of the log, or has ended. */
  pageTurn: (ended: AbortSignal) => Promise<void>;
}
