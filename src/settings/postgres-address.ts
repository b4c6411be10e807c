import { tlsProblemOf } from './postgres-tls.js';

/** The host may be left out after a login, for the default one or one that a parameter names; a URL needs one there. */
const withHost = (text: string) => text.replace('@/', '@localhost/');

const isPort = (text: string) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;

/** Whether a part of an address can be decoded. A % that begins no code stands for itself. */
function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text.replaceAll(/%(?![0-9a-f]{2})/gi, '%25'));
    return true;
  } catch {
    return false;
  }
}

function parseAddress(text: string): URL | null {
  const address = [text, withHost(text)].find((each) => URL.canParse(each));
  return address === undefined ? null : new URL(address);
}

/** Whether the driver of PostgreSQL can read an address. */
export function isPostgresAddress(text: string): boolean {
  const address = parseAddress(text);
  if (address === null) return false;
  const { username, password, hostname, port, pathname, searchParams } = address;
  const ports = [port, searchParams.get('port') ?? ''].filter((each) => each !== '');
  return ports.every(isPort) && [username, password, hostname, pathname].every(isDecodable);
}

/** What is wrong with the parameters of an address, as words that follow the name of the setting; null if nothing is. */
export function parameterProblemOf(text: string): string | null {
  const parameters = parseAddress(text)?.searchParams;
  return parameters === undefined ? null : tlsProblemOf(parameters);
}
