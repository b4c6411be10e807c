import DataLoader from 'dataloader';
import { presentRecording } from './present/present.js';
import { type Services } from './services.js';
import { type RecordingType } from './types/recording.type.js';

/** Made anew for each execution: loaders that live longer would show what is past. */
export interface Context {
  services: Services;
  recordings: DataLoader<string, RecordingType | null>;
}

export function createContext(services: Services): Context {
  return {
    services,
    recordings: new DataLoader(async (ids) => {
      const recordings = await services.store.recordings(ids);
      return recordings.map((recording) => (recording === null ? null : presentRecording(recording)));
    }),
  };
}
