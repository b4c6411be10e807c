/** Names of this machine. */
const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'] as const;

/** Names of Agora's REST API, for clients that are pointed at the sandbox by a hosts file or a proxy. */
export const AGORA_HOSTS = ['*.agora.io', '*.sd-rtn.com'] as const;

const ENTRY = /^(\*\.)?([a-z0-9_.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/;

/** Entries of a comma-separated list of host names, or what is wrong with one of them. */
export function parseAllowedHosts(text: string): { hosts: string[] } | { problem: string } {
  const hosts = text
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '');
  const wrong = hosts.find((entry) => !ENTRY.test(entry));
  if (wrong === undefined) return { hosts };
  return { problem: `${JSON.stringify(wrong)} is not a host name, with or without a port` };
}

function matches(entry: string, host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  const [pattern, actual] = /:\d+$/.test(entry) ? [entry, host] : [entry, name];
  return pattern.startsWith('*.') ? actual.endsWith(pattern.slice(1)) : actual === pattern;
}

/**
 * Decides whether a request may use a Host header. A page from elsewhere can reach the sandbox through a name that resolves
 * to this machine, and would then read its secrets: only names that cannot belong to an attacker are allowed.
 */
export function hostGuard(allowed: readonly string[]): (host: string | undefined) => boolean {
  const entries = [...LOOPBACK_HOSTS, ...AGORA_HOSTS, ...allowed];
  return (host) => host !== undefined && entries.some((entry) => matches(entry, host.toLowerCase()));
}
