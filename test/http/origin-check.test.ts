import { describe, expect, it } from 'vitest';
import { createOriginCheck } from '../../src/http/access/origin-check.js';

const check = createOriginCheck(['https://app.example.com', 'http://localhost:3000']);
const inSandboxMode = createOriginCheck('this-machine');
const unknown = (host: string | undefined) => ({ host, scheme: null });

describe('An Origin header', () => {
  it('that is missing comes from no page', () => {
    expect(check(undefined, unknown('gateway.example.com'))).toBe('none');
    expect(check(undefined, unknown(undefined))).toBe('none');
  });

  it.each([
    ['https://gateway.example.com', 'gateway.example.com'],
    ['http://localhost:4000', 'localhost:4000'],
    ['http://[::1]:4000', '[::1]:4000'],
    ['https://gateway.example.com', 'Gateway.Example.COM'],
    ['https://gateway.example.com', 'gateway.example.com:443'],
    ['http://gateway.example.com', 'gateway.example.com:80'],
    ['http://gateway.example.com:443', 'gateway.example.com:443'],
  ])('%s at host %s is that of the gateway itself', (origin, host) => {
    expect(check(origin, unknown(host))).toBe('own');
  });

  it.each([
    ['https://gateway.example.com', 'gateway.example.com:80'],
    ['http://gateway.example.com', 'gateway.example.com:443'],
    ['https://evil.example.com', 'gateway.example.com'],
    ['http://localhost:3001', 'localhost:4000'],
    ['http://localhost', 'localhost:4000'],
    ['https://app.example.com:8443', 'gateway.example.com'],
    ['http://app.example.com', 'gateway.example.com'],
    ['https://app.example.com.evil.com', 'gateway.example.com'],
    ['https://gateway.example.com.evil.com', 'gateway.example.com'],
    ['https://gateway.example.com@evil.com', 'gateway.example.com'],
    ['https://gateway.example.com', 'x@gateway.example.com'],
    ['null', 'gateway.example.com'],
    ['', 'gateway.example.com'],
    ['file://', 'localhost:4000'],
    ['chrome-extension://abcdefgh', 'localhost:4000'],
    ['gateway.example.com', 'gateway.example.com'],
    ['https://gateway.example.com', undefined],
  ])('%j at host %s is foreign', (origin, host) => {
    expect(check(origin, unknown(host))).toBe('foreign');
  });

  it('is allowed if it is listed', () => {
    expect(check('https://app.example.com', unknown('gateway.example.com'))).toBe('allowed');
    expect(check('http://localhost:3000', unknown('localhost:4000'))).toBe('allowed');
  });

  it('of this machine is allowed on every port in sandbox mode, and no other is', () => {
    for (const origin of [
      'http://localhost:3000',
      'https://127.0.0.1:8443',
      'http://[::1]',
      'http://localhost',
    ])
      expect(inSandboxMode(origin, unknown('localhost:4000'))).toBe('allowed');
    for (const origin of [
      'http://localhost.evil.com',
      'http://192.168.0.7:4000',
      'https://example.com',
      'null',
    ])
      expect(inSandboxMode(origin, unknown('localhost:4000'))).toBe('foreign');
  });

  it('must have the scheme under which the gateway was called, where a trusted proxy says it', () => {
    const secure = { host: 'gateway.example.com', scheme: 'https' } as const;
    expect(check('https://gateway.example.com', secure)).toBe('own');
    expect(check('http://gateway.example.com', secure)).toBe('foreign');
  });
});
