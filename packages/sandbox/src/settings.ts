import { parseAllowedHosts } from './api/allowed-hosts.js';
import { parseAssumptions } from './control/assumptions.js';
import { MAX_SPEED } from './control/clock.js';
import { LOG_LEVELS, type LogLevel } from './log.js';
import { DEFAULT_WEBHOOK_URL } from './notifications/default-webhook-url.js';
import { webhookSecrets } from './notifications/webhook-secrets.js';
import { type SandboxOptions } from './sandbox.js';

const DEFAULT_PORT = 4001;
const DEFAULT_DATA = './data/sandbox-agora.db';

type Environment = Readonly<Record<string, string | undefined>>;

export interface SandboxSettings {
  options: SandboxOptions;
  logLevel: LogLevel;
}

/** Reads settings, and collects every problem with them. An empty variable counts as not set. */
class SettingsReader {
  readonly problems: string[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  text(name: string): string | undefined {
    const value = this.#environment[name]?.trim();
    return value === '' ? undefined : value;
  }

  port(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const port = Number(text);
    if (/^\d+$/.test(text) && port <= 65_535) return port;
    this.problems.push(`${name} is ${JSON.stringify(text)}: give a port from 0 to 65535.`);
    return undefined;
  }

  webhookUrl(): string {
    const url = this.text('SANDBOX_WEBHOOK_URL') ?? DEFAULT_WEBHOOK_URL;
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      this.problems.push('SANDBOX_WEBHOOK_URL is not an address: it must start with http:// or https://.');
    }
    return url;
  }

  webhookSecret(): string | undefined {
    const read = webhookSecrets(this.#environment);
    if ('secrets' in read) return read.secrets[0];
    this.problems.push(read.problem);
    return undefined;
  }

  speed(): number | undefined {
    const text = this.text('CLOCK_SPEED');
    if (text === undefined) return undefined;
    const speed = Number(text);
    if (speed > 0 && speed <= MAX_SPEED) return speed;
    this.problems.push(
      `CLOCK_SPEED is ${JSON.stringify(text)}: give a number above 0, at most ${MAX_SPEED}.`,
    );
    return undefined;
  }

  allowedHosts(): string[] {
    const parsed = parseAllowedHosts(this.text('SANDBOX_ALLOWED_HOSTS') ?? '');
    if ('hosts' in parsed) return parsed.hosts;
    this.problems.push(`SANDBOX_ALLOWED_HOSTS: ${parsed.problem}. Separate names by commas.`);
    return [];
  }

  falseAssumptions(): string[] {
    const parsed = parseAssumptions(this.text('SANDBOX_FALSE_ASSUMPTIONS') ?? '');
    if ('names' in parsed) return parsed.names;
    this.problems.push(
      `SANDBOX_FALSE_ASSUMPTIONS: ${parsed.problem}. Separate names by commas; docs/assumptions.md lists them.`,
    );
    return [];
  }

  logLevel(): LogLevel {
    const text = this.text('LOG_LEVEL') ?? 'info';
    const level = LOG_LEVELS.find((name) => name === text);
    if (level === undefined) {
      this.problems.push(`LOG_LEVEL is ${JSON.stringify(text)}: give one of ${LOG_LEVELS.join(', ')}.`);
    }
    return level ?? 'info';
  }
}

/** The settings of a sandbox process, or every problem with them. */
export function readSettings(environment: Environment): SandboxSettings | { problems: string[] } {
  const read = new SettingsReader(environment);
  const settings: SandboxSettings = {
    logLevel: read.logLevel(),
    options: {
      port: read.port('SANDBOX_PORT') ?? DEFAULT_PORT,
      httpsPort: read.port('SANDBOX_HTTPS_PORT'),
      host: read.text('SANDBOX_HOST'),
      allowedHosts: read.allowedHosts(),
      webhookUrl: read.webhookUrl(),
      webhookSecret: read.webhookSecret(),
      speed: read.speed(),
      dataFile: read.text('SANDBOX_DATA') ?? DEFAULT_DATA,
      falseAssumptions: read.falseAssumptions(),
    },
  };
  return read.problems.length > 0 ? { problems: read.problems } : settings;
}
