import ipaddr from 'ipaddr.js';

/** One client usually has all addresses of an IPv6 network of this size. */
const IPV6_NETWORK_BITS = 64;

/** What counts as one client: an IPv4 address, or the /64 network of an IPv6 address. Other texts stay as they are. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${IPV6_NETWORK_BITS}`).toString();
}
