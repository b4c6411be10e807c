import { type Assumptions } from '../control/assumptions.js';
import { type VirtualClock } from '../control/clock.js';
import { type Channels } from '../tasks/channels.js';
import { type RecordingMode } from '../tasks/modes/mode.js';
import { type PendingStops } from '../tasks/pending-stops.js';
import { type Resources } from '../tasks/resources.js';
import { type StartRefusals } from '../tasks/start-refusals.js';
import { type SandboxStore } from '../tasks/store.js';
import { type Tasks } from '../tasks/tasks.js';
import { type Answer } from './replies.js';

/** What the operations of the REST API work on. */
export interface Service {
  clock: VirtualClock;
  store: SandboxStore;
  resources: Resources;
  tasks: Tasks;
  channels: Channels;
  startRefusals: StartRefusals;
  pendingStops: PendingStops;
  /** The recording modes, by their name in paths. */
  modes: ReadonlyMap<string, RecordingMode>;
  assumptions: () => Assumptions;
}

/** One authenticated call: the parameters of its path, and its body if that was JSON. */
export interface ServiceCall {
  appId: string;
  resourceId: string;
  sid: string;
  mode: string;
  body: unknown;
}

/** Carries out a call. Changes are saved before it answers. */
export type ServiceOperation = (service: Service, call: ServiceCall) => Answer | Promise<Answer>;
