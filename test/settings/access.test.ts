import { describe, expect, it } from 'vitest';
import { AGORA, problemsOf, settingsOf } from './support.js';

describe('ALLOWED_ORIGINS', () => {
  it('is every page of this machine in sandbox mode, and none otherwise', () => {
    expect(settingsOf({}).allowedOrigins).toBe('this-machine');
    expect(settingsOf(AGORA).allowedOrigins).toEqual([]);
  });

  it('lists origins as browsers write them', () => {
    const ALLOWED_ORIGINS = 'https://App.Example.com/, http://localhost:3000,https://example.com:443';
    expect(settingsOf({ ALLOWED_ORIGINS }).allowedOrigins).toEqual([
      'https://app.example.com',
      'http://localhost:3000',
      'https://example.com',
    ]);
  });

  it.each(['*', 'null', 'app.example.com', 'https://app.example.com/page', 'ftp://app.example.com'])(
    'refuses %s, since it is not an origin',
    (ALLOWED_ORIGINS) => expect(problemsOf({ ALLOWED_ORIGINS })[0]).toMatch(/^ALLOWED_ORIGINS \(item 1\)/),
  );
});

describe('TRUSTED_PROXIES', () => {
  it('takes addresses and ranges, and trusts none by default', () => {
    expect(settingsOf({}).trustedProxies).toEqual([]);
    const TRUSTED_PROXIES = '10.0.0.0/8,::1,loopback';
    expect(settingsOf({ TRUSTED_PROXIES }).trustedProxies).toEqual(['10.0.0.0/8', '::1', 'loopback']);
  });

  it.each(['proxy.example.com', '10.0.0.0/33', '*'])('refuses %s', (TRUSTED_PROXIES) => {
    expect(problemsOf({ TRUSTED_PROXIES })[0]).toMatch(/^TRUSTED_PROXIES \(item 1\)/);
  });

  it('suggests the name of a setting that is misspelt', () => {
    expect(problemsOf({ ALLOWED_ORIGIN: 'https://app.example.com' })[0]).toContain('ALLOWED_ORIGINS');
  });
});

describe('WEBHOOK_ALLOWED_ADDRESSES', () => {
  it('takes addresses, ranges and agora, and allows every address by default', () => {
    expect(settingsOf({}).webhookSources.allowed).toBeNull();
    const WEBHOOK_ALLOWED_ADDRESSES = 'agora,10.0.0.0/8,::1';
    expect(settingsOf({ WEBHOOK_ALLOWED_ADDRESSES }).webhookSources.allowed).toEqual([
      'agora',
      '10.0.0.0/8',
      '::1',
    ]);
  });

  it.each(['hooks.example.com', '10.0.0.0/33', '*'])('refuses %s', (WEBHOOK_ALLOWED_ADDRESSES) => {
    expect(problemsOf({ WEBHOOK_ALLOWED_ADDRESSES })[0]).toMatch(/^WEBHOOK_ALLOWED_ADDRESSES \(item 1\)/);
  });
});

describe('OUTGOING_HOSTS', () => {
  it('takes names, addresses and ranges, and is empty by default', () => {
    expect(settingsOf({}).outgoingHosts).toEqual([]);
    const OUTGOING_HOSTS = 'Media.internal,10.0.0.1,[fd00::1],10.1.0.0/16';
    expect(settingsOf({ OUTGOING_HOSTS }).outgoingHosts).toEqual([
      'media.internal',
      '10.0.0.1',
      '[fd00::1]',
      '10.1.0.0/16',
    ]);
  });

  it.each(['media.internal:8080', 'https://media.internal', '10.0.0.0/33', '*'])(
    'refuses %s',
    (OUTGOING_HOSTS) => {
      expect(problemsOf({ OUTGOING_HOSTS })[0]).toMatch(/^OUTGOING_HOSTS \(item 1\)/);
    },
  );
});
