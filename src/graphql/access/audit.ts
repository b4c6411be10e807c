import { defaultFieldResolver, type GraphQLField, type GraphQLSchema } from 'graphql';
import { callerName, loggedFields } from '../../auth/requester.js';
import { type AuditEntry, MUTATION_RESULTS } from '../../recordings/audit.js';
import { type Clock } from '../../recordings/clock.js';
import { type Store } from '../../store/store.js';
import { type Log } from '../../telemetry/log.js';
import { type Metrics } from '../../telemetry/metrics.js';
import { startAtZero } from '../../telemetry/start-at-zero.js';
import { type Context } from '../context.js';
import { codeOf } from '../errors.js';
import { fieldsWithoutSecrets } from './input-without-secrets.js';

/** A larger input is not kept: none that Agora takes is as large. As JSON in UTF-8. */
const MAX_INPUT_BYTES = 32 * 1024;

/** Longer names and ids belong to nothing that exists. In characters. */
const MAX_NAME_LENGTH = 1_024;

export interface AuditParts {
  store: Pick<Store, 'audit'>;
  clock: Clock;
  mintId: () => string;
  log: Log;
  metrics: Metrics;
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
  userErrors: { code: string; agora?: { requestId: string | null } | null }[];
}

function name(text: string | null | undefined): string | null {
  return text == null || text === '' || text.length > MAX_NAME_LENGTH ? null : text;
}

type Outcome = Pick<AuditEntry, 'result' | 'codes'> & {
  madeId: string | null;
  /** Agora's names of the calls that it refused, for its support. */
  agoraRequestIds: string[];
};

function outcomeOf({ recording, userErrors }: Payload): Outcome {
  const codes = [...new Set(userErrors.map(({ code }) => code))];
  const refused = userErrors.flatMap(({ agora }) => agora?.requestId ?? []);
  return {
    result: codes.length === 0 ? 'OK' : 'USER_ERROR',
    codes,
    madeId: recording?.id ?? null,
    agoraRequestIds: [...new Set(refused)],
  };
}

/**
 * Makes every field of Mutation leave an entry in the audit trail before it answers, whatever comes of it, and a line in the
 * log. A mutation that the store cannot keep an entry of has its line only.
 */
export function auditMutations(
  schema: GraphQLSchema,
  { store, clock, mintId, log, metrics }: AuditParts,
): void {
  async function note(
    field: GraphQLField<unknown, Context>,
    args: { input: Aimed },
    { requester, services }: Context,
    { at, began }: { at: number; began: number },
    { result, codes, madeId, agoraRequestIds }: Outcome,
  ): Promise<void> {
    const { address, requestId, transport } = requester;
    metrics.mutations.inc({ mutation: field.name, result });
    if (result === 'USER_ERROR')
      for (const code of codes) metrics.userErrors.inc({ mutation: field.name, transport, code });
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
      caller: callerName(requester),
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
    const { id: _id, at: _at, place: about, ...shown } = entry;
    const seconds = (performance.now() - began) / 1_000;
    const refused = agoraRequestIds.length === 0 ? {} : { agoraRequestIds };
    const fields = { ...loggedFields(requester), ...shown, ...about, transport, seconds, ...refused };
    log.info(fields, 'a mutation was executed');
    try {
      // Who may not act on a recording leaves no event in it.
      const [recording] =
        entry.recordingId === null || codes.includes('FORBIDDEN')
          ? []
          : await services.store.recordings([entry.recordingId]);
      await store.audit.keep(entry, recording != null);
    } catch (error) {
      metrics.auditFailures.inc();
      log.error({ error, requestId }, 'the entry of a mutation in the audit trail could not be stored');
    }
  }

  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {}) as GraphQLField<
    unknown,
    Context
  >[];
  startAtZero(metrics.mutations, {
    mutation: mutations.map(({ name: each }) => each),
    result: MUTATION_RESULTS,
  });
  for (const field of mutations) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = async (source, args: { input: Aimed }, context, info) => {
      const { requester } = context;
      log.debug({ ...loggedFields(requester), operation: field.name }, 'a mutation begins');
      const times = { at: clock.now(), began: performance.now() };
      const noteOutcome = (outcome: Outcome) => note(field, args, context, times, outcome);
      let payload: Payload;
      try {
        payload = (await resolve(source, args, context, info)) as Payload;
      } catch (error) {
        await noteOutcome({ result: 'ERROR', codes: [codeOf(error)], madeId: null, agoraRequestIds: [] });
        throw error;
      }
      await noteOutcome(outcomeOf(payload));
      return payload;
    };
  }
}
