import { type Task } from '../tasks/task.js';

/** Time after the upload in which the backup cloud forwards everything (quick start: within five minutes). */
export const FORWARDING_MS = 120_000;

/**
 * Playlists that the backup cloud has forwarded to the storage, in addition to those in replies. Their names end in a time
 * and a number, so that they replace no other file.
 */
export function forwardedPlaylists(task: Task, files: readonly unknown[], now: number): string[] {
  const { backup, uploadedAt } = task;
  if (!backup || uploadedAt === null || now < uploadedAt + FORWARDING_MS) return [];
  return files.flatMap((file) => {
    const { fileName, filename = fileName } = file as { fileName?: string; filename?: string };
    return filename?.endsWith('.m3u8') === true ? [filename.replace(/\.m3u8$/, `_${uploadedAt}_0.m3u8`)] : [];
  });
}
