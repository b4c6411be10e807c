import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  request as httpRequest,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { type Secret } from '@agora-recording-gateway/agora/client/secret';
import { sign } from '@agora-recording-gateway/agora/webhook/signature';

/** The receiver has to answer within this real time (agora-facts.md, section 1). */
export const ANSWER_WITHIN_MS = 10_000;

/** As much of an answer is kept, in bytes: Agora does not read it, people do. */
const MOST_OF_ANSWER = 4_096;

/** Why there was no answer: too late, no such name, TLS not agreed upon, or the connection refused or cut. */
export type PostFailure = 'timeout' | 'name' | 'tls' | 'connection';

/** What a POST came to. */
export type PostResult =
  { status: number; answer: string } | { failure: PostFailure; reason: string; answer: '' };

class TooLate extends Error {}

function failureOf(error: Error): PostFailure {
  if (error instanceof TooLate) return 'timeout';
  const code = 'code' in error ? String(error.code) : '';
  if (/^(ENOTFOUND|EAI_)/.test(code)) return 'name';
  return /CERT|^UNABLE_TO_|^ERR_(TLS|SSL)|^EPROTO$/.test(code) ? 'tls' : 'connection';
}

/** Reads the whole reply, so that its connection can be used again, and keeps the beginning. */
function read(response: IncomingMessage, done: (answer: string) => void): void {
  const kept: Buffer[] = [];
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    if (size < MOST_OF_ANSWER) kept.push(chunk.subarray(0, MOST_OF_ANSWER - size));
    size += chunk.byteLength;
  });
  response.on('end', () => done(Buffer.concat(kept).toString('utf8')));
}

/** Signs and posts notifications over kept-alive connections, as Agora's notification service does (agora-facts.md, section 1). */
export class Poster {
  readonly #secret: Secret;
  readonly #http: HttpAgent;
  readonly #https: HttpsAgent;

  constructor(secret: Secret, mostSockets: number) {
    this.#secret = secret;
    this.#http = new HttpAgent({ keepAlive: true, maxSockets: mostSockets });
    this.#https = new HttpsAgent({ keepAlive: true, maxSockets: mostSockets });
  }

  /** Never rejects. */
  post(url: URL, body: Buffer): Promise<PostResult> {
    return new Promise((resolve) => {
      const request = this.#request(url, body);
      const timer = setTimeout(
        () => request.destroy(new TooLate(`no answer within ${ANSWER_WITHIN_MS / 1000} s`)),
        ANSWER_WITHIN_MS,
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

  #request(url: URL, body: Buffer): ClientRequest {
    const headers = {
      'content-type': 'application/json',
      'content-length': body.byteLength,
      'Agora-Signature': sign('sha1', this.#secret, body),
      'Agora-Signature-V2': sign('sha256', this.#secret, body),
    };
    return url.protocol === 'https:'
      ? httpsRequest(url, { method: 'POST', agent: this.#https, headers })
      : httpRequest(url, { method: 'POST', agent: this.#http, headers });
  }
}
