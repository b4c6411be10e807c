import { isIPv4 } from 'node:net';

/** A name or an address, with or without a port. Nothing else may stand in a Host header. */
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::(\d{1,5}))?$/i;

export interface HostName {
  /** In lower case; an IPv6 address is in brackets, an IPv4 address in its usual form of four numbers. */
  name: string;
  /** Null if none is given. */
  port: string | null;
}

/** Reads a host as it stands in a Host header. Null if it is not one. */
export function parseHost(text: string): HostName | null {
  const [, name, port] = HOST.exec(text) ?? [];
  if (name === undefined || !URL.canParse(`http://${text}`)) return null;
  return { name: new URL(`http://${text}`).hostname, port: port ?? null };
}

/** Whether a name or address, without a port, is this machine's own: reachable only from here. */
export function isLoopback(name: string): boolean {
  return ['localhost', '::1', '[::1]'].includes(name) || (isIPv4(name) && name.startsWith('127.'));
}
