import { type Redact } from '@agora-recording-gateway/agora/redaction/redact';
import { requestPath, requestText } from '@agora-recording-gateway/agora/client/requests';
import { OPERATIONS } from '@agora-recording-gateway/agora/tables/operations';
import { type Exchange } from './exchange.js';

/** A call and its reply in a file, without secrets and without what names the account. */
export interface Capture {
  fileName: string;
  text: string;
}

/** What a capture shows in place of what names the account, in the same form. */
function placeholders(exchanges: readonly Exchange[], names: { bucket: string }): Map<string, string> {
  const found = new Map<string, string>([[names.bucket, 'bucket']]);
  const add = (value: string | null, placeholder: (index: number) => string) => {
    if (value !== null && value !== '' && !found.has(value)) found.set(value, placeholder(found.size));
  };
  for (const { request, result } of exchanges) {
    if (request.operation !== 'ncsIp') add(request.appId, () => 'a'.repeat(32));
    if (!result.answered) continue;
    add(result.reply.resourceId, (index) => `resource-${index}`);
    add(result.reply.sid, (index) => index.toString(16).padStart(32, '0'));
  }
  return found;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function replyOf({ result }: Exchange): object {
  if (result.answered) return { status: result.httpStatus, body: parsed(result.raw) };
  return { failure: result.failure, message: result.message };
}

/** The captures of a series, numbered in its order. */
export async function capturesOf(
  exchanges: readonly Exchange[],
  { redact, bucket }: { redact: Redact; bucket: string },
): Promise<Capture[]> {
  const named = [...placeholders(exchanges, { bucket })];
  const anonymous = (text: string) =>
    named.reduce((before, [value, placeholder]) => before.replaceAll(value, placeholder), text);
  return await Promise.all(
    exchanges.map(async (exchange, index) => {
      const { step, request } = exchange;
      const body = 'body' in request ? { body: parsed(await redact(requestText(request.body))) } : {};
      const { method } = OPERATIONS[request.operation];
      const capture = {
        step,
        request: { method, path: requestPath(request), ...body },
        reply: replyOf(exchange),
      };
      const number = String(index + 1).padStart(2, '0');
      return {
        fileName: `${number}-${request.operation}.json`,
        text: anonymous(`${JSON.stringify(capture, null, 2)}\n`),
      };
    }),
  );
}
