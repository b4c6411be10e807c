import { hostname } from 'node:os';
import { pino } from 'pino';
import { VERSION } from '../version.js';

/** One line per event of life, as JSON. Callers pass fields by name and never whole requests, so no secret gets here. */
export interface Log {
  trace(fields: object, message: string): void;
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * Logs to standard output. Each line names the gateway that wrote it. Errors are written by name and message; their stacks only
 * at debug and below.
 */
export function createLog(level: LogLevel): Log {
  const withStack = level === 'trace' || level === 'debug';
  return pino({
    level,
    base: { version: VERSION, hostname: hostname(), pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: {
      error: (error: unknown) =>
        error instanceof Error
          ? { name: error.name, message: error.message, ...(withStack ? { stack: error.stack } : {}) }
          : String(error),
    },
  });
}
