import { type AgoraRequest, type StartParameters } from '@agora-recording-gateway/agora/client/requests';
import { type SentSecret } from '../../telemetry/known-secrets.js';
import { errorsOf, fail, ok, type Result } from '../result.js';
import { userError, type UserError } from '../user-errors.js';
import { type Choice, chooseStorage } from './choose-storage.js';
import { withPrivateAddresses } from './rules/outgoing-addresses.js';
import { validateAcquire, validateStart } from './rules/validate-start.js';
import { type MintedToken, mintedSecrets, mintToken } from './rtc-token.js';
import { type AcquireInput, type PlaceInput, type RepeatableStart } from './start-input.js';
import { modePart } from './start-modes.js';
import {
  acquireParametersOf,
  type PreparedStart,
  prepareStartOf,
  secretsInInput,
  startParametersOf,
  storageSecrets,
} from './start-request.js';
import { type ChosenStorage, publicTextsOf, validateArea } from './storage.js';

export function chooseAppId(
  { appIds }: Choice,
  asked: string | null | undefined,
): Result<string, UserError[]> {
  const appId = asked ?? appIds[0];
  if (appId !== undefined && appIds.includes(appId)) return ok(appId);
  const message = 'The gateway is not configured for this App ID. Omit appId for the default.';
  return fail([userError('APP_ID_UNKNOWN', message, { field: ['appId'] })]);
}

async function chooseStorageInArea(
  choice: Choice,
  input: PlaceInput,
  now: number,
): Promise<Result<ChosenStorage, UserError[]>> {
  const storage = await chooseStorage(choice, input, now);
  const errors = storage.ok ? validateArea(storage.value.location, input.region) : [];
  return errors.length > 0 ? fail(errors) : storage;
}

/** The start that is asked for, or everything that is wrong with it. `now`: gateway time, Unix milliseconds. */
export async function prepareStart(
  choice: Choice,
  input: RepeatableStart,
  now: number,
): Promise<Result<PreparedStart, UserError[]>> {
  const appId = chooseAppId(choice, input.appId);
  const storage = await chooseStorageInArea(choice, input, now);
  const part = modePart(input.config);
  const found = [...validateStart(input), ...errorsOf(appId), ...errorsOf(storage)];
  const errors = withPrivateAddresses(input, found, choice.permitsHost);
  if (errors.length > 0 || !appId.ok || !storage.ok || part === null) return fail(errors);
  const { tokenIssuedAt = Math.floor(now / 1000) } = input;
  const minted = mintToken(choice, appId.value, input, part.mode, tokenIssuedAt);
  return ok(prepareStartOf(appId.value, input, part, storage.value, minted));
}

export interface PreparedAcquire {
  appId: string;
  channel: string;
  uid: string;
  request: AgoraRequest;
  scene: number;
  /** The config that acquire sends. */
  startParameters: StartParameters | null;
  secrets: SentSecret[];
  /** The token that the gateway made for the start that is to follow. */
  minted: MintedToken | null;
  /** What cannot be a secret, as it is known to everybody who sees the recording. */
  publicTexts: string[];
}

/** The acquire that is asked for, or everything that is wrong with it. `now`: gateway time, Unix milliseconds. */
export async function prepareAcquire(
  choice: Choice,
  input: AcquireInput,
  now: number,
): Promise<Result<PreparedAcquire, UserError[]>> {
  const appId = chooseAppId(choice, input.appId);
  const part = input.config == null ? null : modePart(input.config);
  const storage = part === null ? ok(null) : await chooseStorageInArea(choice, input, now);
  const found = [...validateAcquire(input), ...errorsOf(appId), ...errorsOf(storage)];
  const errors = withPrivateAddresses(input, found, choice.permitsHost);
  if (errors.length > 0 || !appId.ok || !storage.ok) return fail(errors);
  const { channel, uid } = input;
  const chosen = storage.value;
  const issuedAt = Math.floor(now / 1000);
  const minted = part === null ? null : mintToken(choice, appId.value, input, part.mode, issuedAt);
  const startParameter =
    part === null || chosen === null ? null : startParametersOf(input, part, chosen, minted);
  const scene = part?.scene ?? input.scene ?? 0;
  const clientRequest = acquireParametersOf(input, scene, startParameter);
  return ok({
    appId: appId.value,
    channel,
    uid,
    request: { operation: 'acquire', appId: appId.value, body: { cname: channel, uid, clientRequest } },
    scene,
    startParameters: startParameter,
    secrets: [...secretsInInput(input, part, chosen), ...storageSecrets(chosen), ...mintedSecrets(minted)],
    minted,
    publicTexts: publicTextsOf(chosen?.location),
  });
}
