import { type PostResult } from '../notifications/post.js';
import { identifiers } from '../tasks/identifiers.js';
import { type SandboxState } from '../tasks/state.js';
import { type Task } from '../tasks/task.js';
import { type Situation } from './situation.js';

/** The uid of a notification about no recording of the sandbox. */
const INVENTED_UID = '901001';

/** What prevents a situation. */
export type Prevented = 'no-recording' | 'too-many-faults' | 'too-many-channels' | 'not-in-this-mode';

/** Faults and refusals wait for calls; the rest happens to the recording. One transaction: all of it, or nothing. */
export function carryOut(
  { faults, notifier, service }: SandboxState,
  situation: Situation,
  cname: string,
): Prevented | null {
  const { channels, clock, modes, startRefusals, tasks } = service;
  const now = clock.now();
  const [task] = tasks.runningIn(cname);
  if (situation.on === 'recording' && task === undefined) return 'no-recording';
  const mode = task === undefined ? undefined : modes.get(task.mode);
  if (situation.trouble !== undefined && task !== undefined) {
    if (task.endingAt !== null || mode?.trouble(task, situation.trouble, now) !== true)
      return 'not-in-this-mode';
  }
  if (situation.refusal !== undefined && !startRefusals.add(cname, situation.refusal))
    return 'too-many-channels';
  if (situation.publishers !== undefined) {
    if (!channels.set(cname, situation.publishers(task?.recorderUid ?? ''))) return 'too-many-channels';
    for (const running of tasks.runningIn(cname)) modes.get(running.mode)?.publishersChanged(running, now);
  }
  for (const fault of situation.faults ?? []) {
    if (faults.add({ times: 1, skip: 0, apply: false, ...fault, cname }) === null) return 'too-many-faults';
  }
  if (task === undefined) return null;
  if (situation.uploadMs !== undefined) {
    task.uploadMs = situation.uploadMs;
    mode?.uploadChanged(task, now);
  }
  const happened = situation.events?.(task, now) ?? [];
  const last = happened.at(-1);
  if (situation.copies !== undefined && last !== undefined) {
    const { recorderUid: uid } = task;
    notifier.sendRequested(task, { event: last, uid, sendts: now, copies: 1 + situation.copies }, now);
  } else {
    notifier.emit(task, now, ...happened);
  }
  for (const running of tasks.runningIn(cname)) tasks.save(running);
  tasks.save(task);
  return null;
}

/** Sends the requests of a situation one after the other, about the recording in the channel, or an invented one. */
export async function sendPosts(
  { poster, notificationSettings, service }: SandboxState,
  { posts = [] }: Situation,
  cname: string,
): Promise<PostResult[]> {
  const [task]: (Task | undefined)[] = service.tasks.runningIn(cname);
  const about = {
    ...{ cname, now: service.clock.now() },
    ...{ uid: task?.uid ?? INVENTED_UID, sid: task?.sid ?? identifiers.hex32() },
  };
  const results: PostResult[] = [];
  for (const { suffix = '', options, body } of posts) {
    const url = new URL(`${notificationSettings.webhookUrl}${suffix}`);
    results.push(await poster.post(url, Buffer.from(body?.(about) ?? ''), options));
  }
  return results;
}
