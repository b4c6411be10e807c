import { type Mode } from '@agora-recording-gateway/agora/tables/operations';
import { type Assumptions } from '../../control/assumptions.js';
import { type Channels } from '../channels.js';
import { type VirtualClock } from '../../control/clock.js';
import { type Notifier } from '../../notifications/notifier.js';
import { type StartPlan, type Task } from '../task.js';
import { type Tasks } from '../tasks.js';

/** A check's verdict: what the call asks for, or the reason to refuse it, as Agora words reasons. */
export type Checked<T> = { value: T } | { reason: string };

/** Trouble on order for a task that runs. */
export type Trouble =
  /** The recorder dies, or the web recorder's engine. */
  | { kind: 'crash' }
  /** The page turns out to be more than can be recorded; limitType as in event 72. */
  | { kind: 'capability-limit'; limitType: string }
  /** The page is loaded again; reason as in event 73. */
  | { kind: 'reload'; reason: string };

/** What every mode works with. */
export interface ModeOptions {
  clock: VirtualClock;
  tasks: Tasks;
  channels: Channels;
  notifier: Notifier;
  assumptions: () => Assumptions;
  /** A stop that waits for this task can be answered. */
  stopSettled: (sid: string) => void;
}

/**
 * How tasks of one mode live. Everything that happens to a task is either a call below or an action that the mode
 * scheduled before; `at` is always the sandbox time at which it happens. The caller saves the task.
 */
export interface RecordingMode {
  readonly name: Mode;
  /** Values of acquire's `scene` whose resources this mode can use. */
  readonly scenes: readonly number[];
  /** Checks clientRequest of start. */
  checkStart(clientRequest: unknown): Checked<StartPlan>;
  begin(task: Task, at: number): void;
  act(task: Task, action: string, at: number): void;
  /** Somebody began or ceased to publish in the task's channel. */
  publishersChanged(task: Task, at: number): void;
  /** Carries out update, or gives the reason why not. */
  update(task: Task, clientRequest: unknown, at: number): string | null;
  /** Checks updateLayout; null where the mode has no layout. */
  checkLayout: ((clientRequest: unknown) => string | null) | null;
  stop(task: Task, at: number): void;
  failOver(task: Task, durationMs: number, at: number): void;
  /** Lets trouble happen to a task that is not ending; false where tasks of this mode know none of the kind. */
  trouble(task: Task, trouble: Trouble, at: number): boolean;
  /** The upload's length was changed; matters when it is under way. */
  uploadChanged(task: Task, at: number): void;
  /** serverResponse of query. */
  queryResponse(task: Task, at: number): Record<string, unknown>;
  /** serverResponse of stop: with what is known after the upload, or where it is not `complete` without. */
  stopResponse(task: Task, complete: boolean): Record<string, unknown>;
  /** fileList for the truth. */
  files(task: Task, at: number): unknown[];
  /** What else the truth tells about tasks of this mode. */
  truth(task: Task): Record<string, unknown>;
}
