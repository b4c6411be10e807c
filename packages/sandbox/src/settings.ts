import { FASTEST_SPEED } from './control/clock.js';
import { LOG_LEVELS, type LogLevel } from './log.js';
import { DEFAULT_WEBHOOK_URL } from './notifications/default-webhook-url.js';
import { type SandboxOptions } from './sandbox.js';
import { webhookSecrets } from './notifications/webhook-secrets.js';

const DEFAULT_PORT = 4001;
const DEFAULT_DATA = './data/sandbox-agora.db';

type Environment = Readonly<Record<string, string | undefined>>;

export interface SandboxSettings {
  options: SandboxOptions;
  logLevel: LogLevel;
}

/** The settings of a sandbox process, or every problem with them. An empty variable counts as not set. */
export function readSettings(environment: Environment): SandboxSettings | { problems: string[] } {
  const problems: string[] = [];
  const given = (name: string) => {
    const value = environment[name]?.trim();
    return value === '' ? undefined : value;
  };

  const portText = given('SANDBOX_PORT') ?? String(DEFAULT_PORT);
  const port = Number(portText);
  if (!/^\d+$/.test(portText) || port > 65_535) {
    problems.push(`SANDBOX_PORT is ${JSON.stringify(portText)}: give a port from 0 to 65535.`);
  }

  const webhookUrl = given('SANDBOX_WEBHOOK_URL') ?? DEFAULT_WEBHOOK_URL;
  if (!URL.canParse(webhookUrl) || !/^https?:$/.test(new URL(webhookUrl).protocol)) {
    problems.push('SANDBOX_WEBHOOK_URL is no address: give one that begins with http:// or https://.');
  }

  const read = webhookSecrets(environment);
  if ('problem' in read) problems.push(read.problem);
  const [webhookSecret] = 'secrets' in read ? read.secrets : [];

  const speedText = given('CLOCK_SPEED');
  const speed = speedText === undefined ? undefined : Number(speedText);
  if (speed !== undefined && !(speed > 0 && speed <= FASTEST_SPEED)) {
    problems.push(
      `CLOCK_SPEED is ${JSON.stringify(speedText)}: give a number above 0, at most ${FASTEST_SPEED}.`,
    );
  }

  const levelText = given('LOG_LEVEL') ?? 'info';
  const logLevel = LOG_LEVELS.find((level) => level === levelText);
  if (logLevel === undefined) {
    problems.push(`LOG_LEVEL is ${JSON.stringify(levelText)}: give one of ${LOG_LEVELS.join(', ')}.`);
  }

  if (problems.length > 0 || logLevel === undefined) return { problems };
  return {
    logLevel,
    options: {
      ...{ port, webhookUrl, speed, webhookSecret },
      dataFile: given('SANDBOX_DATA') ?? DEFAULT_DATA,
    },
  };
}
