import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  request as httpRequest,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { type Secret } from '@agora-recording-gateway/agora/client/secret';
import { sign } from '@agora-recording-gateway/agora/webhook/signature';

/** The receiver must answer within this real time. */
export const ANSWER_TIMEOUT_MS = 10_000;

/** Bytes of an answer that are kept. Agora ignores the answer; it is shown to people. */
const MAX_KEPT_ANSWER_BYTES = 4_096;

/** Why an answer is missing: a timeout, an unknown name, a TLS error, or a refused or dropped connection. */
export type PostFailure = 'timeout' | 'name' | 'tls' | 'connection';

/** The outcome of a POST. */
export type PostResult =
  { status: number; answer: string } | { failure: PostFailure; reason: string; answer: '' };

/** How a request differs from what Agora's notification service sends. */
export interface PostOptions {
  method?: 'GET' | 'POST';
  /** `none`: unsigned; `sha1`: without Agora-Signature-V2; `reserialised`: over the body without its white space. */
  signatures?: 'none' | 'sha1' | 'reserialised';
}

class AnswerTimeout extends Error {}

function failureOf(error: Error): PostFailure {
  if (error instanceof AnswerTimeout) return 'timeout';
  const code = 'code' in error ? String(error.code) : '';
  if (/^(ENOTFOUND|EAI_)/.test(code)) return 'name';
  return /CERT|^UNABLE_TO_|^ERR_(TLS|SSL)|^EPROTO$/.test(code) ? 'tls' : 'connection';
}

/** Reads the whole reply, so that its connection can be reused, and keeps the beginning. */
function read(response: IncomingMessage, done: (answer: string) => void): void {
  const kept: Buffer[] = [];
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    if (size < MAX_KEPT_ANSWER_BYTES) kept.push(chunk.subarray(0, MAX_KEPT_ANSWER_BYTES - size));
    size += chunk.byteLength;
  });
  response.on('end', () => done(Buffer.concat(kept).toString('utf8')));
}

/** Signs and posts notifications over kept-alive connections, as Agora's notification service does. */
export class Poster {
  readonly #secret: Secret;
  readonly #http: HttpAgent;
  readonly #https: HttpsAgent;

  constructor(secret: Secret, maxSockets: number) {
    this.#secret = secret;
    this.#http = new HttpAgent({ keepAlive: true, maxSockets: maxSockets });
    this.#https = new HttpsAgent({ keepAlive: true, maxSockets: maxSockets });
  }

  /** Never rejects. */
  post(url: URL, body: Buffer, options: PostOptions = {}): Promise<PostResult> {
    return new Promise((resolve) => {
      const request = this.#request(url, body, options);
      const timer = setTimeout(
        () => request.destroy(new AnswerTimeout(`no answer within ${ANSWER_TIMEOUT_MS / 1000} s`)),
        ANSWER_TIMEOUT_MS,
      );
      const settle = (result: PostResult) => {
        clearTimeout(timer);
        resolve(result);
      };
      const fail = (error: Error) => settle({ failure: failureOf(error), reason: error.message, answer: '' });
      request.on('error', fail);
      request.on('response', (response) => {
        response.on('error', fail);
        read(response, (answer) => settle({ status: response.statusCode ?? 0, answer }));
      });
      request.end(body);
    });
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }

  #request(url: URL, body: Buffer, { method = 'POST', signatures }: PostOptions): ClientRequest {
    const isGet = method === 'GET';
    const headers = isGet
      ? {}
      : {
          'content-type': 'application/json',
          'content-length': body.byteLength,
          ...this.#signatures(body, signatures),
        };
    return url.protocol === 'https:'
      ? httpsRequest(url, { method, agent: this.#https, headers })
      : httpRequest(url, { method, agent: this.#http, headers });
  }

  #signatures(body: Buffer, kind: PostOptions['signatures']): Record<string, string> {
    if (kind === 'none') return {};
    const signed =
      kind === 'reserialised' ? Buffer.from(JSON.stringify(JSON.parse(body.toString('utf8')))) : body;
    const sha1 = { 'Agora-Signature': sign('sha1', this.#secret, signed) };
    return kind === 'sha1' ? sha1 : { ...sha1, 'Agora-Signature-V2': sign('sha256', this.#secret, signed) };
  }
}
