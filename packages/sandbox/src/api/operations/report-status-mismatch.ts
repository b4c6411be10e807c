import { type Task } from '../../tasks/task.js';
import { type Service } from '../service.js';

/** Sends event 3 about a call that does not match the status of its task, if this is what an assumption takes it for. */
export function reportStatusMismatch(service: Service, task: Task | null): void {
  const { assumptions, clock, modes, store, tasks } = service;
  if (task === null || task.phase === 'ended' || assumptions().statusUpdateFollowsStatus) return;
  store.transaction(() => {
    modes.get(task.mode)?.reportStatus(task, clock.now());
    tasks.save(task);
  });
}
