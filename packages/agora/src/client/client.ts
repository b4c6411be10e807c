import ky from 'ky';
import { anotherRecording, type NamedRecording } from './named-recording.js';
import { readReply, type Reply } from './reply.js';
import { type Redact, redactText } from '../redaction/redact.js';
import { type AgoraRequest, requestPath, requestText } from './requests.js';
import { type Secret } from './secret.js';
import { readRetryAfter } from './retry-after.js';
import { OPERATIONS, type Operation } from '../tables/operations.js';

export interface Credentials {
  customerId: string;
  customerSecret: Secret;
}

/** What one HTTP attempt came to. */
export type CallResult =
  | {
      answered: true;
      operation: Operation;
      httpStatus: number;
      /** Agora's X-Request-Id: name it when asking Agora's support. */
      requestId: string | null;
      /** Retry-After, milliseconds. */
      retryAfterMs?: number | null;
      /** The body as received, except for secrets. */
      raw: string;
      reply: Reply;
    }
  | {
      answered: false;
      operation: Operation;
      /**
       * `unsent`: no connection, so Agora cannot have acted. `unanswered`: it may have. `misdirected`: a reply came, but it
       * is about another recording; Agora may have acted.
       */
      failure: 'unsent' | 'unanswered' | 'misdirected';
      /** With `misdirected`: what the reply is about, and its body as received, with secrets cut out. */
      misdirected?: { named: NamedRecording; raw: string };
      /** Whether it failed because the host's name could not be resolved. */
      nameUnresolved?: true;
      message: string;
    };

/** A reply of Agora is a few kilobytes; more is a fault of something in between. */
const MAX_REPLY_BYTES = 1024 * 1024;

const NAME_CODES = ['ENOTFOUND', 'EAI_AGAIN'];

/** Failures before a request has left the machine. */
const UNSENT_CODES = new Set([
  ...NAME_CODES,
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function causeCode(error: unknown): string | null {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string') return current.code;
    if (current instanceof AggregateError && current.errors.length > 0) return causeCode(current.errors[0]);
  }
  return null;
}

async function readBody(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MAX_REPLY_BYTES) throw new Error(`The reply is larger than ${MAX_REPLY_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A longer X-Request-Id is cut short: Agora's has 36 characters. */
const MAX_REQUEST_ID_CHARACTERS = 200;

async function redactHeader(value: string | null, redact: Redact): Promise<string | null> {
  return value === null ? null : (await redact(value)).slice(0, MAX_REQUEST_ID_CHARACTERS);
}

export interface CallOptions {
  /** Base address, for example `https://api.agora.io`. */
  baseUrl: string;
  credentials: Credentials;
  /** Ends the attempt early. */
  signal?: AbortSignal;
  /** Defaults to the operation's own limit (OPERATIONS). Covers the reply's body too. */
  timeoutMs?: number;
  /** Media type of the body. Defaults to the one that Agora's documents name. */
  contentType?: string;
  /** Cuts secrets out of the reply, should Agora echo them. Defaults to what a text labels as secrets itself. */
  redact?: Redact;
}

/**
 * One HTTP attempt, and no more: retries are the caller's, because each takes a turn of Agora's budget. Never throws;
 * whatever happens is a CallResult.
 */
export async function callAgora(request: AgoraRequest, options: CallOptions): Promise<CallResult> {
  const { operation } = request;
  const timeoutMs = options.timeoutMs ?? OPERATIONS[operation].timeoutMs;
  const { customerId, customerSecret } = options.credentials;
  const timeout = AbortSignal.timeout(timeoutMs);
  const redact = options.redact ?? ((text) => Promise.resolve(redactText(text)));
  try {
    const response = await ky(requestPath(request), {
      prefixUrl: options.baseUrl,
      method: OPERATIONS[operation].method,
      ...('body' in request ? { body: requestText(request.body) } : {}),
      headers: {
        authorization: `Basic ${Buffer.from(`${customerId}:${customerSecret.reveal()}`).toString('base64')}`,
        'content-type': options.contentType ?? 'application/json;charset=utf-8',
      },
      retry: 0,
      timeout: false,
      throwHttpErrors: false,
      redirect: 'error',
      signal: options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]),
    });
    const raw = await redact(await readBody(response));
    const reply = readReply(raw).reply;
    const named = anotherRecording(request, reply);
    if (named !== null) {
      const message = 'The reply was about another recording.';
      return { answered: false, operation, failure: 'misdirected', misdirected: { named, raw }, message };
    }
    return {
      answered: true,
      operation,
      httpStatus: response.status,
      requestId: await redactHeader(response.headers.get('x-request-id'), redact),
      retryAfterMs: readRetryAfter(response.headers),
      raw,
      reply,
    };
  } catch (error) {
    const code = causeCode(error);
    const unsent = code !== null && UNSENT_CODES.has(code);
    const message = timeout.aborted
      ? `No reply within ${timeoutMs} ms.`
      : options.signal?.aborted === true
        ? 'The call was ended before its reply.'
        : `No reply (${code ?? (error instanceof Error ? error.name : 'unknown failure')}).`;
    const nameUnresolved = code !== null && NAME_CODES.includes(code);
    return {
      answered: false,
      operation,
      failure: unsent ? 'unsent' : 'unanswered',
      ...(nameUnresolved ? { nameUnresolved } : {}),
      message,
    };
  }
}
