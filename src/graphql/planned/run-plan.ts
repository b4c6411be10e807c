import {
  type ExecutionResult,
  getArgumentValues,
  getVariableValues,
  GraphQLError,
  type GraphQLResolveInfo,
  locatedError,
  responsePathAsArray,
} from 'graphql';
import { type Context } from '../context.js';
import { valueBytes } from '../limits/reply-budget.js';
import { type Plan, type PlannedField, type PlannedFields, type PlannedValue } from './plan.js';

type Path = GraphQLResolveInfo['path'];
type Values = Record<string, unknown>;
type Value<Kind extends PlannedValue['kind']> = Extract<PlannedValue, { kind: Kind }>;

export interface PlanArguments {
  contextValue: Context;
  variableValues?: Values | null;
  rootValue?: unknown;
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}

/** Puts the values of promises in their place. */
async function settled(values: Values, keys: readonly string[]): Promise<Values> {
  const ready = await Promise.all(keys.map((key) => values[key]));
  keys.forEach((key, index) => {
    values[key] = ready[index];
  });
  return values;
}

/** What a resolver may ask about its field. Most ask nothing, so it is worked out when it is read. */
class FieldInfo implements GraphQLResolveInfo {
  readonly #run: Run;
  readonly #field: PlannedField;
  readonly path: Path;

  constructor(run: Run, field: PlannedField, path: Path) {
    this.#run = run;
    this.#field = field;
    this.path = path;
  }

  get fieldName() {
    return this.#field.definition.name;
  }

  get fieldNodes() {
    return this.#field.nodes;
  }

  get returnType() {
    return this.#field.definition.type;
  }

  get parentType() {
    return this.#field.parentType;
  }

  get schema() {
    return this.#run.plan.schema;
  }

  get fragments() {
    return this.#run.plan.fragments;
  }

  get rootValue() {
    return this.#run.rootValue;
  }

  get operation() {
    return this.#run.plan.operation;
  }

  get variableValues() {
    return this.#run.variables;
  }
}

/** One execution of a plan. Errors and nulls come about where graphql's execution has them, and in its order. */
class Run {
  readonly plan: Plan;
  readonly rootValue: unknown;
  readonly variables: Values;
  readonly errors: GraphQLError[] = [];
  readonly #context: Context;
  /** Arguments by the index of the field: they are equal for all its parents. */
  readonly #arguments: Values[] = [];
  /** Where values became null because of an error. */
  readonly #nulled = new Set<Path | undefined>();

  constructor(plan: Plan, variables: Values, { contextValue, rootValue }: PlanArguments) {
    this.plan = plan;
    this.variables = variables;
    this.rootValue = rootValue;
    this.#context = contextValue;
  }

