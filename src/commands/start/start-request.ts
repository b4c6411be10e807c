import {
  type AcquireBody,
  type AgoraRequest,
  type StartParameters,
} from '@agora-recording-gateway/agora/client/requests';
import { DEFAULT_RESOURCE_EXPIRED_HOURS } from '@agora-recording-gateway/agora/tables/operations';
import { type StartFacts } from '../../recordings/observation.js';
import { given } from './given.js';
import { type PlaceInput, type ResourceInput, type StartInput } from './start-input.js';
import { type ModePart } from './start-modes.js';
import { type ChosenStorage } from './storage.js';

/** Everything that one start needs, worked out before Agora is asked. */
export interface PreparedStart {
  appId: string;
  channel: string;
  uid: string;
  /** The resource that the caller acquired; null where one is to be acquired. */
  resourceId: string | null;
  acquire: AgoraRequest;
  start(resourceId: string): AgoraRequest;
  /** What may be written down about it: no secrets. */
  facts(resourceId: string): StartFacts;
  /** The input as JSON, from which the start can be made again; null where secrets came with it. */
  input: string | null;
  /** What must not be written down. */
  secrets: string[];
}

/** clientRequest of start, and startParameter of acquire. */
export function startParameters(input: PlaceInput, part: ModePart, storage: ChosenStorage): StartParameters {
  return { ...given({ token: input.token }), storageConfig: storage.config, ...part.parameters };
}

/** The secrets that came with the input itself, and not with the configuration. */
export function secretsInInput(
  input: PlaceInput,
  part: ModePart | null,
  storage: ChosenStorage | null,
): string[] {
  return [
    ...(input.token == null ? [] : [input.token]),
    ...(part?.secrets ?? []),
    ...(input.storageConfig == null ? [] : (storage?.secrets ?? [])),
  ];
}

/** clientRequest of acquire. */
export function resourceRequest(
  input: ResourceInput,
  scene: number,
  startParameter: StartParameters | null,
): AcquireBody['clientRequest'] {
  return {
    scene,
    ...given({
      resourceExpiredHour: input.resourceExpiredHours,
      region: input.region,
      excludeResourceIds: input.excludeResourceIds,
      startParameter,
    }),
  };
}

export function prepareStart(
  appId: string,
  input: StartInput,
  part: ModePart,
  storage: ChosenStorage,
): PreparedStart {
  const { channel, uid } = input;
  const { mode, scene, settings } = part;
  const parameters = startParameters(input, part, storage);
  const inInput = secretsInInput(input, part, storage);
  return {
    appId,
    channel,
    uid,
    resourceId: input.resourceId ?? null,
    acquire: {
      operation: 'acquire',
      appId,
      body: { cname: channel, uid, clientRequest: resourceRequest(input, scene, parameters) },
    },
    start: (resourceId) => ({
      operation: 'start',
      appId,
      resourceId,
      mode,
      body: { cname: channel, uid, clientRequest: parameters },
    }),
    facts: (resourceId) => ({
      channel,
      uid,
      mode,
      resourceId,
      resourceExpiredHour: input.resourceExpiredHours ?? DEFAULT_RESOURCE_EXPIRED_HOURS,
      settings,
      storage: storage.location,
    }),
    // With today's defaults resolved: sent again tomorrow, it has to be the same start.
    input:
      inInput.length > 0
        ? null
        : JSON.stringify({ ...input, appId, storage: storage.location.profile, idempotencyKey: null }),
    secrets: [...new Set([...inInput, ...storage.secrets])],
  };
}
