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

/** The parts of a push address that are secret: all of it, and its key. */
export function streamKeys(address: string): string[] {
  const key = /[^/]*$/.exec(address)?.[0] ?? '';
  return [address, key];
}
