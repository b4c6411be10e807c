import { type Task } from '../tasks/task.js';

/** The backup cloud has forwarded everything so long after the upload (quickstart.md: within five minutes). */
export const FORWARDED_AFTER_MS = 120_000;

/**
 * Playlists that the backup cloud has forwarded to the storage by now, beside those that replies name: their names end
 * in a time and a number, so that they replace nothing (agora-facts.md, section 4, "Files").
 */
export function forwardedPlaylists(task: Task, files: readonly unknown[], now: number): string[] {
  const { backup, uploadedAt } = task;
  if (!backup || uploadedAt === null || now < uploadedAt + FORWARDED_AFTER_MS) return [];
  return files.flatMap((file) => {
    const { fileName, filename = fileName } = file as { fileName?: string; filename?: string };
    return filename?.endsWith('.m3u8') === true ? [filename.replace(/\.m3u8$/, `_${uploadedAt}_0.m3u8`)] : [];
  });
}
