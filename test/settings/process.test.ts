import { describe, expect, it } from 'vitest';
import { run } from '../support/processes.js';

describe('A gateway that is started with wrong settings', () => {
  it('prints every problem, shows no secret, and exits with 78', async () => {
    const running = run('dist/main.js', {
      HOST: '0.0.0.0',
      AGORA_CUSTOMER_SECRET: 'canary-customer-secret',
      AGORA_API_URLS: 'http://user:canary@bad host',
      AGORA_WEBHOOK_SECRETS_FILE: '/nowhere/webhook-secrets',
      AGORA_WEBHOOK_SECRET: 'canary-webhook-secret',
      CLOCK_SPEED: '5',
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
    ]) {
      expect(output).toContain(`  - ${problem}`);
    }
    expect(output.match(/^ {2}- /gm)).toHaveLength(7);
    expect(output).not.toContain('canary');
  });
});
