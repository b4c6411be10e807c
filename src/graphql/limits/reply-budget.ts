import {
  defaultFieldResolver,
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  introspectionTypes,
  isIntrospectionType,
  isObjectType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import { RequestError } from '../errors.js';
import { keepOf } from '../number-ranges.js';
import { MAX_REPLY_BYTES } from './bounds.js';

/** Quotes, colon and comma of a field in JSON; brackets or braces and a comma of a value. */
const PUNCTUATION_BYTES = 4;

/** A number, a boolean, a time or null. */
const SHORT_VALUE_BYTES = 8;

/** Strings up to this length count by their length, which few exceed in UTF-8; longer ones are encoded to be counted. */
const SHORT_STRING = 50;

/** What the name of a field adds to the reply. */
export function fieldBytes(key: string): number {
  return key.length + PUNCTUATION_BYTES;
}

/** What a value adds by itself; the fields of an object count for themselves. */
export function valueBytes(value: unknown): number {
  if (typeof value === 'string') {
    return value.length <= SHORT_STRING ? value.length + 2 : Buffer.byteLength(JSON.stringify(value));
  }
  if (!Array.isArray(value)) return SHORT_VALUE_BYTES;
  let sum = 0;
  for (const item of value) sum += valueBytes(item) + 1;
  return sum;
}

/**
 * What one reply may still add to its JSON. Every field counts while the reply is made, so that an operation ends before it
 * fills the memory, whatever it was measured at before.
 */
export class ReplyBudget {
  #left = MAX_REPLY_BYTES;
  #exceeded: GraphQLError | null = null;

  /** Why the reply cannot be sent; null while it is small enough. */
  get exceeded(): GraphQLError | null {
    return this.#exceeded;
  }

  /** Throws once the reply is too large, and with each call from then on. */
  add(bytes: number): void {
    this.#left -= bytes;
    if (this.#left >= 0) return;
    // graphql hands on an error that has a path as it is: no copy, and no stack trace, for each field that remains.
    this.#exceeded ??= new RequestError(
      'REPLY_TOO_LARGE',
      `The reply is larger than ${MAX_REPLY_BYTES} bytes. Ask for smaller pages or fewer fields.`,
      { path: [], limit: 'reply_bytes' },
    );
    throw this.#exceeded;
  }
}

/** Executions without a budget, such as those that print the schema, count nothing. */
type Counting = { reply: ReplyBudget } | undefined;

type Resolver<Source> = GraphQLFieldResolver<Source, Counting>;

function counted<Source>(resolve: Resolver<Source>): Resolver<Source> {
  return (source, parameters, context, info) => {
    const reply = context?.reply;
    reply?.add(fieldBytes(String(info.path.key)));
    const value: unknown = resolve(source, parameters, context, info);
    if (reply === undefined) return value;
    if (!(value instanceof Promise)) {
      reply.add(valueBytes(value));
      return value;
    }
    return value.then((settled: unknown) => {
      reply.add(valueBytes(settled));
      return settled;
    });
  };
}

const propertyFields = new WeakSet<object>();

/** Whether a field of a schema that counts is a property of its parent, as it is or kept within a range. */
export function isPropertyField(field: object): boolean {
  return propertyFields.has(field);
}

function countFields(type: GraphQLObjectType): void {
  for (const field of Object.values(type.getFields())) {
    if (field.resolve === undefined || keepOf(field) !== undefined) propertyFields.add(field);
    field.resolve = counted(field.resolve ?? defaultFieldResolver);
  }
}

// The fields of introspection and __typename belong to graphql and not to a schema, so they are changed once.
for (const type of introspectionTypes) if (isObjectType(type)) countFields(type);
for (const field of [SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef]) {
  field.resolve = counted(
    (field.resolve ?? defaultFieldResolver) as Resolver<unknown>,
  ) as typeof field.resolve;
}

/** Makes each field of the schema count what it adds to the reply. */
export function countReplies(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type) && !isIntrospectionType(type)) countFields(type);
  }
}
