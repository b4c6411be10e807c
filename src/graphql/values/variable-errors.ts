import {
  coerceInputValue,
  getNamedType,
  getNullableType,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isInputType,
  isLeafType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';
import { MAX_ERRORS } from '../limits/bounds.js';

/** The type of what is at a path inside a value. */
function typeAt(type: GraphQLInputType, path: readonly (string | number)[]): GraphQLInputType | undefined {
  let at: GraphQLInputType | undefined = type;
  for (const key of path) {
    const inner: GraphQLInputType | undefined = at === undefined ? undefined : getNullableType(at);
    if (isListType(inner)) at = inner.ofType;
    else at = isInputObjectType(inner) ? inner.getFields()[key]?.type : undefined;
  }
  return at;
}

/** `input.layoutConfig[0].alpha` */
function placeOf(name: string, path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (place, key) => place + (typeof key === 'number' ? `[${key}]` : `.${key}`),
    name,
  );
}

class TooMany extends Error {}

/**
 * What is wrong with the variables of an operation, by place and expected type. graphql's own messages quote the values,
 * and inputs hold secrets.
 */
export function variableErrors(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
  hideSuggestions: boolean,
): GraphQLError[] {
  const errors: GraphQLError[] = [];
  const report = (message: string, nodes: OperationDefinitionNode['variableDefinitions']) => {
    errors.push(new GraphQLError(message, { nodes: nodes ?? [], extensions: { code: 'BAD_USER_INPUT' } }));
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
        (path, _value, error) => {
          const expected = typeAt(type, path);
          const isLeaf = expected !== undefined && isLeafType(getNamedType(expected));
          const what = isLeaf ? `Expected a value of type "${String(expected)}".` : error.message;
          report(`Variable "$${name}" has an invalid value at "${placeOf(name, path)}": ${what}`, [
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
