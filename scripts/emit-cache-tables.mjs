/**
 * A step of `npm run codegen`: writes what caches of front ends need to know of the schema. Usage: node
 * scripts/emit-cache-tables.mjs SCHEMA OUTPUT
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { buildSchema, isAbstractType, isIntrospectionType, isObjectType } from 'graphql';

const [, , schemaFile, output] = process.argv;
const schema = buildSchema(readFileSync(schemaFile, 'utf8'));
const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type));
const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];

const possibleTypes = Object.fromEntries(
  types
    .filter(isAbstractType)
    .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
);
const keyless = types
  .filter((type) => isObjectType(type) && !roots.includes(type) && type.getFields().id === undefined)
  .map(({ name }) => name);

writeFileSync(
  output,
  `/* eslint-disable */
/** Generated from the schema by npm run codegen. Types by interface and union. */
export const POSSIBLE_TYPES: Record<string, string[]> = ${JSON.stringify(possibleTypes)};

/** Object types without an id. */
export const KEYLESS_TYPES: readonly string[] = ${JSON.stringify(keyless)};
`,
);
