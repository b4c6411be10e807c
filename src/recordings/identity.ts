import { type Observation } from './observation.js';
import { isStartedHere, type RecordingState } from './state.js';

/**
 * Whether a start whose reply gives the sid of a recording can be the start of that recording. Agora gives each task its own
 * sid. So a recording with another channel, or one that was started here with another uid or whose own start was answered
 * with the sid, is another task, and the reply is wrong. An external recording may have been seen under another uid after a
 * fail-over.
 */
export function canBeStartOf(owner: RecordingState, started: RecordingState): boolean {
  if (owner.channel !== started.channel) return false;
  if (!isStartedHere(owner)) return true;
  return owner.uid === started.uid && owner.acceptedAt === null;
}

/** The sid that the reply to its own start gives a recording; null for any other observation. */
export function sidOfStart({ content }: Observation): string | null {
  return content.kind === 'reply' && content.operation === 'start' ? content.reply.sid : null;
}

/** A start's reply whose sid belongs to another task: it says nothing about the recording that was started. */
export function withoutReply(observation: Observation): Observation {
  const { content } = observation;
  if (content.kind !== 'reply') return observation;
  const { operation, reply } = content;
  const named = { sid: reply.sid, channel: reply.cname, uid: reply.uid };
  const message = 'The reply was about another recording.';
  return { ...observation, content: { kind: 'no-reply', operation, sent: true, message, named } };
}