  /** An error is left out where what it is about has become null already. */
  report(error: GraphQLError, path: Path | undefined): void {
    for (let above = path; above !== undefined; above = above.prev) {
      if (this.#nulled.has(above)) return;
    }
    if (this.#nulled.has(undefined)) return;
    this.#nulled.add(path);
    this.errors.push(error);
  }

  fields(fields: PlannedFields, source: unknown, path: Path | undefined): Values | Promise<Values> {
    const { reply } = this.#context;
    const isObject = typeof source === 'object' && source !== null;
    const values: Values = {};
    let waiting: string[] | null = null;
    try {
      for (const field of fields) {
        if ('typeName' in field) {
          reply.add(field.bytes + valueBytes(field.typeName));
          values[field.key] = field.typeName;
          continue;
        }
        const property = field.isProperty && isObject ? this.#property(field, source, path) : undefined;
        const value = property === undefined ? this.#resolved(field, source, path) : property;
        values[field.key] = value;
        if (isPromise(value)) (waiting ??= []).push(field.key);
      }
    } catch (error) {
      if (waiting === null) throw error;
      // The others may reject too.
      return settled(values, waiting).finally(() => {
        throw error;
      });
    }
    return waiting === null ? values : settled(values, waiting);
  }

  /** The completed value of a field that is a property; undefined if the property must be called or awaited. */
  #property(field: PlannedField, source: object, above: Path | undefined): unknown {
    const { value: planned } = field;
    let path: Path | undefined;
    const pathOf = (): Path => (path ??= this.#pathOf(field, above));
    try {
      const found = (source as Values)[field.definition.name];
      if (typeof found === 'function' || isPromise(found)) return undefined;
      const value = field.keep === undefined ? found : field.keep(found);
      this.#context.reply.add(field.bytes + valueBytes(value));
      if (planned.kind === 'leaf' && value != null && typeof value === planned.asIs) return value;
      const completed = this.#complete(field, planned, planned.kind === 'leaf' ? undefined : pathOf(), value);
      return isPromise(completed)
        ? completed.then(undefined, (error: unknown) => this.#failed(field, planned, pathOf(), error))
        : completed;
    } catch (error) {
      return this.#failed(field, planned, pathOf(), error);
    }
  }

  #pathOf({ key, parentType }: PlannedField, prev: Path | undefined): Path {
    return { prev, key, typename: parentType.name };
  }

  #resolved(field: PlannedField, source: unknown, above: Path | undefined): unknown {
    const { value: planned } = field;
    const path = this.#pathOf(field, above);
    try {
      const result = field.resolve(
        source,
        this.#argumentsOf(field),
        this.#context,
        new FieldInfo(this, field, path),
      );
      const completed = isPromise(result)
        ? result.then((value) => this.#complete(field, planned, path, value))
        : this.#complete(field, planned, path, result);
      return isPromise(completed)
        ? completed.then(undefined, (error: unknown) => this.#failed(field, planned, path, error))
        : completed;
    } catch (error) {
      return this.#failed(field, planned, path, error);
    }
  }

  #argumentsOf({ index, definition, nodes: [node] }: PlannedField): Values {
    if (node === undefined) return {};
    return (this.#arguments[index] ??= getArgumentValues(definition, node, this.variables));
  }

  /** Null in place of a value, or the error thrown on where null is not permitted. */
  #failed({ nodes }: PlannedField, { isNonNull }: PlannedValue, path: Path, thrown: unknown): null {
    const error = locatedError(thrown, nodes, responsePathAsArray(path));
    if (isNonNull) throw error;
    this.report(error, path);
    return null;
  }

  /** Leaves need no path. */
  #complete(field: PlannedField, planned: PlannedValue, path: Path | undefined, value: unknown): unknown {
    if (value instanceof Error) throw value;
    if (value == null) {
      if (!planned.isNonNull) return null;
      throw new Error(
        `Cannot return null for non-nullable field ${field.parentType.name}.${field.definition.name}.`,
      );
    }
    switch (planned.kind) {
      case 'leaf':
        return this.#leaf(planned, value);
      case 'list':
        return this.#list(field, planned, path, value);
      case 'object':
        return this.fields(planned.fields, value, path);
      case 'abstract':
        return this.fields(this.#fieldsOfType(field, planned, path, value), value, path);
    }
  }

  #leaf({ leaf, asIs }: Value<'leaf'>, value: unknown): unknown {
    if (typeof value === asIs) return value;
    const serialized: unknown = leaf.serialize(value);
    if (serialized == null)
      throw new Error(`A value of ${leaf.name} was serialized as ${String(serialized)}.`);
    return serialized;
  }

  #list(
    field: PlannedField,
    { item: planned }: Value<'list'>,
    path: Path | undefined,
    value: unknown,
  ): unknown {
    if (typeof value !== 'object' || typeof (value as Iterable<unknown>)[Symbol.iterator] !== 'function') {
      throw new GraphQLError(
        `Expected Iterable, but did not find one for field "${field.parentType.name}.${field.definition.name}".`,
      );
    }
    let isWaiting = false;
    const completed = Array.from(value as Iterable<unknown>, (item, index) => {
      const itemPath: Path = { prev: path, key: index, typename: undefined };
      try {
        const one = isPromise(item)
          ? item.then((ready) => this.#complete(field, planned, itemPath, ready))
          : this.#complete(field, planned, itemPath, item);
        if (!isPromise(one)) return one;
        isWaiting = true;
        return one.then(undefined, (error: unknown) => this.#failed(field, planned, itemPath, error));
      } catch (error) {
        return this.#failed(field, planned, itemPath, error);
      }
    });
    return isWaiting ? Promise.all(completed) : completed;
  }

  /** The fields of the object type that a value has. Types are resolved at once. */
  #fieldsOfType(
    field: PlannedField,
    { abstract, fieldsOf }: Value<'abstract'>,
    path: Path | undefined,
    value: unknown,
  ): PlannedFields {
    const info = new FieldInfo(this, field, path ?? this.#pathOf(field, undefined));
    const name = abstract.resolveType?.(value, this.#context, info, abstract);
    const fields = typeof name === 'string' ? fieldsOf.get(name) : undefined;
    if (fields === undefined) {
      throw new GraphQLError(`A value of "${abstract.name}" has a type that it does not have.`, {
        nodes: field.nodes,
      });
    }
    return fields;
  }
}

/** Executes an operation as it was planned. The result is that of graphql's `execute`. */
export async function runPlan(plan: Plan, given: PlanArguments): Promise<ExecutionResult> {
  const { operation, schema, fields } = plan;
  const variables = getVariableValues(
    schema,
    operation.variableDefinitions ?? [],
    given.variableValues ?? {},
  );
  if (variables.errors !== undefined) return { errors: variables.errors };
  const run = new Run(plan, variables.coerced, given);
  let data: Values | null;
  try {
    data = await run.fields(fields, given.rootValue, undefined);
  } catch (error) {
    run.report(error as GraphQLError, undefined);
    data = null;
  }
  return run.errors.length === 0 ? { data } : { errors: run.errors, data };
}
