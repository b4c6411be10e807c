import { type Mode } from '@agora-recording-gateway/agora/tables/operations';
import { type StartContext } from '../../api/checks/storage.js';
import { type Assumptions } from '../../control/assumptions.js';
import { type Channels } from '../channels.js';
import { type VirtualClock } from '../../control/clock.js';
import { type Notifier } from '../../notifications/notifier.js';
import { type WebStopCode } from '../../notifications/events.js';
import { type FatalError, type StartPlan, type Task } from '../task.js';
import { type Tasks } from '../tasks.js';

/** The result of a check: the parsed request, or Agora's reason to refuse it. */
export type Checked<T> = { value: T } | { reason: string };

/** Trouble that a test requests for a running task. */
export type Trouble =
  /** The recorder crashes. */
  | { kind: 'crash' }
  /** A fatal error, as event 1 reports it. */
  | { kind: 'error'; error: FatalError }
  /** The recorder of a page stops; the code is that of event 71. */
  | { kind: 'stopped'; code: WebStopCode }
  /** The page exceeds what can be recorded; limitType as in event 72. */
  | { kind: 'capability-limit'; limitType: string }
  /** The page is reloaded; reason as in event 73. */
  | { kind: 'reload'; reason: string };

/** The dependencies of every mode. */
export interface ModeOptions {
  clock: VirtualClock;
  tasks: Tasks;
  channels: Channels;
  notifier: Notifier;
  assumptions: () => Assumptions;
  /** Called when a stop that waits for this task can be answered. */
  onStopSettled: (sid: string) => void;
}

/**
 * The behaviour of tasks in one mode. Everything that happens to a task is either one of these calls or an action that the
 * mode scheduled; `at` is the sandbox time at which it happens. The caller saves the task.
 */
export interface RecordingMode {
  readonly name: Mode;
  /** Values of acquire's `scene` whose resources this mode can use. */
  readonly scenes: readonly number[];
  /** Checks clientRequest of start. */
  checkStart(clientRequest: unknown, context: StartContext): Checked<StartPlan>;
  begin(task: Task, at: number): void;
  act(task: Task, action: string, at: number): void;
  /** A user started or stopped publishing in the channel of the task. */
  publishersChanged(task: Task, at: number): void;
  /** Carries out update; returns the reason if it is refused, otherwise null. */
  update(task: Task, clientRequest: unknown, at: number): string | null;
  /** Checks updateLayout; null if the mode has no layout. */
  checkLayout: ((clientRequest: unknown) => string | null) | null;
  stop(task: Task, at: number): void;
  failOver(task: Task, durationMs: number, at: number): void;
  /** Causes trouble for a task that is not ending; false if tasks of this mode do not have this kind. */
  trouble(task: Task, trouble: Trouble, at: number): boolean;
  /** The duration of the upload was changed; has an effect only during the upload. */
  uploadChanged(task: Task, at: number): void;
  /** Sends event 3 with the current status. */
  reportStatus(task: Task, at: number): void;
  /** serverResponse of query. */
  queryResponse(task: Task, at: number): Record<string, unknown>;
  /** serverResponse of stop; without the results of the upload unless `complete`. */
  stopResponse(task: Task, complete: boolean): Record<string, unknown>;
  /** fileList for the control side. */
  files(task: Task, at: number): unknown[];
  /** More about a task of this mode for the control side. */
  details(task: Task): Record<string, unknown>;
}
