import { type FastifyRequest } from 'fastify';
import type * as z from 'zod';
import { isJsonMediaType } from '../api/media-type.js';
import { checkValue } from './problems.js';

/** A control request that is refused. */
export class ControlError extends Error {
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
  throw new ControlError(400, result.problems.join('\n'), result.problems);
}

/**
 * Whether a change may be carried out. A page from another origin can make a browser send any content type except this one
 * without a preflight. Without a body the type may be omitted, but not by a browser, which sends its origin.
 */
function isJsonRequest(request: FastifyRequest): boolean {
  if (request.method === 'GET' || request.method === 'DELETE') return true;
  if (request.contentType !== undefined) return isJsonMediaType(request.contentType);
  return (request.body === undefined || request.body === '') && request.headers.origin === undefined;
}

/** The body, checked. No body counts as `{}`. */
export function bodyOf<T>(schema: z.ZodType<T>, request: FastifyRequest): T {
  if (!isJsonRequest(request)) throw new ControlError(415, 'Send application/json.');
  const raw = typeof request.body === 'string' && request.body !== '' ? request.body : '{}';
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    throw new ControlError(400, 'The body is not valid JSON.');
  }
  return checked(schema, value);
}

/** The query string, checked. */
export function queryOf<T>(schema: z.ZodType<T>, request: FastifyRequest): T {
  return checked(schema, request.query);
}

export function paramOf(request: FastifyRequest, name: string): string {
  return (request.params as Record<string, string | undefined>)[name] ?? '';
}
