import {
  createSourceEventStream,
  type DocumentNode,
  execute,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';
import { type Log } from '../telemetry/log.js';
import { type Context, createContext } from './context.js';
import { createErrorFormatter } from './errors.js';
import { mapEach } from './iterators.js';
import { ALL_RULES, MAX_TOKENS } from './limits.js';
import { createSchema } from './schema.js';
import { type Services } from './services.js';

export interface Operation {
  document: DocumentNode;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
}

/** The one way to run an operation, whether it came by HTTP or by WebSocket. */
export interface Execution {
  schema: GraphQLSchema;
  formatError: (error: unknown) => GraphQLFormattedError;
  /** A document that keeps to the schema and the limits, or why it does not. */
  prepare(query: string): { document: DocumentNode } | { errors: GraphQLFormattedError[] };
  execute(operation: Operation, rootValue?: unknown): Promise<FormattedExecutionResult>;
  /** A result for each event; or one result, where the subscription could not begin. */
  subscribe(
    operation: Operation,
  ): Promise<AsyncIterableIterator<FormattedExecutionResult> | FormattedExecutionResult>;
}

export function createExecution(services: Services, log: Log): Execution {
  const schema = createSchema();
  const formatError = createErrorFormatter(log);

  function formatted(result: ExecutionResult): FormattedExecutionResult {
    const { errors, ...rest } = result;
    return errors === undefined ? rest : { ...rest, errors: errors.map(formatError) };
  }

  function argumentsFor({ document, operationName, variables }: Operation, contextValue: Context) {
    return { schema, document, contextValue, operationName, variableValues: variables };
  }

  async function run(operation: Operation, rootValue?: unknown): Promise<FormattedExecutionResult> {
    return formatted(await execute({ ...argumentsFor(operation, createContext(services)), rootValue }));
  }

  return {
    schema,
    formatError,
    prepare(query) {
      let document: DocumentNode;
      try {
        document = parse(query, { maxTokens: MAX_TOKENS });
      } catch (error) {
        return { errors: [{ ...formatError(error), extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] };
      }
      const errors = validate(schema, document, ALL_RULES);
      if (errors.length === 0) return { document };
      return {
        errors: errors.map((error) => ({
          ...formatError(error),
          extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
        })),
      };
    },
    execute: run,
    async subscribe(operation) {
      const stream = await createSourceEventStream(argumentsFor(operation, createContext(services)));
      if (!(Symbol.asyncIterator in stream)) return formatted(stream);
      return mapEach(stream[Symbol.asyncIterator](), (event) => run(operation, event), {
        // What the events themselves fail with is told like any other error, and ends them.
        onError: (error) => ({ errors: [formatError(error)] }),
      });
    },
  };
}
