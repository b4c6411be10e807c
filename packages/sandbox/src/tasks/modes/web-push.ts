import { events } from '../../notifications/events.js';
import { type PushOutput, type PushStatus, type Task, type WebState } from '../task.js';
import { type ModeOptions } from './mode.js';
import { TIMES } from './times.js';

/** A CDN address with this in it cannot be reached, for whoever wants to see what follows. */
export const UNREACHABLE = 'unreachable';

/** Pushing the recorded page to a CDN: every change of an output is told by event 100. */
export interface WebPush {
  /** Begins to reach every output that is not being reached yet. */
  connect(task: Task, at: number): void;
  /** The attempts to reach outputs are over. */
  connected(task: Task, at: number): void;
  /** The recording was put on hold, or goes on. */
  onholdChanged(task: Task, at: number): void;
  /** The task goes on with other outputs; what is pushed to already is not interrupted. */
  replace(task: Task, outputs: readonly { rtmpUrl: string }[], at: number): void;
}

export function webPush({ tasks, notifier }: Pick<ModeOptions, 'tasks' | 'notifier'>): WebPush {
  function change(task: Task, output: PushOutput, status: PushStatus, at: number): void {
    output.status = status;
    notifier.tell(task, at, events.pushStatus(output.rtmpUrl, status));
  }

  function reached(web: WebState, { rtmpUrl }: PushOutput): PushStatus {
    if (rtmpUrl.includes(UNREACHABLE)) return 'disconnected';
    return web.onhold ? 'onhold' : 'publishing';
  }

  const outputsOf = (task: Task) => task.web?.outputs ?? [];

  function connect(task: Task, at: number): void {
    for (const output of outputsOf(task)) change(task, output, 'connecting', at);
    if (outputsOf(task).length > 0) tasks.schedule(task, 'pushConnected', at + TIMES.pushConnected);
  }

  return {
    connect,
    connected(task, at) {
      for (const output of outputsOf(task)) {
        if (task.web === undefined || output.status !== 'connecting') continue;
        change(task, output, reached(task.web, output), at);
      }
    },
    onholdChanged(task, at) {
      const from = task.web?.onhold === true ? 'publishing' : 'onhold';
      const to = task.web?.onhold === true ? 'onhold' : 'publishing';
      for (const output of outputsOf(task)) if (output.status === from) change(task, output, to, at);
    },
    replace(task, outputs, at) {
      if (task.web === undefined) return;
      const before = outputsOf(task);
      const kept = before.filter(({ rtmpUrl }) => outputs.some((output) => output.rtmpUrl === rtmpUrl));
      const isNew = ({ rtmpUrl }: { rtmpUrl: string }) => kept.every((output) => output.rtmpUrl !== rtmpUrl);
      const added = outputs
        .filter(isNew)
        .map(({ rtmpUrl }): PushOutput => ({ rtmpUrl, status: 'connecting' }));
      task.web.outputs = [...kept, ...added];
      // Before the recorder works nothing is reached; it connects when it does.
      if (task.phase !== 'recording' || added.length === 0) return;
      for (const output of added) change(task, output, 'connecting', at);
      tasks.schedule(task, 'pushConnected', at + TIMES.pushConnected);
    },
  };
}
