import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface PostOptions {
  headers: Record<string, string>;
  body: Buffer;
  /** Real milliseconds for the whole exchange. */
  timeoutMs: number;
  signal: AbortSignal;
}

/** What a POST came to: the HTTP status, or why there is none. */
export type PostResult = { status: number } | { failure: string };

/** Posts over kept-alive connections, as Agora's notification service does (agora-facts.md, section 1). */
export class Poster {
  readonly #http: HttpAgent;
  readonly #https: HttpsAgent;

  constructor(mostSockets: number) {
    this.#http = new HttpAgent({ keepAlive: true, maxSockets: mostSockets });
    this.#https = new HttpsAgent({ keepAlive: true, maxSockets: mostSockets });
  }

  /** Never rejects. The reply's body is thrown away. */
  post(url: URL, options: PostOptions): Promise<PostResult> {
    const secure = url.protocol === 'https:';
    const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]);
    return new Promise((resolve) => {
      const request = (secure ? httpsRequest : httpRequest)(
        url,
        {
          method: 'POST',
          agent: secure ? this.#https : this.#http,
          headers: { ...options.headers, 'content-length': options.body.byteLength },
          signal,
        },
        (response) => {
          response.resume();
          response.on('end', () => resolve({ status: response.statusCode ?? 0 }));
          response.on('error', (error) => resolve({ failure: error.message }));
        },
      );
      request.on('error', (error) => resolve({ failure: error.message }));
      request.end(options.body);
    });
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }
}
