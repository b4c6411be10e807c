import { type RecordingByInput } from '../inputs/recording-by.input.js';
import { type ReadStore } from '../services.js';

/** The id of the recording that is asked for, or null if there is none. */
export async function findRecordingId(
  { recordingIdBySid, attempts }: Pick<ReadStore, 'recordingIdBySid' | 'attempts'>,
  { id, sid, idempotencyKey }: RecordingByInput,
): Promise<string | null> {
  if (id != null) return id;
  if (sid != null) return await recordingIdBySid(sid);
  if (idempotencyKey == null) return null;
  return (await attempts.findByKey(idempotencyKey))?.recordingId ?? null;
}
