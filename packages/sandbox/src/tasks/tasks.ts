import { type Scheduler } from './scheduler.js';
import { type SandboxStore } from './store.js';
import { type Task } from './task.js';

/** Running tasks; beyond this, acquire gets vendor_over_load. */
export const MAX_RUNNING_TASKS = 10_000;

/** Ended tasks that are remembered; the oldest is dropped. */
export const MAX_ENDED_TASKS = 10_000;

export type ActOnTask = (task: Task, action: string, at: number) => void;

/** What a task occupies: no second one runs with the same application, channel and uid. */
interface Slot {
  appId: string;
  cname: string;
  uid: string;
}

function slotKey(task: Slot): string {
  return JSON.stringify([task.appId, task.cname, task.uid]);
}

/** Every task with its scheduled actions. Changes of a task are saved before they become visible to callers. */
export class Tasks {
  readonly #store: SandboxStore;
  readonly #scheduler: Scheduler;
  readonly #bySid = new Map<string, Task>();
  readonly #bySlot = new Map<string, Task>();
  readonly #ended: string[] = [];
  #act: ActOnTask = () => undefined;

  constructor(store: SandboxStore, scheduler: Scheduler) {
    this.#store = store;
    this.#scheduler = scheduler;
  }

  /** Loads the kept tasks; from now on `act` is called for each action that is due. */
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

  /** The running task of this application, channel and uid. */
  running(slot: Slot): Task | null {
    return this.#bySlot.get(slotKey(slot)) ?? null;
  }

  get runningCount(): number {
    return this.#bySlot.size;
  }

  /** Every task, oldest first. */
  all(): Task[] {
    return [...this.#bySid.values()];
  }

  runningIn(cname: string): Task[] {
    return [...this.#bySlot.values()].filter((task) => task.cname === cname);
  }

  /** The number of tasks with the same application, channel and uid before this one, as far as they are remembered. */
  predecessors(task: Task): number {
    const slot = slotKey(task);
    let count = 0;
    for (const other of this.#bySid.values()) {
      if (other === task) break;
      if (slotKey(other) === slot) count++;
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

  /** Schedules an action; replaces an earlier time of the same action. The caller saves. */
  schedule(task: Task, action: string, at: number): void {
    task.actions[action] = at;
    this.#arm(task.sid, action, at);
  }

  cancel(task: Task, ...actions: string[]): void {
    for (const action of actions) delete task.actions[action];
  }

  /** Frees the slot of a task whose stop has been answered; its upload continues. The caller saves. */
  release(task: Task): void {
    task.released = true;
    this.#freeSlot(task);
  }

  /** Marks a task as ended: nothing more happens to it, and its slot is free. The caller saves. */
  end(task: Task, at: number): void {
    task.phase = 'ended';
    task.endedAt = at;
    task.actions = {};
    this.#freeSlot(task);
    this.#remember(task.sid);
  }

  clear(): void {
    this.#bySid.clear();
    this.#bySlot.clear();
    this.#ended.length = 0;
  }

  #index(task: Task): void {
    this.#bySid.set(task.sid, task);
    if (task.phase === 'ended') this.#remember(task.sid);
    else if (!task.released) this.#bySlot.set(slotKey(task), task);
  }

  #freeSlot(task: Task): void {
    const key = slotKey(task);
    // After a release, the slot may belong to the next task.
    if (this.#bySlot.get(key) === task) this.#bySlot.delete(key);
  }

  #remember(sid: string): void {
    this.#ended.push(sid);
    if (this.#ended.length <= MAX_ENDED_TASKS) return;
    const oldest = this.#ended.shift();
    if (oldest === undefined) return;
    this.#bySid.delete(oldest);
    this.#store.deleteTask(oldest);
  }

  #arm(sid: string, action: string, at: number): void {
    this.#scheduler.add(at, () => {
      const task = this.#bySid.get(sid);
      // Rescheduled, cancelled or done in the meantime.
      if (task === undefined || task.actions[action] !== at) return;
      delete task.actions[action];
      this.#act(task, action, at);
      this.save(task);
    });
  }
}
