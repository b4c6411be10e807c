import {
  defaultFieldResolver,
  getNamedType,
  GraphQLInt,
  type GraphQLField,
  type GraphQLSchema,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';

interface Range {
  min: number;
  max: number;
}

/** The largest distance from 1970 that a Date can have, milliseconds. */
const MAX_TIME = 8.64e15;

/** The numbers that a scalar can hold; it throws for others, and the field fails. */
const RANGES: ReadonlyMap<unknown, Range> = new Map<unknown, Range>([
  [GraphQLInt, { min: -(2 ** 31), max: 2 ** 31 - 1 }],
  [GraphQLDateTime, { min: -MAX_TIME, max: MAX_TIME }],
]);

type Keep = (value: unknown) => unknown;

const keptProperties = new WeakMap<object, Keep>();

/** What a field without a resolver does with the property that it reads; undefined if that may have any value. */
export function keepOf(field: object): Keep | undefined {
  return keptProperties.get(field);
}

/** A number outside the range becomes null, or the nearest one where the field must have a value. */
function keepWithin({ min, max }: Range, field: GraphQLField<unknown, unknown>): void {
  const isRequired = isNonNullType(field.type);
  const keep: Keep = (value) => {
    if (typeof value !== 'number' || (min <= value && value <= max)) return value;
    return isRequired ? Math.min(max, Math.max(min, value)) : null;
  };
  const { resolve } = field;
  if (resolve === undefined) keptProperties.set(field, keep);
  field.resolve = (...given) => keep((resolve ?? defaultFieldResolver)(...given));
}

/**
 * Lets no field fail because of a number that its type cannot hold. What Agora sends is read within these ranges, but earlier
 * releases stored other numbers, which are still in the log.
 */
export function keepNumbersWithinRanges(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const range = RANGES.get(getNamedType(field.type));
      const isList = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
      if (range !== undefined && !isList) keepWithin(range, field);
    }
  }
}
