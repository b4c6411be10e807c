import { readFileSync } from 'node:fs';
import { parseApiKeys } from '../auth/api-keys.js';
import { type AuthSettings } from '../auth/settings.js';
import { type ReadEnvironment } from './environment.js';
import { reasonOf } from './files.js';
import { type VariableName } from './variables.js';

/** The settings that each way to authenticate has. */
const NAMES: Record<'jwt' | 'keys', readonly VariableName[]> = {
  jwt: ['AUTH_JWKS_URL', 'AUTH_JWT_PUBLIC_KEY', 'AUTH_ISSUER', 'AUTH_AUDIENCE', 'AUTH_ALGORITHMS'],
  keys: ['AUTH_API_KEYS_FILE'],
};

function readJwt({ values }: ReadEnvironment, problems: string[]): AuthSettings | null {
  const { AUTH_JWKS_URL: url, AUTH_JWT_PUBLIC_KEY: publicKey, AUTH_ALGORITHMS: algorithms } = values;
  const { AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = values;
  if ((url === undefined) === (publicKey === undefined)) {
    problems.push('AUTH is jwt: set either AUTH_JWKS_URL or AUTH_JWT_PUBLIC_KEY.');
  }
  if (issuer === undefined) problems.push('AUTH is jwt: AUTH_ISSUER is missing.');
  if (audience === undefined) problems.push('AUTH is jwt: AUTH_AUDIENCE is missing.');
  if (issuer === undefined || audience === undefined) return null;
  const common = { kind: 'jwt', issuer, audience, algorithms } as const;
  if (url !== undefined) return { ...common, keys: { url } };
  return publicKey === undefined ? null : { ...common, keys: { publicKey } };
}

function readKeys({ values }: ReadEnvironment, problems: string[]): AuthSettings | null {
  const file = values.AUTH_API_KEYS_FILE;
  if (file === undefined) {
    problems.push('AUTH is keys: AUTH_API_KEYS_FILE is missing.');
    return null;
  }
  try {
    const parsed = parseApiKeys(readFileSync(file, 'utf8'));
    if ('keys' in parsed) return { kind: 'keys', file };
    problems.push(...parsed.problems.map((problem) => `AUTH_API_KEYS_FILE: ${problem}.`));
  } catch (error) {
    problems.push(
      `AUTH_API_KEYS_FILE cannot be read: ${reasonOf(error)}. \`agora-recording-gateway keys add\` makes it.`,
    );
  }
  return null;
}

/** How callers are authenticated. Null after a problem. */
export function readAuth(read: ReadEnvironment, problems: string[]): AuthSettings | null {
  const { values, given } = read;
  // Not one of the values, which is reported already.
  if (given.has('AUTH') && values.AUTH === undefined) return null;
  const kind = values.AUTH ?? 'off';
  for (const [of, names] of Object.entries(NAMES)) {
    if (of === kind) continue;
    const idle = names.filter((name) => given.has(name));
    if (idle.length > 0) problems.push(`${idle.join(', ')}: only for AUTH=${of}, and AUTH is ${kind}.`);
  }
  if (kind === 'off') return { kind };
  return kind === 'jwt' ? readJwt(read, problems) : readKeys(read, problems);
}
