import { type Observation } from './observation.js';
import { isStartedHere, type RecordingState } from './state.js';

/**
 * Whether two recordings of one sid can be the same task. Agora gives each task its own sid, so two with another channel, or
 * two that were started here with another uid, are different tasks, and one of the sids is wrong. An external recording may
 * have been seen under another uid after a fail-over.
 */
export function canBeOne(left: RecordingState, right: RecordingState): boolean {
  if (left.channel !== right.channel) return false;
  return left.uid === right.uid || !isStartedHere(left) || !isStartedHere(right);
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
