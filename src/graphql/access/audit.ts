import { defaultFieldResolver, type GraphQLField, type GraphQLSchema } from 'graphql';
import { type AuditEntry } from '../../recordings/audit.js';
import { type Clock } from '../../recordings/clock.js';
import { type Store } from '../../store/store.js';
import { type Log } from '../../telemetry/log.js';
import { type Context } from '../context.js';
import { codeOf } from '../errors.js';
import { fieldsWithoutSecrets } from './input-without-secrets.js';

/** A larger input is not kept: none that Agora takes is as large. As JSON in UTF-8. */
const MAX_INPUT_BYTES = 32 * 1024;

/** Longer names and ids belong to nothing that exists. In characters. */
const MAX_NAME_LENGTH = 1_024;

/** What is kept of the name of a caller, which an identity provider chooses. In characters. */
const MAX_CALLER_LENGTH = 500;

export interface AuditParts {
  store: Pick<Store, 'audit'>;
  clock: Clock;
  mintId: () => string;
  log: Log;
  /** Called when an entry could not be stored. */
  onFailure: () => void;
}

/** What of the inputs of mutations says what they are about. */
interface Aimed {
  recordingId?: string;
  appId?: string | null;
  channel?: string;
}

/** What of the payloads of mutations says how they ended. */
interface Payload {
  recording?: { id: string } | null;
  userErrors: { code: string }[];
}

function name(text: string | null | undefined): string | null {
  return text == null || text === '' || text.length > MAX_NAME_LENGTH ? null : text;
}

type Outcome = Pick<AuditEntry, 'result' | 'codes'> & { madeId: string | null };

function outcomeOf({ recording, userErrors }: Payload): Outcome {
  const codes = [...new Set(userErrors.map(({ code }) => code))];
  return { result: codes.length === 0 ? 'OK' : 'USER_ERROR', codes, madeId: recording?.id ?? null };
}

/**
 * Makes every field of Mutation leave an entry in the audit trail before it answers, whatever comes of it, and a line in the
 * log. A mutation that the store cannot keep an entry of has its line only.
 */
export function auditMutations(
  schema: GraphQLSchema,
  { store, clock, mintId, log, onFailure }: AuditParts,
): void {
  async function note(
    field: GraphQLField<unknown, Context>,
    args: { input: Aimed },
    { requester, services }: Context,
    at: number,
    { result, codes, madeId }: Outcome,
  ): Promise<void> {
    const { caller, address, requestId } = requester;
    const { input } = fieldsWithoutSecrets(field.args, args);
    const isKept = Buffer.byteLength(JSON.stringify(input)) <= MAX_INPUT_BYTES;
    const { recordingId, appId, channel } = args.input;
    const place = {
      appId: name(appId) ?? services.configuration.defaultAppId,
      channel: name(channel),
    };
    const entry: AuditEntry = {
      id: mintId(),
      at,
      operation: field.name,
      caller: caller.name?.slice(0, MAX_CALLER_LENGTH) ?? null,
      address,
      requestId,
      recordingId: madeId ?? name(recordingId),
      place:
        place.appId === null || place.channel === null
          ? null
          : { appId: place.appId, channel: place.channel },
      input: isKept ? input : null,
      result,
      codes,
    };
    const { id: _id, at: _at, place: _place, ...shown } = entry;
    log.info(shown, 'a mutation was executed');
    try {
      // Who may not act on a recording leaves no event in it.
      const [recording] =
        entry.recordingId === null || codes.includes('FORBIDDEN')
          ? []
          : await services.store.recordings([entry.recordingId]);
      await store.audit.keep(entry, recording != null);
    } catch (error) {
      onFailure();
      log.error({ error, requestId }, 'the entry of a mutation in the audit trail could not be stored');
    }
  }

  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {}) as GraphQLField<
    unknown,
    Context
  >[]) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = async (source, args: { input: Aimed }, context, info) => {
      const at = clock.now();
      const noteOutcome = (outcome: Outcome) => note(field, args, context, at, outcome);
      let payload: Payload;
      try {
        payload = (await resolve(source, args, context, info)) as Payload;
      } catch (error) {
        await noteOutcome({ result: 'ERROR', codes: [codeOf(error)], madeId: null });
        throw error;
      }
      await noteOutcome(outcomeOf(payload));
      return payload;
    };
  }
}
