import { z } from 'zod';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { LOG_LEVELS } from '../telemetry/log.js';
import { baseAddress } from './address.js';
import { isHost } from './host.js';
import { list } from './list.js';

/** One environment variable. docs/configuration.md and .env.example are checked against these rows. */
export interface Variable {
  group: keyof typeof GROUPS;
  /** What it means, with unit and bounds. */
  description: string;
  /** As an operator would write it. Without one the value is undefined when the variable is not set. */
  default?: string;
  /** Reads the trimmed text, which is never empty. */
  value: z.ZodType<unknown, string>;
  /** A secret: may be given as NAME_FILE, a file that holds the value, and is never quoted. */
  secret?: true;
  /** SIGHUP applies a new value; it comes from NAME_FILE, as the environment of a process is fixed. */
  reload?: true;
}

/** The sections of docs/configuration.md, in their order. */
export const GROUPS = {
  listening: 'Listening',
  access: 'Access',
  agora: 'Agora',
  sandbox: 'Sandbox mode',
  store: 'Store',
  other: 'Other',
} as const;

/** The 32 hexadecimal digits of an Agora project, in lower case. */
export const appId = z
  .string()
  .trim()
  .regex(/^[0-9a-f]{32}$/i, 'must be the 32 hexadecimal digits of an Agora App ID')
  .transform((text) => text.toLowerCase());

/** A name or an address, with or without a port, as it stands in a Host header. */
const hostName = z
  .string()
  .transform((text) => text.toLowerCase())
  .refine(isHost, 'must be names or addresses, with or without a port, such as recordings.example.com:8443');

/** A value that holds no white space: what a stray line end or blank would make wrong. */
const word = z.string().regex(/^\S+$/, 'must not contain spaces or line ends');

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a whole number from 0 to 65535')
  .transform(Number)
  .refine((number) => number <= 65_535, 'must be a whole number from 0 to 65535');

const onOff = z.enum(['on', 'off'], 'must be "on" or "off"').transform((text) => text === 'on');

const secret = word.transform((text) => new Secret(text));

const secrets = z
  .string()
  .transform(list)
  .pipe(z.array(secret))
  .refine((items) => items.length > 0, 'must name at least one secret');

const MAX_CUSTOMERS = 5;

const customers = z
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

const MAX_CLOCK_SPEED = 10_000;

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
  AUTH: {
    group: 'access',
    description: '`off`: the gateway does not authenticate callers; a proxy in front of it must.',
    value: z
      .enum(['off'], 'only "off" is supported; authenticate in a proxy')
      .transform(() => 'off' as const),
  },
  ALLOWED_HOSTS: {
    group: 'access',
    description:
      'The names, with or without a port, under which the gateway answers, separated by commas. Names of this machine ' +
      '(`localhost`, `127.0.0.1`, `[::1]`) always work; the webhook and the health checks answer under every name.',
    default: '',
    value: z.string().transform(list).pipe(z.array(hostName)),
  },
  INTROSPECTION: {
    group: 'access',
    description:
      '`on`: answers `__schema` and `__type`, and suggests names in errors. Default: `on` in sandbox mode, else `off`.',
    value: onOff,
  },
  PLAYGROUND: {
    group: 'access',
    description: '`on`: serves the playground at `/`. Default: `on` in sandbox mode, else `off`.',
    value: onOff,
  },
  AGORA_APP_ID: {
    group: 'agora',
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
    reload: true,
  },
  AGORA_CUSTOMERS: {
    group: 'agora',
    description:
      'Instead of `AGORA_CUSTOMER_ID` and `AGORA_CUSTOMER_SECRET`: up to 5 pairs `CUSTOMER_ID:CUSTOMER_SECRET`, separated by ' +
      'commas or one per line, so that one pair can replace another. The first pair that Agora accepts is used.',
    value: customers,
    secret: true,
    reload: true,
  },
  AGORA_API_URLS: {
    group: 'agora',
    description:
      'The base addresses of Agora’s REST API, separated by commas, in order of preference. Scheme, host and port only.',
    default: 'https://api.agora.io,https://api.sd-rtn.com',
    value: z.string().transform(list).pipe(z.array(baseAddress).min(1, 'must name at least one address')),
  },
  AGORA_WEBHOOK_SECRETS: {
    group: 'agora',
    description:
      'The secrets of Agora’s notification service for `AGORA_APP_ID`, separated by commas or one per line. All of them are ' +
      'accepted, so that one can replace another. Without any, every notification is refused. A sandbox that the gateway ' +
      'starts signs with the first one.',
    value: secrets,
    secret: true,
    reload: true,
  },
  SANDBOX: {
    group: 'sandbox',
    description:
      '`on`: run against a sandbox instead of Agora. Needed only where `NODE_ENV=production`; elsewhere a gateway without ' +
      'settings for Agora runs against a sandbox anyway, unless this is `off`.',
    value: onOff,
  },
  SANDBOX_URL: {
    group: 'sandbox',
    description:
      'The base address of a sandbox that is already running. Without it the gateway starts a sandbox as a process of its own.',
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
    description: `How fast the sandbox's clock runs, and with it the gateway's: above 0, at most ${MAX_CLOCK_SPEED}.`,
    value: z
      .string()
      .regex(/^\d+(\.\d+)?$/, 'must be a number above 0')
      .transform(Number)
      .refine(
        (speed) => speed > 0 && speed <= MAX_CLOCK_SPEED,
        `must be a number above 0 and at most ${MAX_CLOCK_SPEED}`,
      ),
  },
  DATABASE_URL: {
    group: 'store',
    description:
      '`file:PATH` for a SQLite file, or `postgres://USER:PASSWORD@HOST/DATABASE`. In sandbox mode the default is ' +
      '`file:./data/sandbox.db`.',
    value: z
      .string()
      .regex(
        /^(file:\S.*|postgres(ql)?:\/\/\S+)$/,
        'must be file:PATH or postgres://USER:PASSWORD@HOST/DATABASE',
      )
      .transform((text) => new Secret(text)),
    secret: true,
    reload: true,
  },
  GATEWAY_CONFIG: {
    group: 'other',
    description: 'A JSON file with storage profiles, more Agora projects, and retention; see below.',
    value: z.string(),
    reload: true,
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
