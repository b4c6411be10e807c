import { type Assumptions } from './control/assumptions.js';
import { type Channels } from './tasks/channels.js';
import { type VirtualClock } from './control/clock.js';
import { type RecordingMode } from './tasks/modes/mode.js';
import { type Answer } from './api/replies.js';
import { type Resources } from './tasks/resources.js';
import { type StopDesk } from './tasks/stop-desk.js';
import { type SandboxStore } from './tasks/store.js';
import { type Tasks } from './tasks/tasks.js';

/** What the operations of the REST API work on. */
export interface Service {
  clock: VirtualClock;
  store: SandboxStore;
  resources: Resources;
  tasks: Tasks;
  channels: Channels;
  stopDesk: StopDesk;
  /** The modes that are there, by their name in paths. */
  modes: ReadonlyMap<string, RecordingMode>;
  assumptions: () => Assumptions;
}

/** One call, past authentication: the parts of its path, and its body where that was JSON. */
export interface ServiceCall {
  appId: string;
  resourceId: string;
  sid: string;
  mode: string;
  body: unknown;
}

/** Carries out a call. What it changes is saved before it answers. */
export type ServiceOperation = (service: Service, call: ServiceCall) => Answer | Promise<Answer>;
