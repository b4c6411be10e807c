import { describe, expect, it } from 'vitest';
import { pageAddressParts, pushAddressParts } from '../../src/redaction/address.js';

describe('A push address', () => {
  it.each([
    ['a key', 'rtmp://cdn.example.com/live/canary1', 'rtmp://cdn.example.com/live/[redacted]', ['canary1']],
    [
      'a trailing slash',
      'rtmp://cdn.example.com/live/canary1/',
      'rtmp://cdn.example.com/live/[redacted]',
      ['canary1'],
    ],
    [
      'an instance after the key',
      'rtmp://cdn.example.com/live/canary1/instance',
      'rtmp://cdn.example.com/live/[redacted]',
      ['canary1'],
    ],
    [
      'an instance before the key',
      'rtmp://cdn.example.com/live/_definst_/canary1',
      'rtmp://cdn.example.com/live/[redacted]',
      ['canary1'],
    ],
    ['a key alone', 'rtmp://cdn.example.com/canary1', 'rtmp://cdn.example.com/[redacted]', ['canary1']],
    [
      'user and password',
      'rtmp://canary1:canary2@cdn.example.com/live/canary3?auth=canary4&b=canary5#canary6',
      'rtmp://cdn.example.com/live/[redacted]',
      ['canary1', 'canary2', 'canary3', 'canary4', 'canary5', 'canary6'],
    ],
    ['an at sign in the password', 'rtmp://u:canary1@x@h/live/k', 'rtmp://h/live/[redacted]', ['canary1@x']],
    [
      'a slash in the password',
      'rtmp://pub:canary1/x@host/live/canary2',
      'rtmp://[redacted]/[redacted]',
      ['canary1', 'canary2'],
    ],
    [
      'an at sign in the key',
      'rtmp://host/live/canary1@canary2',
      'rtmp://[redacted]/[redacted]',
      ['canary1', 'canary2'],
    ],
    [
      'a query before a slash',
      'rtmp://host/live?tok=canary1/stream',
      'rtmp://host/[redacted]',
      ['canary1/stream', 'canary1'],
    ],
    ['no scheme', 'canary1', '[redacted]', ['canary1']],
  ])('with %s is shown without its credentials', (_what, address, shown, secrets) => {
    const parts = pushAddressParts(address);
    expect(parts.shown).toBe(shown);
    expect(parts.secrets).toEqual(expect.arrayContaining(secrets));
    expect(pushAddressParts(shown).shown).toBe(shown);
  });
});

describe('The address of a page', () => {
  it.each([
    ['nothing secret', 'https://example.com/room/7', 'https://example.com/room/7', []],
    [
      'user, password, query and fragment',
      'https://canary1:canary2@example.com:8443/p?token=canary3&room=canary4&e=#canary5',
      'https://example.com:8443/p?token=[redacted]&room=[redacted]&e=[redacted]#[redacted]',
      ['canary1', 'canary2', 'canary3', 'canary4', 'canary5'],
    ],
    ['a value without a name', 'https://example.com?canary1', 'https://example.com?[redacted]', ['canary1']],
  ])('with %s is shown without its credentials', (_what, address, shown, secrets) => {
    const parts = pageAddressParts(address);
    expect(parts.shown).toBe(shown);
    expect(parts.secrets).toEqual(expect.arrayContaining(secrets));
    expect(pageAddressParts(shown).shown).toBe(shown);
  });

  it('has no secret in a query value that is one short word, since words are in every text', () => {
    const { shown, secrets } = pageAddressParts('https://example.com/?layout=grid');
    expect(shown).toBe('https://example.com/?layout=[redacted]');
    expect(secrets).toEqual([]);
  });
});
