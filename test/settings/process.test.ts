import { describe, expect, it } from 'vitest';
import { run } from '../support/processes.js';

describe('the gateway started with wrong settings', () => {
  it('prints every one of them, shows no secret, and exits with 78', async () => {
    const running = run('dist/main.js', {
      HOST: '0.0.0.0',
      AGORA_CUSTOMER_SECRET: 'canary-customer-secret',
      AGORA_API_URLS: 'nonsense',
      AGORA_WEBHOOK_SECRETS_FILE: '/nowhere/webhook-secrets',
      CLOCK_SPEED: '5',
    });
    expect(await running.exited).toBe(78);
    const output = running.output();
    for (const problem of [
      'HOST is 0.0.0.0',
      'AGORA_APP_ID is missing',
      'AGORA_CUSTOMER_ID is missing',
      'AGORA_API_URLS: nonsense',
      'AGORA_WEBHOOK_SECRETS_FILE cannot be read',
      'CLOCK_SPEED is for the sandbox only',
    ]) {
      expect(output).toContain(problem);
    }
    expect(output.match(/^ {2}- /gm)).toHaveLength(6);
    expect(output).not.toContain('canary');
  });

  it('prints every value that it cannot read', async () => {
    const running = run('dist/main.js', { PORT: 'http', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://db' });
    expect(await running.exited).toBe(78);
    for (const name of ['PORT', 'LOG_LEVEL', 'DATABASE_URL'])
      expect(running.output()).toContain(`- ${name}: `);
  });
});
