import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FingerprintKey } from '../../src/redaction/fingerprint.js';
import { createRedact, redactText } from '../../src/redaction/redact.js';
import { sampleText } from '../support.js';

const CANARY = 'canary/7f+3a"9c=\\é';

const KEY = new FingerprintKey('key of the store');

/** Redacts as a gateway does that has only the fingerprints of the values. */
const redactKnown = (text: string, ...values: string[]) => createRedact(KEY, KEY.fingerprints(values))(text);

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

  it('keep an empty value, which is not a secret', () => {
    expect(JSON.parse(redactText('{"token":"","secret":null}'))).toEqual({ token: '', secret: null });
  });

  it('lose their values in a text that is not JSON', () => {
    expect(redactText('sent {"token" : "canary-value", "cname":"lesson"} and failed')).toBe(
      'sent {"token" : "[redacted]", "cname":"lesson"} and failed',
    );
  });

  it('lose the whole value in a text that is not JSON, also after an escaped quote', () => {
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

describe('a secret that is known by its fingerprint', () => {
  const percent = encodeURIComponent;
  const json = (text: string) => JSON.stringify(text).slice(1, -1);
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const xml = (text: string) =>
    text.replace(/[&"<>'/=+]/g, (character) => `&#${character.charCodeAt(0)};`).replaceAll('é', '&#xE9;');
  const named = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const lowerEscapes = (text: string) => text.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());

  it.each([
    ['in plain text', CANARY],
    ['with its slashes escaped', json(CANARY).replaceAll('/', '\\/')],
    ['with \\u escapes', json(CANARY).replaceAll('/', '\\u002f')],
    ['percent-encoded', percent(CANARY)],
    ['percent-encoded in lower case', lowerEscapes(percent(CANARY))],
    ['percent-encoded twice', percent(percent(CANARY))],
    ['encoded as in a form', new URLSearchParams({ a: CANARY }).toString().slice(2)],
    ['in JSON in text', json(CANARY)],
    ['in JSON in JSON in text', json(json(CANARY))],
    ['in base64', base64(CANARY)],
    ['in base64 without padding', base64(`x${CANARY}`).replaceAll('=', '')],
    ['in URL-safe base64', Buffer.from(`id:${CANARY}`).toString('base64url')],
    ['in a Basic header', `Basic ${base64(`customer:${CANARY}`)}`],
    ['in base64 that follows letters', `auth${base64(CANARY)}`],
    ['in base64, percent-encoded', percent(base64(`id:${CANARY}`))],
    ['in base64 of base64', base64(base64(CANARY))],
    ['with XML entities', xml(CANARY)],
    ['with named XML entities', named(CANARY)],
    ['in upper case', CANARY.toUpperCase()],
    ['in lower case, percent-encoded', percent(CANARY.toLowerCase())],
    ['in percent-encoding in XML in JSON', json(xml(percent(CANARY)))],
  ])('is cut out %s, in a text, a JSON value and a property name', async (_how, spelled) => {
    for (const text of [
      `it was ${spelled}, so`,
      JSON.stringify({ detail: spelled }),
      JSON.stringify({ errorMsg: `refused key ${spelled} of acme`, sid: 'abc' }),
      JSON.stringify({ [spelled]: 1 }),
      JSON.stringify({ outputs: [{ status: spelled, state: spelled, msgName: spelled }] }),
    ]) {
      const result = await redactKnown(text, CANARY);
      expect(result).toContain('[redacted]');
      expect(result).not.toContain(spelled);
      expect(result).not.toMatch(/7f|3a%|9c/i);
    }
  });

  it('is cut out as often as it stands there', async () => {
    expect(await redactKnown('one-two-three one-two-three', 'one-two-three')).toBe('[redacted] [redacted]');
  });

  it('is cut out whole though another secret is a part of it', async () => {
    const secrets = ['webhook-secret', 'webhook-secret-canary'];
    for (const order of [secrets, [...secrets].reverse()]) {
      expect(await redactKnown('it is webhook-secret-canary', ...order)).toBe('it is [redacted]');
    }
  });

  it('that looks escaped itself is cut out in every spelling', async () => {
    const value = 'a%2Fb\\u0041&amp;c"d';
    for (const spelled of [value, percent(value), json(value), named(value), base64(value)]) {
      expect(await redactKnown(JSON.stringify({ a: `<${spelled}>` }), value)).toBe('{"a":"<[redacted]>"}');
    }
  });

  it('of fewer than six characters is left alone, since it would garble innocent text', async () => {
    expect(await redactKnown('{"uid":"12345"}', '12345')).toBe('{"uid":"12345"}');
  });

  it('is not recognised with another key', async () => {
    const other = new FingerprintKey('another store');
    const redact = createRedact(other, KEY.fingerprints([CANARY]));
    expect(await redact(`it was ${CANARY}`)).toBe(`it was ${CANARY}`);
  });

  it('is gone from every JSON text, which stays JSON', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 6, unit: 'grapheme' }).map((text) => `k-${text}`),
        fc.jsonValue(),
        async (value, context) => {
          const text = JSON.stringify({ before: context, detail: `<${value}>`, after: context });
          const result = await redactKnown(text, value);
          expect((JSON.parse(result) as { detail: string }).detail).toBe('<[redacted]>');
        },
      ),
    );
  });

  it('that consists of digits leaves the JSON around it readable', async () => {
    const result = await redactKnown('{"sendts":1764000002000,"key":"764000"}', '764000');
    expect(JSON.parse(result)).toEqual({ sendts: 1764000002000, key: '[redacted]' });
  });

  it('leaves words of Agora, and what it matches by chance in an identifying property, as they are', async () => {
    const text =
      '{"cname":"was uploaded","uid":"1234567","uploadingStatus":"uploaded","sid":"00ff00ff00ff1234567"}';
    expect(await redactKnown(text, 'uploaded', '1234567')).toBe(text);
  });

  it.each(['noticeId', 'cname', 'channelName', 'uid', 'sid', 'resourceId'])(
    'is cut out of the identifying property %s',
    async (property) => {
      for (const [value, redacted] of [
        [CANARY, '[redacted]'],
        [`of ${CANARY}`, 'of [redacted]'],
        [encodeURIComponent(`"${CANARY}"`), '%22[redacted]%22'],
        ['s3cr3t', '[redacted]'],
      ]) {
        const text = JSON.stringify({ [property]: value });
        expect(JSON.parse(await redactKnown(text, CANARY, 's3cr3t'))).toEqual({ [property]: redacted });
      }
    },
  );

  it('in a large body is searched for in slices, between which the rest of the process runs', async () => {
    let turns = 0;
    let next = setImmediate(function turn() {
      turns += 1;
      next = setImmediate(turn);
    });
    const body = JSON.stringify({ a: 'x%41y '.repeat(100_000), b: `<${CANARY}>`, c: '0,'.repeat(100_000) });
    const result = await redactKnown(body, CANARY, 'some-other-secret', 'and-a-third');
    clearImmediate(next);
    expect((JSON.parse(result) as { b: string }).b).toBe('<[redacted]>');
    expect(turns).toBeGreaterThan(5);
  });
});

