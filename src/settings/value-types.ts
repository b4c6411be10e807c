import ipaddr from 'ipaddr.js';
import proxyAddress from '@fastify/proxy-addr';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import * as z from 'zod';
import { createPublicKey } from 'node:crypto';
import { isLoopback, parseHost } from '../host-name.js';
import { baseAddress } from './address.js';
import { list } from './list.js';
import { isPostgresAddress, parameterProblemOf } from './postgres-address.js';
import { withExplicitMode } from './postgres-tls.js';

/** The types of values that settings have. Each reads a trimmed text and says what is wrong without quoting it. */

/** The 32 hexadecimal digits of an Agora project, in lower case. */
export const appId = z
  .string()
  .trim()
  .regex(/^[0-9a-f]{32}$/i, 'must be the 32 hexadecimal digits of an Agora App ID')
  .transform((text) => text.toLowerCase());

/** The 32 hexadecimal digits that sign the tokens of a project. Case is part of the key. */
export const appCertificate = z
  .string()
  .trim()
  .regex(/^[0-9a-f]{32}$/i, 'must be the 32 hexadecimal digits of an App Certificate')
  .transform((text) => new Secret(text));

/** A name or an address, with or without a port, as in a Host header. */
export const hostName = z
  .string()
  .transform((text) => text.toLowerCase())
  .refine(
    (text) => parseHost(text) !== null,
    'must be names or addresses, with or without a port, such as recordings.example.com:8443',
  );

/** A value that holds no white space: what a stray line end or blank would make wrong. */
export const word = z.string().regex(/^\S+$/, 'must not contain spaces or line ends');

export const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a whole number from 0 to 65535')
  .transform(Number)
  .refine((number) => number <= 65_535, 'must be a whole number from 0 to 65535');

export const onOff = z.enum(['on', 'off'], 'must be "on" or "off"').transform((text) => text === 'on');

const MAX_LIMIT = 1_000_000_000;
const limitProblem = `must be a whole number from 1 to ${MAX_LIMIT}, or off`;

/** A bound; null for none. */
export const limit = z
  .string()
  .regex(/^(off|[1-9]\d{0,9})$/, limitProblem)
  .transform((text) => (text === 'off' ? null : Number(text)))
  .refine((number) => number === null || number <= MAX_LIMIT, limitProblem);

export const secret = word.transform((text) => new Secret(text));

export const secrets = z
  .string()
  .transform(list)
  .pipe(z.array(secret))
  .refine((items) => items.length > 0, 'must name at least one secret');

const MAX_CUSTOMERS = 5;

export const customers = z
  .string()
  .transform(list)
  .pipe(
    z
      .array(z.string().regex(/^[^:\s]+:[^:\s]+$/, 'must be a list of CUSTOMER_ID:CUSTOMER_SECRET pairs'))
      .min(1, 'must hold at least one CUSTOMER_ID:CUSTOMER_SECRET pair')
      .max(MAX_CUSTOMERS, `must hold at most ${MAX_CUSTOMERS} pairs`),
  )
  .transform((pairs) =>
    pairs.map((pair) => {
      const [customerId = '', customerSecret = ''] = pair.split(':');
      return { customerId, customerSecret: new Secret(customerSecret) };
    }),
  );

/** Where a JWKS is. What verifies tokens must not be fetched over a network in the clear. */
export const keysAddress = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  return isSafe && username === '' && password === '';
}, 'must be an https address without user name and password; http is for this machine only');

function isPublicKey(text: string): boolean {
  // From a private key, Node would derive the public one.
  if (!text.includes('-----BEGIN PUBLIC KEY-----')) return false;
  try {
    createPublicKey(text);
    return true;
  } catch {
    return false; // Not a key in PEM; the error says nothing more.
  }
}

/** A public key in PEM. Where an environment cannot hold line ends, they may be written as `\\n`. */
export const publicKey = z
  .string()
  .transform((text) => text.replaceAll('\\n', '\n'))
  .refine(isPublicKey, 'must be a public key in PEM: -----BEGIN PUBLIC KEY-----');

/** The origin of pages, as browsers write it. */
export const origin = baseAddress.transform((text) => new URL(text).origin);

function isProxyRange(text: string): boolean {
  try {
    proxyAddress.compile(text);
    return true;
  } catch {
    return false; // Neither an address nor a range; the error says nothing more.
  }
}

export const proxyRange = z
  .string()
  .refine(
    isProxyRange,
    'must be IP addresses or ranges such as 10.0.0.0/8, or loopback, linklocal or uniquelocal',
  );

/** Where notifications come from: addresses, or `agora`. */
export const webhookSource = z
  .string()
  .refine(
    (text) => text === 'agora' || isProxyRange(text),
    'must be agora, or IP addresses or ranges such as 10.0.0.0/8, or loopback, linklocal or uniquelocal',
  );

/** A host without a port, or a range of addresses. */
export const outgoingHost = z
  .string()
  .transform((text) => text.toLowerCase())
  .refine(
    (text) => ipaddr.isValidCIDR(text) || parseHost(text)?.port === null,
    'must be names, IP addresses or ranges such as 10.1.0.0/16, without a port; an IPv6 address in brackets',
  );

export const MAX_CLOCK_SPEED = 10_000;

const speedProblem = `must be a number above 0 and at most ${MAX_CLOCK_SPEED}`;

export const clockSpeed = z
  .string()
  .regex(/^\d+(\.\d+)?$/, speedProblem)
  .transform(Number)
  .refine((speed) => speed > 0 && speed <= MAX_CLOCK_SPEED, speedProblem);

export const databaseUrl = z
  .string()
  .regex(/^(file:\S.*|postgres(ql)?:\/\/\S+)$/, {
    message: 'must be file:PATH or postgres://USER:PASSWORD@HOST/DATABASE',
    abort: true,
  })
  .refine((text) => text !== 'file::memory:', {
    message: 'must name a file: a database in memory ends with the process',
    abort: true,
  })
  .refine((text) => text.startsWith('file:') || isPostgresAddress(text), {
    message:
      'must be an address with a port from 1 to 65535, if it has one, and with special characters of user and password ' +
      'written as in an address (%40 for @, %2F for /)',
    abort: true,
  })
  .superRefine((text, context) => {
    const problem = text.startsWith('file:') ? null : parameterProblemOf(text);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  })
  .transform((text) => new Secret(text.startsWith('file:') ? text : withExplicitMode(text)));
