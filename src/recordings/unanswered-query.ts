import { type CallReason } from './call-reason.js';

/**
 * A query about a recording that Agora did not answer, or not about the recording. Nothing was learned from it, so it is not an
 * observation; it is kept to show which calls were made. Times are Unix milliseconds.
 */
export interface UnansweredQuery {
  id: string;
  recordingId: string;
  reason: CallReason;
  requestedAt: number;
  /** Null if it was not sent. */
  sentAt: number | null;
  /** When a reply came that says nothing of the recording; null if none came. */
  answeredAt: number | null;
  /** When the reply came, or none was awaited any more. */
  endedAt: number;
  httpStatus: number | null;
  agoraCode: number | null;
  /** Without secrets, as is the id of the request. */
  message: string | null;
  requestId: string | null;
}
