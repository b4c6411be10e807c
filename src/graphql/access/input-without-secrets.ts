import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { shownText } from '@agora-recording-gateway/agora/parameters/facts';
import { type Secrecy } from '@agora-recording-gateway/agora/parameters/parameter';

/** What the schema knows of a field of an input next to its type: what must not be shown of its value. Absent: all of it is open. */
export interface FieldExtensions {
  secrecy?: Secrecy;
}

function shown(type: GraphQLInputType, value: unknown, secrecy: Secrecy): unknown {
  if (value == null) return value;
  if (isNonNullType(type)) return shown(type.ofType, value, secrecy);
  if (isListType(type)) return (value as unknown[]).map((item) => shown(type.ofType, item, secrecy));
  if (isInputObjectType(type)) return fieldsWithoutSecrets(Object.values(type.getFields()), value);
  if (secrecy === 'secret') return shownText(secrecy, '');
  if (isEnumType(type)) return type.serialize(value);
  return typeof value === 'string' ? shownText(secrecy, value) : value;
}

/** The values of arguments, or of the fields of an input, without secrets: those that the schema marks, and credentials in addresses. */
export function fieldsWithoutSecrets(
  fields: readonly (GraphQLArgument | GraphQLInputField)[],
  values: object,
): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap(({ name, type, extensions }) => {
      const value = (values as Record<string, unknown>)[name];
      const { secrecy = 'open' } = extensions as FieldExtensions;
      return value === undefined ? [] : [[name, shown(type, value, secrecy)]];
    }),
  );
}
