import {
  type AcquireBody,
  type AgoraRequest,
  type StartParameters,
} from '@agora-recording-gateway/agora/client/requests';
import { RESOURCE_PARAMETERS, START_PARAMETERS } from '@agora-recording-gateway/agora/parameters/resource';
import { wireBelow } from '@agora-recording-gateway/agora/parameters/wire';
import { DEFAULT_RESOURCE_EXPIRED_HOURS, type Mode } from '@agora-recording-gateway/agora/tables/operations';
import { type MetadataEntry, metadataInOrder } from '../../recordings/metadata.js';
import { type StartFacts } from '../../recordings/observation.js';
import { type SentSecret } from '../../telemetry/known-secrets.js';
import { type MintedToken, mintedSecrets } from './rtc-token.js';
import { sentSecrets } from './sent-secrets.js';
import { type PlaceInput, type ResourceInput, type StartInput } from './start-input.js';
import { INPUTS } from './stored-input.js';
import { type ModePart } from './start-modes.js';
import { type ChosenStorage } from './storage.js';

/** Everything that a start needs, prepared before Agora is called. Plain data: it can be cloned and compared. */
export interface PreparedStart {
  appId: string;
  channel: string;
  uid: string;
  mode: Mode;
  /** acquire's scene of this mode. */
  scene: number;
  /** The resource that the caller acquired; null if one is to be acquired. */
  givenResourceId: string | null;
  acquireParameters: AcquireBody['clientRequest'];
  startParameters: StartParameters;
  /** What is recorded about the start, without secrets. The resource is added once it is known. */
  facts: Omit<StartFacts, 'resourceId'>;
  /** In the order of the keys. */
  metadata: MetadataEntry[];
  /** The input as JSON, from which the start can be prepared again; null if it contained secrets. */
  input: string | null;
  /** What must not appear in logs, events or replies. */
  secrets: SentSecret[];
}

export function acquireRequest({ appId, channel, uid, acquireParameters }: PreparedStart): AgoraRequest {
  return {
    operation: 'acquire',
    appId,
    body: { cname: channel, uid, clientRequest: acquireParameters },
  };
}

/** The same start, with the config left out of acquire. */
export function withoutStartParameter(prepared: PreparedStart): PreparedStart {
  const { startParameter: _parameter, ...acquireParameters } = prepared.acquireParameters;
  return { ...prepared, acquireParameters };
}

export function startRequest(prepared: PreparedStart, resourceId: string): AgoraRequest {
  const { appId, channel, uid, mode, startParameters } = prepared;
  return {
    operation: 'start',
    appId,
    resourceId,
    mode,
    body: { cname: channel, uid, clientRequest: startParameters },
  };
}

/** clientRequest of start, and startParameter of acquire. */
export function startParametersOf(
  input: PlaceInput,
  part: ModePart,
  storage: ChosenStorage,
  minted: MintedToken | null,
): StartParameters {
  return {
    ...(part.mode === 'web' ? {} : wireBelow(START_PARAMETERS, '', input)),
    ...(minted === null ? {} : { token: minted.text }),
    storageConfig: storage.config,
    ...part.parameters,
  };
}

/** The secrets that came with the input itself, not with the configuration. */
export function secretsInInput(
  input: PlaceInput,
  part: ModePart | null,
  storage: ChosenStorage | null,
): SentSecret[] {
  return [
    ...sentSecrets(START_PARAMETERS, input),
    ...(part?.secrets ?? []),
    ...(input.storageConfig == null ? [] : storageSecrets(storage)),
  ];
}

export function storageSecrets(storage: ChosenStorage | null): SentSecret[] {
  return (storage?.secrets ?? []).map((text) => ({ kind: 'storage', text }));
}

/** clientRequest of acquire. */
export function acquireParametersOf(
  input: ResourceInput,
  scene: number,
  startParameter: StartParameters | null,
): AcquireBody['clientRequest'] {
  return {
    scene,
    ...wireBelow(RESOURCE_PARAMETERS, '', input),
    ...(startParameter === null ? {} : { startParameter }),
  };
}

export function prepareStartOf(
  appId: string,
  input: StartInput,
  part: ModePart,
  storage: ChosenStorage,
  minted: MintedToken | null,
): PreparedStart {
  const { channel, uid } = input;
  const { mode, scene, settings } = part;
  const startParameters = startParametersOf(input, part, storage, minted);
  const inInput = secretsInInput(input, part, storage);
  return {
    appId,
    channel,
    uid,
    mode,
    scene,
    givenResourceId: input.resourceId ?? null,
    acquireParameters: acquireParametersOf(input, scene, startParameters),
    startParameters,
    facts: {
      channel,
      uid,
      mode,
      resourceExpiredHour: input.resourceExpiredHours ?? DEFAULT_RESOURCE_EXPIRED_HOURS,
      settings,
      storage: storage.location,
    },
    metadata: metadataInOrder(input.metadata ?? []),
    // With today's defaults resolved: sent again tomorrow, it must be the same start.
    input:
      inInput.length > 0
        ? null
        : INPUTS.write({
            ...input,
            appId,
            storage: storage.location.profile,
            idempotencyKey: null,
            tokenIssuedAt: minted?.issuedAt ?? null,
          }),
    secrets: [...inInput, ...storageSecrets(storage), ...mintedSecrets(minted)],
  };
}
