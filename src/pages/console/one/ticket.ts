import { type GatewayClient, RecordingCallsDocument } from '@agora-recording-gateway/client';
import { type Details } from './details';

/** Calls that a ticket lists; the latest. */
const MAX_CALLS = 20;

/**
 * What Agora's support asks for, as text: identifiers, times, and each call with its request id. Nothing of the settings is in it, since
 * addresses in them may be private.
 */
export async function supportTicket(client: GatewayClient, details: Details): Promise<string> {
  const { recording } = await client.request(RecordingCallsDocument, { by: { id: details.id } });
  const calls = (recording?.calls ?? []).slice(0, MAX_CALLS).map((call) => {
    const at = call.sentAt ?? call.requestedAt ?? '';
    const code = call.agoraCode === null ? '' : ` code ${call.agoraCode}`;
    const reply = call.httpStatus === null ? call.outcome : `HTTP ${call.httpStatus}${code}`;
    return `  ${at} ${call.operation} ${reply} request id ${call.requestId ?? 'unknown'}`;
  });
  const problems = details.problems.nodes.map(
    ({ occurredAt, code, agoraCode, message }) => `  ${occurredAt} ${code} ${agoraCode ?? ''} ${message}`,
  );
  return [
    `App ID: ${details.appId}`,
    `Channel: ${details.channel}`,
    `uid: ${details.uid}`,
    `sid: ${details.sid ?? 'unknown'}`,
    `Resource ID: ${details.resourceId ?? 'unknown'}`,
    `Mode: ${details.mode}`,
    `Started: ${details.startedAt}`,
    `Ended: ${details.endedAt ?? 'not yet'}`,
    `State: ${details.explanation}`,
    'Problems:',
    ...(problems.length === 0 ? ['  none'] : problems),
    'Calls:',
    ...(calls.length === 0 ? ['  none'] : calls),
  ].join('\n');
}
