import { type IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import proxyAddress from '@fastify/proxy-addr';

/** The name under which the gateway was called. */
export interface Addressed {
  /** As in a Host header; undefined if there is none. */
  host: string | undefined;
  /** Null if it is not known: a proxy that is not trusted may have taken TLS off. */
  scheme: 'http' | 'https' | null;
}

/** Who sent a request, and to which name, as the client knows it. */
export interface Forwarding extends Addressed {
  /** The IP address of the client. */
  address: string;
}

export type ReadForwarding = (request: IncomingMessage) => Forwarding;

/** A proxy appends what it knows, so what the nearest one wrote stands last. */
function lastOf(header: string | string[] | undefined): string | undefined {
  return String(header ?? '')
    .split(',')
    .at(-1)
    ?.trim();
}

/** A target that is a whole address counts before the Host header (https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2). */
function hostOf({ url = '/', headers }: IncomingMessage): string | undefined {
  if (url.startsWith('/')) return headers.host;
  return URL.canParse(url) ? new URL(url).host : '';
}

/** X-Forwarded-For, -Host and -Proto count only where the connection comes from a trusted proxy: anyone can send them. */
export function createForwarding(trustedProxies: readonly string[]): ReadForwarding {
  const isTrusted = proxyAddress.compile([...trustedProxies]);
  return (request) => {
    const direct = request.socket.remoteAddress ?? '';
    if (!isTrusted(direct, 0)) return { address: direct, host: hostOf(request), scheme: null };
    const { headers } = request;
    const client = proxyAddress(request, isTrusted);
    const proto = lastOf(headers['x-forwarded-proto']);
    return {
      address: isIP(client) === 0 ? direct : client,
      host: lastOf(headers['x-forwarded-host']) || hostOf(request),
      scheme: proto === 'http' || proto === 'https' ? proto : null,
    };
  };
}
