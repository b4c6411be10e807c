import { type Scheduler } from './scheduler.js';
import { type SandboxStore } from './store.js';
import { type Task } from './task.js';

/** Most tasks that run at once; acquire answers vendor_over_load beyond. */
export const MOST_RUNNING_TASKS = 10_000;

/** Most ended tasks that are remembered; the oldest gives way. */
export const MOST_ENDED_TASKS = 10_000;

export type ActOnTask = (task: Task, action: string, at: number) => void;

function place(task: { appId: string; cname: string; uid: string }): string {
  return JSON.stringify([task.appId, task.cname, task.uid]);
}

/** Every task with what will happen to it. Whoever changes a task saves it before the change is told to anybody. */
export class Tasks {
  readonly #store: SandboxStore;
  readonly #scheduler: Scheduler;
  readonly #bySid = new Map<string, Task>();
  readonly #runningByPlace = new Map<string, Task>();
  readonly #ended: string[] = [];
  #act: ActOnTask = () => undefined;

  constructor(store: SandboxStore, scheduler: Scheduler) {
    this.#store = store;
    this.#scheduler = scheduler;
  }

  /** Takes up the kept tasks; from then on `act` is called for each action that falls due. */
  load(act: ActOnTask): void {
    this.#act = act;
    for (const task of this.#store.tasks()) {
      this.#index(task);
      for (const [action, at] of Object.entries(task.actions)) this.#arm(task.sid, action, at);
    }
  }

  find(sid: string): Task | null {
    return this.#bySid.get(sid) ?? null;
  }

  /** The running task of this application, channel and uid, of which there can be one. */
  running(where: { appId: string; cname: string; uid: string }): Task | null {
    return this.#runningByPlace.get(place(where)) ?? null;
  }

  get runningCount(): number {
    return this.#runningByPlace.size;
  }

  /** Every task, oldest first. */
  all(): Task[] {
    return [...this.#bySid.values()];
  }

  runningIn(cname: string): Task[] {
    return [...this.#runningByPlace.values()].filter((task) => task.cname === cname);
  }

  /** How many tasks of the same application, channel and uid began before this one, as far as they are remembered. */
  predecessors(task: Task): number {
    const here = place(task);
    let count = 0;
    for (const other of this.#bySid.values()) {
      if (other === task) break;
      if (place(other) === here) count++;
    }
    return count;
  }

  add(task: Task): void {
    this.#index(task);
    this.save(task);
  }

  save(task: Task): void {
    this.#store.saveTask(task);
  }

  /** Lets `action` happen at a time; in place of an earlier appointment of the same action. The caller saves. */
  schedule(task: Task, action: string, at: number): void {
    task.actions[action] = at;
    this.#arm(task.sid, action, at);
  }

  cancel(task: Task, ...actions: string[]): void {
    for (const action of actions) delete task.actions[action];
  }

  /** Marks a task as ended: nothing more happens to it, and its place is free. The caller saves. */
  end(task: Task, at: number): void {
    task.phase = 'ended';
    task.endedAt = at;
    task.actions = {};
    this.#runningByPlace.delete(place(task));
    this.#remember(task.sid);
  }

  clear(): void {
    this.#bySid.clear();
    this.#runningByPlace.clear();
    this.#ended.length = 0;
  }

  #index(task: Task): void {
    this.#bySid.set(task.sid, task);
    if (task.phase === 'ended') this.#remember(task.sid);
    else this.#runningByPlace.set(place(task), task);
  }

  #remember(sid: string): void {
    this.#ended.push(sid);
    if (this.#ended.length <= MOST_ENDED_TASKS) return;
    const oldest = this.#ended.shift();
    if (oldest === undefined) return;
    this.#bySid.delete(oldest);
    this.#store.deleteTask(oldest);
  }

  #arm(sid: string, action: string, at: number): void {
    this.#scheduler.add(at, () => {
      const task = this.#bySid.get(sid);
      // Moved, cancelled or done since: another appointment, or none, stands in its place.
      if (task === undefined || task.actions[action] !== at) return;
      delete task.actions[action];
      this.#act(task, action, at);
      this.save(task);
    });
  }
}
