import { type GatewayClient } from './client.js';
import { isPassing } from './errors.js';
import {
  type StartRecordingInput,
  StartRecordingDocument,
  type StartRecordingMutation,
  type StopRecordingInput,
  StopRecordingDocument,
  type StopRecordingMutation,
  UpdateMetadataDocument,
  type UpdateMetadataInput,
  type UpdateMetadataMutation,
  type UserErrorCode,
  type UserErrorDetailsFragment,
} from './generated/graphql.js';

/** Times that a start or stop is sent whose reply was lost. Both may be sent again. */
const MAX_TRIES = 3;

/** Why a mutation did not do what was asked; `code` is for programs. */
export type UserError = UserErrorDetailsFragment;

/** The outcome of a mutation: check `ok` first. */
export type Outcome<Recording> =
  | { ok: true; recording: Recording }
  /** Nothing is thrown for what Agora's rules or state forbid: all reasons come at once. */
  | { ok: false; recording: Recording | null; userErrors: readonly UserError[] };

type Started = NonNullable<StartRecordingMutation['startRecording']['recording']>;
type Described = NonNullable<UpdateMetadataMutation['updateMetadata']['recording']>;
type Stopped = NonNullable<StopRecordingMutation['stopRecording']['recording']>;

function outcomeOf<Recording>(payload: {
  recording: Recording | null;
  userErrors: readonly UserError[];
}): Outcome<Recording> {
  const { recording, userErrors } = payload;
  return recording !== null && userErrors.length === 0
    ? { ok: true, recording }
    : { ok: false, recording, userErrors };
}

/** Runs what may be sent again, once more if its reply was lost. */
async function again<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (tries >= MAX_TRIES || !isPassing(error)) throw error;
    }
  }
}

/**
 * Starts a recording. Without an `idempotencyKey` one is made, so that a start whose reply was lost is sent again and starts nothing
 * twice. Rejects with GatewayError or ConnectionError.
 */
export async function startRecording(
  client: GatewayClient,
  input: StartRecordingInput,
): Promise<Outcome<Started>> {
  const variables = { input: { ...input, idempotencyKey: input.idempotencyKey ?? crypto.randomUUID() } };
  const reply = await again(() => client.request(StartRecordingDocument, variables));
  return outcomeOf(reply.startRecording);
}

/** Stops a recording. Rejects with GatewayError or ConnectionError. */
export async function stopRecording(
  client: GatewayClient,
  input: StopRecordingInput,
): Promise<Outcome<Stopped>> {
  const reply = await again(() => client.request(StopRecordingDocument, { input }));
  return outcomeOf(reply.stopRecording);
}

/** Sets and removes entries of a recording's metadata. Rejects with GatewayError or ConnectionError. */
export async function updateMetadata(
  client: GatewayClient,
  input: UpdateMetadataInput,
): Promise<Outcome<Described>> {
  const reply = await again(() => client.request(UpdateMetadataDocument, { input }));
  return outcomeOf(reply.updateMetadata);
}

/** Whether an outcome was refused for a reason. */
export function isRefused(outcome: Outcome<unknown>, code: UserErrorCode): boolean {
  return !outcome.ok && outcome.userErrors.some((error) => error.code === code);
}
