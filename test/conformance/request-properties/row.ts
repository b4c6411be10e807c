/** A GraphQL input, or a REST body. */
export type Json = Record<string, unknown>;

/** One documented request property: what a front end writes for it, and what Agora must receive. */
export interface Row {
  property: string;
  input: Json;
  body: Json;
}

/** Rows whose inputs fit together, so that one mutation carries them all. */
export interface Group {
  name: string;
  mutation: 'acquireResource' | 'startRecording' | 'updateRecording' | 'updateLayout' | 'stopRecording';
  /** For a mutation of a running recording: the config that it was started with. */
  running?: 'composite' | 'web';
  /** What the mutation needs in addition to the rows. */
  input: Json;
  /** What its body holds in addition to the rows. */
  body: Json;
  rows: Row[];
}

/** The recorder of every request. */
export const UID = '901001';

export function row(property: string, input: Json, body: Json): Row {
  return { property, input, body };
}

export const composite = (fields: Json): Json => ({ config: { composite: fields } });
export const individual = (fields: Json): Json => ({ config: { individual: fields } });
export const web = (fields: Json): Json => ({ config: { web: fields } });
export const transcoding = (fields: Json): Json => composite({ transcodingConfig: fields });
export const request = (fields: Json): Json => ({ clientRequest: fields });
export const recording = (fields: Json): Json => request({ recordingConfig: fields });
export const canvas = (fields: Json): Json => recording({ transcodingConfig: fields });
export const stored = (fields: Json): Json => request({ storageConfig: fields });
export const recorder = (fields: Json): Json =>
  request({ extensionServiceConfig: { extensionServices: [{ serviceParam: fields }] } });

/** The sandbox's own storage profile, which is the default. */
export const PROFILE_STORAGE = Symbol('the storage of the default profile');
