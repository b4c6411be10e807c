import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type BuiltPage, type PageFile } from '../pages/page-files.js';

/** A year, the longest that caches keep to. */
const FOREVER = 'public, max-age=31536000, immutable';

/** A Host header that may stand in a header of ours. */
const PLAIN_HOST = /^[a-z0-9.\-:[\]]+$/i;

/**
 * What the playground needs besides its own files: Monaco, the editor, writes inline styles and brings its fonts inside its
 * stylesheet; its workers are files of ours.
 */
const PLAYGROUND_SOURCES = [
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "worker-src 'self'",
];

/**
 * The console has only its own files. Its icon stands in the page, and its player makes an address of what it has loaded. `media`: where
 * files are that do not pass through the gateway.
 */
const consoleSources = (media: string) => [
  "style-src 'self'",
  "font-src 'none'",
  `img-src 'self' data:${media}`,
  `media-src 'self' blob:${media}`,
  "worker-src 'self'",
];

interface Sources {
  /** Directives of its content policy, besides those of every page. */
  sources: readonly string[];
  /** Where it connects to besides the gateway: each after a space. */
  connections: string;
}

/**
 * Nothing from elsewhere, apart from what a page names. Older browsers do not count a WebSocket of the own host as 'self', so it is named.
 */
function contentSecurityPolicy(host: string | undefined, { sources, connections }: Sources): string {
  const sockets = host !== undefined && PLAIN_HOST.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'self'",
    "script-src 'self'",
    ...sources,
    `connect-src 'self'${sockets}${connections}`,
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

interface Served {
  file: PageFile;
  cacheControl: string;
  policy: string;
}

async function send(request: FastifyRequest, reply: FastifyReply, { file, cacheControl, policy }: Served) {
  void reply.headers({
    'cache-control': cacheControl,
    'content-security-policy': policy,
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

interface PageOptions extends Sources {
  /** Where the page is; its files are below, under `assets`. */
  path: '/' | '/console';
}

function pageRoute(page: BuiltPage, { path, ...sources }: PageOptions) {
  const policyFor = ({ headers }: FastifyRequest) => contentSecurityPolicy(headers.host, sources);
  return (scope: FastifyInstance, _options: object, done: () => void): void => {
    scope.get(path, async (request, reply) => {
      const file = await page.index();
      return await send(request, reply, { file, cacheControl: 'no-cache', policy: policyFor(request) });
    });
    const assets = `${path === '/' ? '' : path}/assets/:name`;
    scope.get<{ Params: { name: string } }>(assets, async (request, reply) => {
      const file = await page.asset(request.params.name);
      if (file === null) return reply.callNotFound();
      return await send(request, reply, { file, cacheControl: FOREVER, policy: policyFor(request) });
    });
    done();
  };
}

/** The playground at `/`, and its files under `/assets`. */
export function playgroundRoute(page: BuiltPage) {
  return pageRoute(page, { path: '/', sources: PLAYGROUND_SOURCES, connections: '' });
}

/**
 * The console at `/console`, and its files under `/console/assets`. `mediaOrigin`: where its player finds recorded files besides the
 * gateway; null if they all pass through the gateway.
 */
export function consoleRoute(page: BuiltPage, mediaOrigin: string | null) {
  const connections = mediaOrigin === null ? '' : ` ${mediaOrigin}`;
  return pageRoute(page, { path: '/console', sources: consoleSources(connections), connections });
}
