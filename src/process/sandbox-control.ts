import { boundedText } from '../bounded-text.js';
import { type Sandbox } from '../http/sandbox-route.js';
import { type Log } from '../telemetry/log.js';

/** How long the sandbox may take for an answer. Real milliseconds. */
const REPLY_TIMEOUT_MS = 5_000;

/** Largest answer; a thousand faults take less. Bytes. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/** The control side of the sandbox at an address. */
export function sandboxControl(url: string, log: Log): Omit<Sandbox, 'appId'> {
  return {
    origin: new URL(url).origin,
    async send({ method, path, body }) {
      try {
        const response = await fetch(`${url}/sandbox${path}`, {
          method,
          redirect: 'error',
          signal: AbortSignal.timeout(REPLY_TIMEOUT_MS),
          ...(body === null
            ? {}
            : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
        });
        const text = await boundedText(response.body, MAX_ANSWER_BYTES);
        if (text === null) throw new Error(`The answer is larger than ${MAX_ANSWER_BYTES} bytes.`);
        return { status: response.status, body: JSON.parse(text) as unknown };
      } catch (error) {
        log.warn({ error, method, path }, 'could not control the sandbox');
        return null;
      }
    },
  };
}
