import {
  defaultFieldResolver,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import { MAX_REPLY_CHARACTERS } from './bounds.js';

/** The reply to one operation has become too large. */
export class ReplyTooLargeError extends Error {
  constructor() {
    super(
      `The reply is larger than ${MAX_REPLY_CHARACTERS} characters. Ask for smaller pages, or for fewer fields.`,
    );
  }
}

/** Characters that one reply may still take. Every field counts what it adds while the reply is made. */
export class ReplyBudget {
  #left = MAX_REPLY_CHARACTERS;

  get isExceeded(): boolean {
    return this.#left < 0;
  }

  /** Throws ReplyTooLargeError once the reply is too large. */
  add(characters: number): void {
    this.#left -= characters;
    if (this.#left < 0) throw new ReplyTooLargeError();
  }
}

/** Quotes, colon and comma of a field in JSON. */
const PUNCTUATION = 4;
/** A number, a boolean, a time or null. */
const SHORT_VALUE = 8;

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + lengthOf(item) + 1, 2);
  return SHORT_VALUE;
}

function counted<Source>(
  resolve: GraphQLFieldResolver<Source, { reply: ReplyBudget }>,
): GraphQLFieldResolver<Source, { reply: ReplyBudget }> {
  return (source, parameters, context, info) => {
    context.reply.add(String(info.path.key).length + PUNCTUATION);
    const value: unknown = resolve(source, parameters, context, info);
    if (!(value instanceof Promise)) {
      context.reply.add(lengthOf(value));
      return value;
    }
    return value.then((settled: unknown) => {
      context.reply.add(lengthOf(settled));
      return settled;
    });
  };
}

/** Makes each field of the schema count what it adds to the reply. */
export function countReplies(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      field.resolve = counted(field.resolve ?? defaultFieldResolver);
    }
  }
}
