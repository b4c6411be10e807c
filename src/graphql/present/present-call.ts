import { type UnansweredQuery } from '../../recordings/unanswered-query.js';
import { type StoredObservation } from '../../store/log/rows.js';
import { type RecordingCallType } from '../types/call.type.js';

/** A call as the log has it; null for what is none, or not ended yet. */
export function presentCall({ observation }: StoredObservation): RecordingCallType | null {
  const { id, content, occurredAt, receivedAt } = observation;
  if (content.kind !== 'reply' && content.kind !== 'no-reply') return null;
  const { operation, call } = content;
  const made = { id, operation, reason: call?.reason ?? null, requestedAt: call?.requestedAt ?? null };
  if (content.kind === 'no-reply') {
    return {
      ...made,
      sentAt: content.sent ? occurredAt : null,
      answeredAt: null,
      outcome: content.sent ? 'NOT_ANSWERED' : 'NOT_SENT',
      httpStatus: null,
      agoraCode: null,
      message: content.message,
      requestId: null,
    };
  }
  return {
    ...made,
    sentAt: occurredAt,
    answeredAt: receivedAt,
    outcome: 'ANSWERED',
    httpStatus: content.httpStatus,
    agoraCode: content.reply.code,
    message: content.reply.reason,
    requestId: content.requestId,
  };
}

export function presentUnansweredQuery(query: UnansweredQuery): RecordingCallType {
  const { recordingId: _recordingId, endedAt: _endedAt, ...shown } = query;
  const unanswered = query.sentAt === null ? 'NOT_SENT' : 'NOT_ANSWERED';
  return {
    ...shown,
    operation: 'query',
    outcome: query.answeredAt === null ? unanswered : 'ANSWERED',
  };
}
