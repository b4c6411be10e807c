import { describe, expect, it } from 'vitest';
import { isLoopbackHost } from '../../src/http/host-check.js';
import { isSameOrigin } from '../../src/http/origin.js';

describe('a WebSocket', () => {
  it.each([
    [undefined, 'gateway.example.com'],
    [undefined, undefined],
    ['https://gateway.example.com', 'gateway.example.com'],
    ['http://localhost:4000', 'localhost:4000'],
    ['http://[::1]:4000', '[::1]:4000'],
    ['https://gateway.example.com', 'Gateway.Example.COM'],
  ])('may be opened from %s at host %s', (origin, host) => {
    expect(isSameOrigin(origin, host)).toBe(true);
  });

  it.each([
    ['https://evil.example.com', 'gateway.example.com'],
    ['http://localhost:3000', 'localhost:4000'],
    ['http://localhost', 'localhost:4000'],
    ['https://gateway.example.com.evil.com', 'gateway.example.com'],
    ['https://gateway.example.com@evil.com', 'gateway.example.com'],
    ['null', 'gateway.example.com'],
    ['', 'gateway.example.com'],
    ['file://', 'localhost:4000'],
    ['gateway.example.com', 'gateway.example.com'],
    ['https://gateway.example.com', undefined],
  ])('may not be opened from %j at host %s', (origin, host) => {
    expect(isSameOrigin(origin, host)).toBe(false);
  });
});

describe('a Host header', () => {
  it.each([
    'localhost',
    'LOCALHOST:4000',
    'localhost:4000',
    '127.0.0.1',
    '127.0.0.1:4000',
    '127.8.9.1',
    '[::1]',
    '[::1]:4000',
  ])('of %s is this machine', (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  });

  it.each([
    '',
    'example.com',
    'localhost.example.com',
    '127.0.0.1.example.com:4000',
    '127.example.com',
    '0.0.0.0:4000',
    '192.168.0.7:4000',
    '[::2]:4000',
    'not a host',
  ])('of %s is another', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });
});
