import ipaddr from 'ipaddr.js';
import { PARAMETER_TABLES } from '@agora-recording-gateway/agora/parameters/tables';
import { userError, type UserError } from '../../user-errors.js';

/** Names that are looked up inside of a network only. */
const INTERNAL_NAME = /(^|\.)(localhost|local|internal)$/;

/** Options that are addresses, and the host of an S3-compatible storage. */
const ADDRESSES: ReadonlySet<string> = new Set([
  'endpoint',
  ...Object.values(PARAMETER_TABLES).flatMap((table) =>
    Object.entries(table).flatMap(([name, { type }]) =>
      type.kind === 'text' && type.format?.endsWith('-address') === true ? [name] : [],
    ),
  ),
]);

/** The host of an address, as a browser reads it, whatever the scheme; null if it cannot be read. */
function hostOf(address: string): string | null {
  // Programs disagree on what a backslash means.
  if (address.includes('\\')) return null;
  // With this scheme every form of an IPv4 address is read as one, and slashes may be missing.
  const web = `http://${address.replace(/^\s*(https?|rtmps?):\/*/i, '')}`;
  if (!URL.canParse(web)) return null;
  return new URL(web).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

function isPrivate(host: string): boolean {
  if (!ipaddr.isValid(host)) return host === '' || INTERNAL_NAME.test(host);
  return ipaddr.process(host).range() !== 'unicast';
}

/** Whether a host is one of a list of names, IP addresses and ranges of addresses. */
export function createHostList(hosts: readonly string[]): (host: string) => boolean {
  const ranges = hosts.filter((host) => ipaddr.isValidCIDR(host)).map((host) => ipaddr.parseCIDR(host));
  const names = new Set(hosts.flatMap((host) => (ipaddr.isValidCIDR(host) ? [] : (hostOf(host) ?? []))));
  return (host) => {
    if (names.has(host)) return true;
    if (!ipaddr.isValid(host)) return false;
    const address = ipaddr.process(host);
    return ranges.some(([range, bits]) => address.kind() === range.kind() && address.match([range, bits]));
  };
}

/** Paths of the addresses in an input. Of a list, the path of the list. */
function addressesIn(value: unknown, at: readonly string[]): { path: readonly string[]; address: string }[] {
  if (typeof value === 'string') return ADDRESSES.has(at.at(-1) ?? '') ? [{ path: at, address: value }] : [];
  if (Array.isArray(value)) return value.flatMap((item) => addressesIn(item, at));
  if (typeof value !== 'object' || value === null || value instanceof Date) return [];
  return Object.entries(value).flatMap(([name, item]) => addressesIn(item, [...at, name]));
}

/**
 * The errors of an input, and one for each further field of it with an address that Agora would fetch from, or push or upload
 * to, though it is of a private network, of this machine, or not readable. Names are not looked up. `at`: path of the input.
 */
export function withPrivateAddresses(
  input: object,
  errors: readonly UserError[],
  permitsHost: (host: string) => boolean,
  at: readonly string[] = [],
): UserError[] {
  const all = [...errors];
  for (const { path, address } of addressesIn(input, at)) {
    const host = hostOf(address);
    if (host !== null && (!isPrivate(host) || permitsHost(host))) continue;
    if (all.some(({ field }) => field?.join('.') === path.join('.'))) continue;
    const message =
      `${path.at(-1)} must be the address of a public host, as Agora opens it from the internet. Hosts of private networks and ` +
      'of this machine are refused unless OUTGOING_HOSTS lists them.';
    all.push(userError('INVALID_PARAMETER', message, { field: [...path] }));
  }
  return all;
}
