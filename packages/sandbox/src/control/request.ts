import { type FastifyRequest } from 'fastify';
import { type z } from 'zod';
import { isJsonRequest } from './guard.js';
import { checkValue } from './problems.js';

/** A control request that cannot be carried out. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly problems: string[] = [],
  ) {
    super(message);
  }
}

function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = checkValue(schema, value);
  if ('value' in result) return result.value;
  throw new Refused(400, result.problems.join('\n'), result.problems);
}

/** The body, checked. No body counts as `{}`. */
export function bodyOf<T>(schema: z.ZodType<T>, request: FastifyRequest): T {
  if (!isJsonRequest(request)) throw new Refused(415, 'Send application/json.');
  const raw = typeof request.body === 'string' && request.body !== '' ? request.body : '{}';
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    throw new Refused(400, 'The body is no JSON.');
  }
  return checked(schema, value);
}

/** What follows the `?`, checked. */
export function queryOf<T>(schema: z.ZodType<T>, request: FastifyRequest): T {
  return checked(schema, request.query);
}

export function paramOf(request: FastifyRequest, name: string): string {
  return (request.params as Record<string, string | undefined>)[name] ?? '';
}
