import { type Store } from '../../store/store.js';
import { type RecordingByInput } from '../inputs/recording-by.input.js';

/** The id of the recording that is asked for, or null if there is none. */
export async function findRecordingId(
  store: Pick<Store, 'recordingIdBySid'>,
  by: RecordingByInput,
): Promise<string | null> {
  if (by.id != null) return by.id;
  return by.sid == null ? null : await store.recordingIdBySid(by.sid);
}
