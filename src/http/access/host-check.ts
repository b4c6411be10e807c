import { isLoopback, parseHost } from '../../host-name.js';

/** Whether a request may be answered under the host that it names. */
export type HostVerdict = 'allowed' | 'malformed' | 'foreign';

/**
 * Checks the Host header against the names of this machine and those of ALLOWED_HOSTS. Without this a page anywhere can
 * point its own name at this machine and call the gateway as if it came from here (DNS rebinding). A name without
 * a port allows every port.
 */
export function createHostCheck(allowedHosts: readonly string[]): (host: string | undefined) => HostVerdict {
  const allowed = allowedHosts.map(parseHost);
  return (host) => {
    const parsed = parseHost(host ?? '');
    if (parsed === null) return 'malformed';
    if (isLoopback(parsed.name)) return 'allowed';
    const isAllowed = allowed.some(
      (entry) => entry?.name === parsed.name && (entry.port === null || entry.port === parsed.port),
    );
    return isAllowed ? 'allowed' : 'foreign';
  };
}

/** The reply to a refused client. */
export const HOST_REFUSALS = {
  malformed: { status: 400, error: 'The Host header is not a host name with an optional port.' },
  foreign: {
    status: 421,
    error:
      'The gateway does not answer under this host name. The setting ALLOWED_HOSTS lists those it answers under.',
  },
} as const;
