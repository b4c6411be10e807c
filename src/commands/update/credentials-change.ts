import { type RecordingState } from '../../recordings/state.js';
import { type ChosenStorage } from '../start/storage.js';
import { type UpdateChange } from './send-change.js';

/** The update that makes Agora upload with other credentials. */
export function credentialsChange({ config, location, secrets }: ChosenStorage): UpdateChange {
  const { profile, expireAt } = location;
  return {
    operation: 'update',
    clientRequest: { storageConfig: config },
    facts: { credentials: { profile, expireAt } },
    secrets: secrets.map((text) => ({ kind: 'storage', text })),
  };
}

/** An update can renew the credentials of a storage, but not move the files elsewhere. */
export function isSameStorage({ location }: ChosenStorage, state: RecordingState): boolean {
  const started = state.start?.storage ?? null;
  if (started === null) return true;
  return (['vendor', 'region', 'bucket', 'endpoint'] as const).every(
    (name) => location[name] === started[name],
  );
}
