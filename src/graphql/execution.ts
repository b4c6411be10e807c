import {
  createSourceEventStream,
  type DocumentNode,
  execute,
  type ExecutionResult,
  type FormattedExecutionResult,
  getOperationAST,
  type GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { type Log } from '../telemetry/log.js';
import { type MeasuredOperation, type OperationMeasures } from '../telemetry/operation-measures.js';
import { asRequest } from '../telemetry/request-fields.js';
import { currentOrigin, isTracing, type OpenSpan, type SpanOptions, traced } from '../telemetry/tracing.js';
import { type CallerLimits, LimitExceededError } from '../auth/limits/caller-limits.js';
import { loggedFields, type Requester } from '../auth/requester.js';
import { createAddressSearch } from './address-fields.js';
import { type Context, createContext } from './context.js';
import { badInput, createErrorFormatter, RequestError } from './errors.js';
import { mapEach } from './iterators.js';
import { type Limit, MAX_ERRORS, MAX_OPERATIONS_AT_ONCE } from './limits/bounds.js';
import { HeldPages } from './limits/read-budget.js';
import { countReplies } from './limits/reply-budget.js';
import { Plans } from './planned/plans.js';
import { runPlan } from './planned/run-plan.js';
import { createPreparation, type Prepared } from './prepare.js';
import { createSchema } from './schema.js';
import { type AuditParts, auditMutations } from './access/audit.js';
import { requireScopes } from './access/scopes.js';
import { createScoping } from './access/scoping.js';
import { type Services } from './services.js';
import { SHARED_FOR_MS, SharedResults } from './shared-results.js';
import {
  createTrustedDocuments,
  type DocumentSource,
  type TrustedDocumentsSettings,
} from './trusted-documents.js';
import { variableErrors } from './values/variable-errors.js';

export interface Operation {
  requester: Requester;
  document: DocumentNode;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
}

/** What the caller's transport can carry. A GET carries queries alone, so that a link or an image changes nothing. */
export type Carried = readonly OperationTypeNode[];

export const QUERIES: Carried = [OperationTypeNode.QUERY];
export const QUERIES_AND_MUTATIONS: Carried = [OperationTypeNode.QUERY, OperationTypeNode.MUTATION];

export interface ExecutionOptions {
  /** Whether `__schema` and `__type` are answered and errors suggest names. */
  introspection: boolean;
  callerLimits: CallerLimits;
  audit: AuditParts;
  trustedDocuments: TrustedDocumentsSettings;
  /** Default: nothing is measured. */
  measures?: OperationMeasures;
  /** Called with each bound that an operation exceeds. */
  onLimit?: (limit: Limit) => void;
  /** Resolves when an event of a subscription may be executed. Default: at once. */
  eventTurn?: () => Promise<void>;
  /** For how long the result of an event is given to further subscriptions, real milliseconds. Default: SHARED_FOR_MS. */
  sharedForMs?: number;
}

/** Gets the result of an event when the client may have it. */
export type Admit = <Result>(run: () => Promise<Result>) => Promise<Result>;

/** The one way to run an operation, whether it came by HTTP or by WebSocket. It returns errors, and throws none. */
export interface Execution {
  schema: GraphQLSchema;
  formatError: (error: unknown) => GraphQLFormattedError;
  /** Formats and counts the errors of what cannot be executed. */
  refuse(requester: Requester, errors: readonly unknown[]): GraphQLFormattedError[];
  /** Counts an operation of the requester, and what its document asks for. */
  prepare(source: DocumentSource, requester: Requester): Prepared;
  /** Estimated memory of the documents that are kept prepared, and of their plans, and stored text that running operations hold. */
  memory(): { documentBytes: number; pageBytes: number };
  /** The operation that would run; or why none can be chosen: the name is unknown, or there are several. */
  choose(operation: Omit<Operation, 'requester'>): OperationDefinitionNode | GraphQLError;
  execute(operation: Operation, carried: Carried): Promise<FormattedExecutionResult>;
  /**
   * A result for each event, which equal subscriptions share; or one result, if the subscription could not begin. The transport
   * decides by `admit` when its client gets one.
   */
  subscribe(
    operation: Operation,
    admit?: Admit,
  ): Promise<AsyncIterableIterator<FormattedExecutionResult> | FormattedExecutionResult>;
}

function choose({
  document,
  operationName,
}: Omit<Operation, 'requester'>): OperationDefinitionNode | GraphQLError {
  const chosen = getOperationAST(document, operationName ?? undefined);
  if (chosen != null) return chosen;
  return badInput(
    operationName == null
      ? 'The document holds several operations. Name one of them in operationName.'
      : 'The document has no operation of the name in operationName.',
  );
}

function tooManyAtOnce(): RequestError {
  return new RequestError(
    'GATEWAY_BUSY',
    `The gateway runs ${MAX_OPERATIONS_AT_ONCE} operations at once already. This one was not begun. Try again in a second.`,
    { limit: 'operations_at_once' },
  );
}

export function createExecution(
  services: Services,
  log: Log,
  {
    introspection,
    callerLimits,
    audit,
    trustedDocuments,
    measures,
    onLimit = () => undefined,
    eventTurn = () => Promise.resolve(),
    sharedForMs = SHARED_FOR_MS,
  }: ExecutionOptions,
): Execution {
  const schema = createSchema();
  requireScopes(schema);
  auditMutations(schema, audit);
  const servicesFor = createScoping(services);
  countReplies(schema);
  const { prepare, cachedBytes } = createPreparation(schema, { introspection });
  const textOf = createTrustedDocuments(trustedDocuments);
  const held = new HeldPages();
  const shared = new SharedResults(sharedForMs, createAddressSearch(schema));
  const plans = new Plans(schema);
  /** By document, the values that a reply may hold. */
  const costs = new WeakMap<DocumentNode, number>();
  let running = 0;
  const formatError = createErrorFormatter(log, onLimit);

  function formatted({ errors, ...rest }: ExecutionResult): FormattedExecutionResult {
    if (errors === undefined) return rest;
    if (errors.length > MAX_ERRORS) onLimit('errors');
    return { ...rest, errors: errors.slice(0, MAX_ERRORS).map(formatError) };
  }

  function failed(error: unknown): FormattedExecutionResult {
    return { errors: [formatError(error)] };
  }

  function measured(operation: Operation): MeasuredOperation {
    const chosen = choose(operation);
    const name = 'message' in chosen ? undefined : (chosen.name?.value ?? null);
    return { name, transport: operation.requester.transport };
  }

  function codesOf(errors: readonly GraphQLFormattedError[] = []): string[] {
    return errors.map(({ extensions }) => String(extensions?.code));
  }

  /** Counts the errors of a result. */
  function counted(operation: Operation, result: FormattedExecutionResult): FormattedExecutionResult {
    if (result.errors !== undefined) measures?.failed(measured(operation), codesOf(result.errors));
    return result;
  }

  /** Name and options of the span of an operation. */
  function spanOf(operation: Operation, options: SpanOptions): [string, SpanOptions] {
    if (!isTracing()) return ['', options];
    const { transport } = operation.requester;
    const chosen = choose(operation);
    if ('message' in chosen)
      return ['graphql', { ...options, attributes: { 'graphql.transport': transport } }];
    const { operation: type, name } = chosen;
    const named = name !== undefined && { 'graphql.operation.name': name.value };
    const attributes = { 'graphql.operation.type': type, ...named, 'graphql.transport': transport };
    return [`graphql ${type}`, { ...options, attributes }];
  }

  /** Marks the span of what a client gets errors of. */
  function spanned<Result extends FormattedExecutionResult>(span: OpenSpan, result: Result): Result {
    const [code] = codesOf(result.errors);
    if (code !== undefined) span.fail(code);
    return result;
  }

  /** Measures how long it takes until an operation has its result, or its results begin. */
  async function timed<Outcome extends object>(
    operation: Operation,
    run: () => Promise<Outcome>,
  ): Promise<Outcome> {
    const began = performance.now();
    const outcome = await run();
    const seconds = (performance.now() - began) / 1_000;
    measures?.executed(measured(operation), seconds, costs.get(operation.document) ?? 0);
    return outcome;
  }

  function argumentsFor({ document, operationName, variables }: Operation, contextValue: Context) {
    const hideSuggestions = !introspection;
    return { schema, document, contextValue, operationName, variableValues: variables, hideSuggestions };
  }

  /** Why the operation cannot run, by what is known before it does. */
  function refusals(operation: Operation, carried: Carried): readonly GraphQLError[] {
    const chosen = choose(operation);
    if ('message' in chosen) return [chosen];
    if (!carried.includes(chosen.operation)) {
      return [badInput(`This kind of request carries ${carried.join(' and ')} operations only.`)];
    }
    return variableErrors(schema, chosen, operation.variables ?? {}, !introspection);
  }

  async function run(operation: Operation, rootValue?: unknown): Promise<FormattedExecutionResult> {
    const { requester } = operation;
    const context = createContext(servicesFor(requester.caller), requester, held);
    try {
      const chosen = choose(operation);
      const plan = 'message' in chosen ? null : plans.of(operation.document, chosen);
      const given = { ...argumentsFor(operation, context), rootValue };
      const result = await (plan === null ? execute(given) : runPlan(plan, given));
      const { exceeded } = context.reply;
      return exceeded === null ? formatted(result) : { data: null, ...failed(exceeded) };
    } catch (error) {
      return failed(error);
    } finally {
      context.reads.end();
    }
  }

  async function executed(operation: Operation, carried: Carried): Promise<FormattedExecutionResult> {
    const refused = refusals(operation, carried);
    if (refused.length > 0) return formatted({ errors: refused });
    if (running >= MAX_OPERATIONS_AT_ONCE) return failed(tooManyAtOnce());
    running += 1;
    try {
      return await run(operation);
    } finally {
      running -= 1;
    }
  }

  async function subscribed(
    operation: Operation,
    admit: Admit,
  ): Promise<AsyncIterableIterator<FormattedExecutionResult> | FormattedExecutionResult> {
    const refused = refusals(operation, [OperationTypeNode.SUBSCRIPTION]);
    if (refused.length > 0) return formatted({ errors: refused });
    const { requester } = operation;
    const opened = callerLimits.subscription(requester);
    if (opened instanceof LimitExceededError) return failed(opened);
    const onEnd = () => opened.release();
    try {
      const { caller } = requester;
      const context = createContext(servicesFor(caller), requester, held);
      const stream = await createSourceEventStream(argumentsFor(operation, context));
      if (!(Symbol.asyncIterator in stream)) {
        onEnd();
        return formatted(stream);
      }
      // An error of the events themselves is reported like any other, and ends them.
      const events = stream[Symbol.asyncIterator]();
      const resultOf = shared.of({ ...operation, caller });
      const root = currentOrigin();
      const execute = async (event: object) => {
        await eventTurn();
        return await traced(...spanOf(operation, { root }), async (span) =>
          spanned(span, counted(operation, await run(operation, event))),
        );
      };
      return mapEach(
        events,
        (event) => admit(() => resultOf(event as object, () => execute(event as object))),
        { onError: (error) => counted(operation, failed(error)), onEnd },
      );
    } catch (error) {
      onEnd();
      return failed(error);
    }
  }

  return {
    schema,
    formatError,
    refuse(requester, errors) {
      const refused = errors.map(formatError);
      measures?.failed({ name: undefined, transport: requester.transport }, codesOf(refused));
      return refused;
    },
    prepare(source, requester) {
      try {
        const tooMany = callerLimits.operation(requester);
        if (tooMany !== null) return { errors: [tooMany] };
        const prepared = prepare(textOf(source));
        if ('errors' in prepared) return prepared;
        costs.set(prepared.document, prepared.cost);
        const tooMuch = callerLimits.cost(requester, prepared.cost);
        return tooMuch === null ? prepared : { errors: [tooMuch] };
      } catch (error) {
        return { errors: [error] };
      }
    },
    memory: () => ({ documentBytes: cachedBytes() + plans.bytes, pageBytes: held.bytes }),
    choose,
    execute(operation, carried) {
      const { trace: parent } = operation.requester;
      return traced(...spanOf(operation, { kind: 'server', parent }), (span) =>
        asRequest(loggedFields(operation.requester), () =>
          timed(operation, async () => spanned(span, counted(operation, await executed(operation, carried)))),
        ),
      );
    },
    async subscribe(operation, admit = (run) => run()) {
      const { trace: parent } = operation.requester;
      return await traced(...spanOf(operation, { kind: 'server', parent }), async (span) => {
        const started = await timed(operation, () => subscribed(operation, admit));
        return Symbol.asyncIterator in started ? started : spanned(span, counted(operation, started));
      });
    },
  };
}
