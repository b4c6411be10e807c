import { describe, expect, it } from 'vitest';
import { withControlCharacters } from '../../src/commands/start/rules/control-characters.js';
import { validateStart } from '../../src/commands/start/rules/validate-start.js';
import { type StartInput } from '../../src/commands/start/start-input.js';

const web = (more: object) =>
  ({
    channel: 'lesson',
    uid: '1',
    config: {
      web: {
        url: 'https://a.example',
        audioProfile: 0,
        videoWidth: 640,
        videoHeight: 360,
        maxRecordingHour: 1,
        ...more,
      },
    },
  }) as StartInput;

describe('Control characters in an input', () => {
  it.each([
    ['a page', { url: 'https://a.example/\r\nX: y' }, ['config', 'web', 'url']],
    [
      'a push address',
      { outputs: [{ rtmpUrl: 'rtmp://host/a\r\nX: y' }] },
      ['config', 'web', 'outputs', 'rtmpUrl'],
    ],
  ])('are refused in the address of %s, and not repeated', (_what, config, field) => {
    expect(validateStart(web({}))).toEqual([]);
    const errors = validateStart(web(config));
    expect(errors).toMatchObject([{ code: 'INVALID_PARAMETER', field }]);
    expect(errors[0]?.message).toBe(
      `${field.at(-1)} must not contain line breaks or other control characters.`,
    );
  });

  it.each(['\n', '\r', '\t', '\u0000', '\u001b', '\u007f', '\u0085', '\u2028'])(
    'such as %j are found',
    (bad) => {
      const input = { channel: `a${bad}b`, storageConfig: { bucket: bad, fileNamePrefix: ['a', bad, bad] } };
      expect(withControlCharacters(input, [], ['change']).map(({ field }) => field)).toEqual([
        ['change', 'channel'],
        ['change', 'storageConfig', 'bucket'],
        ['change', 'storageConfig', 'fileNamePrefix'],
      ]);
    },
  );

  it('may be in the secret of encrypted streams, which is whatever their senders use', () => {
    expect(withControlCharacters({ secret: 'a\nb', uid: '1', at: new Date(), none: null, n: 1 }, [])).toEqual(
      [],
    );
  });
});
