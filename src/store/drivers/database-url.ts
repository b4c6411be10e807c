/** What DATABASE_URL names. */
export type DatabaseAddress = { kind: 'SQLite'; path: string } | { kind: 'PostgreSQL'; url: string };

const FILE = 'file:';

/** The part of a PostgreSQL address in front of the host: the scheme, and `user:password@` if it is given. */
const LOGIN = /^(postgres(?:ql)?:\/\/)([^/?#]*@)?/;

/** Reads `file:PATH` or `postgres://…`, the two forms that the settings accept. */
export function parseDatabaseUrl(url: string): DatabaseAddress {
  if (LOGIN.test(url)) return { kind: 'PostgreSQL', url };
  return { kind: 'SQLite', path: url.startsWith(FILE) ? url.slice(FILE.length) : url };
}

/** `user:password@` of a PostgreSQL address, empty if it has none; null for any other text. */
export function loginOf(url: string): string | null {
  const login = LOGIN.exec(url);
  return login === null ? null : (login[2] ?? '');
}

/** The same address with another login; an empty one removes it. Other addresses than PostgreSQL's stay as they are. */
export function withLogin(url: string, login: string): string {
  return url.replace(LOGIN, (_all, scheme: string) => `${scheme}${login}`);
}
