import { events } from '../../notifications/events.js';
import { type PushOutput, type PushStatus, type Task, type WebState } from '../task.js';
import { type ModeOptions } from './mode.js';
import { TIMES } from './times.js';

/** A CDN address that contains this cannot be reached, for tests of what follows. */
export const UNREACHABLE = 'unreachable';

/** Pushes the recorded page to a CDN; event 100 reports every change of an output. */
export interface WebPush {
  /** Connects to every output. */
  connect(task: Task, at: number): void;
  /** The attempts to connect have ended. */
  connected(task: Task, at: number): void;
  /** The recording was paused or resumed. */
  onholdChanged(task: Task, at: number): void;
  /** Replaces the outputs; an output that stays is not interrupted. */
  replace(task: Task, outputs: readonly { rtmpUrl: string }[], at: number): void;
}

export function webPush({ tasks, notifier }: Pick<ModeOptions, 'tasks' | 'notifier'>): WebPush {
  function change(task: Task, output: PushOutput, status: PushStatus, at: number): void {
    output.status = status;
    notifier.emit(task, at, events.pushStatus(output.rtmpUrl, status));
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
      // The recorder connects when it is ready.
      if (task.phase !== 'recording' || added.length === 0) return;
      for (const output of added) change(task, output, 'connecting', at);
      tasks.schedule(task, 'pushConnected', at + TIMES.pushConnected);
    },
  };
}
