import { type FastifyRequest } from 'fastify';

/** Names under which a browser can only mean this machine; any other may be an attacker's name that resolves here. */
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/** Whether a request came under a loopback name. */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && LOOPBACK.test(host);
}

/**
 * Whether a change may be carried out. A page from elsewhere can make a browser send anything but this content type
 * without asking first. Without a body the type may be left out, but not by a browser, which would name its origin.
 */
export function isJsonRequest(request: FastifyRequest): boolean {
  if (request.method === 'GET' || request.method === 'DELETE') return true;
  const type = request.headers['content-type'];
  if (type !== undefined) return type.split(';')[0]?.trim().toLowerCase() === 'application/json';
  return (request.body === undefined || request.body === '') && request.headers.origin === undefined;
}
