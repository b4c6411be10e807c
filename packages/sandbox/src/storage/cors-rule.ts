import { type StorageFault } from './signature.js';

/** What the bucket's rule permits to the origins that it lists. */
const METHODS = ['GET', 'HEAD'];
const REQUEST_HEADERS = ['range'];
const EXPOSED = 'content-length, content-range, etag';
const MAX_AGE_SECONDS = '600';

/** What a page's browser sends with a request, or with the preflight before it. */
export interface CrossOriginRequest {
  origin: string | undefined;
  method: string | undefined;
  /** Access-Control-Request-Headers. */
  headers: string | undefined;
}

type HeaderValues = Record<string, string>;

/** Headers by which a page may read the answer; none for pages of other origins, and for clients that are not pages. */
export function corsHeaders(
  { origin, method }: Pick<CrossOriginRequest, 'origin' | 'method'>,
  corsOrigins: readonly string[],
): HeaderValues | null {
  if (origin === undefined || !METHODS.includes(method ?? '')) return null;
  const isAny = corsOrigins.includes('*');
  if (!isAny && !corsOrigins.includes(origin)) return null;
  return {
    'access-control-allow-origin': isAny ? '*' : origin,
    ...(isAny ? {} : { 'access-control-allow-credentials': 'true' }),
    'access-control-allow-methods': METHODS.join(', '),
    'access-control-expose-headers': EXPOSED,
    'access-control-max-age': MAX_AGE_SECONDS,
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

/** The answer to a preflight request, as S3 gives it: its status and code for each way in which the rule forbids it. */
export function answerPreflight(
  request: CrossOriginRequest,
  corsOrigins: readonly string[],
): { headers: HeaderValues } | { fault: StorageFault } {
  const { origin, method, headers = '' } = request;
  if (origin === undefined) {
    const message = 'Insufficient information. Origin request header needed.';
    return { fault: { status: 400, code: 'BadRequest', message } };
  }
  if (method === undefined) {
    return {
      fault: { status: 400, code: 'BadRequest', message: 'Invalid Access-Control-Request-Method: null' },
    };
  }
  if (corsOrigins.length === 0) {
    const message = 'CORSResponse: CORS is not enabled for this bucket.';
    return { fault: { status: 403, code: 'AccessForbidden', message } };
  }
  const asked = headers
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const permitted = corsHeaders(request, corsOrigins);
  if (permitted === null || !asked.every((name) => REQUEST_HEADERS.includes(name))) {
    const message = 'CORSResponse: This CORS request is not allowed by the rule of the bucket.';
    return { fault: { status: 403, code: 'AccessForbidden', message } };
  }
  return {
    headers: {
      ...permitted,
      ...(asked.length === 0 ? {} : { 'access-control-allow-headers': asked.join(', ') }),
    },
  };
}
