/**
 * The fields of the console's form for a start, from the table of start options and the schema that is made of it. Lists of
 * objects are left out: a layout is changed while the recording runs.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  buildSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { PARAMETER_TABLES } from '../packages/agora/dist/parameters/tables.js';

const SCHEMA = fileURLToPath(new URL('../schema/schema.graphql', import.meta.url));

const INPUTS = {
  composite: 'CompositeConfigInput',
  individual: 'IndividualConfigInput',
  web: 'WebConfigInput',
};

const KINDS = { Int: 'number', Float: 'number', Boolean: 'boolean', String: 'text', DateTime: 'text' };

function fieldsOf(type, path) {
  return Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    const isList = isListType(getNullableType(field.type));
    if (isInputObjectType(named)) return isList ? [] : fieldsOf(named, [...path, field.name]);
    const row = PARAMETER_TABLES[type.name]?.[field.name];
    const bounds = row?.type.kind === 'integer' ? { min: row.type.min, max: row.type.max } : {};
    return {
      path: [...path, field.name],
      kind: isEnumType(named) ? 'choice' : KINDS[named.name],
      isList,
      choices: isEnumType(named) ? named.getValues().map(({ name }) => name) : [],
      isRequired: isNonNullType(field.type),
      isSecret: row?.secrecy === 'secret',
      hint: field.description ?? '',
      ...bounds,
    };
  });
}

/** By mode, in the order of the schema but with what is required first. */
export function startFields() {
  const schema = buildSchema(readFileSync(SCHEMA, 'utf8'));
  const entries = Object.entries(INPUTS).map(([mode, name]) => {
    const fields = fieldsOf(schema.getType(name), ['config', mode]);
    return [mode, fields.toSorted((left, right) => Number(right.isRequired) - Number(left.isRequired))];
  });
  return Object.fromEntries(entries);
}
