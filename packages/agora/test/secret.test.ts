import { format, inspect } from 'node:util';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { Secret } from '../src/client/secret.js';

const CANARY = 'canary-7f3a9c';

describe('a secret', () => {
  const secret = new Secret(CANARY);
  const holder = { name: 'storage', nested: { list: [secret], secret } };

  it('reveals its value on request', () => {
    expect(secret.reveal()).toBe(CANARY);
  });

  const logged = () => {
    let text = '';
    const log = pino({ base: null }, { write: (line: string) => (text += line) });
    log.info(holder, 'with a holder');
    log.error({ secret }, `in a message: ${String(secret)}`);
    return text;
  };

  it.each<[string, () => string]>([
    ['String()', () => String(secret)],
    // eslint-disable-next-line @typescript-eslint/restrict-template-expressions -- the accident under test
    ['a template', () => `${secret}`],
    ['concatenation', () => 'secret: ' + String(secret)],
    ['JSON.stringify', () => JSON.stringify(holder)],
    ['util.inspect', () => inspect(holder, { depth: null, showHidden: true })],
    ['util.format', () => format('%s %o %O %j', secret, secret, secret, secret)],
    ['the message of an error', () => inspect(new Error(`failed with ${String(secret)}`, { cause: holder }))],
    ['a log line', logged],
  ])('prints as [redacted] through %s', (_how, print) => {
    const text = print();
    expect(text).toContain('[redacted]');
    expect(text).not.toContain(CANARY);
  });

  it('shows nothing of itself to who looks at its properties', () => {
    expect(Object.values({ ...secret })).toEqual([]);
    expect(JSON.stringify(Object.getOwnPropertyDescriptors(secret))).not.toContain(CANARY);
  });
});
