import { type Mode } from '../../agora/tables/operations.js';
import { type StartPlan, type Task } from '../task.js';

/** A check's verdict: what the call asks for, or the reason to refuse it, as Agora words reasons. */
export type Checked<T> = { value: T } | { reason: string };

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
  /** The upload's length was changed; matters when it is under way. */
  uploadChanged(task: Task, at: number): void;
  /** serverResponse of query. */
  queryResponse(task: Task, at: number): Record<string, unknown>;
  /** serverResponse of stop, once the upload is over. */
  stopResponse(task: Task): Record<string, unknown>;
  /** fileList for the truth. */
  files(task: Task, at: number): unknown[];
}
