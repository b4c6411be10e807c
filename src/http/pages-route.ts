import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type PageFile, type Playground } from '../pages/playground.js';

/** A year, the longest that caches keep to. */
const FOREVER = 'public, max-age=31536000, immutable';

/** A Host header that may stand in a header of ours. */
const PLAIN_HOST = /^[a-z0-9.\-:[\]]+$/i;

/**
 * Nothing from elsewhere. Monaco, the editor, writes inline styles and brings its fonts inside its stylesheet; its
 * workers are files of ours. Older browsers do not count a WebSocket of the own host as 'self', so it is named.
 */
function contentSecurityPolicy(host: string | undefined): string {
  const sockets = host !== undefined && PLAIN_HOST.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "img-src 'self' data:",
    "worker-src 'self'",
    `connect-src 'self'${sockets}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function accepts(request: FastifyRequest, encoding: string): boolean {
  return new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`).test(
    String(request.headers['accept-encoding'] ?? ''),
  );
}

async function send(request: FastifyRequest, reply: FastifyReply, file: PageFile, cacheControl: string) {
  void reply.headers({
    'cache-control': cacheControl,
    'content-security-policy': contentSecurityPolicy(request.headers.host),
    etag: file.etag,
    'referrer-policy': 'no-referrer',
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
  });
  if (request.headers['if-none-match'] === file.etag) return await reply.code(304).send();
  void reply.type(file.type);
  if (file.gzip === null || !accepts(request, 'gzip')) return await reply.send(file.body);
  return await reply.header('content-encoding', 'gzip').send(file.gzip);
}

/** The playground at `/`, and its files under `/assets`. */
export function pagesRoute(playground: Playground) {
  return (scope: FastifyInstance, _options: object, done: () => void): void => {
    scope.get('/', (request, reply) => send(request, reply, playground.index, 'no-cache'));
    scope.get<{ Params: { name: string } }>('/assets/:name', async (request, reply) => {
      const file = playground.assets.get(request.params.name);
      return file === undefined ? reply.callNotFound() : await send(request, reply, file, FOREVER);
    });
    done();
  };
}
