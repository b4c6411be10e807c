import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';

/** Parameters of TLS that the driver of PostgreSQL acts on. It ignores any other one. */
const KNOWN = ['ssl', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'sslnegotiation', 'uselibpqcompat'];

/** Looks like a parameter of TLS, also where it is misspelt: to ignore one would leave a connection without protection. */
const LIKE_TLS = /^(require_?ssl|use_?libpq|ssl)/i;

const FILES = ['sslrootcert', 'sslcert', 'sslkey'] as const;

const VERIFIED = 'sslmode=verify-full';
const OFF = 'sslmode=disable';

/** `prefer` and `allow` are missing: the driver never continues without TLS where the server has none. */
const MODES = ['disable', 'no-verify', 'require', 'verify-ca', 'verify-full'];

/** What to write for values of `ssl` that the driver misreads or drops where other parameters are given. */
const INSTEAD_OF_SSL: Readonly<Record<string, string>> = {
  false: OFF,
  0: OFF,
  'no-verify': 'sslmode=no-verify',
};

const CONTENTS: Record<(typeof FILES)[number], { what: string; parse: (text: string) => unknown }> = {
  sslrootcert: { what: 'certificates in PEM', parse: (text) => new X509Certificate(text) },
  sslcert: { what: 'a certificate in PEM', parse: (text) => new X509Certificate(text) },
  sslkey: { what: 'a private key in PEM without a passphrase', parse: (text) => createPrivateKey(text) },
};

type Given = ReadonlyMap<string, string>;

function problemOfNames(names: readonly string[]): string | null {
  const unknown = names.find((name) => LIKE_TLS.test(name) && !KNOWN.includes(name));
  if (unknown !== undefined) {
    return `has the parameter ${unknown}, which the driver of PostgreSQL ignores: remove it`;
  }
  const repeated = KNOWN.find((name) => names.filter((each) => each === name).length > 1);
  return repeated === undefined ? null : `has ${repeated} more than once: keep one`;
}

function problemOfSsl(given: Given): string | null {
  const ssl = given.get('ssl');
  if (ssl === undefined) return null;
  if (ssl !== 'true' && ssl !== '1') {
    return `has a value of ssl that is not supported: write ${INSTEAD_OF_SSL[ssl] ?? `${VERIFIED} or ${OFF}`} instead`;
  }
  return given.get('sslmode') === 'disable' ? `has ssl=${ssl} and ${OFF}: keep one of them` : null;
}

function problemOfMode(given: Given): string | null {
  const mode = given.get('sslmode');
  if (mode !== undefined && !MODES.includes(mode)) {
    return `has a value of sslmode that is not supported: write ${VERIFIED} for TLS, or ${OFF} for a connection without TLS`;
  }
  const compatible = given.get('uselibpqcompat');
  if (compatible !== undefined && compatible !== 'true' && compatible !== 'false') {
    return 'has a value of uselibpqcompat that is not supported: write uselibpqcompat=true, or remove it';
  }
  if (compatible === 'true' && mode === 'no-verify') {
    return 'has sslmode=no-verify, which uselibpqcompat=true turns into a full verification: remove uselibpqcompat';
  }
  if (compatible === 'true' && mode === 'verify-ca' && !given.has('sslrootcert')) {
    return `has sslmode=verify-ca with uselibpqcompat=true, which needs the certificate of an authority: add sslrootcert=FILE, or write ${VERIFIED}`;
  }
  return null;
}

function problemOfNegotiation(given: Given): string | null {
  const negotiation = given.get('sslnegotiation');
  if (negotiation === undefined || negotiation === 'postgres') return null;
  if (negotiation !== 'direct') {
    return 'has a value of sslnegotiation that is not supported: write sslnegotiation=direct, or remove it';
  }
  return given.get('sslmode') === 'disable'
    ? `has sslnegotiation=direct and ${OFF}: write ${VERIFIED}, or remove sslnegotiation`
    : null;
}

function problemOfFile(name: (typeof FILES)[number], given: Given): string | null {
  const path = given.get(name);
  if (path === undefined) return null;
  if (path === 'system') {
    return `has ${name}=system, which the driver of PostgreSQL takes for a file: remove it, and the authorities that Node.js trusts are used`;
  }
  const { what, parse } = CONTENTS[name];
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return `names a file for ${name} that cannot be read: ${(error as Error).message}`;
  }
  try {
    parse(text);
    return null;
  } catch {
    return `names a file for ${name} that does not hold ${what}: ${path}`; // The error could quote the key.
  }
}

function problemOfFiles(given: Given): string | null {
  for (const name of FILES) {
    const problem = problemOfFile(name, given);
    if (problem !== null) return problem;
  }
  const [cert, key] = [given.get('sslcert'), given.get('sslkey')];
  if (cert === undefined && key === undefined) return null;
  if (cert === undefined || key === undefined) {
    const [has, lacks] = cert === undefined ? ['sslkey', 'sslcert'] : ['sslcert', 'sslkey'];
    return `has ${has} without ${lacks}: add ${lacks}=FILE, or remove ${has}`;
  }
  try {
    createSecureContext({ cert: readFileSync(cert), key: readFileSync(key) });
    return null;
  } catch {
    return 'names files for sslcert and sslkey that do not belong together: name the key of the certificate';
  }
}

/**
 * What is wrong with the parameters of TLS of a PostgreSQL address, as words that follow the name of the setting; null if the
 * driver does with all of them what they say. No value is quoted but the path of a file.
 */
export function tlsProblemOf(parameters: URLSearchParams): string | null {
  const names = [...parameters.keys()];
  const isFile = (name: string) => (FILES as readonly string[]).includes(name);
  // An empty name of a file counts as none, as for the driver.
  const given = new Map([...parameters].filter(([name, value]) => value !== '' || !isFile(name)));
  return (
    problemOfNames(names) ??
    problemOfSsl(given) ??
    problemOfMode(given) ??
    problemOfNegotiation(given) ??
    problemOfFiles(given)
  );
}

/**
 * The address with `sslmode=verify-full` where the driver does the same for `require` and `verify-ca`: it would print a warning
 * for each process, and is to give them a weaker meaning in its next major version.
 */
export function withExplicitMode(address: string): string {
  if (/[?&]uselibpqcompat=true(?=&|#|$)/.test(address)) return address;
  return address.replace(/([?&]sslmode=)(?:require|verify-ca)(?=&|#|$)/, '$1verify-full');
}
