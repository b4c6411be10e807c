import { type Json } from '../request-properties/row.js';

export type Call = 'acquire' | 'start' | 'update' | 'updateLayout' | 'stop';

export type Mode = 'mix' | 'individual' | 'web';

/** One request that Agora's documents or clients show, restated from its shape. */
export interface Example {
  name: string;
  /** The page, or the file of a client, that shows it. */
  place: string;
  call: Call;
  mode: Mode;
  /** clientRequest of the body. */
  clientRequest: Json;
  /** The same for the mutation, without channel, uid and recordingId. */
  input: Json;
}

export const REFERENCE = 'https://docs.agora.io/en/cloud-recording/reference/restful-api';
export const QUICK_START = 'https://docs.agora.io/en/cloud-recording/cloud_recording_rest';
export const GUIDES = 'https://docs.agora.io/en/cloud-recording/develop';
export const NODE_CLIENT =
  'https://github.com/AgoraIO-Community/agora-rest-client-nodejs/examples/cloudrecording';
export const GO_CLIENT = 'https://github.com/AgoraIO-Community/agora-rest-client-go/examples/cloudrecording';
export const PYTHON_CLIENT =
  'https://github.com/AgoraIO-Community/agora-rest-client-python/examples/cloud_recording/v1';
export const MIDDLEWARE = 'https://github.com/AgoraIO-Community/agora-go-backend-middleware';
export const POSTMAN = 'https://github.com/AgoraIO/Agora-RESTful-Service/cloud-recording';

/** The storage of the examples, with placeholders for keys as they have. */
export const STORAGE = { vendor: 1, region: 7, bucket: 'acme', accessKey: 'access', secretKey: 'secret' };

/** The same storage in an input. */
export const STORAGE_INPUT = {
  location: { amazonS3: 'EU_CENTRAL_1' },
  bucket: 'acme',
  accessKey: 'access',
  secretKey: 'secret',
};

export const EVERYONE = ['#allstream#'];
