import * as z from 'zod';
import { ALGORITHMS } from '../auth/settings.js';
import { LOG_LEVELS } from '../telemetry/log.js';
import { baseAddress } from './address.js';
import { documentsFile } from './documents-file.js';
import { list } from './list.js';
import {
  appCertificate,
  appId,
  clockSpeed,
  customers,
  databaseUrl,
  hostName,
  keysAddress,
  limit,
  MAX_CLOCK_SPEED,
  onOff,
  origin,
  port,
  outgoingHost,
  proxyRange,
  webhookSource,
  publicKey,
  secret,
  secrets,
  word,
} from './value-types.js';

/** One environment variable. docs/configuration.md and .env.example are written from these rows. */
export interface Variable {
  group: keyof typeof GROUPS;
  /** What it means, with unit and bounds. */
  description: string;
  /** As an operator would write it. Without one the value is undefined when the variable is not set. */
  default?: string;
  /** The default in words, where it depends on something. */
  defaultNote?: string;
  /** Reads the trimmed text, which is never empty. */
  value: z.ZodType<unknown, string>;
  /** A secret: may be given as NAME_FILE, a file that holds the value, and is never quoted. */
  secret?: true;
  /**
   * When a new value in its file takes effect, as the environment of a process is fixed: on SIGHUP, or with the next
   * connection to the database. Without this, at the next start.
   */
  reload?: 'SIGHUP' | 'connection';
  /** A value for .env.example; only for a variable without a default. */
  example?: string;
}

/** The sections of docs/configuration.md, in their order. */
export const GROUPS = {
  listening: 'Listening',
  access: 'Access',
  limits: 'Limits for each caller',
  agora: 'Agora',
  sandbox: 'Sandbox mode',
  store: 'Store',
  other: 'Other',
} as const;

