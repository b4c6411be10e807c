import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactText } from '../src/redact.js';
import { Secret } from '../src/client/secret.js';
import { sampleText } from './support.js';

const CANARY = 'canary/7f+3a"9c=\\é';

describe('properties that hold secrets', () => {
  it.each(['accessKey', 'secretKey', 'stsToken', 'token', 'secret', 'salt', 'ACCESSKEY', 'Token'])(
    'lose the value of %s, however deep it stands',
    (name) => {
      const text = JSON.stringify({ a: [{ b: { [name]: CANARY, bucket: 'acme' } }], sid: 'abc' });
      expect(JSON.parse(redactText(text))).toEqual({
        a: [{ b: { [name]: '[redacted]', bucket: 'acme' } }],
        sid: 'abc',
      });
    },
  );

  it('lose every value of a list', () => {
    expect(JSON.parse(redactText(JSON.stringify({ token: ['one-token', 'two-token'], n: 1 })))).toEqual({
      token: ['[redacted]', '[redacted]'],
      n: 1,
    });
  });

  it('keep an empty value, which is no secret', () => {
    expect(JSON.parse(redactText('{"token":"","secret":null}'))).toEqual({ token: '', secret: null });
  });

  it('lose their values in a text that is no JSON', () => {
    expect(redactText('sent {"token" : "canary-value", "cname":"lesson"} and failed')).toBe(
      'sent {"token" : "[redacted]", "cname":"lesson"} and failed',
    );
  });

  it('lose the whole value in a text that is no JSON, also behind an escaped quote', () => {
    expect(redactText('{"secretKey":"front\\"canary-tail","cname":')).not.toContain('canary-tail');
  });

  it('are cut out, and the rest of the text stays byte for byte as it was', () => {
    const text = (token: string) =>
      `{ "sid" : "abc",\n\t"sequence":9007199254740993, "ratio":1.10, "token":"${token}", "cname":"\\u006cesson" }`;
    expect(redactText(text('canary-value'))).toBe(text('[redacted]'));
  });

  it('with similar names are left alone', () => {
    const text = '{"tokens":"a","mytoken":"b","secretary":"c","salty":"d","details":"token and secret"}';
    expect(redactText(text)).toBe(text);
  });
});

describe('a push address', () => {
  it.each([
    ['rtmp://cdn.example.com/live/canary-key', 'rtmp://cdn.example.com/live/[redacted]'],
    ['rtmps://cdn.example.com:443/app/canary-key?auth=canary', 'rtmps://cdn.example.com:443/app/[redacted]'],
    ['rtmp://user:canary@cdn.example.com/live/canary-key', 'rtmp://cdn.example.com/live/[redacted]'],
    ['rtmp://cdn.example.com?canary-key', 'rtmp://cdn.example.com/[redacted]'],
    ['rtmp://cdn.example.com#canary-key', 'rtmp://cdn.example.com/[redacted]'],
  ])('keeps where it leads to and loses its stream key: %s', (address, shown) => {
    const text = JSON.stringify({ outputs: [{ rtmpUrl: address, status: 'publishing' }] });
    expect(JSON.parse(redactText(text))).toEqual({ outputs: [{ rtmpUrl: shown, status: 'publishing' }] });
  });

  it('never shows the key, whatever the address looks like', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('/', '?', '#', '/live/'), (front, cut) => {
        const text = JSON.stringify({ rtmpUrl: `rtmp://cdn.example.com/${front}${cut}canary-key` });
        expect(redactText(text)).not.toContain('canary');
      }),
    );
  });
});

describe('a secret that is known', () => {
  const secret = new Secret(CANARY);

  it.each([
    ['in plain text', `it was ${CANARY}, so`],
    ['as a JSON value of any name', JSON.stringify({ detail: CANARY })],
    ['inside a JSON value', JSON.stringify({ errorMsg: `refused key ${CANARY} of acme` })],
    ['as the name of a property', JSON.stringify({ [CANARY]: 1 })],
    ['with its slashes escaped', JSON.stringify({ detail: CANARY }).replaceAll('/', '\\/')],
    ['URL-encoded', `https://acme.example.com/?key=${encodeURIComponent(CANARY)}&n=1`],
  ])('is cut out %s', (_where, text) => {
    const result = redactText(text, [secret]);
    expect(result).toContain('[redacted]');
    expect(result).not.toContain('7f');
  });

  it('is cut out as often as it stands there', () => {
    expect(redactText('one-two-three one-two-three', [new Secret('one-two-three')])).toBe(
      '[redacted] [redacted]',
    );
  });

  it('is cut out whole though another secret is a part of it', () => {
    const secrets = [new Secret('webhook-secret'), new Secret('webhook-secret-canary')];
    for (const order of [secrets, [...secrets].reverse()]) {
      expect(redactText('it is webhook-secret-canary', order)).not.toContain('canary');
    }
  });

  it('of fewer than six characters is left alone, since it would garble innocent text', () => {
    expect(redactText('{"uid":"12345"}', [new Secret('12345')])).toBe('{"uid":"12345"}');
  });

  it('is gone from every JSON text, which stays JSON', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 6, unit: 'grapheme' }).map((text) => `k-${text}`),
        fc.jsonValue(),
        (value, context) => {
          const text = JSON.stringify({ before: context, detail: `<${value}>`, after: context });
          const result = redactText(text, [new Secret(value)]);
          expect((JSON.parse(result) as { detail: string }).detail).toBe('<[redacted]>');
        },
      ),
    );
  });

  it('that consists of digits leaves the JSON around it readable', () => {
    const result = redactText('{"sendts":1764000002000,"key":"764000"}', [new Secret('764000')]);
    expect(() => JSON.parse(result) as unknown).not.toThrow();
  });
});

describe('an innocent text', () => {
  const secrets = [new Secret('some-access-key'), new Secret('some-secret-key')];

  it.each([
    ['a number beyond 2^53', '{"sequence":9007199254740993}'],
    ['odd spacing', ' {\t"a" :1 ,\r\n "b":[ ] }\n'],
    ['numbers spelled oddly', '{"a":1.10,"b":1E3,"c":-0}'],
    ['escapes', '{"a":"\\u0041\\/\\u00e9"}'],
    ['a property named twice', '{"a":1,"a":2}'],
    ['a property that JavaScript would sort first', '{"b":1,"1":2}'],
    ['no JSON', '<html>502 Bad Gateway</html>'],
    ['nothing', ''],
    ['a notification', sampleText('notify-31-uploaded-mix-mp4')],
  ])('is returned byte for byte: %s', (_what, text) => {
    expect(redactText(text, secrets)).toBe(text);
  });

  it('is returned byte for byte, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        fc.pre(!/token|secret|salt|key|rtmp/i.test(text));
        expect(redactText(text, secrets)).toBe(text);
      }),
    );
  });
});
