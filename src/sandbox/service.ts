import { type Assumptions } from './assumptions.js';
import { type Channels } from './channels.js';
import { type VirtualClock } from './clock.js';
import { type RecordingMode } from './modes/mode.js';
import { type Answer } from './replies.js';
import { type Resources } from './resources.js';
import { type StopDesk } from './stop-desk.js';
import { type SandboxStore } from './store.js';
import { type Tasks } from './tasks.js';

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
