/** Recordings and events have their own ids; a file's id is made of its recording and its name. */
const FILE_PREFIX = 'file.';

export function encodeFileId(recordingId: string, fileName: string): string {
  return FILE_PREFIX + Buffer.from(JSON.stringify([recordingId, fileName])).toString('base64url');
}

/** The id of a problem, by which caches know it again. `key`: by which it is known in its recording. */
export function encodeProblemId(recordingId: string, key: string): string {
  return `problem.${recordingId}.${key}`;
}

export function decodeFileId(id: string): { recordingId: string; fileName: string } | null {
  if (!id.startsWith(FILE_PREFIX)) return null;
  try {
    const parts: unknown = JSON.parse(
      Buffer.from(id.slice(FILE_PREFIX.length), 'base64url').toString('utf8'),
    );
    if (!Array.isArray(parts)) return null;
    const [recordingId, fileName] = parts as unknown[];
    return typeof recordingId === 'string' && typeof fileName === 'string' ? { recordingId, fileName } : null;
  } catch {
    return null; // This schema never issued such an id, so no node has it.
  }
}