describe('unknown credentials', () => {
  it.each([
    ['in JSON inside of a string', JSON.stringify({ errorMsg: 'json {"accessKey":"canary"}' })],
    ['in JSON inside of JSON', JSON.stringify({ errorMsg: JSON.stringify({ token: 'canary' }) })],
    ['as the user of an address', 'could not load https://me:canary@example.com/page'],
    [
      'as the user of an address that is percent-encoded',
      encodeURIComponent('https://me:canary@example.com'),
    ],
    ['as the key of a push address', 'push to rtmp://cdn.example.com/live/canary failed'],
    ['as the user of a push address', 'push to rtmps://me:canary@cdn.example.com/live/x failed'],
  ])('are cut out %s', (_where, text) => {
    expect(redactText(text)).toContain('[redacted]');
    expect(redactText(text)).not.toContain('canary');
  });
});

describe('an innocent text', () => {
  const secrets = ['some-access-key', 'some-secret-key'];

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
  ])('is returned byte for byte: %s', async (_what, text) => {
    expect(await redactKnown(text, ...secrets)).toBe(text);
  });

  it('is returned byte for byte, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
        fc.pre(!/token|secret|salt|key|rtmp|:\/\//i.test(text));
        expect(await redactKnown(text, ...secrets)).toBe(text);
      }),
    );
  });
});
