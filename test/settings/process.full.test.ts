import { describe, expect, it, onTestFinished } from 'vitest';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { APP_ID, startAgoraGateway } from '../support/agora/agora-gateway.js';
import { newDatabase } from '../support/databases/databases.js';
import { run, temporaryDirectory } from '../support/processes.js';

describe('A gateway that is started with wrong settings', () => {
  it('prints every problem, shows no secret, and exits with 78', async () => {
    const running = run('dist/main.js', {
      HOST: '0.0.0.0',
      AGORA_CUSTOMER_SECRET: 'canary-customer-secret',
      AGORA_API_URLS: 'http://user:canary@bad host',
      AGORA_WEBHOOK_SECRETS_FILE: '/nowhere/webhook-secrets',
      AGORA_WEBHOOK_SECRET: 'canary-webhook-secret',
      CLOCK_SPEED: '5',
      DATABASE_URL: 'postgres://gateway:canary@db.example.com/recordings?ssl=false',
    });
    expect(await running.exited).toBe(78);
    const output = running.output();
    for (const problem of [
      'HOST is 0.0.0.0',
      'AGORA_APP_ID is missing',
      'AGORA_CUSTOMER_ID is missing',
      'AGORA_API_URLS (item 1) is not a valid URL',
      'AGORA_WEBHOOK_SECRETS_FILE cannot be read',
      'AGORA_WEBHOOK_SECRET is not a setting. Did you mean AGORA_WEBHOOK_SECRETS?',
      'CLOCK_SPEED applies to the sandbox only',
      'DATABASE_URL has a value of ssl that is not supported: write sslmode=disable instead',
    ]) {
      expect(output).toContain(`  - ${problem}`);
    }
    expect(output.match(/^ {2}- /gm)).toHaveLength(8);
    expect(output).not.toContain('canary');
  });
});

describe('A gateway in a namespace of Kubernetes whose services are called gateway, sandbox and database', () => {
  const service = (name: string, port: number) => ({
    [`${name}_SERVICE_HOST`]: '10.0.0.11',
    [`${name}_SERVICE_PORT`]: `${port}`,
    [`${name}_SERVICE_PORT_HTTP`]: `${port}`,
    [`${name}_PORT`]: `tcp://10.0.0.11:${port}`,
    [`${name}_PORT_${port}_TCP`]: `tcp://10.0.0.11:${port}`,
    [`${name}_PORT_${port}_TCP_PROTO`]: 'tcp',
    [`${name}_PORT_${port}_TCP_PORT`]: `${port}`,
    [`${name}_PORT_${port}_TCP_ADDR`]: '10.0.0.11',
  });

  it('starts with the variables that are injected for them', async () => {
    const database = await newDatabase('SQLite');
    onTestFinished(() => database.remove());
    const injected = {
      KUBERNETES_SERVICE_HOST: '10.0.0.1',
      KUBERNETES_PORT: 'tcp://10.0.0.1:443',
      ...service('GATEWAY', 4000),
      ...service('SANDBOX', 4001),
      ...service('AGORA_GATEWAY', 4000),
      ...service('DATABASE', 5432),
    };
    const gateway = await startAgoraGateway(database.url, { env: injected });
    onTestFinished(async () => void (await gateway.kill('SIGKILL')));
    await gateway.untilReady();
    expect(gateway.output()).not.toContain('is not a setting');
    expect(await gateway.kill()).toBe(0);
  });
});

describe('A gateway with two projects, one of them without a webhook secret', () => {
  it('warns at the start, and names the address that the Agora console must have for each', async () => {
    const other = 'fedcba9876543210fedcba9876543210';
    const database = await newDatabase('SQLite');
    onTestFinished(() => database.remove());
    const directory = temporaryDirectory();
    onTestFinished(() => directory.remove());
    const GATEWAY_CONFIG = join(directory.path, 'config.json');
    writeFileSync(GATEWAY_CONFIG, JSON.stringify({ projects: [{ appId: other }] }));
    const gateway = await startAgoraGateway(database.url, { env: { GATEWAY_CONFIG } });
    onTestFinished(async () => void (await gateway.kill('SIGKILL')));
    await gateway.untilReady();
    const warnings = gateway
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{"level":40'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const address = (appId: string) => `https://YOUR-HOST/webhooks/agora/${appId}`;
    expect(warnings).toContainEqual(
      expect.objectContaining({
        ...{ appId: other, address: address(other) },
        msg: expect.stringContaining('no webhook secret configured') as string,
      }),
    );
    expect(warnings).toContainEqual(
      expect.objectContaining({
        addresses: [address(APP_ID), address(other)],
        msg: expect.stringContaining('without an App ID are refused') as string,
      }),
    );
    expect(warnings.filter(({ appId }) => appId === APP_ID)).toEqual([]);
  });
});
