import { forwardedPlaylists } from '../files/forwarded-playlists.js';
import { type Service } from '../service.js';
import { type Task } from '../tasks/task.js';

/** A time of the sandbox as people read it, beside the number. */
function timeOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

/** What is really the case with a task, whatever its client has heard. */
export function truthAbout(task: Task, service: Service): Record<string, unknown> {
  const now = service.clock.now();
  const mode = service.modes.get(task.mode);
  return {
    sid: task.sid,
    resourceId: task.resourceId,
    cname: task.cname,
    uid: task.uid,
    recorderUid: task.recorderUid,
    mode: task.mode,
    status: task.status,
    phase: task.phase,
    startedAt: timeOrNull(task.startedAt),
    startedAtMs: task.startedAt,
    expiresAt: timeOrNull(task.expiresAt),
    endedAt: timeOrNull(task.endedAt),
    endedAtMs: task.endedAt,
    exitStatus: task.exitStatus,
    sliceStartTime: task.sliceStartTime,
    files: mode?.files(task, now) ?? [],
    publishers: service.channels.publishers(task.cname),
    streams: task.streams,
    subscription: task.subscription,
    ...mode?.truth(task),
    upload: {
      uploadMs: task.uploadMs,
      backup: task.backup,
      uploadFails: task.uploadFails,
      uploadedAt: timeOrNull(task.uploadedAt),
      forwarded: forwardedPlaylists(task, mode?.files(task, now) ?? [], now),
    },
    sequences: task.sequences,
    notifications: task.notifications,
  };
}