export const VARIABLES = {
  HOST: {
    group: 'listening',
    description:
      'The address to listen on. An address that other machines can reach needs a setting for `AUTH`.',
    default: '127.0.0.1',
    value: word,
  },
  PORT: {
    group: 'listening',
    description: 'The TCP port to listen on, 0 to 65535; 0 takes a free one.',
    default: '4000',
    value: port,
  },
  METRICS_PORT: {
    group: 'listening',
    example: '9464',
    defaultNote: '`PORT` serves `/metrics`, to callers with the scope `recordings:admin`',
    description:
      'A TCP port of `HOST` for `/metrics`, 0 to 65535; 0 takes a free one. There it needs no credential, and answers to IP ' +
      'addresses, names without a dot and those of `ALLOWED_HOSTS`: let only what reads metrics reach it. `PORT` then does not serve it. The health checks answer on both.',
    value: port,
  },
  AUTH: {
    group: 'access',
    defaultNote: '`off` where `HOST` is an address of this machine only; otherwise it must be set',
    example: 'jwt',
    description:
      'How callers of GraphQL and `/metrics` are authenticated. `jwt`: JSON Web Tokens of an identity provider. `keys`: API keys ' +
      'from `AUTH_API_KEYS_FILE`. `off`: not at all; everyone who reaches the gateway may do everything.',
    value: z.enum(['off', 'jwt', 'keys'], 'must be off, jwt or keys'),
  },
  AUTH_JWKS_URL: {
    group: 'access',
    example: 'https://login.example.com/.well-known/jwks.json',
    description:
      'With `AUTH=jwt`: where the keys that tokens are verified with come from. They are fetched again after 10 minutes, and for ' +
      'a token with an unknown key. While that fails, the known ones are used for an hour. https, or http on this machine.',
    value: keysAddress,
  },
  AUTH_JWT_PUBLIC_KEY: {
    group: 'access',
    description: 'With `AUTH=jwt`, instead of `AUTH_JWKS_URL`: one public key in PEM.',
    value: publicKey,
    secret: true,
  },
  AUTH_ISSUER: {
    group: 'access',
    example: 'https://login.example.com/',
    description: 'With `AUTH=jwt`: the issuer (`iss`) that tokens must have.',
    value: word,
  },
  AUTH_AUDIENCE: {
    group: 'access',
    example: 'recordings',
    description: 'With `AUTH=jwt`: the audience (`aud`) that tokens must have.',
    value: word,
  },
  AUTH_ALGORITHMS: {
    group: 'access',
    description: `With \`AUTH=jwt\`: the algorithms that tokens may be signed with, separated by commas, of ${ALGORITHMS.join(', ')}.`,
    default: 'RS256,ES256,EdDSA',
    value: z
      .string()
      .transform(list)
      .pipe(
        z.array(z.enum(ALGORITHMS, `must be of ${ALGORITHMS.join(', ')}`)).min(1, 'must name at least one'),
      ),
  },
  AUTH_API_KEYS_FILE: {
    group: 'access',
    example: './api-keys.json',
    description:
      'With `AUTH=keys`: the JSON file with the hashes of the API keys. `agora-recording-gateway keys` writes it. A change takes ' +
      'effect within 10 seconds, and at once on SIGHUP.',
    value: z.string(),
    reload: 'SIGHUP',
  },
  ALLOWED_HOSTS: {
    group: 'access',
    example: 'recordings.example.com',
    description:
      'The names, with or without a port, under which the gateway answers, separated by commas. Names of this machine ' +
      '(`localhost`, `127.0.0.1`, `[::1]`) always work; the webhook and the health checks answer under every name.',
    default: '',
    value: z.string().transform(list).pipe(z.array(hostName)),
  },
  ALLOWED_ORIGINS: {
    group: 'access',
    example: 'https://app.example.com',
    defaultNote: 'in sandbox mode the origins of this machine, on every port; otherwise none',
    description:
      'The origins (scheme, host and port) of other pages that may use GraphQL, by HTTP and by WebSocket, separated by commas. ' +
      'Pages of the gateway itself, and clients that are not browsers, always may.',
    value: z.string().transform(list).pipe(z.array(origin)),
  },
  TRUSTED_PROXIES: {
    group: 'access',
    example: '10.0.0.0/8',
    description:
      'The IP addresses or ranges of proxies, separated by commas; also `loopback`, `linklocal` and `uniquelocal`. Only from them ' +
      'X-Forwarded-Host, -Proto and -For count. A proxy must set the first two itself, and append to the third.',
    default: '',
    value: z.string().transform(list).pipe(z.array(proxyRange)),
  },
  OUTGOING_HOSTS: {
    group: 'access',
    example: 'media.internal,10.1.0.0/16',
    description:
      'Hosts of private networks whose addresses callers may give to Agora (pages, images, push addresses, inline storages): names, IP ' +
      'addresses and ranges, separated by commas. All others are refused, in sandbox mode, too, where nothing is fetched.',
    default: '',
    value: z.string().transform(list).pipe(z.array(outgoingHost)),
  },
  INTROSPECTION: {
    group: 'access',
    example: 'on',
    defaultNote: '`on` in sandbox mode, otherwise `off`',
    description: '`on`: answers `__schema` and `__type`, and suggests names in errors.',
    value: onOff,
  },
  PLAYGROUND: {
    group: 'access',
    example: 'on',
    defaultNote: '`on` in sandbox mode, otherwise `off`',
    description: '`on`: serves the playground at `/`.',
    value: onOff,
  },
  CONSOLE: {
    group: 'access',
    example: 'on',
    defaultNote: '`on` in sandbox mode, otherwise `off`',
    description: '`on`: serves the console at `/console`. See docs/console.md.',
    value: onOff,
  },
  LIMIT_OPERATIONS: {
    group: 'limits',
    description:
      'Operations that a caller may send to one gateway in a minute, 1 to 1000000000, or `off`. So many may come at once; then they refill steadily. ' +
      'A caller is the name of a credential; where there is none, an IPv4 address or a /64 network of IPv6 addresses.',
    default: '6000',
    value: limit,
  },
  LIMIT_COST: {
    group: 'limits',
    description:
      'Values that the replies of one gateway to a caller may hold in a minute, counted by the sizes of the pages and lists that are asked for, 1 to ' +
      '1000000000, or `off`. One operation asks for at most 2000000.',
    default: '20000000',
    value: limit,
  },
  LIMIT_SUBSCRIPTIONS: {
    group: 'limits',
    description: 'Subscriptions of a caller that run at once on one gateway, 1 to 1000000000, or `off`.',
    default: '1000',
    value: limit,
  },
  LIMIT_CONNECTIONS: {
    group: 'limits',
    description:
      'WebSockets and streams of server-sent events of a caller that are open at once on one gateway, 1 to 1000000000, or `off`. Before its ' +
      'credential is known, a WebSocket counts for its address.',
    default: '200',
    value: limit,
  },
  LIMIT_WEBHOOK_REFUSALS: {
    group: 'limits',
    description:
      'Webhook requests of an address in a minute that may be refused, 1 to 1000000000, or `off`. Further ones get 429 before their body ' +
      'is read, unless the address has sent a valid signature within an hour. Notifications that are signed are not limited.',
    default: '60',
    value: limit,
  },
  LIMIT_UNKNOWN_RECORDINGS: {
    group: 'limits',
    description:
      'Recordings, started elsewhere, that notifications may add to a project in an hour, 1 to 1000000000, or `off`. Notifications about ' +
      'further ones are set aside, and join their recording if it is adopted, or named again in a later hour.',
    default: '10000',
    value: limit,
  },
  WEBHOOK_ALLOWED_ADDRESSES: {
    group: 'access',
    example: 'agora,10.0.0.0/8',
    defaultNote: 'every address',
    description:
      'The IP addresses and ranges that notifications are taken from, separated by commas. `agora` stands for the servers that Agora ' +
      'names, which are asked for each day; while Agora does not name them, every address is allowed. All notifications must be ' +
      'signed in any case. Behind a proxy, `TRUSTED_PROXIES` must name it.',
    value: z.string().transform(list).pipe(z.array(webhookSource)),
  },
  TRUSTED_DOCUMENTS: {
    group: 'access',
    example: './persisted-documents.json',
    description:
      'Files of documents that clients may name by id, separated by commas: JSON objects of texts by id, such as the ' +
      '`persisted-documents.json` that GraphQL Code Generator writes.',
    value: z.string().transform(list).pipe(z.array(documentsFile)),
  },
  TRUSTED_DOCUMENTS_ONLY: {
    group: 'access',
    description: '`true`: the gateway runs the documents of `TRUSTED_DOCUMENTS` only, on every transport.',
    default: 'false',
    value: z.enum(['true', 'false'], 'must be true or false').transform((text) => text === 'true'),
  },
  AGORA_APP_ID: {
    group: 'agora',
    example: '0123456789abcdef0123456789abcdef',
    description:
      'The App ID of the Agora project: 32 hexadecimal digits, case ignored. `projects` in `GATEWAY_CONFIG` adds more.',
    value: appId,
  },
  AGORA_CUSTOMER_ID: {
    group: 'agora',
    description: 'The customer ID for the RESTful API, from the Agora console.',
    value: word,
  },
  AGORA_CUSTOMER_SECRET: {
    group: 'agora',
    description: 'The customer secret that belongs to `AGORA_CUSTOMER_ID`.',
    value: secret,
    secret: true,
    reload: 'SIGHUP',
  },
  AGORA_CUSTOMERS: {
    group: 'agora',
    example: 'NEW_ID:NEW_SECRET,OLD_ID:OLD_SECRET',
    description:
      'Instead of `AGORA_CUSTOMER_ID` and `AGORA_CUSTOMER_SECRET`: up to 5 pairs `CUSTOMER_ID:CUSTOMER_SECRET`, separated by ' +
      'commas or one per line, so that one pair can replace another. The first pair that Agora accepts is used.',
    value: customers,
    secret: true,
    reload: 'SIGHUP',
  },
  AGORA_API_URLS: {
    group: 'agora',
    description:
      "The base addresses of Agora's REST API, separated by commas, in order of preference. Scheme, host and port only.",
    default: 'https://api.agora.io,https://api.sd-rtn.com',
    value: z.string().transform(list).pipe(z.array(baseAddress).min(1, 'must name at least one address')),
  },
  AGORA_APP_CERTIFICATE: {
    group: 'agora',
    description:
      'The App Certificate of `AGORA_APP_ID`, in sandbox mode that of its project: 32 hexadecimal digits. With it the gateway makes ' +
      'the RTC token of each recording that is started without one. Without it, callers must send a `token` if the project has a ' +
      'certificate.',
    value: appCertificate,
    secret: true,
    reload: 'SIGHUP',
  },
  AGORA_WEBHOOK_SECRETS: {
    group: 'agora',
    example: 'NEW_SECRET,OLD_SECRET',
    description:
      "The secrets of Agora's notification service for `AGORA_APP_ID`, separated by commas or one per line. All of them are " +
      'accepted, so that one can replace another. Without any, every notification is refused. A sandbox that the gateway ' +
      'starts signs with the first one.',
    value: secrets,
    secret: true,
    reload: 'SIGHUP',
  },
  SANDBOX: {
    group: 'sandbox',
    defaultNote: 'see the meaning',
    example: 'on',
    description:
      '`on`: run against a sandbox instead of Agora. Needed only where `NODE_ENV=production`; elsewhere a gateway without ' +
      'settings for Agora runs against a sandbox anyway, unless this is `off`.',
    value: onOff,
  },
  SANDBOX_URL: {
    group: 'sandbox',
    example: 'http://127.0.0.1:4001',
    description:
      'The base address of a sandbox that is already running. Without it the gateway starts a sandbox as a separate process.',
    value: baseAddress,
  },
  SANDBOX_PORT: {
    group: 'sandbox',
    description: 'The TCP port of the sandbox that the gateway starts, 0 to 65535; 0 takes a free one.',
    default: '4001',
    value: port,
  },
  SANDBOX_DATA: {
    group: 'sandbox',
    description: 'The SQLite file in which the sandbox that the gateway starts keeps its tasks.',
    default: './data/sandbox-agora.db',
    value: z.string(),
  },
  SANDBOX_HTTPS_PORT: {
    group: 'sandbox',
    description:
      'A TCP port on which the sandbox also serves HTTPS, 0 to 65535; 0 takes a free one. Without it, the sandbox serves HTTP only.',
    value: port,
  },
  SANDBOX_HOST: {
    group: 'sandbox',
    description:
      'The address that the sandbox listens on. On any other than a loopback address, everyone who reaches it can use its control side.',
    default: '127.0.0.1',
    value: z.string(),
  },
  SANDBOX_ALLOWED_HOSTS: {
    group: 'sandbox',
    description:
      'Host names that the sandbox serves in addition to loopback names, `*.agora.io` and `*.sd-rtn.com`; separated by commas, ' +
      'the port is optional.',
    value: z.string(),
  },
  SANDBOX_FALSE_ASSUMPTIONS: {
    group: 'sandbox',
    description:
      'Assumptions about Agora that are false in the sandbox by default, by name, separated by commas. The manual of the sandbox lists ' +
      'them.',
    value: z.string(),
  },
  SANDBOX_WEBHOOK_URL: {
    group: 'sandbox',
    description:
      'Where a sandbox that runs alone (`npm run sandbox`) sends notifications. A sandbox that the gateway starts sends them ' +
      'to the gateway.',
    default: 'http://127.0.0.1:4000/webhooks/agora',
    value: z.string(),
  },
  CLOCK_SPEED: {
    group: 'sandbox',
    example: '10',
    description: `How fast the sandbox's clock runs, and with it the gateway's: above 0, at most ${MAX_CLOCK_SPEED}.`,
    value: clockSpeed,
  },
  DATABASE_URL: {
    group: 'store',
    description: '`file:PATH` for a SQLite file, or `postgres://USER:PASSWORD@HOST/DATABASE`.',
    defaultNote: '`file:./data/gateway.db`, in sandbox mode `file:./data/sandbox.db`',
    example: 'postgres://gateway:PASSWORD@db.example.com/recordings',
    value: databaseUrl,
    secret: true,
    reload: 'connection',
  },
  GATEWAY_CONFIG: {
    group: 'other',
    example: './gateway.json',
    description: 'A JSON file with storage profiles, more Agora projects, and retention; see below.',
    value: z.string(),
    reload: 'SIGHUP',
  },
  MEDIA_PROXY: {
    group: 'other',
    description:
      '`true`: players fetch slices, MP4 files and screenshots through the gateway, and no address of a bucket is given to them: for a ' +
      'bucket that browsers cannot reach, or without a CORS rule. At most 200 files pass at once. Otherwise they fetch them from the bucket.',
    default: 'false',
    value: z.enum(['true', 'false'], 'must be true or false').transform((text) => text === 'true'),
  },
  MEDIA_SECRET: {
    group: 'other',
    description:
      'A text without spaces that addresses of files at the gateway (`/media/…`) are signed with, in addition to the key of the store. A ' +
      'new one revokes all of them; an old one is not accepted. The same on all gateways of a store. Not needed otherwise.',
    value: secret,
    secret: true,
    reload: 'SIGHUP',
  },
  LOG_LEVEL: {
    group: 'other',
    description: `The least severe log lines to write: ${LOG_LEVELS.map((level) => `\`${level}\``).join(', ')}.`,
    default: 'info',
    value: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`),
  },
} satisfies Record<string, Variable>;

export type VariableName = keyof typeof VARIABLES;

export const VARIABLE_NAMES = Object.keys(VARIABLES) as VariableName[];

type Row<Name extends VariableName> = (typeof VARIABLES)[Name];

/** The value of each variable; undefined where it is not set and has no default. */
export type Values = {
  [Name in VariableName]:
    z.output<Row<Name>['value']> | (Row<Name> extends { default: string } ? never : undefined);
};
