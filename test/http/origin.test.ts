import { describe, expect, it } from 'vitest';
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
