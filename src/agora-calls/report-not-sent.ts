import { NOT_SENT_REASONS, type NotSentError } from '../coordination/not-sent-error.js';
import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';
import { requestFields } from '../telemetry/request-fields.js';
import { startAtZero } from '../telemetry/start-at-zero.js';
import { PRIORITIES, type Priority } from './permit-queue.js';

/** Reports a call that was not sent: one log line and one count, by its priority and reason. */
export type ReportNotSent = (error: NotSentError, priority: Priority, fields: object) => void;

export function createNotSentReports({ log, metrics }: { log: Log; metrics: Metrics }): ReportNotSent {
  startAtZero(metrics.turnsRefused, { priority: PRIORITIES, reason: Object.keys(NOT_SENT_REASONS) });
  return (error, priority, given) => {
    const { reason, message } = error;
    metrics.turnsRefused.inc({ priority, reason });
    const fields = { ...requestFields(), ...given };
    // Queries of the watch yield to calls of users as a matter of course, and the store logs its own outages.
    const isRoutine =
      priority === 'confirmation' || priority === 'heartbeat' || reason === 'store-unavailable';
    if (isRoutine) log.debug({ ...fields, priority, reason }, message);
    else log.warn({ ...fields, priority, reason }, message);
  };
}
