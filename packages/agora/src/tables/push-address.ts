const KEY_CUT = '[redacted]';

/**
 * A push address without its stream key: the last part of the path, and everything after it, lets anybody push. What
 * stands before it tells operators which CDN it is.
 */
export function withoutStreamKey(address: string): string {
  const [, scheme = '', authority = '', path = ''] =
    /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)([^?#]*)/i.exec(address) ?? [];
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  return `${scheme}${host}${path.slice(0, path.lastIndexOf('/'))}/${KEY_CUT}`;
}

/** What of a push address is secret, each by itself: the key, what follows it, and who pushes. */
export function streamKeys(address: string): string[] {
  const [, user = '', path = '', rest = ''] =
    /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:([^/?#@]*)@)?([^?#]*)(.*)$/i.exec(address) ?? [];
  const key = path.slice(path.lastIndexOf('/') + 1);
  const values = rest.split(/[?#&]/).map((part) => part.slice(part.indexOf('=') + 1));
  return [address, key, ...values, ...user.split(':')].filter((part) => part !== '');
}
