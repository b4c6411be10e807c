/** Whether a request may be answered under the host that it names. */
export type HostVerdict = 'allowed' | 'malformed' | 'foreign';

/** A name or an address, with or without a port. Nothing else may stand in a Host header. */
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(:\d{1,5})?$/i;

/** Whether a host, with or without a port, names this machine. */
export function isLoopbackHost(host: string): boolean {
  if (!HOST.test(host) || !URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * Checks the Host header against the names of this machine and those of ALLOWED_HOSTS. Without this a page anywhere can
 * point its own name at this machine and call the gateway as if it came from here (DNS rebinding). A name without
 * a port allows every port.
 */
export function createHostCheck(allowedHosts: readonly string[]): (host: string | undefined) => HostVerdict {
  const allowed = new Set(allowedHosts.map((host) => host.toLowerCase()));
  return (host) => {
    if (host === undefined || !HOST.test(host) || !URL.canParse(`http://${host}`)) return 'malformed';
    const lower = host.toLowerCase();
    const isAllowed = allowed.has(lower) || allowed.has(lower.replace(/:\d+$/, '')) || isLoopbackHost(lower);
    return isAllowed ? 'allowed' : 'foreign';
  };
}

/** What a refused client reads. */
export const HOST_REFUSALS = {
  malformed: { status: 400, error: 'The Host header is not a host name with an optional port.' },
  foreign: {
    status: 421,
    error:
      'The gateway does not answer under this host name. The setting ALLOWED_HOSTS lists those it answers under.',
  },
} as const;
