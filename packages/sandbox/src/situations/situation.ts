import { type Fault } from '../control/faults.js';
import { type RecorderEvent } from '../notifications/events.js';
import { type PostOptions } from '../notifications/post.js';
import { type Trouble } from '../tasks/modes/mode.js';
import { type Publisher } from '../tasks/subscription.js';
import { type FatalError, type Task } from '../tasks/task.js';

/** A request to the receiver of notifications, as it is sent. */
export interface SituationPost {
  /** Added to the receiver's address. */
  suffix?: string;
  options?: PostOptions;
  /** The body, from the identity of the recording it is about. */
  body?: (about: Identity) => string;
}

export interface Identity {
  cname: string;
  uid: string;
  sid: string;
  now: number;
}

/** One situation that clients meet in the field. Everything it has happens at once, in the order of the properties. */
export interface Situation {
  /** In one sentence: what the client meets, and what it must do for that. */
  description: string;
  /** `recording`: it needs a recording that runs in the channel; `channel`: it applies to what is called from now on. */
  on: 'channel' | 'recording';
  /** How the next start in the channel fails after Agora has accepted it. */
  refusal?: FatalError;
  /** Who publishes in the channel from now on; the recorder's uid is given for a situation on a recording. */
  publishers?: (recorderUid: string) => Publisher[];
  faults?: (Pick<Fault, 'operation'> & Partial<Fault>)[];
  trouble?: Trouble;
  uploadMs?: number;
  /** Sent as the settings of notifications say. */
  events?: (task: Task, at: number) => RecorderEvent[];
  /** Copies of the notification of the last event above, with its noticeId, whatever the settings say. */
  copies?: number;
  posts?: SituationPost[];
}
