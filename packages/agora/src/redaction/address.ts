import { type Range, REDACTED } from './range.js';

/** Scheme with its slashes; authority; path; query and fragment. Browsers take a backslash for a slash. */
const ADDRESS = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#\\]*)([^?#]*)([\s\S]*)$/i;

/** A query value that is one short word, such as `layout=grid`, does not count as a secret: words occur in every text. */
const PLAIN_WORD = /^[a-z]{1,11}$/;

/** An address without its credentials, and each of the credentials that it came with. */
export interface AddressParts {
  shown: string;
  secrets: string[];
}

function userOf(authority: string): { user: string; host: string } {
  const at = authority.lastIndexOf('@');
  return { user: authority.slice(0, Math.max(0, at)), host: authority.slice(at + 1) };
}

/** User and password, each by itself and both together. */
function userSecrets(user: string): string[] {
  const colon = user.indexOf(':');
  return colon < 0 ? [user] : [user, user.slice(0, colon), user.slice(colon + 1)];
}

/** What follows the path: its values, each whole and in its parts. */
function queryValues(rest: string): string[] {
  return rest
    .split(/[?#&;]/)
    .filter((part) => part !== '')
    .map((part) => part.slice(part.indexOf('=') + 1));
}

const known = (values: readonly string[]) => [...new Set(values)].filter((value) => value !== '');

interface PushAddress {
  scheme: string;
  user: string;
  host: string;
  /** The first part of the path; null where nothing follows it. */
  application: string | null;
  /** The rest, which is enough to push. */
  tail: string;
}

/** Null without a scheme, and where it is not known which part is the host: a slash in a password ends the authority early. */
function parsePushAddress(address: string): PushAddress | null {
  const [, scheme, authority = '', path = '', rest = ''] = ADDRESS.exec(address) ?? [];
  if (scheme === undefined || `${path}${rest}`.includes('@')) return null;
  const [front = '', application = null] = /^[/\\]+([^/\\]+)[/\\]+(?=[^/\\])/.exec(path) ?? [];
  const tail = application === null ? path.replace(/^[/\\]+/, '') : path.slice(front.length);
  return { scheme, ...userOf(authority), application, tail: `${tail}${rest}` };
}

/**
 * An address that a page is pushed to. The part after the application, the first part of the path, is enough to push:
 * CDNs put the stream key there with an instance before or after it, or in the query. The part before it shows operators
 * which CDN it is.
 */
export function pushAddressParts(address: string): AddressParts {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(address)?.[0] ?? '';
  const pieces = address.slice(scheme.length).split(/[/\\?#&;=:@]/);
  const parsed = parsePushAddress(address);
  if (parsed === null)
    return {
      shown: scheme === '' ? REDACTED : `${scheme}${REDACTED}/${REDACTED}`,
      secrets: known([address, ...pieces]),
    };
  const { user, host, application, tail } = parsed;
  const shown = `${scheme}${host}${application === null ? '' : `/${application}`}/${REDACTED}`;
  const values = queryValues(tail.replace(/^[^?#]*/, ''));
  const keys = [tail, ...tail.split(/[?#]/), ...values, ...tail.split(/[/\\?#&;=:]/)];
  return { shown, secrets: known([...userSecrets(user), ...keys.filter((key) => key !== application)]) };
}

/** The address of a page or of an image: user, password, fragment and the values of the query may be credentials. */
export function pageAddressParts(address: string): AddressParts {
  const [, scheme, authority = '', path = '', rest = ''] = ADDRESS.exec(address) ?? [];
  if (scheme === undefined) return { shown: address, secrets: [] };
  const { user, host } = userOf(authority);
  const hash = rest.indexOf('#');
  const query = hash < 0 ? rest : rest.slice(0, hash);
  const fragment = hash < 0 ? '' : rest.slice(hash + 1);
  const parameters = query
    .slice(1)
    .split('&')
    .map((parameter) => (parameter === '' ? '' : `${/^[^=]*=/.exec(parameter)?.[0] ?? ''}${REDACTED}`));
  const shownQuery = query === '' ? '' : `?${parameters.join('&')}`;
  const shownFragment = fragment === '' ? '' : `#${REDACTED}`;
  const values = [...queryValues(rest), fragment].filter((value) => !PLAIN_WORD.test(value));
  return {
    shown: `${scheme}${host}${path}${shownQuery}${shownFragment}`,
    secrets: known([...userSecrets(user), ...values]),
  };
}

/** Ends an address inside of a text. */
const ADDRESS_END = /[\s"'<>`]|$/g;
const AUTHORITY_END = /[\s"'<>`/?#\\]|$/g;

function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}

/** The longest scheme of a push address. */
const SCHEME_UNITS = 'rtmps'.length;

/** Where the credentials of a push address stand in it. */
function pushSecrets(address: string): Range[] {
  const parsed = parsePushAddress(address);
  const from = address.indexOf('://') + 3;
  if (parsed === null) return [[from, address.length]];
  const { user, tail } = parsed;
  return [
    [from, from + user.length],
    [address.length - tail.length, address.length],
  ];
}

/** Where credentials stand in the addresses inside of a text: users of all of them, and keys of push addresses. */
export function addressSecrets(text: string): Range[] {
  const found: Range[] = [];
  let at = text.indexOf('://');
  while (at >= 0) {
    const from = at + 3;
    let end = endOf(AUTHORITY_END, text, from);
    const scheme = /rtmps?$/i.exec(text.slice(Math.max(0, at - SCHEME_UNITS), at))?.[0];
    if (scheme !== undefined) {
      end = endOf(ADDRESS_END, text, from);
      const begin = at - scheme.length;
      for (const [start, stop] of pushSecrets(text.slice(begin, end)))
        found.push([begin + start, begin + stop]);
    } else {
      const user = text.lastIndexOf('@', end - 1);
      if (user >= from) found.push([from, user]);
    }
    at = text.indexOf('://', end);
  }
  return found.filter(([start, stop]) => stop > start);
}
