import { type Service } from '../api/service.js';
import { forwardedPlaylists } from '../files/forwarded-playlists.js';
import { type Task } from '../tasks/task.js';

/** A sandbox time for people, in addition to the number. */
function timeOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

/** The actual state of a task, whatever its client has been notified of. */
export function describeTask(task: Task, service: Service): Record<string, unknown> {
  const now = service.clock.now();
  const mode = service.modes.get(task.mode);
  const files = mode?.files(task, now) ?? [];
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
    files,
    publishers: service.channels.publishers(task.cname),
    streams: task.streams,
    subscription: task.subscription,
    ...mode?.details(task),
    upload: {
      uploadMs: task.uploadMs,
      backup: task.backup,
      uploadFails: task.uploadFails,
      uploadedAt: timeOrNull(task.uploadedAt),
      forwarded: forwardedPlaylists(task, files, now),
    },
    sequences: task.sequences,
    notifications: task.notifications,
  };
}
