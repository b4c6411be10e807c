import { isLoopback, parseHost } from '../../host-name.js';
import { type Addressed } from './forwarded.js';

/** Where a request comes from: no page of a browser, a page of the gateway itself, an allowed page, or another one. */
export type OriginVerdict = 'none' | 'own' | 'allowed' | 'foreign';

/** Origins whose pages may use the gateway: those listed, or every page that this machine serves. */
export type AllowedOrigins = readonly string[] | 'this-machine';

/** Decides about the Origin header of a request to an address. */
export type OriginCheck = (origin: string | undefined, addressed: Addressed) => OriginVerdict;

/** A port that is the default of the origin's scheme counts the same, written out or not. */
function isOwn(origin: URL, { host, scheme }: Addressed): boolean {
  if (host === undefined || parseHost(host) === null) return false;
  if (scheme !== null && origin.protocol !== `${scheme}:`) return false;
  return new URL(`${origin.protocol}//${host}`).host === origin.host;
}

/**
 * Decides which pages may use GraphQL, by HTTP and by WebSocket alike. A browser sends the Origin of the page that makes a
 * request; clients that are not browsers send none.
 */
export function createOriginCheck(allowed: AllowedOrigins): OriginCheck {
  const listed = new Set(allowed === 'this-machine' ? [] : allowed);
  return (text, addressed) => {
    if (text === undefined) return 'none';
    if (!URL.canParse(text)) return 'foreign';
    const origin = new URL(text);
    if (!['http:', 'https:'].includes(origin.protocol)) return 'foreign';
    if (isOwn(origin, addressed)) return 'own';
    if (allowed === 'this-machine') return isLoopback(origin.hostname) ? 'allowed' : 'foreign';
    return listed.has(origin.origin) ? 'allowed' : 'foreign';
  };
}

/** The reply to a refused page, which its developer reads in the browser's tools. */
export const ORIGIN_REFUSED =
  'Pages of this origin may not use the gateway. The setting ALLOWED_ORIGINS lists those that may. Behind a proxy that ' +
  'replaces Host, TRUSTED_PROXIES makes the gateway use X-Forwarded-Host.';

/** The reply to a page of another origin that asks for what only the gateway's own pages may do. */
export const ORIGIN_REFUSED_TO_CONTROL = "Only the gateway's own pages may do this.";
