import {
  coerceInputValue,
  getNamedType,
  type GraphQLError,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  isInputObjectType,
  isInputType,
  isLeafType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';
import { RequestError } from '../errors.js';
import { MAX_ERRORS } from '../limits/bounds.js';

/** The type at a path into a value, without its lists: a single value may be given for a list of one. */
function namedTypeAt(type: GraphQLInputType, path: readonly (string | number)[]): GraphQLNamedType {
  let named: GraphQLNamedType = getNamedType(type);
  for (const key of path) {
    if (typeof key === 'number' || !isInputObjectType(named)) continue;
    const field: GraphQLInputField | undefined = named.getFields()[key];
    if (field !== undefined) named = getNamedType(field.type as GraphQLType);
  }
  return named;
}

/** `input.layoutConfig[0].alpha` */
function pathIn(name: string, path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (written, key) => written + (typeof key === 'number' ? `[${key}]` : `.${key}`),
    name,
  );
}

class TooMany extends Error {}

/**
 * What is wrong with the variables of an operation, by path and expected type; at most MAX_ERRORS errors. graphql's own
 * messages quote the values, and inputs hold secrets.
 */
export function variableErrors(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
  hideSuggestions: boolean,
): GraphQLError[] {
  const errors: GraphQLError[] = [];
  const report = (message: string, nodes: OperationDefinitionNode['variableDefinitions']) => {
    errors.push(new RequestError('BAD_USER_INPUT', message, { nodes }));
    if (errors.length === MAX_ERRORS) throw new TooMany();
  };
  try {
    for (const definition of operation.variableDefinitions ?? []) {
      const name = definition.variable.name.value;
      const type = typeFromAST(schema, definition.type);
      if (!isInputType(type)) continue;
      const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
      if (value === undefined || value === null) {
        const isMissing = value === undefined && definition.defaultValue === undefined;
        if (isNonNullType(type) && (isMissing || value === null)) {
          report(`Variable "$${name}" of required type "${String(type)}" was not provided.`, [definition]);
        }
        continue;
      }
      coerceInputValue(
        value,
        type,
        (path, invalid, error) => {
          const expected = namedTypeAt(type, path);
          // graphql's messages on objects and null name fields and types, those on other values quote them.
          const isQuoted = invalid != null && isLeafType(expected);
          const what = isQuoted ? `Expected a value of type "${expected.name}".` : error.message;
          report(`Variable "$${name}" has an invalid value at "${pathIn(name, path)}": ${what}`, [
            definition,
          ]);
        },
        hideSuggestions,
      );
    }
  } catch (error) {
    if (!(error instanceof TooMany)) throw error;
  }
  return errors;
}
