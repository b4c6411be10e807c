import { describe, expect, it } from 'vitest';
import { problemsOf, settingsOf } from './support.js';

describe('A variable that looks like a setting and is not one', () => {
  it.each([
    ['AGORA_WEBHOOK_SECRET', 'AGORA_WEBHOOK_SECRETS'],
    ['AGORA_APPID', 'AGORA_APP_ID'],
    ['AGORA_API_URL', 'AGORA_API_URLS'],
    ['AGORA_CUSTOMER_KEY', 'AGORA_CUSTOMER_ID'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['GATEWAY_CONFIG_FILE', 'GATEWAY_CONFIG'],
    ['SANDBOX_URI', 'SANDBOX_URL'],
    ['LOG_LEVLE', 'LOG_LEVEL'],
    ['CLOCKSPEED', 'CLOCK_SPEED'],
    ['WEBHOOK_ALLOWED_IPS', 'WEBHOOK_ALLOWED_ADDRESSES'],
    ['OUTGOING_HOST', 'OUTGOING_HOSTS'],
  ])('%s is a problem that suggests %s', (name, suggestion) => {
    expect(problemsOf({ [name]: 'canary' })).toEqual([
      `${name} is not a setting. Did you mean ${suggestion}?`,
    ]);
  });

  it('is a problem without a suggestion if it resembles no setting', () => {
    expect(problemsOf({ GATEWAY_SOMETHING_ENTIRELY_DIFFERENT: '1' })).toEqual([
      'GATEWAY_SOMETHING_ENTIRELY_DIFFERENT is not a setting.',
    ]);
  });

  it('is not reported if it is empty', () => {
    expect(problemsOf({ AGORA_APPID: '' })).toEqual([]);
  });

  it.each([
    'HOSTNAME',
    'HOSTS',
    'POST',
    'PATH',
    'HOME',
    'NODE_OPTIONS',
    'npm_config_cache',
    'LOG_FORMAT',
    'AUTHOR',
  ])('%s belongs to others and is ignored', (name) => {
    expect(problemsOf({ [name]: 'x' })).toEqual([]);
  });
});

describe('The variables that Kubernetes injects for services called gateway, sandbox and agora-database', () => {
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

  it('are ignored, SANDBOX_PORT included', () => {
    const injected = {
      ...service('GATEWAY', 4000),
      ...service('SANDBOX', 4001),
      ...service('AGORA_DATABASE', 5432),
      ...service('DATABASE', 5432),
    };
    expect(settingsOf(injected)).toEqual(settingsOf({}));
  });
});
