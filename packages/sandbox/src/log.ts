import { destination, pino } from 'pino';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Writes one line about an event in the sandbox. Fields contain no secrets. */
export type Log = (level: 'info' | 'warn' | 'error', event: string, fields: Record<string, unknown>) => void;

/** Logs JSON lines to standard error; standard output is for the address. */
export function createLog(level: LogLevel): Log {
  const logger = pino(
    { level, base: { service: 'sandbox' }, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ fd: 2, sync: true }),
  );
  return (lineLevel, event, fields) => logger[lineLevel](fields, event);
}
